package hudson.model;

import hudson.security.Permission;

/** Signature only; the real type comes with Jenkins. */
public abstract class AbstractItem extends Actionable implements Item {
    @Override
    public String getFullName() {
        return null;
    }

    @Override
    public boolean hasPermission(Permission permission) {
        return false;
    }

    @Override
    public void checkPermission(Permission permission) {}
}

package hudson.model;

import hudson.security.Permission;

/** Signature only; the real type comes with Jenkins. */
public abstract class AbstractItem extends Actionable implements Item {
    AbstractItem() {}

    @Override
    public final String getFullName() {
        throw new UnsupportedOperationException();
    }

    public final String getFullDisplayName() {
        throw new UnsupportedOperationException();
    }

    public final String getUrl() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasPermission(Permission permission) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkPermission(Permission permission) {
        throw new UnsupportedOperationException();
    }
}

package hudson.model;

import hudson.ExtensionPoint;
import hudson.security.Permission;

/** Signature only; the real type comes with Jenkins. */
public abstract class ManagementLink implements ExtensionPoint, Action {
    protected ManagementLink() {}

    @Override
    public abstract String getIconFileName();

    public String getDescription() {
        throw new UnsupportedOperationException();
    }

    @Override
    public abstract String getUrlName();

    public Permission getRequiredPermission() {
        throw new UnsupportedOperationException();
    }

    public Category getCategory() {
        throw new UnsupportedOperationException();
    }

    /** Signature only; the real type comes with Jenkins. */
    public enum Category {
        STATUS
    }
}

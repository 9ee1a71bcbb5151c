package hudson.model;

import hudson.ExtensionPoint;

/** Signature only; the real type comes with Jenkins. */
public abstract class AdministrativeMonitor implements ExtensionPoint {
    protected AdministrativeMonitor() {}

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public abstract boolean isActivated();
}

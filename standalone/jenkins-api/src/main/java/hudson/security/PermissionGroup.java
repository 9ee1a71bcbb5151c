package hudson.security;

import org.jvnet.localizer.Localizable;

/** Signature only; the real type comes with Jenkins. */
public final class PermissionGroup {
    @SuppressWarnings("rawtypes")
    public PermissionGroup(Class owner, Localizable title) {}
}

package hudson.security;

import org.jvnet.localizer.Localizable;

/** Signature only; the real type comes with Jenkins. */
public final class Permission {
    public Permission(
            PermissionGroup group, String name, Localizable description, Permission impliedBy, PermissionScope scope) {}
}

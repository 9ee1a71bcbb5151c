package hudson.security;

/** Signature only; the real type comes with Jenkins. */
public final class PermissionScope {
    public static final PermissionScope RUN = null;

    private PermissionScope() {}
}

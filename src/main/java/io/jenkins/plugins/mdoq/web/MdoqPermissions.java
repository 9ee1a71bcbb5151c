package io.jenkins.plugins.mdoq.web;

import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import org.jvnet.localizer.Localizable;
import org.jvnet.localizer.ResourceBundleHolder;

/** The permissions of this plugin. */
public final class MdoqPermissions {

    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(MdoqPermissions.class);

    /** The group that the permissions are shown in. */
    public static final PermissionGroup GROUP = new PermissionGroup(MdoqPermissions.class, text("Title"));

    /**
     * Releasing a lock in an endpoint's stead, and seeing its value. Whoever may configure the job has it, administrators
     * among them, since they could take the gate out of the job as well. Whoever may merely start the job has not: a gate
     * that opens to those whom it is to hold is none.
     */
    public static final Permission RELEASE_LOCK =
            new Permission(GROUP, "ReleaseLock", text("ReleaseLock.Description"), Item.CONFIGURE, PermissionScope.RUN);

    private MdoqPermissions() {}

    private static Localizable text(String key) {
        return new Localizable(TEXTS, key);
    }
}

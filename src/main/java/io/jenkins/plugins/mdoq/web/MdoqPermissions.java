package io.jenkins.plugins.mdoq.web;

import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;

/** The permissions of this plugin. */
public final class MdoqPermissions {

    /** The group that the permissions are shown in. */
    public static final PermissionGroup GROUP =
            new PermissionGroup(MdoqPermissions.class, Messages._MdoqPermissions_Title());

    /**
     * Releasing a lock instead of its endpoint, and seeing its value. Whoever may configure the job has it, administrators
     * among them, since they could take the gate out of the job as well. Whoever may merely start the job has not: a gate
     * that opens to those whom it is to hold is none.
     */
    public static final Permission RELEASE_LOCK = new Permission(
            GROUP,
            "ReleaseLock",
            Messages._MdoqPermissions_ReleaseLock_Description(),
            Item.CONFIGURE,
            PermissionScope.RUN);

    /**
     * Seeing what travelled: the requests, the answers and the releases of the webhook history, secrets masked. Whoever may
     * read a build sees the states, times and messages of its history without it.
     */
    public static final Permission VIEW = new Permission(
            GROUP, "View", Messages._MdoqPermissions_View_Description(), RELEASE_LOCK, PermissionScope.RUN);

    private MdoqPermissions() {}
}

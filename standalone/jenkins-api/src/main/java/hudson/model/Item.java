package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;

/** Signature only; the real type comes with Jenkins. */
public interface Item extends AccessControlled {
    Permission READ = null;
    Permission CONFIGURE = null;

    String getFullName();
}

package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.File;
import java.util.List;

/** Signature only; the real type comes with Jenkins. */
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements AccessControlled {
    public File getRootDir() {
        return null;
    }

    public JobT getParent() {
        return null;
    }

    public int getNumber() {
        return 0;
    }

    public String getUrl() {
        return null;
    }

    public List<Cause> getCauses() {
        return null;
    }

    public boolean isLogUpdated() {
        return false;
    }

    public void setResult(Result result) {}

    @Override
    public boolean hasPermission(Permission permission) {
        return false;
    }

    @Override
    public void checkPermission(Permission permission) {}
}

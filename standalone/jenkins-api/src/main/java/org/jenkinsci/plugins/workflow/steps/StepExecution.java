package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

/** Signature only; the real type comes with Jenkins. */
public abstract class StepExecution implements Serializable {
    protected StepExecution(StepContext context) {}

    public StepContext getContext() {
        return null;
    }

    public abstract boolean start() throws Exception;

    public void stop(Throwable cause) throws Exception {}

    public void onResume() {}

    public String getStatus() {
        return null;
    }
}

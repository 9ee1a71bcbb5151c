package org.jenkinsci.plugins.workflow.steps;

/** Signature only; the real type comes with Jenkins. */
public abstract class BodyInvoker {
    public abstract BodyInvoker withDisplayName(String name);

    public abstract BodyInvoker withCallback(BodyExecutionCallback callback);

    public abstract BodyExecution start();
}

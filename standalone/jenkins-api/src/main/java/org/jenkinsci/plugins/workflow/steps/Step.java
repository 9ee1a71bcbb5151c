package org.jenkinsci.plugins.workflow.steps;

/** Signature only; the real type comes with Jenkins. */
public abstract class Step {
    public abstract StepExecution start(StepContext context) throws Exception;
}

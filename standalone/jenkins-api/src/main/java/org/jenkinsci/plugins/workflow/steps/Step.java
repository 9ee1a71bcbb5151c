package org.jenkinsci.plugins.workflow.steps;

import hudson.model.Describable;

/** Signature only; the real type comes with Jenkins. */
public abstract class Step implements Describable<Step> {
    public abstract StepExecution start(StepContext context) throws Exception;
}

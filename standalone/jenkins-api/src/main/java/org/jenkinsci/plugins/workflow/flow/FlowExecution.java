package org.jenkinsci.plugins.workflow.flow;

/** Signature only; the real type comes with Jenkins. */
public abstract class FlowExecution {
    public abstract FlowExecutionOwner getOwner();
}

package org.jenkinsci.plugins.workflow.graph;

import hudson.model.Actionable;

/** Signature only; the real type comes with Jenkins. */
public abstract class FlowNode extends Actionable {
    private FlowNode() {}

    public final boolean isActive() {
        throw new UnsupportedOperationException();
    }

    public String getId() {
        throw new UnsupportedOperationException();
    }
}

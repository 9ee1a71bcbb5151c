package org.jenkinsci.plugins.workflow.flow;

import java.util.Iterator;

/** Signature only; the real type comes with Jenkins. */
public class FlowExecutionList implements Iterable<FlowExecution> {
    public static FlowExecutionList get() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterator<FlowExecution> iterator() {
        throw new UnsupportedOperationException();
    }
}

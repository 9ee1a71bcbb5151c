package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

/** Signature only; the real type comes with Jenkins. */
public abstract class BodyExecution implements Serializable {
    public boolean cancel(Throwable cause) {
        throw new UnsupportedOperationException();
    }
}

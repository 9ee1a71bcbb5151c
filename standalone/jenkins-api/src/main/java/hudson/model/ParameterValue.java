package hudson.model;

import java.io.Serializable;

/** Signature only; the real type comes with Jenkins. */
public abstract class ParameterValue implements Serializable {
    private ParameterValue() {}

    public final String getName() {
        throw new UnsupportedOperationException();
    }

    public Object getValue() {
        throw new UnsupportedOperationException();
    }

    public boolean isSensitive() {
        throw new UnsupportedOperationException();
    }
}

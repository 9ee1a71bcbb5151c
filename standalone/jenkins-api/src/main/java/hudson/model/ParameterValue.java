package hudson.model;

import java.io.Serializable;

/** Signature only; the real type comes with Jenkins. */
public abstract class ParameterValue implements Serializable {
    public String getName() {
        return null;
    }

    public Object getValue() {
        return null;
    }

    public boolean isSensitive() {
        return false;
    }
}

package jenkins.model;

import java.io.Serializable;

/** Signature only; the real type comes with Jenkins. */
public abstract class CauseOfInterruption implements Serializable {
    public abstract String getShortDescription();
}

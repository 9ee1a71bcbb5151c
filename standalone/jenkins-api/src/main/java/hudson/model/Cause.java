package hudson.model;

/** Signature only; the real type comes with Jenkins. */
public abstract class Cause {
    public abstract String getShortDescription();
}

package hudson.model;

/** Signature only; the real type comes with Jenkins. */
public abstract class Computer extends Actionable {
    private Computer() {}
}

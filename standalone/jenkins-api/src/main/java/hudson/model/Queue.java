package hudson.model;

/** Signature only; the real type comes with Jenkins. */
public class Queue {
    private Queue() {}

    /** Signature only; the real type comes with Jenkins. */
    public interface Executable {}
}

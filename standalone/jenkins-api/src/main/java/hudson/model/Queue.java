package hudson.model;

/** Signature only; the real type comes with Jenkins. */
public class Queue {
    /** Signature only. */
    public interface Executable {}
}

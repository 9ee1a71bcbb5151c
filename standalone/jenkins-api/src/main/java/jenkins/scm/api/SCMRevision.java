package jenkins.scm.api;

/** Signature only; the real type comes with Jenkins' plugin scm-api. */
public abstract class SCMRevision {
    private SCMRevision() {}

    @Override
    public String toString() {
        throw new UnsupportedOperationException();
    }
}

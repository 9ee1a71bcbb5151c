package hudson.security;

/** Signature only; the real type comes with Jenkins. */
public class ACLContext implements AutoCloseable {
    private ACLContext() {}

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}

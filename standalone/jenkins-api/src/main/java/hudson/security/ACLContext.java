package hudson.security;

/** Signature only; the real type comes with Jenkins. */
public class ACLContext implements AutoCloseable {
    @Override
    public void close() {}
}

package jenkins.security;

/** Signature only; the real type comes with Jenkins. */
public class HMACConfidentialKey {
    public HMACConfidentialKey(Class owner, String shortName) {}

    public byte[] mac(byte[] message) {
        throw new UnsupportedOperationException();
    }
}

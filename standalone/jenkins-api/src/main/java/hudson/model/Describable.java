package hudson.model;

/** Signature only; the real type comes with Jenkins. */
public interface Describable<T extends Describable<T>> {
    default Descriptor<T> getDescriptor() {
        throw new UnsupportedOperationException();
    }
}

package hudson.model;

/** Signature only; the real type comes with Jenkins. */
public interface ItemGroup<T extends Item> {
    default <T extends Item> Iterable<T> allItems(Class<T> type) {
        throw new UnsupportedOperationException();
    }
}

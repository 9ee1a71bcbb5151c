package hudson;

import java.util.AbstractList;

/** Signature only; the real type comes with Jenkins. */
public class ExtensionList<T> extends AbstractList<T> {
    private ExtensionList() {}

    public static <U> ExtensionList<U> lookup(Class<U> type) {
        throw new UnsupportedOperationException();
    }

    public static <U> U lookupSingleton(Class<U> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public T get(int index) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int size() {
        throw new UnsupportedOperationException();
    }
}

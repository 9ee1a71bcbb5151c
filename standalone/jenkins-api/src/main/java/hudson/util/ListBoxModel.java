package hudson.util;

import java.util.ArrayList;

/** Signature only; the real type comes with Jenkins. */
public class ListBoxModel extends ArrayList<ListBoxModel.Option> {
    public void add(String displayName, String value) {
        throw new UnsupportedOperationException();
    }

    /** Signature only; the real type comes with Jenkins. */
    public static final class Option {
        private Option() {}
    }
}

package hudson.util;

import java.util.ArrayList;

/** Signature only; the real type comes with Jenkins. */
public class ComboBoxModel extends ArrayList<String> {
    public ComboBoxModel(String... values) {}
}

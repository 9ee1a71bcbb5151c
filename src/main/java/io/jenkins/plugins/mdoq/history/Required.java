package io.jenkins.plugins.mdoq.history;

/** The fields that a fact cannot do without. */
final class Required {

    private Required() {}

    /** Refuses a null among values that follow their names: a line without them is reported as damage, never folded. */
    static void fields(Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] == null) {
                throw new IllegalArgumentException("its field '" + namesAndValues[i] + "' is missing");
            }
        }
    }
}

package io.jenkins.plugins.mdoq.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.protocol.Spelling;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What was probably meant by a word that is not known. */
final class Suggestion {

    /** The shortest word for which a beginning is enough to know what was meant. */
    private static final int SHORTEST_BEGINNING = 3;

    private Suggestion() {}

    /**
     * The known word that is meant.
     *
     * @return the one that differs in case, hyphens and underscores alone, else the only one that begins like that, else the only
     *     one within two edits; null if there is none, or more than one
     */
    @CheckForNull
    static String of(String word, Collection<String> known) {
        String plain = plain(word);
        if (plain.isEmpty()) {
            return null;
        }
        List<String> same =
                known.stream().filter(each -> plain(each).equals(plain)).toList();
        if (!same.isEmpty()) {
            return same.get(0);
        }
        List<String> beginning =
                known.stream().filter(each -> plain(each).startsWith(plain)).toList();
        if (plain.length() >= SHORTEST_BEGINNING && beginning.size() == 1) {
            return beginning.get(0);
        }
        List<String> near = known.stream()
                // Of a short word two edits would leave nothing.
                .filter(each -> Math.max(plain.length(), plain(each).length()) > SHORTEST_BEGINNING)
                .filter(each -> Spelling.near(plain, plain(each)))
                .toList();
        return near.size() == 1 ? near.get(0) : null;
    }

    private static String plain(String word) {
        return word.replaceAll("[-_\\s]", "").toLowerCase(Locale.ROOT);
    }
}

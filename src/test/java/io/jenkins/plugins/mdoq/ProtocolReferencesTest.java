package io.jenkins.plugins.mdoq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each section of the protocol that a comment or a test cites is a heading or an anchor of {@code docs/protocol.md}. */
class ProtocolReferencesTest {

    /** In a comment: the word, a colon, and one or more sections in double quotes, also over several lines. */
    private static final Pattern IN_COMMENT = Pattern.compile("protocol:((?:,?[\\s*]*\"[^\"\n]+\")+)");

    /** In the display name of a test: what stands between the colon and a dash, or the closing quote. */
    private static final Pattern IN_DISPLAY_NAME = Pattern.compile("\"protocol: ((?:[^\"\\\\]|\\\\.)*)\"");

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>");

    /** The repository's root: two folders above the standalone build's. */
    private static Path root() {
        return Files.isDirectory(Path.of("docs")) ? Path.of("") : Path.of("../..");
    }

    /** The anchor that a heading has where Markdown is shown: its words in small letters, joined by hyphens. */
    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static Set<String> anchors(String page) {
        Set<String> anchors = new LinkedHashSet<>();
        page.lines()
                .filter(line -> line.matches("#{1,6} .+"))
                .forEach(line -> anchors.add(anchor(line.replaceFirst("#+ ", ""))));
        ANCHOR.matcher(page).results().forEach(match -> anchors.add(match.group(1)));
        return anchors;
    }

    /** What a source cites, each as it is written there. */
    private static List<String> citations(String source) {
        List<String> cited = new ArrayList<>();
        IN_COMMENT
                .matcher(source)
                .results()
                .map(MatchResult::group)
                .forEach(citation -> QUOTED.matcher(citation).results().forEach(match -> cited.add(match.group(1))));
        IN_DISPLAY_NAME
                .matcher(source)
                .results()
                .forEach(match -> cited.add(match.group(1).split(" — ", 2)[0]));
        return cited;
    }

    /** A row may have a comma in its name; else a comma stands between two rows. */
    private static boolean isThere(String citation, Set<String> anchors) {
        return anchors.contains(anchor(citation))
                || Arrays.stream(citation.split(", ")).allMatch(row -> anchors.contains(anchor(row)));
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : List.of("src/main/java", "src/test/java", "standalone")) {
            try (Stream<Path> files = Files.walk(root().resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        // The examples of this test are no citations.
                        .filter(file -> !file.endsWith("ProtocolReferencesTest.java"))
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    @Test
    void shouldCiteOnlyWhatThePageHas() throws Exception {
        Set<String> anchors = anchors(Files.readString(root().resolve("docs/protocol.md")));
        List<String> missing = new ArrayList<>();
        int count = 0;
        for (Path source : sources()) {
            for (String citation : citations(Files.readString(source))) {
                count++;
                if (!isThere(citation, anchors)) {
                    missing.add(source.getFileName() + " cites \"" + citation + "\"");
                }
            }
        }

        assertThat(missing)
                .as("write a section of docs/protocol.md, such as \"retries\"")
                .isEmpty();
        assertThat(count).as("citations that were found").isGreaterThan(150);
    }

    @Test
    void shouldLinkOnlyToSectionsOfThePage() throws Exception {
        String page = Files.readString(root().resolve("docs/protocol.md"));

        assertThat(Pattern.compile("]\\(#([^)]+)\\)").matcher(page).results().map(match -> match.group(1)))
                .isNotEmpty()
                .isSubsetOf(anchors(page));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/** Waits (protocol: \"result\", \"retries\"). */|[result, retries]",
                "/** Waits (protocol: \"result\"; see there). */|[result]",
                "@DisplayName(\"protocol: lock API 404 — no \\\"such\\\" lock\")|[lock API 404]",
                "@DisplayName(\"protocol: retries\")|[retries]",
                "the protocol: it says \"retries\"|[]"
            })
    void shouldFindCitations(String source, String cited) {
        assertThat(citations(source)).hasToString(cited);
        assertThat(citations(source.replace(", ", ",\n * ")).toString().replace("\n * ", " "))
                .isEqualTo(cited);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retries|true",
                "Retries|true",
                "a bare fail|true",
                "retries, a bare fail|true",
                "lock API 404|true",
                "lock API 4|false",
                "retry|false",
                "retries, no section|false",
                "''|false"
            })
    void shouldTellWhatThePageHas(String citation, boolean there) {
        Set<String> anchors = anchors(
                "# The protocol\n\n## Retries\n\n### A bare `fail`\n\n| <a id=\"lock-api-404\"></a>404 | x |\n");

        assertThat(isThere(citation, anchors)).isEqualTo(there);
    }
}

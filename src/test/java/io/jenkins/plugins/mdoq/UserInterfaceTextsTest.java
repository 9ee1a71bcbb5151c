package io.jenkins.plugins.mdoq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts of the user interface: those that views and classes name, and no others, and each can be formatted. */
class UserInterfaceTextsTest {

    private static final Pattern IN_VIEW = Pattern.compile("\\$\\{%([^}(]+)");
    private static final Pattern TRANSLATED = Pattern.compile("_(de|fr)\\.properties$");
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");
    private static final Pattern IN_CLASS = Pattern.compile("\\bMessages\\._?(\\w+)\\(");

    /** The repository's root: two folders above the standalone build's. */
    private static Path root() {
        return Files.isDirectory(Path.of("docs")) ? Path.of("") : Path.of("../..");
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root().resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    static List<Path> texts() throws IOException {
        return files("src/main/resources", ".properties");
    }

    /** The texts in English, which all others are translations of. */
    private static List<Path> english() throws IOException {
        return texts().stream()
                .filter(file -> !TRANSLATED.matcher(file.toString()).find())
                .toList();
    }

    static List<Path> messages() throws IOException {
        return files("src/main/resources", "Messages.properties");
    }

    static List<Path> views() throws IOException {
        return english().stream()
                .filter(file -> !file.endsWith("Messages.properties"))
                .toList();
    }

    static List<Path> translations() throws IOException {
        return texts().stream()
                .filter(file -> TRANSLATED.matcher(file.toString()).find())
                .toList();
    }

    /** The pages; the forms and steps are in English alone. */
    static List<Path> translated() throws IOException {
        return english().stream()
                .filter(file -> file.toString().replace('\\', '/').contains("/mdoq/web/"))
                .toList();
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    private static Set<String> named(Pattern pattern, List<Path> files) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : files) {
            pattern.matcher(Files.readString(file)).results().forEach(match -> names.add(match.group(1)));
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("views")
    void shouldHaveTheTextsThatTheViewNamesAndNoOthers(Path texts) throws Exception {
        Path view = Path.of(texts.toString().replace(".properties", ".jelly"));

        assertThat(read(texts).stringPropertyNames())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(named(IN_VIEW, List.of(view)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldHaveNoTextThatNoClassNames(Path texts) throws Exception {
        Path sources = Path.of(texts.getParent().toString().replace("resources", "java"));

        Set<String> used = named(IN_CLASS, files(root().relativize(sources).toString(), ".java"));
        assertThat(read(texts).stringPropertyNames().stream().map(key -> key.replace('.', '_')))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(used);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldWriteApostrophesTwice(Path texts) throws Exception {
        // All texts go through MessageFormat, which takes a single one for the beginning of a quotation.
        assertThat(read(texts).values())
                .allSatisfy(
                        text -> assertThat(text.toString().replace("''", "")).doesNotContain("'"));
    }

    @ParameterizedTest
    @MethodSource("translated")
    void shouldBeTranslated(Path english) {
        assertThat(List.of("_de.properties", "_fr.properties"))
                .allSatisfy(ending -> assertThat(Path.of(english.toString().replace(".properties", ending)))
                        .exists());
    }

    @ParameterizedTest
    @MethodSource("translations")
    void shouldTranslateEachTextWithItsPlaces(Path translation) throws Exception {
        Properties english =
                read(Path.of(TRANSLATED.matcher(translation.toString()).replaceFirst(".properties")));
        Properties translated = read(translation);

        assertThat(translated.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
        assertThat(english.stringPropertyNames())
                .allSatisfy(key -> assertThat(places(translated.getProperty(key)))
                        .as(key)
                        .isEqualTo(places(english.getProperty(key))));
    }

    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<>();
        PLACE.matcher(text).results().forEach(match -> places.add(match.group()));
        return places;
    }
}

package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.mdoq.cli.Documents.Block;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What can be said of the pages without running anything: links lead somewhere, and data can be read. */
class DocumentsTest {

    /** Languages of blocks that some test reads or runs, and those that are not code of this project. */
    private static final Set<String> LANGUAGES =
            Set.of("sh", "yaml", "json", "groovy", "http", "php", "js", "python", "", "nginx", "apache", "xml", "ini");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    static List<String> pages() throws Exception {
        return Documents.pages();
    }

    static List<Block> yaml() throws Exception {
        return Documents.blocks("yaml");
    }

    static Stream<Block> configurations() throws Exception {
        return yaml().stream().filter(block -> block.text().startsWith("webhooks:"));
    }

    static List<Block> json() throws Exception {
        return Documents.blocks("json");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldLinkToWhatIsThere(String page) throws Exception {
        String text = Documents.read(page);
        Path folder = Documents.ROOT.resolve(page).getParent();
        List<String> broken = new ArrayList<>();
        for (String link : Documents.links(text)) {
            if (link.matches("https?:.*|mailto:.*")) {
                continue;
            }
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? Documents.ROOT.resolve(page) : folder.resolve(parts[0]);
            if (!Files.exists(target)) {
                broken.add(link + ": no such file");
            } else if (parts.length == 2
                    && !Documents.anchors(Files.readString(target)).contains(parts[1])) {
                broken.add(link + ": no such section");
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void shouldLeaveNoPageUnlinked() throws Exception {
        String index = Documents.read("docs/README.md");
        List<String> linked = Documents.links(index);

        assertThat(Documents.pages().stream()
                        .filter(page -> page.matches("docs/[^/]+\\.md") && !page.endsWith("/README.md"))
                        .map(page -> page.substring("docs/".length())))
                .as("pages that docs/README.md names")
                .allSatisfy(page -> assertThat(linked).contains(page));
    }

    @Test
    void shouldSayOfEachBlockWhatItIs() throws Exception {
        assertThat(Documents.blocks())
                .as("a language that no test looks at: see LANGUAGES")
                .allSatisfy(block -> assertThat(LANGUAGES).contains(block.language()));
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void shouldHaveYamlThatCanBeRead(Block block) {
        assertThatCode(() -> new Load(LoadSettings.builder().build()).loadFromString(block.text()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void shouldHaveConfigurationsThatTheProgramAccepts(Block block) {
        Map<String, String> environment = new HashMap<>();
        VARIABLE.matcher(block.text())
                .results()
                .forEach(match -> environment.put(
                        match.group(1),
                        match.group(1).contains("URL") ? "https://chat.example.com/services/T0/B0/x" : "any-secret"));

        assertThatCode(() -> ConfigurationReader.read(block.toString(), block.text(), environment))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("json")
    void shouldHaveJsonThatCanBeRead(Block block) {
        ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

        assertThatCode(() -> mapper.readTree(block.text())).doesNotThrowAnyException();
    }

    @Test
    void shouldHaveExamplesOfEachKind() throws Exception {
        assertThat(configurations()).isNotEmpty();
        assertThat(json()).isNotEmpty();
        assertThat(pages()).contains("README.md", "docs/protocol.md");
    }

    @Test
    void shouldFindBlocks() {
        String page =
                "# A\n\n```sh\none\n```\n\n1. two\n\n   <!-- file: a.yaml -->\n   ```yaml\n   b:\n     c\n\n   ```\n";

        assertThat(Documents.blocks("a.md", page))
                .containsExactly(
                        new Block("a.md", 3, "sh", "one\n", "", ""),
                        new Block("a.md", 10, "yaml", "b:\n  c\n\n", "file", "a.yaml"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "see [a](b.md#c)|[b.md#c]",
                "![a](b.png) and [![x](y.svg)](z.md)|[b.png, y.svg, z.md]",
                "`[a](b)` is code|[]",
                "[two [in] one](c.md)|[c.md]",
                "<source srcset=\"d.png\"> <img src=\"e.png\" alt=\"f.png\">|[d.png, e.png]"
            })
    void shouldFindLinks(String text, String links) {
        assertThat(Documents.links(text).stream().sorted().toList()).hasToString(links);
    }

    @Test
    void shouldFindAnchors() {
        String page =
                "# The *lock* API\n## `a_b`: [c](d.md)\n## Twice\n## Twice\n```sh\n# no heading\n```\n<a id=\"x\"></a>";

        assertThat(Documents.anchors(page)).containsExactly("the-lock-api", "a_b-c", "twice", "twice-1", "x");
    }
}

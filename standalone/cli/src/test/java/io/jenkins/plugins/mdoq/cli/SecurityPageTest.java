package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that the page on security names for its promises are there. */
class SecurityPageTest {

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|IT|Fuzz))(?:\\.(\\w+))?`");

    private static String section() throws IOException {
        String page = Documents.read("docs/security.md");
        int begin = page.indexOf("\n## What is tested");
        assertThat(begin).isPositive();
        int end = page.indexOf("\n## ", begin + 1);
        return page.substring(begin, end < 0 ? page.length() : end);
    }

    /** The source of each test class, by its simple name. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String folder : List.of("src/test/java", "standalone/cli/src/test/java")) {
            try (Stream<Path> files = Files.walk(Documents.ROOT.resolve(folder))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return sources;
    }

    private static List<String> rows() throws IOException {
        return section().lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
                .filter(line -> !line.matches("\\| (promise|report) .*"))
                .toList();
    }

    @Test
    void shouldNameATestInEachRow() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(30).allSatisfy(row -> assertThat(row).containsPattern(TEST));
    }

    @Test
    void shouldNameTestsThatAreThere() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        TEST.matcher(section()).results().forEach(named -> {
            String source = sources.get(named.group(1));
            if (source == null
                    || named.group(2) != null
                            && !Pattern.compile("void " + named.group(2) + "\\(").matcher(source).find()) {
                missing.add(named.group());
            }
        });

        assertThat(missing).isEmpty();
    }
}

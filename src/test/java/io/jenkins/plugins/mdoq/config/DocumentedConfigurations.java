package io.jenkins.plugins.mdoq.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The configurations as code in the pages. */
final class DocumentedConfigurations {

    private static final Pattern BLOCK = Pattern.compile("(?m)^( *)```yaml\n((?:.*\n)*?)\\1```$");

    private DocumentedConfigurations() {}

    /** A configuration of a page; a piece of one is completed. */
    record Example(String page, String text) {
        @Override
        public String toString() {
            return page + ": " + text.lines().skip(2).findFirst().orElse("");
        }
    }

    static List<Example> all() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Examples.docs().resolve("../README.md")));
        try (Stream<Path> docs = Files.list(Examples.docs())) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        List<Example> examples = new ArrayList<>();
        for (Path page : pages) {
            for (MatchResult block :
                    BLOCK.matcher(Files.readString(page)).results().toList()) {
                String text = Pattern.compile("(?m)^" + block.group(1))
                        .matcher(block.group(2))
                        .replaceAll("");
                if (text.startsWith("      - name:")) {
                    text = "unclassified:\n  mdoqReleaseHook:\n    webhooks:\n" + text;
                }
                if (text.contains("mdoqReleaseHook:")) {
                    examples.add(new Example(page.getFileName().toString(), text));
                }
            }
        }
        return examples;
    }
}

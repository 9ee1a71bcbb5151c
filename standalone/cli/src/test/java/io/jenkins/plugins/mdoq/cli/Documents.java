package io.jenkins.plugins.mdoq.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's Markdown pages, and the blocks of code in them. */
final class Documents {

    /** The repository's root. */
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Pattern FENCE = Pattern.compile("( *)```([\\w-]*)");
    private static final Pattern DIRECTIVE = Pattern.compile("<!-- (file|ends with|before|printed by): (.+?) -->");
    private static final Pattern HEADING = Pattern.compile("#{1,6} (.+)");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>");
    private static final Pattern LINK = Pattern.compile("(?:]\\(|src(?:set)?=\")([^)\"\\s]+)[)\"]");

    private Documents() {}

    /**
     * A block of code.
     *
     * @param page the page's path below the root
     * @param line the line of its fence
     * @param language what stands behind the fence, such as sh
     * @param text its lines, without the indentation of the list that it stands in
     * @param directive what a comment in front of it says, such as {@code file}; or an empty text
     * @param value what belongs to the directive
     */
    record Block(String page, int line, String language, String text, String directive, String value) {

        @Override
        public String toString() {
            return page + ":" + line + " (" + language + ")";
        }

        String firstLine() {
            return text.lines().findFirst().orElse("");
        }
    }

    /** Each page, by its path below the root. */
    static List<String> pages() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("", "docs", ".github")) {
            try (Stream<Path> found = Files.walk(ROOT.resolve(folder), folder.isEmpty() ? 1 : 9)) {
                found.filter(file -> file.toString().endsWith(".md")).forEach(files::add);
            }
        }
        return files.stream()
                .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
                .sorted()
                .toList();
    }

    static String read(String page) throws IOException {
        return Files.readString(ROOT.resolve(page));
    }

    /** All blocks of all pages. */
    static List<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (String page : pages()) {
            blocks.addAll(blocks(page, read(page)));
        }
        return blocks;
    }

    static List<Block> blocks(String language) throws IOException {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    static List<Block> blocks(String page, String text) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (!fence.matches()) {
                continue;
            }
            String indentation = fence.group(1);
            StringBuilder code = new StringBuilder();
            int start = i;
            for (i++; !lines.get(i).equals(indentation + "```"); i++) {
                String line = lines.get(i);
                code.append(line.startsWith(indentation) ? line.substring(indentation.length()) : line.strip())
                        .append('\n');
            }
            Matcher directive =
                    DIRECTIVE.matcher(start == 0 ? "" : lines.get(start - 1).strip());
            boolean directed = directive.matches();
            blocks.add(new Block(
                    page,
                    start + 1,
                    fence.group(2),
                    code.toString(),
                    directed ? directive.group(1) : "",
                    directed ? directive.group(2) : ""));
        }
        return blocks;
    }

    /** What a link may name behind its {@code #}. */
    static Set<String> anchors(String text) {
        Set<String> anchors = new LinkedHashSet<>();
        for (String line : prose(text).lines().toList()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String words = heading.group(1)
                        .replaceAll("]\\([^)]*\\)", "")
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-');
                for (int number = 0; !anchors.add(number == 0 ? words : words + "-" + number); number++) {
                    // a heading that stands twice gets a number
                }
            }
            ANCHOR.matcher(line).results().forEach(match -> anchors.add(match.group(1)));
        }
        return anchors;
    }

    /** The targets of the links and images of a page. */
    static List<String> links(String text) {
        return LINK.matcher(prose(text).replaceAll("`[^`\n]*`", "`"))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** A page without its blocks of code. */
    private static String prose(String text) {
        StringBuilder prose = new StringBuilder();
        boolean code = false;
        for (String line : text.lines().toList()) {
            if (line.strip().startsWith("```")) {
                code = !code;
            } else if (!code) {
                prose.append(line).append('\n');
            }
        }
        return prose.toString();
    }
}

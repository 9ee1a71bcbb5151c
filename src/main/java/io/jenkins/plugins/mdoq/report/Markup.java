package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Writes well-formed markup that is HTML, SVG and XML at the same time. All text goes through {@link PlainText} and is escaped
 * here, so that nothing that an endpoint sent can become markup. Not safe for concurrent use.
 */
final class Markup {

    private final StringBuilder out = new StringBuilder(16 * 1024);
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Begins an element.
     *
     * @param attributes names and values in turn; an attribute whose value is empty is left out
     */
    Markup open(@NonNull String name, @NonNull String... attributes) {
        tag(name, attributes);
        out.append('>');
        open.push(name);
        return this;
    }

    /** Ends the element that was begun last. */
    Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element that has no end tag in HTML, or a shape in SVG. */
    Markup empty(@NonNull String name, @NonNull String... attributes) {
        tag(name, attributes);
        out.append("/>");
        return this;
    }

    /** An element with text. */
    Markup element(@NonNull String name, @NonNull String text, @NonNull String... attributes) {
        return open(name, attributes).text(text).close();
    }

    /** Text in one line. */
    Markup text(@NonNull String text) {
        escape(PlainText.line(text));
        return this;
    }

    /** Text that keeps its lines. */
    Markup lines(@NonNull String text) {
        escape(String.join("\n", PlainText.lines(text)));
        return this;
    }

    /** Text that keeps its lines and how far each of them is indented. */
    Markup indented(@NonNull String text) {
        text.lines().forEach(line -> {
            escape(" ".repeat(line.length() - line.stripLeading().length()) + PlainText.line(line));
            out.append('\n');
        });
        return this;
    }

    /** Text as it is, which must be our own: it may begin or end in a blank. */
    Markup words(@NonNull String text) {
        escape(text);
        return this;
    }

    /** A line break, for whoever reads the source. */
    Markup line() {
        out.append('\n');
        return this;
    }

    /** Markup that another one of these wrote, or a style sheet of ours. */
    Markup raw(@NonNull String markup) {
        out.append(markup);
        return this;
    }

    /** A length for an attribute: with one digit after the point at the most. */
    static String number(double number) {
        String text = String.format(Locale.ROOT, "%.1f", number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private void tag(String name, String... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            if (!attributes[i + 1].isEmpty()) {
                out.append(' ').append(attributes[i]).append("=\"");
                escape(attributes[i + 1]);
                out.append('"');
            }
        }
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return out.toString();
    }
}

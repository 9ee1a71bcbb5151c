package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;

/** Makes what endpoints say fit for a log: text, and nothing that a terminal or a reader could take for something else. */
public final class PlainText {

    private PlainText() {}

    /** The text in one line: control and format characters, line ends among them, become spaces. */
    @NonNull
    public static String line(@NonNull String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.appendCodePoint(isPlain(c) ? c : ' '));
        return plain.toString().strip();
    }

    /** The text's lines, each of them {@linkplain #line plain}; blank ones are left out. */
    @NonNull
    public static List<String> lines(@NonNull String text) {
        return text.lines().map(PlainText::line).filter(line -> !line.isEmpty()).toList();
    }

    /** Format characters go as well: among them are those that turn the direction of what follows. */
    static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}

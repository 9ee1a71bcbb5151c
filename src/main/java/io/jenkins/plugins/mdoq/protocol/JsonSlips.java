package io.jenkins.plugins.mdoq.protocol;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.regex.Pattern;

/** What people commonly write where JSON is needed, recognized at the place where reading stopped. */
final class JsonSlips {

    private static final Pattern NO_NUMBER = Pattern.compile("(?s).*\\b(NaN|Infinity)\\b.*");
    private static final Pattern PYTHON = Pattern.compile("(?s).*\\b(True|False|None)\\b.*");
    private static final Pattern FORM = Pattern.compile("[\\w.%+-]{1,200}=[^{]*");
    private static final Pattern PHP_MESSAGE = Pattern.compile(
            "(?s)(<br\\s*/?>\\s*)?(<b>)?(PHP )?(Notice|Warning|Deprecated|Fatal error|Parse error)(</b>)?: .*");

    /** How far a text is looked at on either side of the place where reading stopped, which is before or behind a word. */
    private static final int AROUND = 9;

    private JsonSlips() {}

    /** Whether a text begins with a message of PHP. */
    static boolean isPhpMessage(@NonNull String text) {
        return PHP_MESSAGE
                .matcher(text.substring(0, Math.min(text.length(), 200)))
                .matches();
    }

    /**
     * What is wrong, continuing "cannot be read any more: ", and what to write instead; null if it is none of these.
     *
     * @param offset where reading stopped, or right behind it; within the text or at its end
     * @param problem what the reader says
     */
    @CheckForNull
    static String at(@NonNull String text, int offset, @NonNull String problem) {
        char here = at(text, offset);
        char before = at(text, offset - 1);
        String around = text.substring(Math.max(0, offset - AROUND), Math.min(text.length(), offset + AROUND));
        if (isPhpMessage(text)) {
            return "it begins with a message of PHP; turn display_errors off, or log them instead";
        }
        if (here == '\'' || before == '\'') {
            return "names and texts stand in double quotes in JSON, not in single ones";
        }
        if (here == '/' || before == '/') {
            return "there are no comments in JSON";
        }
        if ((here == '}' || here == ']')
                && text.substring(0, offset).stripTrailing().endsWith(",")) {
            return "no comma stands before a closing bracket in JSON";
        }
        if (NO_NUMBER.matcher(around).matches()) {
            return "NaN and Infinity are no numbers in JSON; send null or a text";
        }
        if (PYTHON.matcher(around).matches()) {
            return "it is true, false and null in JSON; in Python use json.dumps";
        }
        if (problem.contains("character escape")) {
            return "a backslash in a text is written twice in JSON";
        }
        if (problem.contains("CTRL-CHAR")) {
            return "control characters in a text are escaped in JSON, a line break as \\n";
        }
        if (FORM.matcher(text).matches()) {
            return "it looks like the fields of a form";
        }
        return null;
    }

    private static char at(String text, int offset) {
        return offset >= 0 && offset < text.length() ? text.charAt(offset) : ' ';
    }
}

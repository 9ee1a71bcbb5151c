package io.jenkins.plugins.mdoq.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Limits;
import java.io.UncheckedIOException;

/** JSON as people read it: indented, bounded, and with nothing in it that a reader could take for something else. */
public final class PrettyJson {

    /** The longest text that is shown, in UTF-16 units; more than an answer that is kept whole usually takes. */
    static final int MOST_CHARS = 2 * Limits.DATA_BYTES;

    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER = new ObjectMapper()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER));

    private PrettyJson() {}

    /**
     * The JSON in lines. Control and format characters, among them those that turn the direction of what follows, are
     * written as their escapes. What is longer than twice {@link Limits#DATA_BYTES} is cut, and says so at its end.
     */
    @NonNull
    public static String of(@NonNull JsonNode json) {
        String text;
        try {
            text = WRITER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            // A tree in memory can always be written.
            throw new UncheckedIOException(e);
        }
        String bounded = Limits.text(text, MOST_CHARS);
        StringBuilder shown = new StringBuilder(bounded.length());
        bounded.codePoints().forEach(c -> {
            if (c == '\n' || PlainText.isPlain(c)) {
                shown.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    shown.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return shown.toString();
    }
}

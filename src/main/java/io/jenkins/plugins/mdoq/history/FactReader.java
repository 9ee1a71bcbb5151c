package io.jenkins.plugins.mdoq.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;

/** Reads the facts in a journal's lines. */
final class FactReader {

    private static final ObjectReader READER =
            Json.MAPPER.readerFor(Fact.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private FactReader() {}

    /** The fact in a line; null, and a report to the history, if there is none. */
    @CheckForNull
    static Fact read(@NonNull History history, @NonNull String where, @NonNull byte[] line) {
        try {
            Fact fact = READER.readValue(line);
            if (fact == null) {
                history.damaged(where + " is a JSON null, no fact, and was passed over");
            }
            return fact;
        } catch (JsonProcessingException e) {
            history.damaged(where + " is not a fact this version can read and was passed over: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            history.damaged(where + " could not be read and was passed over: " + e.getMessage());
        }
        return null;
    }
}

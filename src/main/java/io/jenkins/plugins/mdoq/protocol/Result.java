package io.jenkins.plugins.mdoq.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Locale;

/** An endpoint's own word on its webhook (protocol: "result"). */
public enum Result {
    /** The endpoint has nothing against the release. */
    @JsonProperty("success")
    SUCCESS,
    /** The endpoint objects; the flags beside it say what follows. */
    @JsonProperty("fail")
    FAIL;

    /** The word as it travels. */
    @NonNull
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a {@code result} value.
     *
     * @param node the value, not null itself (it may be a JSON null)
     * @return the result, or null if the value is neither word in any case
     */
    @CheckForNull
    public static Result read(@NonNull JsonNode node) {
        if (!node.isTextual()) {
            return null;
        }
        for (Result result : values()) {
            if (result.word().equalsIgnoreCase(node.textValue())) {
                return result;
            }
        }
        return null;
    }
}

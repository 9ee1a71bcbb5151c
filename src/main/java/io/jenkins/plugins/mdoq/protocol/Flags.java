package io.jenkins.plugins.mdoq.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;

/** The two flags that may stand in the data of the webhook history (protocol: "truth of the flags"). */
public final class Flags {

    /** Cancels the release. */
    public static final String STOP = "stop_release";

    /** Cancels the release and has it undone. */
    public static final String ROLLBACK = "rollback_release";

    private Flags() {}

    /**
     * Whether a flag's value is true: {@code true}, {@code "true"}, {@code 1} and {@code "1"} are, as PHP endpoints send
     * all four; anything else, absence included, is not.
     */
    public static boolean isTrue(@CheckForNull JsonNode value) {
        if (value == null) {
            return false;
        }
        if (value.isTextual()) {
            return value.textValue().equals("true") || value.textValue().equals("1");
        }
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue().equals(java.math.BigInteger.ONE);
        }
        return value.isBoolean() && value.booleanValue();
    }
}

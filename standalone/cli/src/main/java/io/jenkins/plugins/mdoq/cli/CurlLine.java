package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;

/**
 * A line for a POSIX shell that releases a lock. The secret stands in it as an environment variable, never as itself.
 */
final class CurlLine {

    private CurlLine() {}

    /**
     * The line.
     *
     * @param variable the environment variable that holds the secret
     */
    static String release(URI url, String lock, String variable) {
        String json = JsonNodeFactory.instance
                .objectNode()
                .put("lock", lock)
                .put("result", "success")
                .toString();
        return "curl -H 'Content-Type: application/json' -H \"X-MDOQ-Secret: $" + variable + "\" -d " + quoted(json)
                + " " + quoted(url.toString());
    }

    /** The text as one word that the shell takes literally. */
    static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}

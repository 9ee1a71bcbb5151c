package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/**
 * A line for a POSIX shell that releases a lock. The secret stands in it as an environment variable, never as itself, unless it
 * is the demo's.
 */
final class CurlLine {

    private CurlLine() {}

    /**
     * The line.
     *
     * @param variable the environment variable that holds the secret
     */
    static String release(URI url, String lock, String variable) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("lock", lock).put("result", "success");
        return line(url, "\"X-MDOQ-Secret: $" + variable + "\"", json);
    }

    /** The line with a secret in it that is thrown away afterwards, for trying out. */
    static String trying(URI url, String secret, ObjectNode json) {
        return line(url, quoted("X-MDOQ-Secret: " + secret), json);
    }

    private static String line(URI url, String header, ObjectNode json) {
        return "curl -H 'Content-Type: application/json' -H " + header + " -d " + quoted(json.toString()) + " "
                + quoted(url.toString());
    }

    /** The text as one word that the shell takes literally. */
    static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}

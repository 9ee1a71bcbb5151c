package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.provider.Arguments;

/** Configuration files with a mistake in them, for tests, and what is to be said of each. */
final class MistakenFile {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "MDOQ_SECRET", "secret-one",
            "ROTATED", "secret-new\n",
            "EMPTY", " ",
            "UMLAUT", "schl\u00fcssel",
            "SEVERAL", "secret-one secret-two",
            "SHORT", "seven-7",
            "NO_KEY", "whsec_not-base64!",
            "SHORT_KEY", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2L=",
            "GATE_URL", "https://chat.example.com/services/T0AB12CD3/x\n",
            "TOKEN", "Quite-Another");

    private MistakenFile() {}

    /** Reads a file in an environment with secrets, some of which are none. */
    static Configuration read(String text) {
        return ConfigurationReader.read("mdoq.yaml", text, ENVIRONMENT);
    }

    /** A file with nothing wrong in it, more lines for its webhook from line 5 on. */
    static String ok(String more) {
        return "webhooks:\n  - name: gate\n    url: http://a/\n    secret: ${MDOQ_SECRET}\n"
                + (more.isEmpty() ? "" : "    " + more + "\n")
                + "    events:\n      - event: before_release\n";
    }

    /** A file, and what is to be said of it: a line and a message. */
    static Arguments bad(String text, String message) {
        return Arguments.of(text, message);
    }

    /** A file whose webhook has one more line, the fifth. */
    static Arguments webhook(String line, String message) {
        return bad(ok(line), message);
    }

    /** A file whose event has one more line, the seventh. */
    static Arguments event(String line, String message) {
        return bad(ok("") + "        " + line + "\n", message);
    }

    /** A file with something else in the place of a text. */
    static Arguments with(String text, String instead, String message) {
        assertThat(ok("")).contains(text);
        return bad(ok("").replace(text, instead), message);
    }

    /** The key without its value, which is as good as no key at all. */
    static Arguments without(String keyAndValue, String message) {
        return with(keyAndValue, keyAndValue.substring(0, keyAndValue.indexOf(':') + 1), message);
    }

    /** A file is refused, by a message that shows nothing of its secrets. */
    static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("mdoq.yaml:" + message)
                .message()
                .doesNotContain(
                        "hunter2", "schl\u00fcssel", "secret-two", "seven-7", "not-base64", "MfKQ9r8G", "Quite-Another")
                .doesNotContainPattern("\\p{Cntrl}");
    }
}

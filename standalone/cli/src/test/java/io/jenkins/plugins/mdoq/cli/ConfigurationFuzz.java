package io.jenkins.plugins.mdoq.cli;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The configuration file: whatever stands in it, it is read or refused in one line, and no secret is named. The input is the file. */
public final class ConfigurationFuzz {

    private static final String SECRET = "fuzzed-Secret-01";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("GATE_SECRET", SECRET, "CHAT_URL", "https://chat.example.com/services/" + SECRET);

    private ConfigurationFuzz() {}

    /** Called by Jazzer, and with each input that is kept. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        if (text.contains(SECRET)) {
            // Somebody wrote a secret into the file: what it is cannot be known.
            return;
        }
        try {
            Configuration configuration = ConfigurationReader.read("fuzzed.yaml", text, ENVIRONMENT);
            if (configuration.webhooks().isEmpty()) {
                throw new AssertionError("no webhook, and not refused");
            }
            holdsNoSecret(configuration.toString());
        } catch (ConfigurationException e) {
            holdsNoSecret(e.getMessage());
            if (e.getMessage().isBlank() || e.getMessage().contains("\n")) {
                throw new AssertionError("not one line: " + e.getMessage(), e);
            }
        }
    }

    private static void holdsNoSecret(String text) {
        if (text.contains(SECRET)) {
            throw new AssertionError("a secret in " + text);
        }
    }
}

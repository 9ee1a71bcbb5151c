package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.mdoq.hook.EventSettings;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;

/** The configuration file: what it means, and what is said of each mistake. */
class ConfigurationReaderTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "MDOQ_SECRET", "one",
            "ROTATED", " new  old\n",
            "EMPTY", " ",
            "UMLAUT", "schl\u00fcssel");

    private static final String WHOLE = """
        webhooks:
          - name: release-gate
            url: http://127.0.0.1:8099/hook
            secret: ${MDOQ_SECRET}        # from the environment
            timeoutSeconds: 30
            tries: 5
            sign: true
            allowFrom: ["127.0.0.0/8", "::1/128"]
            events:
              - event: before_release
                blocking: true
                lockTimeoutMinutes: 90
                onFail: UNSTABLE
                onDeliveryError: continue
              - event: Before Release Complete
              - event: Deployed to production
          - name: 42
            url: https://example.com/
            secret: ${ROTATED} ${MDOQ_SECRET}
            allowFrom:
            events:
              - event: deployed
        """;

    private static Configuration read(String text) {
        return ConfigurationReader.read("mdoq.yaml", text, ENVIRONMENT);
    }

    @Test
    void shouldReadAllSettings() {
        assertThat(read(WHOLE).webhooks().get(0))
                .isEqualTo(new Webhook(
                        "release-gate",
                        URI.create("http://127.0.0.1:8099/hook"),
                        List.of("MDOQ_SECRET"),
                        Duration.ofSeconds(30),
                        5,
                        true,
                        List.of("127.0.0.0/8", "::1/128"),
                        List.of(
                                new EventSettings(
                                        ReleaseEvent.BEFORE_RELEASE,
                                        true,
                                        Duration.ofMinutes(90),
                                        OnFail.UNSTABLE,
                                        OnDeliveryError.CONTINUE),
                                EventSettings.of(ReleaseEvent.BEFORE_RELEASE_COMPLETE),
                                EventSettings.of(new ReleaseEvent("Deployed to production")))));
    }

    @Test
    void shouldHaveTheDefaultsOfTheProtocol() {
        assertThat(read(WHOLE).webhooks().get(1))
                .isEqualTo(new Webhook(
                        "42",
                        URI.create("https://example.com/"),
                        List.of("ROTATED", "MDOQ_SECRET"),
                        Duration.ofSeconds(60),
                        3,
                        false,
                        List.of(),
                        List.of(EventSettings.of(new ReleaseEvent("deployed")))));
    }

    @Test
    void shouldTakeSeveralSecretsFromOneVariableAndFromSeveral() {
        assertThat(read(WHOLE).secrets().get("42").all())
                .extracting(secret -> secret.reveal())
                .containsExactly("new", "old", "one");
    }

    @Test
    void shouldReadAFileAndSayWhyItCannot(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("mdoq.yaml");
        assertThatThrownBy(() -> ConfigurationReader.read(file, ENVIRONMENT))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ": the configuration file cannot be read: there is no " + file + "; see --config");

        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> ConfigurationReader.read(file, ENVIRONMENT))
                .hasMessage(file + ": the file is not UTF-8; save it in that encoding");

        Files.writeString(file, WHOLE);
        assertThat(ConfigurationReader.read(file, ENVIRONMENT).webhooks()).hasSize(2);
    }

    @Test
    void shouldReadTheFileOfTheDocumentation() throws Exception {
        String page = Files.readString(Path.of("..", "..", "docs", "command-line.md"));
        String begin = "```yaml\n";
        String example = page.substring(page.indexOf(begin) + begin.length());

        assertThat(read(example.substring(0, example.indexOf("```"))).webhooks())
                .singleElement()
                .satisfies(webhook -> assertThat(webhook.events()).hasSize(2));
    }

    /** A file with nothing wrong in it, more lines for its webhook from line 5 on. */
    private static String ok(String more) {
        return "webhooks:\n  - name: gate\n    url: http://a/\n    secret: ${MDOQ_SECRET}\n"
                + (more.isEmpty() ? "" : "    " + more + "\n")
                + "    events:\n      - event: before_release\n";
    }

    private static Arguments bad(String text, String message) {
        return Arguments.of(text, message);
    }

    private static Arguments webhook(String line, String message) {
        return bad(ok(line), message);
    }

    private static Arguments event(String line, String message) {
        return bad(ok("") + "        " + line + "\n", message);
    }

    private static Arguments with(String text, String instead, String message) {
        assertThat(ok("")).contains(text);
        return bad(ok("").replace(text, instead), message);
    }
}

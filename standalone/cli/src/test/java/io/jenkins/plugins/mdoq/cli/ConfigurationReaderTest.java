package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.mdoq.hook.EventSettings;
import io.jenkins.plugins.mdoq.hook.JobPatterns;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;

/** The configuration file: what it means. */
class ConfigurationReaderTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "MDOQ_SECRET", "secret-one",
            "ROTATED", "secret-new\n",
            "GATE_URL", "https://chat.example.com/services/T0AB12CD3/x\n",
            "TOKEN", "Quite-Another");

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
                lockTimeout: 90m
                heartbeat: 5m
                onLockTimeout: rollback
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
                        WebhookUrl.of(URI.create("http://127.0.0.1:8099/hook")),
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
                                        OnDeliveryError.CONTINUE,
                                        Duration.ofMinutes(5),
                                        OnLockTimeout.ROLLBACK),
                                EventSettings.of(ReleaseEvent.BEFORE_RELEASE_COMPLETE),
                                EventSettings.of(new ReleaseEvent("Deployed to production")))));
    }

    @Test
    void shouldStillReadALockTimeoutInMinutes() {
        Configuration configuration = read(WHOLE.replace("lockTimeout: 90m", "lockTimeoutMinutes: 90"));

        assertThat(configuration.webhooks()).isEqualTo(read(WHOLE).webhooks());
    }

    @Test
    void shouldHaveTheDefaultsOfTheProtocol() {
        assertThat(read(WHOLE).webhooks().get(1))
                .isEqualTo(new Webhook(
                        "42",
                        WebhookUrl.of(URI.create("https://example.com/")),
                        List.of("ROTATED", "MDOQ_SECRET"),
                        Duration.ofSeconds(60),
                        3,
                        false,
                        List.of(),
                        List.of(EventSettings.of(new ReleaseEvent("deployed")))));
    }

    @Test
    @DisplayName("protocol: secret — one variable is one secret, several while one is rotated")
    void shouldTakeSeveralSecretsFromSeveralVariables() {
        assertThat(read(WHOLE).secrets().get("42").all())
                .extracting(secret -> secret.reveal())
                .containsExactly("secret-new", "secret-one");
    }

    @Test
    void shouldLeaveOutALineBreakAtTheEndAndSaySo() {
        assertThat(read(WHOLE).notes())
                .containsExactly("the environment variable ROTATED ends with a line break, which is left out");
    }

    @Test
    void shouldTakeTheUrlFromTheEnvironment() {
        String whole = WHOLE.replace("http://127.0.0.1:8099/hook", "${GATE_URL}")
                .replace("https://example.com/", "https://example.com/hook?token=${TOKEN}&v=${TOKEN}");

        assertThat(read(whole).webhooks())
                .extracting(webhook -> webhook.url().url())
                .containsExactly(
                        URI.create("https://chat.example.com/services/T0AB12CD3/x"),
                        URI.create("https://example.com/hook?token=Quite-Another&v=Quite-Another"));
        assertThat(read(whole).webhooks().toString()).doesNotContain("T0AB12CD3", "Quite-Another");
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

    @Test
    @DisplayName("protocol: chat — needs no secret")
    void shouldReadAChat() {
        Configuration configuration = read("""
                webhooks:
                  - name: chat
                    url: https://chat.example.com/services/T0AB12CD3
                    format: slack
                    events:
                      - event: before_release
                """);

        assertThat(configuration.webhooks().get(0).format()).isEqualTo("SLACK");
        assertThat(configuration.webhooks().get(0).secretIds()).isEmpty();
        assertThat(configuration.secrets().get("chat").isEmpty()).isTrue();
    }

    @Test
    void shouldRefuseAChatThatBlocks() {
        assertThatThrownBy(() -> read("""
                        webhooks:
                          - name: chat
                            url: https://chat.example.com/services/T0AB12CD3
                            format: TEAMS
                            events:
                              - event: before_release
                                blocking: true
                        """))
                .hasMessage("mdoq.yaml:7: a webhook of the format TEAMS only hears what happens, so it has no blocking;"
                        + " leave blocking out, or write format: MDOQ");
    }

    @Test
    @DisplayName("protocol: which releases — the jobs of a webhook, all by default")
    void shouldTakeThePatternsOfJobs() {
        Configuration configuration =
                read(WHOLE.replace("    sign: true", "    sign: true\n    jobs: [' shop/** ', '!shop/sandbox/**']"));

        assertThat(configuration.webhooks().get(0).jobs().patterns()).containsExactly("shop/**", "!shop/sandbox/**");
        assertThat(configuration.webhooks().get(1).jobs()).isEqualTo(JobPatterns.ALL);
    }
}

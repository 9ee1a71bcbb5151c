package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.SecretSource;
import io.jenkins.plugins.mdoq.hook.EventSettings;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.injenkins.AsCode;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConfigurationAsCodeInJenkinsTest {

    private static final Map<String, String> SECRETS = Map.of(
            "RELEASE_GATE_SECRET",
            "s3cret-new",
            "RELEASE_GATE_OLD_SECRET",
            "s3cret-old",
            "SLACK_URL",
            "https://hooks.slack.com/services/T0AB12CD3/x");

    @TempDir
    private Path folder;

    private MdoqGlobalConfiguration configuration;

    @BeforeEach
    void start(JenkinsRule j) throws Exception {
        configuration = MdoqGlobalConfiguration.get();
        AsCode.load(Examples.docs().resolve("examples/configuration-as-code.yaml"));
    }

    @Test
    void shouldLoadTheExampleOfTheDocuments() {
        assertThat(configuration.getTrustedProxies()).containsExactly("10.0.0.0/8");
        assertThat(configuration.engineWebhooks())
                .containsExactly(
                        new Webhook(
                                "release-gate",
                                WebhookUrl.of(URI.create("https://middleware.example.com/mdoq")),
                                List.of("release-gate-2026", "release-gate-2025"),
                                Duration.ofSeconds(30),
                                5,
                                true,
                                List.of("192.0.2.0/24", "2001:db8::/32"),
                                List.of(
                                        new EventSettings(
                                                ReleaseEvent.BEFORE_RELEASE,
                                                true,
                                                Duration.ofDays(1),
                                                OnFail.FAIL,
                                                OnDeliveryError.FAIL,
                                                Duration.ofMinutes(30),
                                                OnLockTimeout.STOP),
                                        new EventSettings(
                                                ReleaseEvent.BEFORE_RELEASE_COMPLETE,
                                                false,
                                                Duration.ZERO,
                                                OnFail.UNSTABLE,
                                                OnDeliveryError.FAIL,
                                                Duration.ZERO,
                                                OnLockTimeout.FAIL))),
                        new Webhook(
                                "slack",
                                WebhookUrl.of(URI.create("https://hooks.slack.com/services/T0AB12CD3/x")),
                                List.of(),
                                Duration.ofSeconds(60),
                                3,
                                false,
                                List.of(),
                                List.of(new EventSettings(
                                        ReleaseEvent.of("Passed regression testing"),
                                        false,
                                        Duration.ZERO,
                                        OnFail.CONTINUE,
                                        OnDeliveryError.FAIL,
                                        Duration.ZERO,
                                        OnLockTimeout.FAIL)),
                                "SLACK"));
        assertThat(new ConfiguredWebhooks().all().all())
                .extracting(SharedSecret::reveal)
                .containsExactly("s3cret-new", "s3cret-old");
    }

    @Test
    void shouldExportWhatItLoadedAndNoSecret() throws Exception {
        List<Webhook> before = configuration.engineWebhooks();
        String exported = AsCode.export();

        assertThat(exported).contains("mdoqReleaseHook:", "credentialsId: \"release-gate-2026\"");
        assertThat(SECRETS.values()).noneMatch(exported::contains);

        configuration.setWebhooks(List.of());
        configuration.setTrustedProxies(List.of());
        String section = exported.substring(exported.indexOf("  mdoqReleaseHook:"));
        // The section ends where the next one at its depth begins.
        section = section.replaceFirst("(?s)\\n  [a-zA-Z].*|\\n[a-zA-Z].*", "\n");
        AsCode.load(write("unclassified:\n" + section));

        assertThat(configuration.engineWebhooks()).isEqualTo(before);
        assertThat(configuration.getTrustedProxies()).containsExactly("10.0.0.0/8");
    }

    @Test
    void shouldReplaceWhatWasThereWhenItIsLoadedAgain() throws Exception {
        AsCode.load(Examples.docs().resolve("examples/configuration-as-code.yaml"));
        assertThat(configuration.engineWebhooks()).hasSize(2);

        AsCode.load(write("unclassified:\n  mdoqReleaseHook:\n    webhooks: []\n    trustedProxies: []\n"));
        assertThat(configuration.getWebhooks()).isEmpty();
        assertThat(configuration.getTrustedProxies()).isEmpty();
    }

    /** A variable that is not set leaves nothing, a file with a line break one: neither may keep Jenkins from starting. */
    @Test
    void shouldLoadWhateverTheCredentialsHold() throws Exception {
        AsCode.load(write("""
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - string:
                              id: "empty"
                              secret: "${NOT_SET_ANYWHERE}"
                          - string:
                              id: "blank"
                              secret: "two words"
                          - string:
                              id: "chat-url"
                              secret: "https://chat.example.com/services/T0AB12CD3\\n"
                unclassified:
                  mdoqReleaseHook:
                    webhooks:
                      - name: "gate"
                        url: "https://middleware.example.com/mdoq"
                        secrets:
                          - credentialsId: "empty"
                          - credentialsId: "blank"
                      - name: "chat"
                        urlCredentialsId: "chat-url"
                        secrets:
                          - credentialsId: "empty"
                """));

        assertThat(configuration.engineWebhooks()).extracting(Webhook::name).containsExactly("gate", "chat");
        assertThat(new ConfiguredWebhooks().all().isEmpty()).isTrue();
        assertThat(new ConfiguredWebhooks().url("chat").url())
                .hasToString("https://chat.example.com/services/T0AB12CD3");
        assertThat(configuration.engineWebhooks().toString()).doesNotContain("T0AB12CD3");
        assertThat(AsCode.export()).contains("urlCredentialsId: \"chat-url\"").doesNotContain("T0AB12CD3");
    }

    /** Jenkins starts, and no release passes by a gate that half of is missing. */
    @Test
    void shouldFireNothingIfAVariableOfAWebhookIsNotSet() throws Exception {
        for (String unset : List.of(
                "        allowFrom: [\"${NOT_SET_ANYWHERE}\"]\n",
                "        jobs: [\"${NOT_SET_ANYWHERE}\"]\n",
                "        tries: \"${NOT_SET_ANYWHERE}\"\n",
                "        timeoutSeconds: \"${NOT_SET_ANYWHERE}\"\n",
                "        events: [{event: beforeRelease, lockTimeoutMinutes: \"${NOT_SET_ANYWHERE}\"}]\n",
                "        sign: \"${NOT_SET_ANYWHERE}\"\n",
                "        events: [{event: beforeRelease, blocking: \"${NOT_SET_ANYWHERE}\"}]\n",
                "        events: [{event: beforeRelease, onFail: \"${NOT_SET_ANYWHERE}\"}]\n",
                "        events: [{event: beforeRelease, onDeliveryError: \"${NOT_SET_ANYWHERE}\"}]\n",
                "        events: [{event: beforeRelease, onLockTimeout: \"${NOT_SET_ANYWHERE}\"}]\n",
                "        events: [{event: \"${NOT_SET_ANYWHERE}\"}]\n")) {
            AsCode.load(write("""
                    unclassified:
                      mdoqReleaseHook:
                        trustedProxies: ["${NOT_SET_ANYWHERE}"]
                        webhooks:
                          - name: "gate"
                            url: "https://middleware.example.com/mdoq"
                            secrets:
                              - credentialsId: "release-gate-2026"
                    """ + unset));

            assertThat(configuration.getTrustedProxies())
                    .as("nobody is believed")
                    .isEmpty();
            assertThat(configuration.getWebhooks()).hasSize(1);
            assertThat(configuration.getProblem()).contains("no event can be fired", "webhook 'gate': ");
            assertThatThrownBy(() -> configuration.engineWebhooks()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldRefuseWhatIsInvalidInOneLineAndKeepWhatWasThere() throws Exception {
        Path invalid = write("""
                unclassified:
                  mdoqReleaseHook:
                    webhooks:
                      - name: "gate"
                        url: "https://middleware.example.com/mdoq"
                        secrets:
                          - credentialsId: "release-gate-2026"
                        allowFrom:
                          - "10.0.0"
                """);

        assertThatThrownBy(() -> AsCode.load(invalid))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "webhook 'gate': allowFrom: '10.0.0' is not an address range; write one such as");
        assertThat(configuration.engineWebhooks()).extracting(Webhook::name).containsExactly("release-gate", "slack");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            onFail: PERHAPS           | event 'beforeRelease': onFail is 'PERHAPS'; write one of CONTINUE, UNSTABLE, FAIL
            onDeliveryError: STOP     | event 'beforeRelease': onDeliveryError is 'STOP'; write one of FAIL, CONTINUE
            onLockTimeout: fail-ed    | event 'beforeRelease': onLockTimeout is 'fail-ed'; write one of FAIL, STOP, ROLLBACK, UNSTABLE, CONTINUE
            """)
    void shouldSayWhatToWriteInsteadOfAChoiceThatIsNone(String setting, String problem) throws Exception {
        Path invalid = write("""
                unclassified:
                  mdoqReleaseHook:
                    webhooks:
                      - name: "gate"
                        url: "https://middleware.example.com/mdoq"
                        secrets:
                          - credentialsId: "release-gate-2026"
                        events:
                          - event: beforeRelease
                            %s
                """.formatted(setting));

        assertThatThrownBy(() -> AsCode.load(invalid)).rootCause().hasMessage("webhook 'gate': " + problem);
    }

    @Test
    void shouldLoadAndExportTheJobsOfAWebhookAndNoteThoseThatAreNone() throws Exception {
        try (LogRecorder log =
                new LogRecorder().record(UnmatchedJobs.class, Level.WARNING).capture(10)) {
            AsCode.load(write("""
                    unclassified:
                      mdoqReleaseHook:
                        webhooks:
                          - name: "gate"
                            url: "https://middleware.example.com/mdoq"
                            secrets:
                              - credentialsId: "release-gate-2026"
                            jobs: ["shop/**", "!shop/sandbox/**"]
                            events:
                              - event: beforeRelease
                                onFail: unstable
                    """));

            assertThat(configuration.engineWebhooks().get(0).jobs().patterns())
                    .containsExactly("shop/**", "!shop/sandbox/**");
            assertThat(log.getMessages())
                    .containsExactly(
                            "webhook 'gate': jobs: no job of this controller matches shop/**, !shop/sandbox/**");
        }
        assertThat(AsCode.export()).contains("- \"shop/**\"", "onFail: \"UNSTABLE\"");
    }

    private Path write(String yaml) throws Exception {
        return Files.writeString(folder.resolve("jenkins.yaml"), yaml);
    }

    @TestExtension
    public static class FixedSecrets extends SecretSource {
        @Override
        public Optional<String> reveal(String secret) {
            return Optional.ofNullable(SECRETS.get(secret));
        }
    }
}

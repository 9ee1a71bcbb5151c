package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.Webhook;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which webhooks a release warns of, as their endpoints cannot release their locks. */
class ReachTest {

    private static final URI HERE = URI.create("http://127.0.0.1:8099/mdoq/lock/release");

    private static List<Webhook> webhooks(String url, String more) {
        String text = """
                webhooks:
                  - name: gate
                    url: %s
                    secret: ${MDOQ_SECRET}
                    jobs: [shop/**]
                    events:
                      - event: before_release
                        %s
                """.formatted(url, more);
        return ConfigurationReader.read("mdoq.yaml", text, Map.of("MDOQ_SECRET", "secret-one"))
                .webhooks();
    }

    private static List<String> warnings(URI release, String job, ReleaseEvent event, List<Webhook> webhooks) {
        return Reach.warnings(release, job, webhooks, event);
    }

    private static List<String> warnings(URI release) {
        return warnings(
                release, "shop/release", ReleaseEvent.BEFORE_RELEASE, webhooks("https://gate.test/", "blocking: true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8099/r", "http://localhost:8099/r", "http://0.0.0.0:8099/r"})
    void shouldWarnOfAnAddressThatIsThisMachinesAlone(String release) {
        assertThat(warnings(URI.create(release)))
                .containsExactly("warning: gate, at gate.test, is told to release its lock at " + release
                        + ", which reaches this machine alone; name an address that it reaches with --listen HOST:PORT or"
                        + " --public-url URL");
    }

    @Test
    void shouldNotWarnOfAnAddressThatOthersReach() {
        assertThat(warnings(URI.create("http://build.example.com:8099/r"))).isEmpty();
    }

    @Test
    void shouldNotWarnOfAWebhookThatReleasesNoLockOrIsOnThisMachine() {
        List<Webhook> elsewhere = webhooks("https://gate.test/", "blocking: true");
        ReleaseEvent before = ReleaseEvent.BEFORE_RELEASE;

        assertThat(warnings(HERE, "shop/release", ReleaseEvent.BEFORE_RELEASE_COMPLETE, elsewhere))
                .as("it does not listen")
                .isEmpty();
        assertThat(warnings(HERE, "crm/release", before, elsewhere))
                .as("it is for other jobs")
                .isEmpty();
        assertThat(warnings(HERE, "shop/release", before, webhooks("https://gate.test/", "blocking: false")))
                .as("it holds no lock")
                .isEmpty();
        assertThat(warnings(HERE, "shop/release", before, webhooks("http://127.0.0.1:1/", "blocking: true")))
                .as("it is here")
                .isEmpty();
    }
}

package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A webhook's URL is a secret: it is sent to, and otherwise never leaves the configuration. */
class UrlAsSecretTest {

    private static final URI URL = URI.create("http://127.0.0.1:8099/services/T0AB12CD3/gate?token=Quite-Another");

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder.resolve("build"));
    }

    private DeliveryHistory entry() {
        return fixture.history().entries().iterator().next();
    }

    @Test
    @DisplayName(
            "protocol: what is masked — of a URL no more than the first path segment is kept, also when it is echoed")
    void shouldKeepNothingOfItsToken() throws Exception {
        EventRun run = fixture.fire(fixture.webhookAt(URL, "gate", plain()));
        assertThat(fixture.http.exchanges().get(0).uri()).isEqualTo(URL);

        fixture.http.exchanges().get(0).answer(404, "no " + URL + ", nor Quite-Another or T0AB12CD3");
        fixture.settle();

        assertThat(EngineFixture.verdict(run)).isNotNull();
        assertThat(entry().plan().url()).isEqualTo("http://127.0.0.1:8099/services/…");
        assertThat(entry().lastFailure().body()).isEqualTo("no http://127.0.0.1:8099/services/****, nor **** or ****");
        assertThat(Files.readString(fixture.journal.file())).doesNotContain("T0AB12CD3", "Quite-Another");
        assertThat(fixture.told.toString()).doesNotContain("T0AB12CD3", "Quite-Another");
    }

    @Test
    void shouldSendToTheUrlThatTheConfigurationHasWhenItIsResumed() {
        fixture.fire(fixture.webhookAt(URL, "gate", plain()));
        EngineFixture restarted = fixture.restarted();
        URI moved = URI.create("http://127.0.0.1:8099/moved/gate");
        restarted.directory.urls.put("gate", WebhookUrl.of(moved));

        restarted.resume();

        assertThat(restarted.http.exchanges()).hasSize(1);
        assertThat(restarted.http.exchanges().get(0).uri()).isEqualTo(moved);
    }

    @Test
    void shouldEndInADeliveryErrorIfTheWebhookIsGoneWhenItIsResumed() {
        fixture.fire(fixture.webhookAt(URL, "gate", plain()));
        EngineFixture restarted = fixture.restarted();
        restarted.directory.urls.clear();

        EventRun run = restarted.resume();

        assertThat(restarted.http.exchanges()).isEmpty();
        assertThat(EngineFixture.verdict(run).action()).isEqualTo(Action.FAIL);
        assertThat(EngineFixture.verdict(run).reason())
                .isEqualTo(
                        "there is no webhook 'gate' any more, so its URL is not known; add a webhook of that name to the"
                                + " configuration again");
    }

    @Test
    void shouldEndInADeliveryErrorIfItsCredentialIsGone() {
        Webhook known = fixture.webhookAt(URL, "gate", blocking());
        WebhookUrl unknown = WebhookUrl.unknown("the webhook's URL is not known: there is no credential 'gate-url'");
        fixture.directory.urls.put("gate", unknown);
        Webhook webhook = new Webhook(
                "gate", unknown, known.secretIds(), known.timeout(), 3, false, known.allowFrom(), known.events());

        EventRun run = fixture.fire(webhook);

        assertThat(fixture.http.exchanges()).isEmpty();
        assertThat(entry().plan().url()).isEqualTo("(unknown URL)");
        assertThat(EngineFixture.verdict(run).reason()).isEqualTo(unknown.problem());
        assertThat(fixture.held.size()).isZero();
    }

    @Test
    void shouldPrintNoWholeUrl() {
        Webhook webhook = fixture.webhookAt(URL, "gate", plain());

        assertThat(webhook.toString())
                .contains("http://127.0.0.1:8099/services/…")
                .doesNotContain("T0AB12CD3", "Quite-Another");
    }
}

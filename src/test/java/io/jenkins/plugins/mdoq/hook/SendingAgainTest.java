package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.plain;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.Resending;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendingAgainTest {

    @TempDir
    Path folder;

    private EngineFixture fixture;
    private Webhook webhook;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder);
        webhook = fixture.webhook("chat", plain());
    }

    private EventRun fireAndAnswer() {
        EventRun run = fixture.fire(webhook);
        fixture.answer("chat", 200, "{'result':'success'}");
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        return run;
    }

    private DeliveryHistory entry() {
        return fixture.history().entries().iterator().next();
    }

    private CompletableFuture<Resending.Permitted> again(Webhook now, String delivery) {
        CompletableFuture<Resending.Permitted> permitted =
                fixture.engine.sendAgain(fixture.process, now, delivery, "operator alice");
        fixture.settle();
        return permitted;
    }

    private CompletableFuture<Resending.Permitted> again() {
        return again(webhook, entry().plan().id());
    }

    @Test
    void shouldSendTheSameUnderTheSameIdAndKeepWhatCame() {
        fireAndAnswer();
        fixture.advance(Duration.ofHours(1));

        assertThat(again()).isCompletedWithValue(Resending.Permitted.YES);

        assertThat(fixture.requests("chat")).hasSize(2);
        assertThat(fixture.request("chat").body())
                .isEqualTo(fixture.requests("chat").get(0).body());
        assertThat(entry().resendings()).singleElement().satisfies(sent -> {
            assertThat(sent.sent().by()).isEqualTo("operator alice");
            assertThat(sent.sent().at()).isEqualTo(fixture.clock.instant());
            assertThat(sent.reply()).isNull();
        });
        fixture.advance(Duration.ofMillis(45));
        fixture.answer(
                "chat", 200, "{'result':'fail','stop_release':true,'message':'" + EngineFixture.secret("chat") + "'}");

        Fact.RepliedAgain reply = entry().resendings().get(0).reply();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.millis()).isEqualTo(45);
        assertThat(reply.data()).isEqualTo(Facts.json("{'result':'fail','stop_release':true,'message':'****'}"));
    }

    @Test
    void shouldCountHowOftenItWasSentAgain() {
        fireAndAnswer();
        again();
        fixture.answer("chat", 500, "");
        again();
        fixture.answer("chat", 200, "{}");

        assertThat(entry().resendings())
                .extracting(
                        again -> again.sent().number(), again -> again.reply().status())
                .containsExactly(tuple(1, 500), tuple(2, 200));
    }

    @Test
    void shouldSendWhatAnotherEventOfTheProcessSaidIfItIsThat() {
        fireAndAnswer();
        ReleaseEvent deployed = ReleaseEvent.of("deployed");
        Webhook later = fixture.webhook("chat", EventSettings.of(deployed));
        fixture.fire(new FireRequest("2", deployed, List.of(later), Facts.json("{'version':'1.2'}"), null));
        fixture.answer("chat", 200, "{}");
        String delivery = fixture.request("chat").text("delivery");

        assertThat(again(later, delivery)).isCompletedWithValue(Resending.Permitted.YES);
        assertThat(fixture.requests("chat")).hasSize(3);
        assertThat(fixture.request("chat").text("event")).isEqualTo("deployed");
        assertThat(fixture.request("chat").text("delivery")).isEqualTo(delivery);
    }

    @Test
    void shouldDecideNothing() {
        EventRun run = fireAndAnswer();
        again();
        fixture.answer("chat", 200, "{'result':'fail','rollback_release':true}");

        assertThat(entry().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.history().settled()).isEqualTo(verdict(run));
        assertThat(verdict(fixture.resume())).isEqualTo(verdict(run));
    }

    @Test
    void shouldSendItOnceWhateverCame() {
        fireAndAnswer();
        again();
        fixture.request("chat").breakOff(new IOException("reset"));
        fixture.advance(Duration.ofHours(1));

        assertThat(fixture.requests("chat")).hasSize(2);
        assertThat(entry().resendings().get(0).reply().error()).isEqualTo("the connection broke: reset");
        assertThat(entry().attempts()).isEqualTo(1);
    }

    @Test
    void shouldTakeTheUrlAndTheSecretsOfNow() {
        fireAndAnswer();
        fixture.directory.credentials.put("newer", Secrets.ofTexts("a newer s3cret".replace(' ', '-')));
        fixture.directory.urls.put("chat", WebhookUrl.of(URI.create("http://127.0.0.1:8100/moved")));
        Webhook now = new Webhook(
                "chat",
                WebhookUrl.of(URI.create("http://127.0.0.1:8100/moved")),
                List.of("newer"),
                Duration.ofSeconds(5),
                3,
                true,
                List.of(),
                List.of());

        assertThat(again(now, entry().plan().id())).isCompletedWithValue(Resending.Permitted.YES);

        FakeHttp.Exchange request = fixture.request("moved");
        assertThat(request.secret()).isEqualTo("a-newer-s3cret");
        assertThat(request.text("delivery")).isEqualTo(entry().plan().id());
        fixture.advance(Duration.ofSeconds(5));
        assertThat(entry().resendings().get(0).reply().error()).contains("within 5 s");
    }

    @Test
    void shouldNotSendWhatIsNotThereOrAnothers() {
        fireAndAnswer();

        assertThat(again(webhook, "msg_none")).isCompletedWithValue(null);
        assertThat(again(fixture.webhook("other", plain()), entry().plan().id()))
                .isCompletedWithValue(null);
        assertThat(fixture.http.exchanges()).hasSize(1);
    }

    @Test
    void shouldNotSendWhileItIsOpenOrHasALockOrIsUnderWay() {
        fixture.fire(webhook);
        assertThat(again()).isCompletedWithValue(Resending.Permitted.OPEN);
        fixture.answer("chat", 200, "{}");
        again();
        assertThat(again()).isCompletedWithValue(Resending.Permitted.UNDER_WAY);
        assertThat(fixture.requests("chat")).hasSize(2);
    }

    @Test
    void shouldNotSendALockAgain() {
        webhook = fixture.webhook("gate", blocking());
        fixture.fire(webhook);
        fixture.answer("gate", 200, "{}");
        fixture.release("gate", "{'result':'success'}");

        assertThat(again()).isCompletedWithValue(Resending.Permitted.BLOCKS);
        assertThat(fixture.requests("gate")).hasSize(1);
    }

    @Test
    void shouldSendNothingThatIsNotInTheHistory() throws Exception {
        fireAndAnswer();
        String delivery = entry().plan().id();
        Files.delete(fixture.journal.file());
        Files.createDirectory(fixture.journal.file());

        assertThat(again(webhook, delivery))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IOException.class);
        assertThat(fixture.requests("chat")).hasSize(1);
    }
}

package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PingTest {

    @TempDir
    Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void start() {
        fixture = new EngineFixture(folder);
    }

    @Test
    @DisplayName("protocol: more events — a ping is marked as a test and never carries a lock")
    void shouldSendATestWithoutALockAndLeaveNoHistory() {
        EventSettings blocking = EngineFixture.blocking();
        Webhook webhook = fixture.webhook("gate", blocking);

        CompletableFuture<Reply> reply = Ping.send(fixture.services, webhook);

        FakeHttp.Exchange request = fixture.request("gate");
        assertThat(request.body().get("test"))
                .isEqualTo(Facts.json("{'test':true}").get("test"));
        assertThat(request.text("event")).isEqualTo("ping");
        assertThat(request.text("webhook")).isEqualTo("gate");
        assertThat(request.text("delivery")).startsWith("msg_");
        assertThat(request.secret()).isEqualTo(EngineFixture.secret("gate"));
        assertThat(request.body().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("secret", "instance", "parent_log", "event", "webhook", "delivery", "test");
        assertThat(reply).isNotDone();

        request.answer(200, "{\"result\":\"success\"}");
        assertThat(reply).isCompletedWithValueMatching(Reply.Answer.class::isInstance);
        assertThat(fixture.journal.exists()).isFalse();
    }

    @Test
    void shouldAskOnceAndSayWhatWentWrong() {
        CompletableFuture<Reply> reply = Ping.send(fixture.services, fixture.webhook("gate"));

        fixture.request("gate").breakOff(new IOException("refused"));

        assertThat(reply).isCompletedWithValueMatching(Reply.Failure.class::isInstance);
        assertThat(fixture.http.exchanges()).hasSize(1);
    }

    @Test
    void shouldSayHowLongItTookAndMaskSecretsInWhatCame() {
        CompletableFuture<Ping.Trial> trial = Ping.trial(fixture.services, fixture.webhook("gate"));
        fixture.clock.advance(Duration.ofMillis(45));

        fixture.request("gate").answer(200, "{\"result\":\"fail\",\"echo\":\"" + EngineFixture.secret("gate") + "\"}");

        assertThat(trial).isCompletedWithValueMatching(brought -> {
            Reply.Answer answer = (Reply.Answer) brought.reply();
            return brought.took().toMillis() == 45
                    && answer.data().path("echo").asText().equals("****");
        });
    }

    @Test
    void shouldMaskSecretsInWhatIsNoAnswer() {
        CompletableFuture<Ping.Trial> trial = Ping.trial(fixture.services, fixture.webhook("gate"));

        fixture.request("gate").answer(500, "<p>" + EngineFixture.secret("gate") + "</p>");

        assertThat(trial)
                .isCompletedWithValueMatching(
                        brought -> ((Reply.Failure) brought.reply()).body().equals("<p>****</p>"));
    }

    @Test
    void shouldMaskTheSecretOfAWebhookThatIsNotSavedYet() {
        Webhook webhook = fixture.webhook("gate");
        fixture.directory.unused.putAll(fixture.directory.credentials);
        fixture.directory.credentials.clear();
        CompletableFuture<Ping.Trial> trial = Ping.trial(fixture.services, webhook);

        fixture.request("gate").breakOff(new IOException("no " + EngineFixture.secret("gate")));

        assertThat(trial)
                .isCompletedWithValueMatching(
                        brought -> ((Reply.Failure) brought.reply()).error().equals("the connection broke: no ****"));
    }

    @Test
    void shouldSendWithAnotherSenderAndAnotherSecretIfToldTo() {
        Webhook webhook = fixture.webhook("gate");
        FakeHttp other = new FakeHttp(fixture.scheduler);
        TestDirectory directory = new TestDirectory();
        directory.urls.putAll(fixture.directory.urls);
        directory.credentials.put("secret-of-gate", Secrets.ofTexts("a-newer-secret"));

        Ping.send(fixture.services.with(other, directory), webhook);

        assertThat(fixture.http.exchanges()).isEmpty();
        assertThat(other.exchanges())
                .singleElement()
                .extracting(FakeHttp.Exchange::secret)
                .isEqualTo("a-newer-secret");
    }

    @Test
    void shouldTellAChatThatItIsATest() {
        Webhook gate = fixture.webhook("chat");
        Ping.send(
                fixture.services,
                new Webhook("chat", gate.url(), List.of(), gate.timeout(), 1, false, List.of(), List.of(), "SLACK"));

        assertThat(fixture.request("chat").text("text")).isEqualTo("This is a test: nothing is being released.");
    }

    @Test
    void shouldSayThatThereIsNoSecretInTheWordsOfADeliveryError() {
        Webhook webhook = fixture.webhook("gate");
        fixture.directory.credentials.clear();

        CompletableFuture<Ping.Trial> trial = Ping.trial(fixture.services, webhook);

        assertThat(trial)
                .isCompletedWithValueMatching(
                        brought -> ((Reply.Failure) brought.reply()).error().startsWith("the webhook has no secret"));
        assertThat(fixture.http.exchanges()).isEmpty();
    }
}

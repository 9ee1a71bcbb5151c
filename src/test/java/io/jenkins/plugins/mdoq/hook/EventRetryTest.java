package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.plain;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deliveries that are tried again, and those that are not. */
class EventRetryTest {

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder);
    }

    @Test
    void shouldTryAgainUnderTheSameDeliveryIdAndTakeTheAnswer() {
        EventRun run = fixture.fire(fixture.webhook("gate", plain()));
        fixture.answer("gate", 503, "<html>down</html>");
        assertThat(fixture.requests("gate")).hasSize(1);
        Fact.AttemptFailed first = fixture.history().entries().iterator().next().lastFailure();
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.body()).isEqualTo("<html>down</html>");
        Duration wait = Duration.between(fixture.clock.instant(), first.retryAt());
        assertThat(wait).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));

        fixture.advance(wait.minusMillis(1));
        assertThat(fixture.requests("gate")).hasSize(1);
        fixture.advance(Duration.ofMillis(1));
        assertThat(fixture.requests("gate")).hasSize(2);
        fixture.request("gate").breakOff(new ConnectException("refused"));
        fixture.advance(Duration.ofSeconds(2));
        assertThat(fixture.requests("gate"))
                .hasSize(3)
                .extracting(request -> request.text("delivery"))
                .containsOnly(fixture.request("gate").text("delivery"));
        fixture.answer("gate", 200, "{'result':'success'}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        DeliveryHistory entry = fixture.history().entries().iterator().next();
        assertThat(entry.attempts()).isEqualTo(3);
        assertThat(entry.failures()).extracting(Fact.AttemptFailed::number).containsExactly(1, 2);
        assertThat(entry.answer().number()).isEqualTo(3);
    }

    @Test
    void shouldFailTheReleaseAfterTheLastTry() {
        EventRun run = fixture.fire(fixture.webhook("gate", plain()));
        for (int i = 0; i < 3; i++) {
            fixture.answer("gate", 502, "");
            fixture.advance(Duration.ofMinutes(1));
        }

        assertThat(fixture.requests("gate")).hasSize(3);
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict(run).action()).isEqualTo(Action.FAIL);
        assertThat(verdict(run).reason()).isEqualTo("HTTP status 502 without a result");
    }

    @Test
    void shouldNeverAskAgainAfterAnAnswerWithAResult() {
        EventRun run = fixture.fire(fixture.webhook("gate", plain()));
        fixture.answer("gate", 503, "{'result':'perhaps'}");
        fixture.advance(Duration.ofHours(1));

        assertThat(fixture.requests("gate")).hasSize(1);
        assertThat(verdict(run).reason()).contains("\"perhaps\"");
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "1, 1", "86400, 300"})
    void shouldWaitAsLongAsTheEndpointAskedFor(long asked, long seconds) {
        fixture.fire(fixture.webhook("gate", plain()));
        fixture.request("gate").answer(429, "", Duration.ofSeconds(asked));
        fixture.settle();

        assertThat(fixture.history().entries().iterator().next().lastFailure().retryAt())
                .isEqualTo(fixture.clock.instant().plusSeconds(seconds));
        fixture.advance(Duration.ofSeconds(seconds));
        assertThat(fixture.requests("gate")).hasSize(2);
    }

    @Test
    void shouldGiveUpARequestThatTakesTooLong() {
        EventRun run = fixture.fire(fixture.webhook("gate", plain()));
        fixture.advance(Duration.ofSeconds(59));
        assertThat(fixture.history().entries().iterator().next().failures()).isEmpty();
        fixture.advance(Duration.ofSeconds(1));

        Fact.AttemptFailed failure =
                fixture.history().entries().iterator().next().lastFailure();
        assertThat(failure.error()).isEqualTo("no whole answer within 60 s");
        assertThat(failure.millis()).isEqualTo(60_000);
        assertThat(fixture.requests("gate").get(0).inFlight()).as("broken off").isFalse();
        fixture.advance(Duration.ofSeconds(1));
        fixture.answer("gate", 200, "{}");
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldUseTheSecretThatIsValidWhenItTriesAgain() {
        fixture.fire(fixture.webhook("gate", plain()));
        fixture.directory.credentials.put("secret-of-gate", Secrets.ofTexts("rotated"));
        fixture.answer("gate", 503, "");
        fixture.advance(Duration.ofSeconds(1));

        assertThat(fixture.request("gate").text("secret")).isEqualTo("rotated");
    }

    @Test
    void shouldNotNoteAFailedAttemptAsOneToRepeatOnceTheVerdictStands() {
        EventRun run = fixture.fire(fixture.webhook("gate", plain()));
        run.cancel("aborted");
        fixture.settle();
        fixture.answer("gate", 503, "");
        fixture.advance(Duration.ofHours(1));

        assertThat(fixture.requests("gate")).hasSize(1);
        assertThat(fixture.history().entries().iterator().next().lastFailure().retryAt())
                .isNull();
        assertThat(fixture.history().settled().outcome()).isEqualTo(Outcome.CANCELLED);
    }
}

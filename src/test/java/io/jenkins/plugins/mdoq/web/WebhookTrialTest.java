package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.hook.Ping;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookTrialTest {

    private static WebhookTrial of(Reply reply) {
        return WebhookTrial.of(new Ping.Trial(reply, Duration.ofMillis(45)));
    }

    @Test
    void shouldShowAnAnswerWithItsStatusAndTime() {
        WebhookTrial trial = of(new Reply.Answer(
                200, Result.FAIL, object().put("message", "a\u202eb").put("stop_release", true), List.of()));

        assertThat(trial.tone()).isEqualTo(Tone.GOOD);
        assertThat(trial.headline()).isEqualTo("Answered 200 after 45 ms.");
        assertThat(trial.lines()).containsExactly("Result: fail", "stop_release", "Message: a b");
        assertThat(trial.body()).contains("\"stop_release\" : true").doesNotContain("\u202e");
        assertThat(trial.json().get("answered").booleanValue()).isTrue();
    }

    @Test
    void shouldShowWhatIsOddAboutAnAnswer() {
        WebhookTrial trial = of(new Reply.Answer(204, Result.SUCCESS, object(), List.of("there is no 'result'")));

        assertThat(trial.tone()).isEqualTo(Tone.DOUBTFUL);
        assertThat(trial.lines()).containsExactly("Result: success", "Note: there is no 'result'");
        assertThat(trial.body()).isNull();
    }

    @Test
    void shouldSayWhyThereIsNoAnswer() {
        WebhookTrial refused = of(new Reply.Failure("nobody listens there", null, null, true, null));
        WebhookTrial broken = of(new Reply.Failure("HTTP 500", 500, "<b>\u0007\n\nat line 3", true, null));

        assertThat(refused.headline()).isEqualTo("Not answered, after 45 ms: nobody listens there");
        assertThat(refused.json().get("answered").booleanValue()).isFalse();
        assertThat(broken.headline()).isEqualTo("Not answered, after 45 ms: HTTP 500");
        assertThat(broken.lines()).containsExactly("Status: 500");
        assertThat(broken.body()).isEqualTo("<b>\nat line 3");
    }

    @Test
    void shouldSayThatNothingWasSent() {
        assertThat(WebhookTrial.notSent("webhook 'x': it has no secret").headline())
                .isEqualTo("Nothing was sent: webhook 'x': it has no secret");
    }
}

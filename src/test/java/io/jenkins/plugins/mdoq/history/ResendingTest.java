package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.delivery;
import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.json;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResendingTest {

    private static final Instant LATER = Facts.START.plusSeconds(3_600);

    private final Facts make = new Facts();
    private final List<Fact> facts = new ArrayList<>();

    private static Fact.SentAgain sent(int number, Instant at) {
        return new Fact.SentAgain(at, delivery("chat"), number, "operator alice at 192.0.2.7");
    }

    private static Fact.RepliedAgain replied(int number, Instant at) {
        return new Fact.RepliedAgain(
                at,
                delivery("chat"),
                number,
                200,
                15,
                null,
                null,
                json("{'result':'fail','rollback_release':true}"),
                List.of("odd"));
    }

    private EventHistory event(boolean blocking) {
        return Facts.eventHistory(fired(plan("chat", blocking)), facts);
    }

    private Resending.Permitted permitted(boolean blocking, Instant now) {
        EventHistory event = event(blocking);
        return Resending.permitted(event, event.entry(delivery("chat")), now);
    }

    private void settled() {
        facts.add(make.attempt("chat", 1));
        facts.add(make.answer("chat", Result.SUCCESS, "{}"));
        facts.add(make.verdict(Outcome.SUCCESS, Action.CONTINUE, "success"));
    }

    @Test
    void shouldPermitItOnceItsEventIsSettled() {
        facts.add(make.attempt("chat", 1));
        assertThat(permitted(false, LATER)).isEqualTo(Resending.Permitted.OPEN);
        facts.clear();

        settled();
        assertThat(permitted(false, LATER)).isEqualTo(Resending.Permitted.YES);
        assertThat(permitted(true, LATER)).isEqualTo(Resending.Permitted.BLOCKS);
    }

    @Test
    void shouldPermitItAfterAFailureAsWell() {
        facts.add(make.attempt("chat", 1));
        facts.add(make.failure("chat", 1, true));
        facts.add(make.verdict(Outcome.FAIL, Action.FAIL, "no answer"));

        assertThat(permitted(false, LATER)).isEqualTo(Resending.Permitted.YES);
    }

    @Test
    void shouldNotPermitTwoAtATimeAndForgetOneThatWasLost() {
        settled();
        facts.add(sent(1, LATER));

        assertThat(permitted(false, LATER.plusSeconds(60))).isEqualTo(Resending.Permitted.UNDER_WAY);
        assertThat(permitted(false, LATER.plusSeconds(76)))
                .as("its timeout of a minute is long over")
                .isEqualTo(Resending.Permitted.YES);
        facts.add(replied(1, LATER.plusSeconds(1)));
        assertThat(permitted(false, LATER.plusSeconds(2))).isEqualTo(Resending.Permitted.YES);
    }

    @Test
    void shouldBoundHowOftenItIsSentAgain() {
        settled();
        for (int number = 1; number <= Resending.MOST; number++) {
            assertThat(permitted(false, LATER)).isEqualTo(Resending.Permitted.YES);
            facts.add(sent(number, LATER));
            facts.add(replied(number, LATER));
        }

        assertThat(permitted(false, LATER)).isEqualTo(Resending.Permitted.FULL);
    }

    @Test
    void shouldDecideNothing() {
        settled();
        DeliveryHistory before = event(false).entry(delivery("chat"));
        facts.add(sent(1, LATER));
        facts.add(replied(1, LATER.plusSeconds(1)));

        DeliveryHistory entry = event(false).entry(delivery("chat"));

        assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(entry.state()).isEqualTo(before.state());
        assertThat(entry.data()).isEqualTo(before.data());
        assertThat(entry.attempts()).isEqualTo(1);
        assertThat(entry.status()).isEqualTo(200);
        assertThat(entry.resendings()).singleElement().satisfies(again -> {
            assertThat(again.sent().by()).isEqualTo("operator alice at 192.0.2.7");
            assertThat(again.reply().data().get("rollback_release").booleanValue())
                    .isTrue();
        });
    }
}

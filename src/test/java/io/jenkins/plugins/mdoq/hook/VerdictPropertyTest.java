package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of the fold and of the verdict whatever endpoints and crashes do (protocol: "several webhooks on one event"). */
class VerdictPropertyTest {

    @Provide
    Arbitrary<RandomHistory> stories() {
        return Arbitraries.randomValue(RandomHistory::random);
    }

    private static int gravity(EventHistory event) {
        Verdict verdict = Verdict.of(event);
        return verdict.outcome().ordinal() * 10 + verdict.action().ordinal();
    }

    @Property
    void theGravestWordIsTheVerdict(@ForAll("stories") RandomHistory story) {
        EventHistory event = story.fold();
        Assume.that(event.decided());

        Verdict verdict = Verdict.of(event);

        Outcome gravest = event.entries().stream()
                .filter(DeliveryHistory::closed)
                .map(DeliveryHistory::outcome)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(verdict.outcome()).isEqualTo(gravest);
        if (gravest == Outcome.SUCCESS) {
            assertThat(verdict.action()).isEqualTo(Action.CONTINUE);
            assertThat(verdict.webhook()).isNull();
        } else {
            DeliveryHistory decider = event.entries().stream()
                    .filter(entry -> entry.plan().webhook().equals(verdict.webhook()))
                    .findFirst()
                    .orElseThrow();
            assertThat(decider.outcome()).isEqualTo(gravest);
            assertThat(verdict.reason()).isEqualTo(decider.reason());
        }
    }

    @Property
    void neitherTheOrderOfWebhooksNorTheInterleavingMatters(
            @ForAll("stories") RandomHistory story, @ForAll Random random) {
        EventHistory event = story.fold();
        EventHistory other = story.shuffled(random).fold();

        assertThat(other.decided()).isEqualTo(event.decided());
        assertThat(gravity(other)).isEqualTo(gravity(event));
    }

    @Property
    void theReleaseMayComeBeforeOrAfterTheAnswer(@ForAll("stories") RandomHistory story) {
        EventHistory event = story.fold();
        for (DeliveryHistory entry : event.entries()) {
            if (entry.answer() == null || entry.release() == null) {
                continue;
            }
            List<Fact.OfDelivery> swapped = new ArrayList<>(story.facts());
            int answered = swapped.indexOf(entry.answer());
            int released = swapped.indexOf(entry.release());
            swapped.set(answered, entry.release());
            swapped.set(released, entry.answer());

            DeliveryHistory other = story.fold(swapped).entry(entry.plan().id());

            assertThat(other.outcome()).isEqualTo(entry.outcome());
            assertThat(other.closed()).isEqualTo(entry.closed());
            assertThat(other.held()).isEqualTo(entry.held());
            assertThat(other.data()).isEqualTo(entry.data());
            assertThat(other.reason()).isEqualTo(entry.reason());
        }
    }

    @Property
    void whatFollowsTheFirstAnswerOrReleaseOfADeliveryChangesNothing(
            @ForAll("stories") RandomHistory story, @ForAll Result result) {
        EventHistory event = story.fold();
        Facts make = new Facts();
        List<Fact> more = new ArrayList<>(story.facts());
        for (DeliveryHistory entry : event.entries()) {
            String webhook = entry.plan().webhook();
            if (entry.answer() != null) {
                more.add(make.answer(webhook, result, "{'rollback_release':true,'message':'second'}"));
                more.add(make.failure(webhook, 9, true));
            }
            if (entry.release() != null) {
                more.add(make.release(webhook, "{'result':'" + result.word() + "','stop_release':true}"));
            }
        }

        EventHistory other = story.fold(more);

        assertThat(other.decided()).isEqualTo(event.decided());
        assertThat(Verdict.of(other)).isEqualTo(Verdict.of(event));
    }

    @Property
    void aVerdictThatStandsIsNeverReplaced(@ForAll("stories") RandomHistory story) {
        Facts make = new Facts();
        Fact.Settled first = make.verdict(Outcome.FAIL, Action.UNSTABLE, "first");
        List<Fact> more = new ArrayList<>();
        more.add(first);
        more.addAll(story.facts());
        more.add(make.verdict(Outcome.ROLLBACK, Action.ROLLBACK, "second"));

        assertThat(story.fold(more).settled()).isEqualTo(first);
    }

    @Property
    void onceDecidedItStaysDecidedAndGetsNoMilder(@ForAll("stories") RandomHistory story) {
        int before = -1;
        for (int i = 0; i <= story.facts().size(); i++) {
            EventHistory event = story.first(i).fold();
            if (before >= 0) {
                assertThat(event.decided()).isTrue();
                assertThat(gravity(event)).isGreaterThanOrEqualTo(before);
            }
            before = event.decided() ? gravity(event) : before;
        }
    }

    @Property
    void aClosedEntryStaysClosedAndGetsNoMilder(@ForAll("stories") RandomHistory story) {
        for (DeliveryHistory whole : story.fold().entries()) {
            Outcome closedWith = null;
            for (int i = 0; i <= story.facts().size(); i++) {
                DeliveryHistory entry = story.first(i).fold().entry(whole.plan().id());
                if (closedWith != null) {
                    assertThat(entry.closed()).isTrue();
                    assertThat(entry.held()).isFalse();
                    assertThat(entry.outcome()).isGreaterThanOrEqualTo(closedWith);
                }
                closedWith = entry.closed() ? entry.outcome() : null;
            }
        }
    }

    @Property
    void aCutHistoryNeverCountsAnUnansweredDeliveryAsASuccess(@ForAll("stories") RandomHistory story) {
        for (int i = 0; i <= story.facts().size(); i++) {
            EventHistory event = story.first(i).fold();
            if (!event.decided() || Verdict.of(event).outcome() != Outcome.SUCCESS) {
                continue;
            }
            for (DeliveryHistory entry : event.entries()) {
                boolean released = entry.release() != null
                        && entry.release().data().path("result").asText().equals("success");
                boolean answered = entry.answer() != null && entry.answer().result() == Result.SUCCESS;
                assertThat(released || answered && (entry.plan().lock() == null || entry.release() != null))
                        .isTrue();
            }
        }
    }

    @Property
    void aLockIsNeverHeldAndClosedAtOnceAndAClosedEntryHasAnOutcome(@ForAll("stories") RandomHistory story) {
        for (DeliveryHistory entry : story.fold().entries()) {
            assertThat(entry.held() && entry.closed()).isFalse();
            assertThat(entry.closed() && entry.outcome() == null).isFalse();
            assertThat(entry.closed() && !entry.sendingDone()).isFalse();
        }
    }
}

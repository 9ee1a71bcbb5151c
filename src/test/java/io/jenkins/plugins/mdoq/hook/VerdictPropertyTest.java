package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Action;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.HistoryEntry;
import io.jenkins.plugins.mdoq.history.HookHistory;
import io.jenkins.plugins.mdoq.history.Outcome;
import io.jenkins.plugins.mdoq.history.Result;
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

/** What holds of the fold and of the verdict whatever endpoints and crashes do (protocol: "several webhooks"). */
class VerdictPropertyTest {

    @Provide
    Arbitrary<Story> stories() {
        return Arbitraries.randomValue(Story::random);
    }

    private static int gravity(HookHistory hook) {
        Verdict verdict = Verdict.of(hook);
        return verdict.outcome().ordinal() * 10 + verdict.action().ordinal();
    }

    @Property
    void theGravestWordIsTheVerdict(@ForAll("stories") Story story) {
        HookHistory hook = story.fold();
        Assume.that(hook.decided());

        Verdict verdict = Verdict.of(hook);

        Outcome gravest = hook.entries().stream()
                .filter(HistoryEntry::closed)
                .map(HistoryEntry::outcome)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(verdict.outcome()).isEqualTo(gravest);
        if (gravest == Outcome.SUCCESS) {
            assertThat(verdict.action()).isEqualTo(Action.CONTINUE);
            assertThat(verdict.webhook()).isNull();
        } else {
            HistoryEntry decider = hook.entries().stream()
                    .filter(entry -> entry.plan().webhook().equals(verdict.webhook()))
                    .findFirst()
                    .orElseThrow();
            assertThat(decider.outcome()).isEqualTo(gravest);
            assertThat(verdict.reason()).isEqualTo(decider.reason());
        }
    }

    @Property
    void neitherTheOrderOfWebhooksNorTheInterleavingMatters(@ForAll("stories") Story story, @ForAll Random random) {
        HookHistory hook = story.fold();
        HookHistory other = story.shuffled(random).fold();

        assertThat(other.decided()).isEqualTo(hook.decided());
        assertThat(gravity(other)).isEqualTo(gravity(hook));
    }

    @Property
    void theReleaseMayComeBeforeOrAfterTheAnswer(@ForAll("stories") Story story) {
        HookHistory hook = story.fold();
        for (HistoryEntry entry : hook.entries()) {
            if (entry.answer() == null || entry.release() == null) {
                continue;
            }
            List<Fact.OfDelivery> swapped = new ArrayList<>(story.facts());
            int answered = swapped.indexOf(entry.answer());
            int released = swapped.indexOf(entry.release());
            swapped.set(answered, entry.release());
            swapped.set(released, entry.answer());

            HistoryEntry other = story.fold(swapped).entry(entry.plan().id());

            assertThat(other.outcome()).isEqualTo(entry.outcome());
            assertThat(other.closed()).isEqualTo(entry.closed());
            assertThat(other.held()).isEqualTo(entry.held());
            assertThat(other.data()).isEqualTo(entry.data());
            assertThat(other.reason()).isEqualTo(entry.reason());
        }
    }

    @Property
    void whatFollowsTheFirstAnswerOrReleaseOfADeliveryChangesNothing(
            @ForAll("stories") Story story, @ForAll Result result) {
        HookHistory hook = story.fold();
        Facts make = new Facts();
        List<Fact> more = new ArrayList<>(story.facts());
        for (HistoryEntry entry : hook.entries()) {
            String webhook = entry.plan().webhook();
            if (entry.answer() != null) {
                more.add(make.answer(webhook, result, "{'rollback_release':true,'message':'second'}"));
                more.add(make.failure(webhook, 9, true));
            }
            if (entry.release() != null) {
                more.add(make.release(webhook, "{'result':'" + result.word() + "','stop_release':true}"));
            }
        }

        HookHistory other = story.fold(more);

        assertThat(other.decided()).isEqualTo(hook.decided());
        assertThat(Verdict.of(other)).isEqualTo(Verdict.of(hook));
    }

    @Property
    void aVerdictThatStandsIsNeverReplaced(@ForAll("stories") Story story) {
        Facts make = new Facts();
        Fact.Settled first = make.verdict(Outcome.FAIL, Action.UNSTABLE, "first");
        List<Fact> more = new ArrayList<>();
        more.add(first);
        more.addAll(story.facts());
        more.add(make.verdict(Outcome.ROLLBACK, Action.ROLLBACK, "second"));

        assertThat(story.fold(more).settled()).isEqualTo(first);
    }

    @Property
    void onceDecidedItStaysDecidedAndGetsNoMilder(@ForAll("stories") Story story) {
        int before = -1;
        for (int i = 0; i <= story.facts().size(); i++) {
            HookHistory hook = story.first(i).fold();
            if (before >= 0) {
                assertThat(hook.decided()).isTrue();
                assertThat(gravity(hook)).isGreaterThanOrEqualTo(before);
            }
            before = hook.decided() ? gravity(hook) : before;
        }
    }

    @Property
    void aClosedEntryStaysClosedAndGetsNoMilder(@ForAll("stories") Story story) {
        for (HistoryEntry whole : story.fold().entries()) {
            Outcome closedWith = null;
            for (int i = 0; i <= story.facts().size(); i++) {
                HistoryEntry entry = story.first(i).fold().entry(whole.plan().id());
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
    void aCutHistoryNeverCountsAnUnansweredDeliveryAsASuccess(@ForAll("stories") Story story) {
        for (int i = 0; i <= story.facts().size(); i++) {
            HookHistory hook = story.first(i).fold();
            if (!hook.decided() || Verdict.of(hook).outcome() != Outcome.SUCCESS) {
                continue;
            }
            for (HistoryEntry entry : hook.entries()) {
                boolean released = entry.release() != null
                        && entry.release().data().path("result").asText().equals("success");
                boolean answered = entry.answer() != null && entry.answer().result() == Result.SUCCESS;
                assertThat(released || answered && (entry.plan().lock() == null || entry.release() != null))
                        .isTrue();
            }
        }
    }

    @Property
    void aLockIsNeverHeldAndClosedAtOnceAndAClosedEntryHasAnOutcome(@ForAll("stories") Story story) {
        for (HistoryEntry entry : story.fold().entries()) {
            assertThat(entry.held() && entry.closed()).isFalse();
            assertThat(entry.closed() && entry.outcome() == null).isFalse();
            assertThat(entry.closed() && !entry.delivered()).isFalse();
        }
    }
}

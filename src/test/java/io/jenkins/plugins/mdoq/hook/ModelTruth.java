package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.delivery.WebhookRequest;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What endpoints, operators and callers of the model know to be true, whatever the engine says, and what it may therefore never
 * say. The rules of the protocol that it judges by are written down here once more, in the simplest way.
 */
final class ModelTruth {

    /** What one delivery came to, read off its facts up to some moment. */
    private static final class Delivery {
        private final PlannedDelivery plan;
        private ObjectNode answer;
        private boolean answeredFail;
        private ObjectNode release;
        private boolean expired;
        private boolean failed;

        Delivery(PlannedDelivery plan) {
            this.plan = plan;
        }

        void take(Fact fact) {
            if (fact instanceof Fact.Answered answered && answer == null) {
                answer = answered.data();
                answeredFail = answered.result() == Result.FAIL;
            } else if (fact instanceof Fact.Released released && release == null) {
                release = released.data();
            } else if (fact instanceof Fact.Expired) {
                expired |= !failed;
            } else if (fact instanceof Fact.AttemptFailed failure && answer == null) {
                failed |= failure.retryAt() == null;
            }
        }

        private String resultOf(ObjectNode data) {
            return data == null ? "" : data.path("result").asText("");
        }

        private static boolean isTrue(JsonNode flag) {
            return List.of("true", "1").contains(flag.asText());
        }

        /** The outcome with a release, or with none; null while it has none. */
        Outcome outcome(ObjectNode with) {
            ObjectNode data = JsonNodeFactory.instance.objectNode();
            if (answer != null) {
                data.setAll(answer);
            }
            if (with != null) {
                data.setAll(with);
            }
            Outcome flags = isTrue(data.path("rollback_release"))
                    ? Outcome.ROLLBACK
                    : isTrue(data.path("stop_release")) ? Outcome.STOP : Outcome.FAIL;
            if (!resultOf(with).isEmpty()) {
                return resultOf(with).equals("fail") ? flags : Outcome.SUCCESS;
            }
            if (expired) {
                Outcome set = plan.onLockTimeout().outcome();
                return set.compareTo(flags) > 0 ? set : flags;
            }
            if (failed && answer == null) {
                return flags;
            }
            return answer == null ? null : answeredFail ? flags : Outcome.SUCCESS;
        }

        Outcome outcome() {
            return outcome(release);
        }

        /** Whether nothing more is to come of it. */
        boolean isClosed() {
            boolean decided = outcome() == Outcome.ROLLBACK || outcome() == Outcome.STOP;
            return !resultOf(release).isEmpty()
                    || expired
                    || failed && answer == null
                    || answer != null && (plan.lock() == null || release != null || decided);
        }
    }

    private final Map<String, List<ObjectNode>> answers = new HashMap<>();
    private final Map<String, List<ObjectNode>> releases = new HashMap<>();
    private final Map<String, String> results = new HashMap<>();
    private final Map<String, List<Fact>> known = new HashMap<>();
    private final Map<String, Fact.Settled> verdicts = new HashMap<>();
    private final Map<String, Integer> sent = new HashMap<>();
    private boolean cancelled;

    /** An endpoint gives an answer. */
    void answered(String delivery, ObjectNode data) {
        answers.computeIfAbsent(String.valueOf(delivery), id -> new ArrayList<>())
                .add(data);
    }

    /** Somebody who may release a lock tries to. */
    void releaseSent(String lock, ObjectNode data) {
        releases.computeIfAbsent(lock, each -> new ArrayList<>()).add(data);
    }

    /** The process gives something up. */
    void cancelled() {
        cancelled = true;
    }

    /** A request leaves: it is expected, and nobody has answered it yet. */
    void leaves(History history, WebhookRequest request, Collection<String> fired) {
        String id = request.id();
        EventHistory event = history.events().stream()
                .filter(each -> each.entry(id) != null)
                .findFirst()
                .orElse(null);
        if (event == null || !fired.contains(event.key())) {
            // Something that is told and decides nothing.
            assertThat(fired).doesNotContain(request.payload().event());
            return;
        }
        assertThat(event.settled()).as("the verdict when " + id + " is sent").isNull();
        assertThat(event.entry(id).answer())
                .as("the answer to what is sent again")
                .isNull();
        assertThat(sent.merge(id, 1, Integer::sum))
                .as("how often " + id + " is sent")
                .isLessThanOrEqualTo(event.entry(id).attempts());
    }

    /** A release was answered 200: it is on disk, and what its caller said is what counts. */
    void released(History history, String lock, ObjectNode said, ObjectNode body) {
        EventHistory event = history.eventOfLock(lock);
        Fact.Released stands = event.entryOfLock(lock).release();
        assertThat(stands).as("a release that was answered 200").isNotNull();
        Delivery delivery = delivery(event, lock, event.facts());
        assertThat(orSuccess(delivery.outcome(stands.data())))
                .as("what came of a release that was answered 200")
                .isEqualTo(orSuccess(delivery.outcome(said)));
        String result = body == null ? "" : body.path("result").asText("");
        if (!result.isEmpty() && !result.equals("null")) {
            assertThat(result).isEqualTo(results.computeIfAbsent(lock, each -> result));
        }
    }

    private static Outcome orSuccess(Outcome outcome) {
        return outcome == null ? Outcome.SUCCESS : outcome;
    }

    private static Delivery delivery(EventHistory event, String lock, List<Fact> facts) {
        return deliveries(event, facts).values().stream()
                .filter(each -> lock.equals(each.plan.lock()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Delivery> deliveries(EventHistory event, List<Fact> facts) {
        Map<String, Delivery> deliveries = new HashMap<>();
        event.fired().deliveries().forEach(plan -> deliveries.put(plan.id(), new Delivery(plan)));
        for (Fact fact : facts) {
            if (fact instanceof Fact.OfDelivery ofDelivery) {
                deliveries.get(ofDelivery.delivery()).take(fact);
            }
        }
        return deliveries;
    }

    /** What holds of a history at any time. */
    void check(History history, Collection<String> keys) {
        assertThat(history.damage()).allMatch(line -> line.contains(" is torn "));
        for (String key : keys) {
            EventHistory event = history.event(key);
            List<Fact> before = known.getOrDefault(key, List.of());
            if (event == null) {
                assertThat(before).as("what was known of " + key).isEmpty();
                continue;
            }
            List<Fact> facts = event.facts();
            if (facts.size() == before.size() && facts.equals(before)) {
                continue;
            }
            assertThat(facts.size()).as("facts about " + key).isGreaterThanOrEqualTo(before.size());
            assertThat(facts.subList(0, before.size()))
                    .as("facts about " + key + " that were known")
                    .isEqualTo(before);
            checkSources(event);
            known.put(key, List.copyOf(facts));
        }
    }

    /** Each answer is one that its endpoint gave, each release one that somebody sent, and there is one of each. */
    private void checkSources(EventHistory event) {
        Map<String, Integer> counts = new HashMap<>();
        for (Fact fact : event.facts()) {
            if (fact instanceof Fact.Answered answered) {
                assertThat(answers.get(answered.delivery())).contains(answered.data());
                assertThat(counts.merge("answer " + answered.delivery(), 1, Integer::sum))
                        .isEqualTo(1);
            } else if (fact instanceof Fact.Released released) {
                assertThat(releases.get(event.entry(released.delivery()).plan().lock()))
                        .contains(released.data());
                assertThat(counts.merge("end of the lock of " + released.delivery(), 1, Integer::sum))
                        .as("a lock is released or expires, once")
                        .isEqualTo(1);
            } else if (fact instanceof Fact.Expired expired) {
                assertThat(counts.merge("end of the lock of " + expired.delivery(), 1, Integer::sum))
                        .as("a lock is released or expires, once")
                        .isEqualTo(1);
                if (expired.kind() == Fact.Expired.Kind.LOCK_TIMEOUT) {
                    assertThat(expired.at())
                            .isAfterOrEqualTo(
                                    event.entry(expired.delivery()).plan().deadline());
                }
            } else if (fact instanceof Fact.Settled) {
                assertThat(counts.merge("verdict", 1, Integer::sum)).isEqualTo(1);
            }
        }
    }

    /** A run has a verdict: it is the one on disk, and the one that it had before. */
    void verdict(String key, CompletableFuture<Fact.Settled> verdict) {
        if (!verdict.isDone()) {
            return;
        }
        Fact.Settled settled = verdict.join();
        if (known.containsKey(key)) {
            assertThat(known.get(key)).as("the verdict on disk").contains(settled);
            assertThat(settled).isEqualTo(verdicts.computeIfAbsent(key, each -> settled));
        } else {
            // Given up before it was fired.
            assertThat(settled.outcome()).isEqualTo(Outcome.CANCELLED);
        }
    }

    /** The verdict is what the endpoints gave, or what was set for those who gave nothing. */
    void checkVerdict(EventHistory event) {
        Outcome verdict = event.settled().outcome();
        if (verdict == Outcome.CANCELLED) {
            assertThat(cancelled).as("somebody gave it up").isTrue();
            return;
        }
        List<Fact> before = event.facts().subList(0, event.facts().indexOf(event.settled()));
        List<Delivery> closed = deliveries(event, before).values().stream()
                .filter(Delivery::isClosed)
                .toList();
        if (verdict == Outcome.SUCCESS) {
            assertThat(closed).hasSameSizeAs(event.entries());
            assertThat(closed).allMatch(each -> each.outcome() == Outcome.SUCCESS);
        } else {
            assertThat(closed).anyMatch(each -> each.outcome() == verdict);
            assertThat(closed).allMatch(each -> each.outcome().compareTo(verdict) <= 0);
        }
    }
}

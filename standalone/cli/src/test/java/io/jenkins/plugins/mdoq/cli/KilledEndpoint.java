package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The endpoint of releases that are killed: it does what its plan for the event says, releases until that is accepted, and says
 * at which moments a kill may hit. Safe for any thread.
 */
final class KilledEndpoint implements AutoCloseable {

    /** What the endpoint does with an event of a release; it is the same each time it is asked. */
    record Plan(Outcome outcome, boolean inAnswer, boolean early, int answerAfter, int releaseAfter) {

        private static Plan of(long seed, String release, String event) {
            Random random = new Random(seed * 31 + (release + event).hashCode());
            random.nextInt();
            int roll = random.nextInt(100);
            int success = event.equals("before_release") ? 75 : 45;
            return new Plan(
                    roll < success ? Outcome.SUCCESS : roll < success + 12 ? Outcome.STOP : Outcome.ROLLBACK,
                    random.nextInt(3) == 0,
                    random.nextInt(3) == 0,
                    random.nextInt(150),
                    random.nextInt(600));
        }

        String verdict() {
            return switch (outcome) {
                case STOP -> "{\"result\":\"fail\",\"stop_release\":true}";
                case ROLLBACK -> "{\"result\":\"fail\",\"rollback_release\":true}";
                default -> "{\"result\":\"success\"}";
            };
        }

        boolean releases() {
            return !inAnswer || outcome == Outcome.SUCCESS;
        }
    }

    private final long seed;
    private final Consumer<Kill> hit;
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(4, work -> {
        Thread thread = new Thread(work, "kills");
        thread.setDaemon(true);
        return thread;
    });

    private final Map<String, Integer> requests = new ConcurrentHashMap<>();
    private final Set<String> working = ConcurrentHashMap.newKeySet();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<String>> ends = new ConcurrentHashMap<>();
    private final List<String> refusals = Collections.synchronizedList(new ArrayList<>());

    /**
     * @param seed draws the plans
     * @param hit is told of each moment that a kill may hit, and may take its time
     */
    KilledEndpoint(long seed, Consumer<Kill> hit) {
        this.seed = seed;
        this.hit = hit;
    }

    /** What it does with an event of a release. */
    Plan plan(String release, String event) {
        return Plan.of(seed, release, event);
    }

    /** How often a delivery was sent; null if it was not. */
    Integer requests(String delivery) {
        return requests.get(delivery);
    }

    /** How many deliveries came. */
    int deliveries() {
        return requests.size();
    }

    /** The deliveries whose release was answered 200. */
    Set<String> accepted() {
        return accepted;
    }

    /** The deliveries that told of the end of a release; null if none did. */
    Set<String> ends(String release) {
        return ends.get(release);
    }

    /** The releases that were refused, with the status of the answer. */
    List<String> refusals() {
        return refusals;
    }

    @Override
    public void close() {
        later.shutdownNow();
    }

    /** Answers a request. */
    String handle(TestEndpoint.Request request) {
        String id = request.body().get("delivery").asText();
        requests.merge(id, 1, Integer::sum);
        String release = request.body().at("/source/job").asText();
        if (request.event().equals("release_ended")) {
            ends.computeIfAbsent(release, any -> ConcurrentHashMap.newKeySet()).add(id);
            hit.accept(Kill.ENDING);
            return "{}";
        }
        Plan plan = plan(release, request.event());
        hit.accept(Kill.IN_FLIGHT);
        if (plan.early) {
            work(request, plan, 0);
        }
        try {
            TimeUnit.MILLISECONDS.sleep(plan.answerAfter);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        later.schedule(
                () -> {
                    hit.accept(Kill.ANSWERED);
                    hit.accept(Kill.LOCK_HELD);
                },
                1,
                TimeUnit.MILLISECONDS);
        work(request, plan, plan.releaseAfter);
        return plan.inAnswer ? plan.verdict() : "{}";
    }

    /** Begins to work on a delivery, once. */
    private void work(TestEndpoint.Request request, Plan plan, int milliseconds) {
        if (plan.releases() && working.add(request.body().get("delivery").asText())) {
            later.schedule(() -> report(request), milliseconds / 2, TimeUnit.MILLISECONDS);
            later.schedule(() -> release(request, plan), milliseconds, TimeUnit.MILLISECONDS);
        }
    }

    /** Progress is no promise: what is refused, or has no listener, is not said again. */
    private void report(TestEndpoint.Request request) {
        later.execute(() -> hit.accept(Kill.REPORTING));
        call(request, "log", JarFixture.json().put("message", "at work"));
    }

    private void release(TestEndpoint.Request request, Plan plan) {
        later.execute(() -> hit.accept(Kill.RELEASING));
        int status = call(request, "release", plan.inAnswer ? JarFixture.json() : parsed(plan.verdict()));
        if (status == 200) {
            accepted.add(request.body().get("delivery").asText());
            hit.accept(Kill.RELEASED);
            return;
        }
        if (status < 500) {
            refusals.add(request.body() + ": " + status);
        }
        later.schedule(() -> release(request, plan), 100, TimeUnit.MILLISECONDS);
    }

    private static ObjectNode parsed(String json) {
        try {
            return (ObjectNode) TestEndpoint.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(json, e);
        }
    }

    /** The status of a call of the lock API; 503 if nobody listens. */
    private static int call(TestEndpoint.Request request, String action, ObjectNode body) {
        try {
            return JarFixture.lockApi(request, action, body.put("lock", request.lock()))
                    .statusCode();
        } catch (IOException e) {
            return 503;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.lock.LockAnswer;
import io.jenkins.plugins.mdoq.lock.LockRequest;
import io.jenkins.plugins.mdoq.lock.LockStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that fires events, in a world where everything goes wrong: the power fails at any operation of the disk, requests
 * and answers are lost and change places, endpoints contradict themselves, operators interfere, clocks jump. Each number that
 * an action gets picks among what is possible then. What it holds against the engine is in {@link ModelTruth}.
 */
final class ModelWorld {

    /** What an endpoint may answer, and some of what it may not. */
    static final List<String> ANSWERS = List.of(
            "{'result':'success'}",
            "{}",
            "{'message':'queued'}",
            "{'result':'fail'}",
            "{'result':'fail','stop_release':true,'message':'no'}",
            "{'result':'fail','rollback_release':'1','message':'undo'}",
            "{'result':'success','stop_release':true}",
            "{'result':'maybe'}",
            "not json");

    /** What a release may carry, and some of what it may not. */
    static final List<String> RELEASES = List.of(
            "{'result':'success'}",
            "{}",
            "{'message':'done'}",
            "{'result':'fail'}",
            "{'result':'fail','stop_release':1}",
            "{'result':'fail','rollback_release':true,'message':'undo'}",
            "{'result':'success','rollback_release':false}",
            "{'result':'maybe'}");

    final ModelStatistics statistics;

    private final ModelTruth truth = new ModelTruth();
    private final ModelTime time = new ModelTime();
    private final ModelProcess process;

    ModelWorld(ModelStatistics statistics) {
        this.statistics = statistics;
        process = new ModelProcess(statistics, truth, time);
    }

    // What happens.

    /** An event is fired, one of two, at some of the webhooks; or once more, as a step does that is resumed. */
    void fire(int choice) {
        ReleaseEvent event = choice % 2 == 0 ? ReleaseEvent.BEFORE_RELEASE : ReleaseEvent.BEFORE_RELEASE_COMPLETE;
        List<Webhook> webhooks = new ArrayList<>();
        for (int i = 0; i < ModelWebhooks.NAMES.size(); i++) {
            if ((choice / 2 >> i) % 2 == 1) {
                webhooks.add(ModelWebhooks.webhook(ModelWebhooks.NAMES.get(i), event));
            }
        }
        process.fire(new FireRequest(event.name(), event, webhooks, Facts.json("{'job':'shop'}"), null));
    }

    /** Some of the engine's tasks run. */
    void work(int choice) {
        process.during(() -> {
            for (int i = choice % 5; i >= 0 && process.engine().executor.runNext(); i--) {
                statistics.tasks++;
            }
        });
    }

    /** Time passes, until the next thing is due or for some time. */
    void pass(int choice) {
        Instant due = process.engine().scheduler.nextDue();
        if (choice % 3 > 0 && due != null) {
            time.passUntil(due);
        } else {
            time.pass(Duration.ofSeconds(choice % 90));
        }
        process.during(() -> {
            while (process.engine().scheduler.runNext()) {
                statistics.timers++;
            }
        });
    }

    /** Somebody sets the clock. */
    void setClock(int choice) {
        time.setClock(Duration.ofSeconds(choice % 7_200 - 3_600));
        statistics.clocks++;
    }

    /** A request under way is answered, breaks off, or its answer is one of a proxy. */
    void reply(int choice) {
        List<FakeHttp.Exchange> open = process.inFlight();
        if (open.isEmpty()) {
            return;
        }
        FakeHttp.Exchange request = open.get(choice % open.size());
        int rest = choice / open.size();
        process.during(() -> {
            switch (rest % 8) {
                case 0 -> request.breakOff(new IOException("reset"));
                case 1 -> request.answer(503, "down", rest % 3 == 0 ? Duration.ofSeconds(rest % 400) : null);
                case 2 -> request.answer(404, "not here");
                default -> answer(request, rest / 8 % 2 == 0 ? 200 : 500, ANSWERS.get(rest / 16 % ANSWERS.size()));
            }
        });
    }

    private void answer(FakeHttp.Exchange request, int status, String body) {
        if (body.startsWith("{")) {
            truth.answered(request.text("delivery"), Facts.json(body));
        }
        request.answer(status, body);
    }

    /** An endpoint calls the lock API, in time, too early, too late, again, or with another webhook's secret. */
    void call(int choice) {
        List<DeliveryHistory> locked = process.locked();
        if (locked.isEmpty()) {
            return;
        }
        DeliveryHistory entry = locked.get(choice % locked.size());
        int rest = choice / locked.size();
        String action = rest % 4 == 0 ? "log" : rest % 4 == 1 ? "status" : "release";
        boolean stranger = rest / 4 % 8 == 0;
        ObjectNode body = action.equals("log")
                ? Facts.json("{'message':'at work'}")
                : Facts.json(RELEASES.get(rest / 32 % RELEASES.size()));
        String webhook = stranger
                ? ModelWebhooks.NAMES.get(rest / 32 % ModelWebhooks.NAMES.size())
                : entry.plan().webhook();
        call(action, entry.plan().lock(), webhook, body);
    }

    private LockAnswer call(String action, String lock, String webhook, ObjectNode fields) {
        ObjectNode body = fields.deepCopy().put("lock", lock).put("secret", EngineFixture.secret(webhook));
        if (action.equals("release") && lock.contains(":" + webhook + ":")) {
            truth.releaseSent(lock, fields);
        }
        LockAnswer[] answer = new LockAnswer[1];
        process.during(() -> answer[0] = process.engine()
                .api
                .answer(new LockRequest(
                        action,
                        "application/json",
                        body.toString().getBytes(StandardCharsets.UTF_8),
                        null,
                        "127.0.0.1")));
        if (answer[0] == null) {
            return null;
        }
        statistics.called(action, answer[0].status());
        if (answer[0].status() == 200) {
            assertThat(process.disk.isDurable())
                    .as("on disk before it is answered")
                    .isTrue();
            if (action.equals("release")) {
                truth.released(process.history(), lock, fields, answer[0].body());
            }
        }
        return answer[0];
    }

    /** An operator releases a lock, or gives it more time. */
    void operate(int choice) {
        List<DeliveryHistory> locked = process.locked();
        if (locked.isEmpty()) {
            return;
        }
        String lock = locked.get(choice % locked.size()).plan().lock();
        int rest = choice / locked.size();
        process.during(() -> {
            try {
                if (rest % 3 == 0) {
                    process.engine().locks.extend(lock, Duration.ofMinutes(1 + rest % 50), "operator", null);
                    return;
                }
                ObjectNode data = Facts.json(RELEASES.get(rest / 3 % (RELEASES.size() - 1)));
                truth.releaseSent(lock, data);
                LockStatus status = process.engine().locks.release(lock, data, "operator at 127.0.0.1", "operator");
                if (status != null && status.kind() == LockStatus.Kind.RELEASED) {
                    statistics.operated++;
                    truth.released(process.history(), lock, data, null);
                }
            } catch (IOException e) {
                throw new AssertionError("nothing refuses here", e);
            }
        });
    }

    /** The process gives an event up. */
    void cancel(int choice) {
        List<EventRun> runs = process.runs();
        if (!runs.isEmpty()) {
            truth.cancelled();
            process.during(() -> runs.get(choice % runs.size()).cancel("aborted"));
        }
    }

    /** The power fails, now or in one of the disk's next operations. */
    void cutPower(int choice) {
        if (choice % 3 == 0) {
            process.disk.cutPower(choice / 3);
        } else {
            process.disk.cutPowerAfter(choice % 7, choice / 7);
        }
    }

    /** Whether the engine is at work. */
    boolean isUp() {
        return !process.disk.isOff();
    }

    /** The power is back, and the process is resumed. */
    void restart() {
        process.restart();
    }

    /** What holds after each step. */
    void check() {
        process.check();
    }

    // How it ends.

    /** The power stays, endpoints answer and release: everything comes to its end. */
    void finish() {
        process.disk.cutPowerAfter(-1, 0);
        if (process.disk.isOff()) {
            restart();
        }
        process.fireAll();
        for (int round = 0; !process.isSettled(); round++) {
            assertThat(round).as("rounds until everything is settled").isLessThan(60);
            process.settle();
            process.inFlight().forEach(request -> answer(request, 200, "{'result':'success'}"));
            process.settle();
            for (DeliveryHistory entry : process.locked()) {
                if (entry.held()
                        && process.history().eventOfLock(entry.plan().lock()).settled() == null) {
                    LockAnswer answer = call(
                            "release", entry.plan().lock(), entry.plan().webhook(), Facts.json("{'result':'success'}"));
                    assertThat(answer.status()).as("a lock that is held").isEqualTo(200);
                    process.settle();
                }
            }
            check();
            pass(1);
        }
        process.settle();
        check();
        assertThat(process.engine().held.size()).as("locks that are waited for").isZero();
        List<EventHistory> fired = process.fired();
        for (EventHistory event : fired) {
            truth.checkVerdict(event);
            statistics.settled(event.settled().outcome());
        }
        restart();
        process.settle();
        check();
        fired.forEach(event ->
                assertThat(process.verdict(event)).as("after one more restart").isCompletedWithValue(event.settled()));
    }
}

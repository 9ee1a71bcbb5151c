package io.jenkins.plugins.mdoq.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A story that the demo plays: what the endpoint does, and how the release has to end. */
enum DemoScenario {
    SUCCESS(
            ExitCode.RELEASED,
            "the endpoint has nothing against the release",
            List.of("It answers both events with success, so the release command runs and the release counts.")) {
        @Override
        void play(DemoEndpoint.Call call) {
            call.answer(200, "{\"result\": \"success\", \"message\": \"all quiet\"}");
        }
    },
    FAIL(
            ExitCode.RELEASED,
            "the endpoint objects, but asks for nothing",
            List.of(
                    "A bare fail, without stop_release or rollback_release, cancels nothing, as with MDOQ itself.",
                    "Set the event's onFail to UNSTABLE or FAIL to make more of it.")) {
        @Override
        void play(DemoEndpoint.Call call) {
            call.answer(200, "{\"result\": \"fail\", \"message\": \"the load is rather high today\"}");
        }
    },
    STOP(
            ExitCode.STOPPED,
            "the endpoint stops the release before it has begun",
            List.of("It answers before_release with fail and stop_release: the release command never runs.")) {
        @Override
        void play(DemoEndpoint.Call call) {
            call.answer(
                    200,
                    "{\"result\": \"fail\", \"stop_release\": true, \"message\": \"release freeze until Monday\"}");
        }
    },
    ROLLBACK(
            ExitCode.ROLLED_BACK,
            "the endpoint has the release undone",
            List.of(
                    "It answers before_release with success, but before_release_complete with fail and"
                            + " rollback_release:",
                    "the rollback command runs, and the endpoint is notified how that ended.")) {
        @Override
        void play(DemoEndpoint.Call call) {
            call.answer(
                    200,
                    call.event().equals("before_release_complete")
                            ? "{\"result\": \"fail\", \"rollback_release\": true, \"message\": \"the smoke test"
                                    + " failed\"}"
                            : "{\"result\": \"success\"}");
        }
    },
    LOCK(
            ExitCode.RELEASED,
            "the endpoint holds the release until its tests are through",
            List.of(
                    "before_release blocks: a lock is created and sent along. The endpoint answers at once, works on,",
                    "reports its progress through the lock API, and in the end releases the lock with the result.")) {
        @Override
        void play(DemoEndpoint.Call call) {
            if (call.lock() == null) {
                call.answer(200, "{\"result\": \"success\"}");
            } else {
                call.answer(200, "{\"result\": \"success\", \"message\": \"the tests are starting\"}");
                call.later(PACE, () -> call.callBack("log", "message", "regression tests: 128 of 256 passed"));
                call.later(
                        PACE.multipliedBy(2),
                        () -> call.callBack("log", "message", "regression tests: 256 of 256 passed"));
                call.later(PACE.multipliedBy(3), () -> call.callBack("release", "result", "success"));
            }
        }
    },
    CHAT(
            ExitCode.RELEASED,
            "a chat is told, with nothing in between",
            List.of(
                    "A second webhook, with format: SLACK, posts to a chat service's own URL. It never blocks,",
                    "and any 2xx will do for an answer.")) {
        @Override
        void play(DemoEndpoint.Call call) {
            call.answer(200, "{\"result\": \"success\"}");
        }
    },
    EXPIRED(
            ExitCode.FAILED,
            "the endpoint holds the release and falls silent",
            List.of(
                    "before_release blocks, with a lockTimeout of one second. The endpoint takes the lock and is never heard"
                            + " of again:",
                    "the lock expires, and by default (onLockTimeout: FAIL) the release fails.")) {
        @Override
        void play(DemoEndpoint.Call call) {
            call.answer(200, "{\"result\": \"success\", \"message\": \"the tests are starting\"}");
        }
    },
    DOWN(
            ExitCode.FAILED,
            "the endpoint cannot be reached",
            List.of(
                    "Nobody listens at the URL. The request is tried again, and then the release fails:",
                    "a gate that could not be asked must not pass.")) {
        @Override
        void play(DemoEndpoint.Call call) {
            throw new IllegalStateException("the endpoint is down, and yet it was called");
        }
    },
    CRASH(
            ExitCode.RELEASED,
            "the program is killed while the endpoint holds the release",
            List.of(
                    "The release runs as a program of its own and is killed as by kill -9. Meanwhile the endpoint is done,",
                    "and tries to release its lock again and again.",
                    "The same command with the same --history goes on where the release stood.")) {
        @Override
        void play(DemoEndpoint.Call call) {
            if (call.lock() == null) {
                call.answer(200, "{\"result\": \"success\"}");
            } else {
                call.answer(200, "{\"result\": \"success\", \"message\": \"the tests are starting\"}");
                call.whenKilled(PACE, () -> call.callBackUntilAnswered("release", "result", "success", PACE));
            }
        }
    },
    TRY(
            null,
            "the endpoint holds the release until you decide",
            List.of(
                    "before_release blocks, and the release waits for as long as it takes. Paste one of the lines below"
                            + " into another terminal.",
                    "Ctrl-C aborts the release.")) {
        @Override
        void play(DemoEndpoint.Call call) {
            if (call.lock() == null) {
                call.answer(200, "{\"result\": \"success\"}");
            } else {
                call.answer(200, "{\"result\": \"success\", \"message\": \"it is up to you\"}");
                call.sayHowToDecide();
            }
        }
    };

    /** How long the endpoint of the demo works between two calls, so that one can watch it. */
    private static final Duration PACE = Duration.ofMillis(400);

    @CheckForNull
    private final ExitCode expected;

    private final String title;
    private final List<String> story;

    DemoScenario(@CheckForNull ExitCode expected, String title, List<String> story) {
        this.expected = expected;
        this.title = title;
        this.story = story;
    }

    /** What the endpoint does when it is called. */
    abstract void play(DemoEndpoint.Call call);

    /** Those that play by themselves. */
    static List<DemoScenario> byThemselves() {
        return Arrays.stream(values()).filter(each -> each != TRY).toList();
    }

    /** Whether a release that ended like this did so as it should, the shop then serving that version. */
    boolean isRight(ExitCode end, String version) {
        boolean deployed = end == ExitCode.RELEASED;
        return (expected == null || end == expected) && version.equals(deployed ? DemoShop.NEW : DemoShop.OLD);
    }

    /** Whether before_release takes a lock. */
    boolean blocks() {
        return this == LOCK || this == EXPIRED || this == CRASH || this == TRY;
    }

    String title() {
        return title;
    }

    /** What happens, for a newcomer. */
    List<String> story() {
        return story;
    }

    /** The scenario's name on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.jenkins.plugins.mdoq.cli;

import static io.jenkins.plugins.mdoq.cli.MistakenFile.assertRefused;
import static io.jenkins.plugins.mdoq.cli.MistakenFile.bad;
import static io.jenkins.plugins.mdoq.cli.MistakenFile.event;
import static io.jenkins.plugins.mdoq.cli.MistakenFile.ok;
import static io.jenkins.plugins.mdoq.cli.MistakenFile.with;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a mistake in the events of a webhook is, and what to write instead. */
class EventMistakesTest {

    static Stream<Arguments> mistakes() {
        return Stream.of(
                with(
                        "    events:\n      - event: before_release\n",
                        "",
                        "2: the webhook listens to no event; list at least"
                                + " one, such as - event: before_release, under events:"),
                event(
                        "when: now",
                        "7: unknown key 'when' for an event; write one of event, blocking,"
                                + " lockTimeout, heartbeat, onLockTimeout, onFail, onDeliveryError"),
                with(
                        "- event: before_release",
                        "- blocking: true",
                        "6: the event has no name; write event:"
                                + " before_release, event: before_release_complete or a name of your own"),
                with(
                        "- event: before_release",
                        "- event: \"a\\tb\"",
                        "6: an event needs a name without control characters; write beforeRelease,"
                                + " beforeReleaseComplete or the name of a custom event"),
                bad(
                        ok("") + "      - event: beforeRelease\n",
                        "7: the webhook listens to before_release twice; keep one" + " of them"),
                event("blocking: 1", "7: blocking is '1'; write true or false"),
                event(
                        "blocking: true\n        lockTimeoutMinutes: -1",
                        "8: lockTimeoutMinutes is -1; write a whole number" + " from 0 to 5256000"),
                event(
                        "lockTimeoutMinutes: 5",
                        "7: lockTimeoutMinutes is set although the event does not block; add"
                                + " blocking: true or leave it out"),
                event(
                        "blocking: true\n        lockTimeout: 5m\n        lockTimeoutMinutes: 5",
                        "9: lockTimeout and lockTimeoutMinutes are both set; keep lockTimeout alone"),
                event(
                        "blocking: true\n        lockTimeout: 30",
                        "8: lockTimeout is 30, a number without a unit; write 30s for seconds, 30m for minutes or 30h"
                                + " for hours"),
                event(
                        "blocking: true\n        heartbeat: 1.5h",
                        "8: heartbeat is '1.5h'; write a whole number and its unit, such as 90s, 30m, 2h or 1d, or 0 for"
                                + " none"),
                event(
                        "heartbeat: 90s",
                        "7: heartbeat is set although the event does not block; add blocking: true or leave it out"),
                event(
                        "lockTimeout: 1h",
                        "7: lockTimeout is set although the event does not block; add blocking: true or leave it out"),
                event(
                        "onLockTimeout: STOP",
                        "7: onLockTimeout is set although the event does not block; add blocking: true or leave it out"),
                event(
                        "blocking: true\n        onLockTimeout: ABORT",
                        "8: onLockTimeout is 'ABORT'; write one of FAIL, STOP, ROLLBACK, UNSTABLE, CONTINUE"),
                event("onFail: STOP", "7: onFail is 'STOP'; write one of CONTINUE, UNSTABLE, FAIL"),
                event("onDeliveryError: UNSTABLE", "7: onDeliveryError is 'UNSTABLE'; write one of FAIL, CONTINUE"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldSayWhereAMistakeIsAndWhatToWriteInstead(String text, String message) {
        assertRefused(text, message);
    }
}

package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the commands of {@code jenkins-cli} needs no controller. */
class CommandsTest {

    private static final WaitingLockExport LOCK = new WaitingLockExport(
            "shop/release",
            7,
            "http://127.0.0.1/job/shop/job/release/7/mdoq/",
            "gate",
            "before_release",
            "msg_gate",
            "waiting",
            "2026-08-01T10:00:00Z",
            null,
            new NoteExport("2026-08-01T10:00:02Z", "endpoint at 127.0.0.1", "half\nway"),
            true);

    @Test
    void shouldListWhatWaitsInATable() {
        assertThat(WaitingCommand.lines(new WaitingExport(1, 1, 1, List.of(LOCK))))
                .containsExactly(
                        "JOB           BUILD  WEBHOOK  EVENT           SINCE                 UNTIL  DELIVERY  PROGRESS",
                        "shop/release  7      gate     before_release  2026-08-01T10:00:00Z  -      msg_gate  half way");
    }

    @Test
    void shouldSayThatNothingWaitsAndThatThereIsMore() {
        assertThat(WaitingCommand.lines(new WaitingExport(1, 1, 0, List.of())))
                .containsExactly("No build waits for a lock.");
        assertThat(WaitingCommand.lines(new WaitingExport(2, 3, 120, List.of(LOCK))))
                .last()
                .isEqualTo("Page 2 of 3; 120 builds wait. Ask for another one with --page.");
    }

    @ParameterizedTest
    @CsvSource({
        "success, false, false, success",
        "fail, false, false, fail",
        "fail, true, false, stop",
        "fail, false, true, rollback"
    })
    void shouldTakeAResultAndItsFlags(String result, boolean stop, boolean rollback, String word) {
        assertThat(ReleaseCommand.outcome(result, stop, rollback)).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({
        "success, true, false, --stop and --rollback go with --result fail",
        "success, false, true, --stop and --rollback go with --result fail",
        "fail, true, true, Write one of --stop and --rollback",
        "ok, false, false, The result is 'ok'; write success or fail."
    })
    void shouldRefuseWhatDoesNotGoTogether(String result, boolean stop, boolean rollback, String message) {
        assertThatThrownBy(() -> ReleaseCommand.outcome(result, stop, rollback))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    private static History history(boolean... released) {
        Facts make = new Facts();
        List<Fact> facts =
                new ArrayList<>(List.of(fired(plan("gate", true), plan("scanner", true), plan("chat", false))));
        if (released[0]) {
            facts.add(make.release("gate", "{'result':'success'}"));
        }
        if (released[1]) {
            facts.add(make.release("scanner", "{'result':'success'}"));
        }
        return History.of(facts);
    }

    @Test
    void shouldFindTheLockThatIsMeant() {
        assertThat(LockOfBuild.delivery(history(false, true), null)).isEqualTo(Facts.delivery("gate"));
        assertThat(LockOfBuild.delivery(history(false, false), "scanner")).isEqualTo(Facts.delivery("scanner"));
    }

    @Test
    void shouldNameTheLocksIfItIsNotClearWhichIsMeant() {
        assertThatThrownBy(() -> LockOfBuild.delivery(history(false, false), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The build waits for several locks; choose one with --webhook or --delivery:"
                        + " gate (msg_gate), scanner (msg_scanner)");
        assertThatThrownBy(() -> LockOfBuild.delivery(history(true, false), "gate"))
                .hasMessage(
                        "gate holds no lock that the build waits for; those that it waits for: scanner (msg_scanner)");
        assertThatThrownBy(() -> LockOfBuild.delivery(history(true, true), null))
                .hasMessage("The build waits for no lock.");
    }
}

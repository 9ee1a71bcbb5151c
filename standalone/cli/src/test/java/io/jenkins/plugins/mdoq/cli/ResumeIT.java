package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Runs that are killed or aborted, and what the same command with the same history does afterwards. */
class ResumeIT extends JarFixture {

    private static final String ROLLBACK = "{\"result\":\"fail\",\"rollback_release\":true}";
    private static final int SIGTERM = 128 + 15;

    @Test
    void shouldGoOnWaitingAfterAKillAndHonourTheReleaseThatComesThen() throws Exception {
        configure("", "blocking: true");
        JarRun first = release("touch released");
        TestEndpoint.Request asked = endpoint.next();
        first.awaitLine("answered 200");
        first.kill();

        JarRun second = release("touch released", "--listen", listening(asked));
        second.awaitLine("[MDOQ]   to release it: curl");
        assertThat(exists("released")).isFalse();
        assertThat(release(asked, "success").statusCode()).isEqualTo(200);

        assertThat(second.exitCode()).isEqualTo(0);
        assertThat(exists("released")).isTrue();
        assertThat(second.out()).anyMatch(line -> line.matches("\\[MDOQ]   gate: lock held for .*: .+#\\d+:gate:.+"));
        assertThat(endpoint.next().event()).isEqualTo("before_release_complete");
        assertThat(endpoint.calls())
                .as("an answered delivery is not sent again")
                .isEqualTo(2);
    }

    @Test
    void shouldKeepReleasedWhatWasReleasedBeforeTheKill() throws Exception {
        try (TestEndpoint other = new TestEndpoint()) {
            configureAll(
                    webhook("one", endpoint.url(), "", "blocking: true"),
                    webhook("two", other.url(), "", "blocking: true"));
            JarRun first = release("touch released");
            TestEndpoint.Request one = endpoint.next();
            TestEndpoint.Request two = other.next();
            assertThat(release(one, "success").statusCode()).isEqualTo(200);
            first.kill();

            JarRun second = release("touch released", "--listen", listening(one));
            second.awaitLine("before_release: resumed");
            assertThat(release(one, "success").statusCode())
                    .as("the same release again")
                    .isEqualTo(200);
            assertThat(release(one, "fail").statusCode()).as("another one").isEqualTo(409);
            assertThat(release(two, "success").statusCode()).isEqualTo(200);

            assertThat(second.exitCode()).isEqualTo(0);
            assertThat(second.out()).noneMatch(line -> line.contains("one: lock held"));
            assertThat(exists("released")).isTrue();
        }
    }

    @Test
    void shouldAskAgainUnderTheSameDeliveryWhenKilledBeforeTheAnswer() throws Exception {
        configure("", "");
        CountDownLatch killed = new CountDownLatch(1);
        endpoint.answering("before_release", request -> {
            await(killed);
            return "{\"result\":\"success\"}";
        });
        JarRun first = release("touch released");
        TestEndpoint.Request asked = endpoint.next();
        first.kill();
        killed.countDown();

        assertThat(release("touch released").exitCode()).isEqualTo(0);
        TestEndpoint.Request askedAgain = endpoint.next();
        assertThat(askedAgain.body().get("delivery")).isEqualTo(asked.body().get("delivery"));
        assertThat(askedAgain.body().get("parent_log")).isEqualTo(asked.body().get("parent_log"));
    }

    @Test
    void shouldReportAFinishedRunAgainAndDoNothing() throws Exception {
        configure("", "");
        String command = "echo x >> releases";
        assertThat(release(command).exitCode()).isEqualTo(0);
        int calls = endpoint.calls();

        JarRun again = release(command);

        assertThat(again.exitCode()).isEqualTo(0);
        assertThat(endpoint.calls()).isEqualTo(calls);
        assertThat(folder.resolve("releases")).hasContent("x");
        assertThat(again.out())
                .anyMatch(line -> line.startsWith("[MDOQ] before_release: settled already, at "))
                .anyMatch(line -> line.startsWith("[MDOQ] release: finished already, at "))
                .contains("[MDOQ] before_release_complete: the release goes on: every webhook agreed")
                .last()
                .asString()
                .matches("\\[MDOQ] this release had ended before, released at \\S+ \\S+ UTC; nothing was run now:"
                        + " released \\(exit code 0\\)");
    }

    @Test
    void shouldReportARollbackAgainAndDoNothing() throws Exception {
        configure("", "");
        endpoint.answering("before_release_complete", ROLLBACK);
        String rollback = "echo x >> rollbacks";
        assertThat(release("true", "--rollback", rollback).exitCode()).isEqualTo(5);
        int calls = endpoint.calls();

        assertThat(release("true", "--rollback", rollback).exitCode()).isEqualTo(5);
        assertThat(endpoint.calls()).isEqualTo(calls);
        assertThat(folder.resolve("rollbacks")).hasContent("x");
    }

    @Test
    void shouldCountARunThatWasKilledInItsCommandAsFailedUnlessARerunIsAllowed() throws Exception {
        configure("", "");
        JarRun first = release(BUSY_ONCE);
        first.awaitLine("at-work");
        first.kill();
        first.endInput();
        Files.createFile(folder.resolve("go"));

        JarRun second = release(BUSY_ONCE);
        assertThat(second.exitCode()).isEqualTo(6);
        assertThat(exists("released")).isFalse();
        assertThat(second.out()).contains("[MDOQ] release: not run again; add --rerun if it may be");

        JarRun third = release(BUSY_ONCE, "--rerun");
        assertThat(third.exitCode()).isEqualTo(0);
        assertThat(exists("released")).isTrue();
        assertThat(third.out()).contains("[MDOQ] release (rerun 1): done");
        assertThat(endpoint.calls())
                .as("before_release and before_release_complete, once each")
                .isEqualTo(2);

        Files.delete(folder.resolve("released"));
        JarRun fourth = release(BUSY_ONCE, "--rerun");
        assertThat(fourth.exitCode()).isEqualTo(0);
        assertThat(exists("released")).as("a finished command is not run again").isFalse();
    }

    @Test
    void shouldNeverStartARollbackTwice() throws Exception {
        configure("", "");
        endpoint.answering("before_release_complete", ROLLBACK);
        JarRun first = release("true", "--rollback", BUSY_ONCE);
        first.awaitLine("at-work");
        first.kill();
        first.endInput();
        Files.createFile(folder.resolve("go"));

        assertThat(release("true", "--rollback", BUSY_ONCE, "--rerun").exitCode())
                .isEqualTo(7);
        assertThat(exists("released")).isFalse();
    }

    @Test
    void shouldTellWhoHoldsALockWhenASignalAbortsTheRun() throws Exception {
        configureListening("blocking: true");
        JarRun first = release("touch released");
        TestEndpoint.Request asked = endpoint.next();
        first.awaitLine("answered 200");
        first.terminate();

        assertThat(first.exitCode()).isEqualTo(SIGTERM);
        Map<String, TestEndpoint.Request> told = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            TestEndpoint.Request request = endpoint.next();
            told.put(request.event(), request);
        }
        assertThat(told.get("before_release_cancelled").lock()).isNull();
        assertThat(told.get("before_release_cancelled").body().at("/about/lock").asText())
                .isEqualTo(asked.lock());
        assertThat(told.get("release_ended").body().get("outcome").asText()).isEqualTo("aborted");
        assertThat(first.out())
                .contains("[MDOQ] before_release: the release was aborted: the run was aborted by a signal")
                .contains("[MDOQ] before_release_cancelled: telling 1 webhook")
                .contains("[MDOQ] release_ended: telling 1 webhook");

        assertThat(release("touch released").exitCode()).as("run again").isEqualTo(4);
        assertThat(exists("released")).isFalse();
        assertThat(endpoint.calls()).as("it was told").isEqualTo(3);
    }

    @Test
    void shouldEndTheCommandWhenASignalAbortsTheRun() throws Exception {
        configure("", "");
        JarRun first = release(BUSY_ONCE);
        first.awaitLine("at-work");
        first.terminate();

        assertThat(first.exitCode()).isEqualTo(SIGTERM);
        assertThat(first.out())
                .as("complete only once the command is gone, too")
                .contains("[MDOQ] release: ended, as the run was aborted by a signal");
        Files.createFile(folder.resolve("go"));
        assertThat(release(BUSY_ONCE).exitCode()).isEqualTo(6);
        assertThat(exists("released")).isFalse();
    }

    @Test
    void shouldSayWhomItCouldNotTellWhenASignalLeavesNoTime() throws Exception {
        configureListening("blocking: true");
        CountDownLatch over = new CountDownLatch(1);
        endpoint.answering("before_release_cancelled", request -> {
            await(over);
            return "{}";
        });
        JarRun first = release("touch released");
        endpoint.next();
        first.awaitLine("answered 200");
        first.terminate();

        assertThat(first.exitCode()).isEqualTo(SIGTERM);
        over.countDown();
        assertThat(first.out())
                .contains("[MDOQ] could not tell gate within 5 s that its lock is given up (before_release_cancelled);"
                        + " that is done when the same command is run again with the same --history");

        int calls = endpoint.calls();
        assertThat(release("touch released").exitCode()).as("run again").isEqualTo(4);
        assertThat(endpoint.calls()).as("it is told now").isEqualTo(calls + 1);
    }

    @Test
    void shouldRefuseAHistoryThatAnotherRunHolds() throws Exception {
        configure("", "blocking: true");
        JarRun first = release("true");
        TestEndpoint.Request asked = endpoint.next();

        JarRun second = release("true");
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err())
                .containsExactly("mdoq-release-hook: --history h is in use by a run that goes on;"
                        + " wait for its end or name another folder");

        release(asked, "success");
        assertThat(first.exitCode()).isEqualTo(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

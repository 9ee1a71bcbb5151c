package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A webhook that listens to release_ended is told once how the run ended, whatever the end is (protocol: "more events"). */
class NoticesIT extends JarFixture {

    private static final int SIGTERM = 128 + 15;

    /** All that came so far under one event's name. */
    private List<TestEndpoint.Request> told(String event) throws InterruptedException {
        List<TestEndpoint.Request> told = new ArrayList<>();
        for (int calls = endpoint.calls(); calls > 0; calls--) {
            TestEndpoint.Request request = endpoint.next();
            if (request.event().equals(event)) {
                told.add(request);
            }
        }
        return told;
    }

    private TestEndpoint.Request ended() throws InterruptedException {
        List<TestEndpoint.Request> told = told("release_ended");
        assertThat(told).hasSize(1);
        return told.get(0);
    }

    private void assertEnded(String outcome, String reason) throws InterruptedException {
        TestEndpoint.Request told = ended();
        assertThat(told.body().get("outcome").asText()).isEqualTo(outcome);
        assertThat(told.body().get("reason").asText()).isEqualTo(reason);
        assertThat(told.body().has("lock")).isFalse();
        assertThat(told.body().get("instance").get("name").asText()).isEqualTo("shop");
    }

    @Test
    void shouldTellOnceThatItWasReleased() throws Exception {
        configureListening("");

        assertThat(release("true", "--instance", "name=shop").exitCode()).isZero();
        assertThat(release("true", "--instance", "name=shop").exitCode())
                .as("again, which does nothing")
                .isZero();

        assertEnded("released", "the release goes on: every webhook agreed");
    }

    @Test
    void shouldTellThatTheReleaseCommandFailed() throws Exception {
        configureListening("");

        assertThat(release("exit 3", "--instance", "name=shop").exitCode()).isEqualTo(6);

        assertEnded("failed", "the release command failed with exit status 3");
    }

    @Test
    void shouldTellThatAFailedReleaseWasUndone() throws Exception {
        configureListening("");

        assertThat(release("exit 3", "--rollback", "true", "--rollback-on-failure", "--instance", "name=shop")
                        .exitCode())
                .isEqualTo(6);

        assertEnded("rolled_back", "the release command failed with exit status 3");
    }

    @Test
    void shouldTellThatItWasStopped() throws Exception {
        configureListening("");
        endpoint.answering("before_release", "{\"result\":\"fail\",\"stop_release\":true,\"message\":\"freeze\"}");

        assertThat(release("true", "--instance", "name=shop").exitCode()).isEqualTo(4);

        assertEnded("stopped", "the release is stopped, decided by gate: freeze");
    }

    @Test
    @DisplayName("protocol: more events — they decide nothing, whatever is answered")
    void shouldGoByNothingThatIsAnswered() throws Exception {
        configureListening("");
        endpoint.answering("release_ended", "{\"result\":\"fail\",\"rollback_release\":true}");

        JarRun run = release("true", "--rollback", "touch undone");
        assertThat(run.exitCode()).isZero();
        assertThat(release("true", "--rollback", "touch undone").exitCode()).isZero();
        assertThat(exists("undone")).isFalse();
    }

    @Test
    void shouldTellAfterAKillWhatItCouldNotTellBefore() throws Exception {
        configureListening("");
        CountDownLatch killed = new CountDownLatch(1);
        endpoint.answering("release_ended", request -> {
            await(killed);
            return "{}";
        });
        JarRun first = release("echo x >> releases", "--instance", "name=shop");
        first.awaitLine("release_ended: telling 1 webhook");
        endpoint.next();
        endpoint.next();
        TestEndpoint.Request before = endpoint.next();
        first.kill();
        killed.countDown();

        assertThat(release("echo x >> releases", "--instance", "name=shop").exitCode())
                .isZero();
        TestEndpoint.Request after = endpoint.next();
        assertThat(after.body()).as("the same delivery").isEqualTo(before.body());
        assertThat(folder.resolve("releases")).hasContent("x");
    }

    @Test
    void shouldTellAfterAKillHowTheRunEndedThatWasKilled() throws Exception {
        configureListening("");
        JarRun first = release(BUSY);
        first.awaitLine("at-work");
        first.kill();

        assertThat(release(BUSY).exitCode()).isEqualTo(6);

        TestEndpoint.Request told = ended();
        assertThat(told.body().get("outcome").asText()).isEqualTo("failed");
        assertThat(told.body().get("reason").asText())
                .isEqualTo("the release command was started and has not finished");
    }

    @Test
    void shouldTellOfTheAbortAndOfTheReleaseThatFollowsIt() throws Exception {
        configureListening("");
        JarRun first = release(BUSY_ONCE);
        first.awaitLine("at-work");
        first.terminate();
        assertThat(first.exitCode()).isEqualTo(SIGTERM);
        Files.createFile(folder.resolve("go"));

        assertThat(release(BUSY_ONCE, "--rerun").exitCode()).isZero();

        assertThat(told("release_ended"))
                .extracting(request -> request.body().get("outcome").asText())
                .containsExactly("aborted", "released");
    }

    @Test
    void shouldTryAgainAndSayWhatDoesNotArrive() throws Exception {
        try (TestEndpoint gone = new TestEndpoint()) {
            String url = gone.url();
            gone.close();
            configureAll(
                    webhook("gate", endpoint.url(), "", ""),
                    "  - name: board\n    url: " + url
                            + "\n    secret: ${MDOQ_SECRET}\n    tries: 2\n    events:\n      - event: release_ended\n");
            JarRun run = release("true");

            assertThat(run.exitCode()).as("nothing follows from it").isZero();
            assertThat(run.out())
                    .anyMatch(line -> line.contains("board") && line.contains("attempt 2 of 2 failed"));
        }
    }

    @Test
    @DisplayName("protocol: more events — nobody else can fire them")
    void shouldRefuseToFireWhatItFiresByItself() throws Exception {
        configureListening("");

        JarRun run = start("fire", "--config", "mdoq.yaml", "--history", "h", "--event", "release_ended");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).singleElement().asString().contains("--event: the event release_ended is fired by itself");
    }

    @Test
    void shouldTellNothingOfTheEndWhenAnEventIsFiredAlone() throws Exception {
        configureListening("blocking: true");
        JarRun run = start("fire", "--config", "mdoq.yaml", "--history", "h", "--event", "before_release");
        run.awaitLine("answered 200");
        run.terminate();

        assertThat(run.exitCode()).isEqualTo(SIGTERM);
        assertThat(endpoint.next().event()).isEqualTo("before_release");
        assertThat(endpoint.next().event()).isEqualTo("before_release_cancelled");
        assertThat(endpoint.calls()).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

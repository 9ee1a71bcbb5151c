package io.jenkins.plugins.mdoq.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The process dies at any moment: a recorded run's journal is cut behind each of its bytes, and an engine that knows nothing
 * but what is left of it comes to the same verdict. An endpoint has no crash: it does what it does again until it succeeds.
 */
class CrashTest {

    private Path folder;

    /** In memory where the system has a place for that: this test forces some ten thousand writes. */
    @BeforeEach
    void makeFolder() throws IOException {
        Path memory = Path.of("/dev/shm");
        folder = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "mdoq")
                : Files.createTempDirectory("mdoq");
    }

    @AfterEach
    void removeFolder() throws IOException {
        Files.deleteIfExists(folder.resolve(Journal.FILE_NAME));
        Files.delete(folder);
    }

    private static FireRequest firing(EngineFixture fixture) {
        EventSettings unstable = new EventSettings(
                ReleaseEvent.BEFORE_RELEASE,
                false,
                Duration.ZERO,
                OnFail.UNSTABLE,
                OnDeliveryError.FAIL,
                Duration.ZERO,
                OnLockTimeout.FAIL);
        return new FireRequest(
                "before_release",
                ReleaseEvent.BEFORE_RELEASE,
                List.of(
                        fixture.webhook(
                                "gate",
                                EngineFixture.blocking(
                                        Duration.ofSeconds(50), Duration.ofSeconds(12), OnLockTimeout.STOP),
                                EngineFixture.hears()),
                        fixture.webhook("other", unstable)),
                Facts.json("{}"),
                null);
    }

    @ParameterizedTest
    @EnumSource
    void shouldComeToTheSameVerdictFromWhateverACrashLeaves(CrashEndpoints endpoints) throws Exception {
        Journal journal = Journal.in(folder);
        EngineFixture fixture = new EngineFixture(journal, Facts.START, new TestDirectory());
        EventRun recorded = fixture.engine.fire(fixture.process, firing(fixture));
        endpoints.play(fixture, recorded, true);
        byte[] whole = Files.readAllBytes(journal.file());
        Fact.Settled verdict = recorded.verdict().join();
        assertThat(verdict.outcome()).isEqualTo(endpoints.outcome);
        assertThat(fixture.history().entries())
                .allMatch(entry -> entry.failures().size() == 1 && entry.answer() != null);

        for (int cut = 0; cut <= whole.length; cut++) {
            Files.write(journal.file(), Arrays.copyOf(whole, cut));
            try {
                assertResumes(
                        journal,
                        fixture.clock.instant(),
                        fixture.directory,
                        endpoints,
                        verdict,
                        Arrays.copyOf(whole, cut));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("cut behind byte " + cut + " of " + whole.length, e);
            }
        }
    }

    /** What is sent again after a crash moves the time since when an endpoint is silent. */
    private static String withoutTime(String reason) {
        return reason.replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC", "then");
    }

    /** Whoever held a lock is told that it was given up, under one delivery, whatever the crash has left of that. */
    private static void assertTold(Journal journal, EngineFixture fixture) throws IOException {
        fixture.http.exchanges().stream()
                .filter(FakeHttp.Exchange::inFlight)
                .forEach(request -> request.answer(200, ""));
        fixture.settle();
        assertThat(journal.read().notices()).singleElement().satisfies(notice -> {
            assertThat(notice.fired().event()).isEqualTo("before_release_cancelled");
            assertThat(notice.settled()).isNotNull();
            assertThat(notice.entries()).singleElement().satisfies(entry -> {
                assertThat(entry.answer()).isNotNull();
                assertThat(entry.plan().about().lock()).startsWith(EngineFixture.JOB);
                assertThat(fixture.requests("gate").stream()
                                .filter(request -> request.text("event").endsWith("_cancelled")))
                        .allSatisfy(request -> assertThat(request.text("delivery"))
                                .isEqualTo(entry.plan().id()));
            });
        });
    }

    private static void assertResumes(
            Journal journal,
            Instant now,
            TestDirectory directory,
            CrashEndpoints endpoints,
            Fact.Settled verdict,
            byte[] left)
            throws IOException {
        EventHistory before = journal.read().event("before_release");
        EngineFixture fixture = new EngineFixture(journal, now, directory);
        EventRun run = fixture.engine.fire(fixture.process, firing(fixture));
        if (before != null && before.settled() != null) {
            fixture.settle();
            assertThat(run.verdict().join())
                    .as("a verdict that stands")
                    .isEqualTo(before.settled())
                    .isEqualTo(verdict);
            if (endpoints == CrashEndpoints.ROLLBACK_WHILE_HELD) {
                assertTold(journal, fixture);
            } else {
                assertThat(fixture.http.exchanges()).isEmpty();
                assertThat(Files.readAllBytes(journal.file())).isEqualTo(left);
            }
            return;
        }
        endpoints.play(fixture, run, false);

        Fact.Settled reached = run.verdict().join();
        assertThat(reached.outcome()).isEqualTo(verdict.outcome());
        assertThat(reached.action()).isEqualTo(verdict.action());
        assertThat(reached.webhook()).isEqualTo(verdict.webhook());
        assertThat(withoutTime(reached.reason())).isEqualTo(withoutTime(verdict.reason()));

        if (endpoints == CrashEndpoints.ROLLBACK_WHILE_HELD) {
            assertTold(journal, fixture);
        }
        History history = journal.read();
        assertThat(history.damage()).isEmpty();
        EventHistory after = history.event("before_release");
        assertThat(after.settled()).isEqualTo(reached);
        int sound = left.length;
        while (sound > 0 && left[sound - 1] != '\n') {
            sound--;
        }
        assertThat(Files.readString(journal.file()))
                .as("what was written stays")
                .startsWith(new String(left, 0, sound, UTF_8));
        if (before == null) {
            assertThat(fixture.requests("gate")).isNotEmpty();
            assertThat(fixture.requests("other")).hasSize(1);
            return;
        }
        assertThat(after.fired()).isEqualTo(before.fired());
        Map<String, DeliveryHistory> entries = after.entries().stream()
                .collect(Collectors.toMap(entry -> entry.plan().id(), Function.identity()));
        for (DeliveryHistory was : before.entries()) {
            DeliveryHistory is = entries.get(was.plan().id());
            List<FakeHttp.Exchange> asked = fixture.requests(was.plan().webhook()).stream()
                    .filter(request -> request.text("event").equals("before_release"))
                    .toList();
            if (was.answer() != null) {
                assertThat(asked).as("answered before the crash").isEmpty();
                assertThat(is.answer()).isEqualTo(was.answer());
                assertThat(is.attempts()).isEqualTo(was.attempts());
            } else if (is.expiry() == null || is.attempts() > was.attempts()) {
                assertThat(asked).as("sent again").hasSize(1);
                assertThat(asked.get(0).text("delivery")).isEqualTo(was.plan().id());
                assertThat(asked.get(0).body().path("lock").textValue())
                        .isEqualTo(was.plan().lock());
                assertThat(is.attempts()).isEqualTo(was.attempts() + 1);
            }
            if (was.release() != null) {
                assertThat(is.release()).as("released stays released").isEqualTo(was.release());
            }
        }
    }
}

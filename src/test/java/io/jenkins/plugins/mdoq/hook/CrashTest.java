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
import io.jenkins.plugins.mdoq.protocol.Outcome;
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

    /** What the endpoints do. */
    enum Endpoints {
        /** The gate's lock is released after the answer, with a result that stops the release; the other fails barely. */
        STOP_BY_RELEASE(
                Outcome.STOP,
                "{'message':'queued'}",
                "{'result':'fail','stop_release':true,'message':'no'}",
                false,
                "{'result':'fail'}"),
        /** The gate's lock is released before the answer and without a result. */
        EARLY_RELEASE(Outcome.SUCCESS, "{'result':'success'}", "{'message':'done'}", true, "{}"),
        /** The other one has it all rolled back, while the gate holds its lock and never releases it. */
        ROLLBACK_WHILE_HELD(
                Outcome.ROLLBACK, "{}", null, false, "{'result':'fail','rollback_release':'1','message':'undo'}"),
        /** The gate reports once and then never again: its heartbeat stops the release. */
        FALLS_SILENT(Outcome.STOP, "{'message':'queued'}", null, false, "{}"),
        /** The gate reports progress for ever, and never releases its lock: its timeout stops the release. */
        NEVER_RELEASES(Outcome.STOP, "{'message':'queued'}", null, false, "{}");

        final Outcome outcome;
        final String gateAnswer;
        final String gateRelease;
        final boolean releasesEarly;
        final String otherAnswer;

        Endpoints(Outcome outcome, String gateAnswer, String gateRelease, boolean releasesEarly, String otherAnswer) {
            this.outcome = outcome;
            this.gateAnswer = gateAnswer;
            this.gateRelease = gateRelease;
            this.releasesEarly = releasesEarly;
            this.otherAnswer = otherAnswer;
        }
    }

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

    /** The endpoints do what they do, until there is a verdict and nobody is asked any more. */
    private static void play(EngineFixture fixture, EventRun run, Endpoints endpoints, boolean failFirst) {
        fixture.settle();
        for (int round = 0; round < 20; round++) {
            for (FakeHttp.Exchange request : fixture.http.exchanges()) {
                if (request.inFlight()) {
                    reply(
                            fixture,
                            request,
                            endpoints,
                            failFirst
                                    && request
                                            == fixture.requests(request.webhook())
                                                    .get(0));
                    fixture.settle();
                }
            }
            EventHistory event = fixture.history();
            DeliveryHistory gate = event.entries().iterator().next();
            String lock = gate.plan().lock();
            if (gate.held() && gate.answer() != null && endpoints.gateRelease != null) {
                fixture.call("log", "gate", lock, "{'message':'halfway'}");
                assertThat(fixture.call("release", "gate", lock, endpoints.gateRelease)
                                .status())
                        .isEqualTo(200);
            } else if (endpoints == Endpoints.NEVER_RELEASES
                    && gate.held()
                    && gate.answer() != null
                    && !Duration.between(gate.lastSign(), fixture.clock.instant())
                            .minusSeconds(9)
                            .isNegative()) {
                fixture.call("log", "gate", lock, "{'message':'at work'}");
            } else if (gate.release() != null) {
                // The endpoint does not know whether its release arrived: asking again is answered the same.
                assertThat(fixture.call("release", "gate", lock, endpoints.gateRelease)
                                .status())
                        .isEqualTo(200);
            }
            if (run.verdict().isDone() && run.notices().isDone()) {
                return;
            }
            fixture.advance(Duration.ofSeconds(3));
        }
        throw new AssertionError("no verdict: " + fixture.history().entries());
    }

    private static void reply(EngineFixture fixture, FakeHttp.Exchange request, Endpoints endpoints, boolean fail) {
        if (request.text("event").endsWith("_cancelled")) {
            request.answer(200, "");
        } else if (fail && request.webhook().equals("gate")) {
            request.answer(503, "down");
        } else if (fail) {
            request.breakOff(new IOException("reset"));
        } else if (request.webhook().equals("gate")) {
            if (endpoints.releasesEarly) {
                assertThat(fixture.call("release", "gate", request.text("lock"), endpoints.gateRelease)
                                .status())
                        .isEqualTo(200);
            }
            request.answer(200, endpoints.gateAnswer);
        } else {
            request.answer(200, endpoints.otherAnswer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldComeToTheSameVerdictFromWhateverACrashLeaves(Endpoints endpoints) throws Exception {
        Journal journal = Journal.in(folder);
        EngineFixture fixture = new EngineFixture(journal, Facts.START, new TestDirectory());
        EventRun recorded = fixture.engine.fire(fixture.process, firing(fixture));
        play(fixture, recorded, endpoints, true);
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
            Endpoints endpoints,
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
            if (endpoints == Endpoints.ROLLBACK_WHILE_HELD) {
                assertTold(journal, fixture);
            } else {
                assertThat(fixture.http.exchanges()).isEmpty();
                assertThat(Files.readAllBytes(journal.file())).isEqualTo(left);
            }
            return;
        }
        play(fixture, run, endpoints, false);

        Fact.Settled reached = run.verdict().join();
        assertThat(reached.outcome()).isEqualTo(verdict.outcome());
        assertThat(reached.action()).isEqualTo(verdict.action());
        assertThat(reached.webhook()).isEqualTo(verdict.webhook());
        assertThat(withoutTime(reached.reason())).isEqualTo(withoutTime(verdict.reason()));

        if (endpoints == Endpoints.ROLLBACK_WHILE_HELD) {
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

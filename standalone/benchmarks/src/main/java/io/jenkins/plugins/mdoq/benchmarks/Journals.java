package io.jenkins.plugins.mdoq.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.lock.LockApi;
import io.jenkins.plugins.mdoq.lock.LockDirectory;
import io.jenkins.plugins.mdoq.lock.LockValue;
import io.jenkins.plugins.mdoq.lock.LockWaiters;
import io.jenkins.plugins.mdoq.lock.Locks;
import io.jenkins.plugins.mdoq.lock.Throttle;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Whether a journal stays as fast as it was when it was short. */
final class Journals implements Benchmark {

    private static final int LINES = 100_000;
    private static final int LINES_PER_EVENT = 4;

    @Override
    public List<Measurement> measure(Path folder, boolean quick) throws Exception {
        Journal empty = Journal.in(Files.createDirectories(folder.resolve("short")));
        Journal full = Journal.in(Files.createDirectories(folder.resolve("long")));
        fill(full);
        List<Measurement> rows = new ArrayList<>();
        rows.add(append(empty, full, quick ? 300 : 3_000));
        rows.add(readAll(full));
        rows.add(release(full, quick ? 10 : 50));
        return rows;
    }

    private static void fill(Journal journal) throws IOException {
        List<Fact> facts = new ArrayList<>();
        for (int event = 0; event < LINES / LINES_PER_EVENT; event++) {
            facts.addAll(event(event));
            if (facts.size() >= 1_000) {
                journal.append(facts);
                facts.clear();
            }
        }
        journal.append(facts);
    }

    private static List<Fact> event(int number) {
        Instant now = Instant.now();
        List<Fact> facts = new ArrayList<>(held(number, null));
        facts.add(new Fact.Settled(
                now, Integer.toString(number), Outcome.SUCCESS, Action.CONTINUE, null, "every webhook agreed"));
        return facts;
    }

    /** An event that was fired and answered, and waits if it has a lock. */
    private static List<Fact> held(int number, String lock) {
        Instant now = Instant.now();
        String key = Integer.toString(number);
        String delivery = "msg_" + number;
        PlannedDelivery plan = new PlannedDelivery(
                delivery,
                "release-gate",
                "https://middleware.example.com/mdoq",
                List.of("mdoq-release-gate"),
                60,
                3,
                false,
                lock,
                null,
                List.of(),
                OnFail.CONTINUE,
                OnDeliveryError.FAIL,
                null,
                OnLockTimeout.FAIL,
                null,
                null,
                null);
        return List.of(
                new Fact.Fired(now, key, "before_release", number, EngineFixture.instance(number), null, List.of(plan)),
                new Fact.Attempted(now, delivery, 1),
                new Fact.Answered(
                        now,
                        delivery,
                        1,
                        200,
                        12,
                        Result.SUCCESS,
                        JsonNodeFactory.instance.objectNode().put("result", "success"),
                        List.of()));
    }

    private static Measurement append(Journal empty, Journal full, int lines) throws IOException {
        // Its first line makes the file itself durable too, which no line of a standing journal has to.
        empty.append(event(0));
        double[] early = new double[lines];
        double[] late = new double[lines];
        for (int i = -lines / 10; i < lines; i++) {
            // In turn, and by turns the one or the other first: what the machine does meanwhile hits both alike.
            boolean earlyFirst = i % 2 == 0;
            double first = millisToAppend(earlyFirst ? empty : full);
            double second = millisToAppend(earlyFirst ? full : empty);
            if (i >= 0) {
                early[i] = earlyFirst ? first : second;
                late[i] = earlyFirst ? second : first;
            }
        }
        double before = Samples.of(early).median();
        double after = Samples.of(late).median();
        return Measurement.against(
                String.format(Locale.ROOT, "appending a line behind %,d, of one behind few", LINES),
                "at most 1.20",
                String.format(Locale.ROOT, "%.2f (%.0f µs of %.0f µs)", after / before, after * 1e3, before * 1e3),
                after / before <= 1.2);
    }

    private static double millisToAppend(Journal journal) throws IOException {
        Fact fact = new Fact.Progressed(
                Instant.now(), "msg_0", "regression tests: 412 of 590 passed", "endpoint at 127.0.0.1", null);
        long begun = System.nanoTime();
        journal.append(List.of(fact));
        return (System.nanoTime() - begun) / 1e6;
    }

    /** A release of a lock whose event is the last of many: one reading of the journal, and one line more. */
    private static Measurement release(Journal full, int releases) throws IOException {
        double[] reading = new double[releases];
        double[] releasing = new double[releases];
        OneJournal world = new OneJournal(full);
        Clock clock = Clock.systemUTC();
        LockApi lockApi = new LockApi(
                world,
                world,
                new Locks(world, world, new LockWaiters(), clock, EngineFixture.LOCK_KEY),
                new Throttle(clock));
        for (int i = 0; i < releases; i++) {
            String lock = LockValue.mint(EngineFixture.LOCK_KEY, "shop/release", i, "release-gate")
                    .toString();
            full.append(held(LINES + i, lock));
            long begun = System.nanoTime();
            full.read();
            long read = System.nanoTime();
            EngineFixture.release(lockApi, lock);
            reading[i] = (read - begun) / 1e6;
            releasing[i] = (System.nanoTime() - read) / 1e6;
        }
        double read = Samples.of(reading).median();
        double released = Samples.of(releasing).median();
        return Measurement.against(
                String.format(Locale.ROOT, "releasing a lock on a journal of %,d lines, of reading it once", LINES),
                "at most 1.50",
                String.format(Locale.ROOT, "%.2f (%.1f ms of %.1f ms)", released / read, released, read),
                released / read <= 1.5);
    }

    /** Where every lock is looked for, and one secret for all. */
    private record OneJournal(Journal journal) implements LockDirectory, WebhookDirectory {
        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public Home find(LockValue lock) throws IOException {
            return new Home(journal, journal.read(), false);
        }

        @Override
        public Secrets secrets(String webhook, List<String> secretIds) {
            return Secrets.ofTexts(EngineFixture.SECRET);
        }

        @Override
        public Secrets all() {
            return secrets("", List.of());
        }

        @Override
        public WebhookUrl url(String webhook) {
            return WebhookUrl.unknown("nothing is sent here");
        }

        @Override
        public Collection<URI> urls() {
            return List.of();
        }
    }

    private static Measurement readAll(Journal full) throws IOException {
        double[] millis = new double[5];
        for (int i = 0; i < millis.length; i++) {
            long begun = System.nanoTime();
            History history = full.read();
            millis[i] = (System.nanoTime() - begun) / 1e6;
            if (history.events().size() != LINES / LINES_PER_EVENT) {
                throw new IllegalStateException("not all lines were read");
            }
        }
        return Measurement.figure(
                String.format(Locale.ROOT, "reading all of %,d lines, as a replay does", LINES),
                "%.0f ms",
                Samples.of(millis).median());
    }
}

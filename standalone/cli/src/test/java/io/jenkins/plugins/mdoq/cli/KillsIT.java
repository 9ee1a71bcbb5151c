package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Releases that are killed with signal 9, at a moment of a kind that is drawn, and run again with the same history until they
 * end. {@code -Dmdoq.kills=N} kills more often, {@code -Dmdoq.seed=N} draws others.
 */
class KillsIT extends JarFixture {

    private static final Logger LOGGER = Logger.getLogger(KillsIT.class.getName());

    private static final int KILLS = Integer.getInteger("mdoq.kills", 12);
    private static final long SEED = Long.getLong("mdoq.seed", 12);

    /** A release that was killed so often is left alone, so that it ends. */
    private static final int MOST_KILLS = 4;

    private final Random random = new Random(SEED);
    private final KilledEndpoint gate = new KilledEndpoint(SEED, this::hit);

    private final Map<String, Fact.Answered> answers = new HashMap<>();
    private final Map<String, Integer> asked = new HashMap<>();
    private final Map<String, Fact.Released> releases = new HashMap<>();
    private final Map<String, Fact.Settled> verdicts = new HashMap<>();

    private volatile Kill armed;
    private volatile int delay;
    private volatile JarRun run;

    @AfterEach
    void end() {
        gate.close();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.HOURS) // for the long form
    void shouldComeToTheVerdictsOfTheEndpointHoweverOftenItIsKilled() throws Exception {
        LOGGER.info("seed " + SEED + ", " + KILLS + " kills");
        Files.writeString(
                folder.resolve("mdoq.yaml"),
                webhook("gate", endpoint.url(), "tries: 3", "blocking: true")
                        .replaceFirst("^", "webhooks:\n")
                        .concat("        blocking: true\n      - event: release_ended\n"));
        for (String event : List.of("before_release", "before_release_complete", "release_ended")) {
            endpoint.answering(event, gate::handle);
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Map<Kill, Integer> kills = new EnumMap<>(Kill.class);
        Map<Integer, Integer> exits = new TreeMap<>();
        List<Kill> kinds = new ArrayList<>();
        int killed = 0;
        int number = 0;
        while (killed < KILLS) {
            String release = "r" + ++number;
            boolean rollbackKilled = false;
            for (int times = 0; ; times++) {
                if (kinds.isEmpty()) {
                    kinds.addAll(Arrays.asList(Kill.values()));
                    Collections.shuffle(kinds, random);
                }
                Kill kind = times < MOST_KILLS && killed < KILLS ? kinds.remove(0) : null;
                int exit = attempt(release, port, kind);
                History history = Journal.in(folder.resolve(release)).read();
                look(release, history);
                if (exit == 128 + 9) {
                    killed++;
                    kills.merge(kind, 1, Integer::sum);
                    rollbackKilled |= history.started("rollback") != null && history.finished("rollback") == null;
                    continue;
                }
                exits.merge(exit, 1, Integer::sum);
                check(release, history, exit, rollbackKilled);
                break;
            }
        }
        assertThat(gate.refusals()).as("releases that were refused").isEmpty();
        LOGGER.info(
                "seed " + SEED + ": " + killed + " kills " + kills + " of " + number + " releases, " + gate.deliveries()
                        + " deliveries, " + gate.accepted().size() + " releases answered 200, exit codes " + exits);
    }

    private int attempt(String release, int port, Kill kind) throws Exception {
        delay = kind == null ? 0 : random.nextInt(kind.within * 1000 + 1);
        run = start(
                "release",
                "--config",
                "mdoq.yaml",
                "--history",
                release,
                "--job",
                release,
                "--listen",
                "127.0.0.1:" + port,
                "--rerun",
                "--run",
                "echo x >> " + release + ".run; sleep 0.2",
                "--rollback",
                "echo x >> " + release + ".undo; sleep 0.2");
        armed = kind;
        String file = switch (kind == null ? Kill.ANY : kind) {
            case BEFORE_REQUEST -> release + "/" + Journal.FILE_NAME;
            case COMMAND -> release + ".run";
            case ROLLBACK -> release + ".undo";
            default -> null;
        };
        if (kind == Kill.ANY) {
            hit(kind);
        }
        while (file != null && armed != null && !run.endsWithin(1)) {
            if (exists(file)) {
                hit(kind);
            }
        }
        int exit = run.exitCode();
        armed = null;
        return exit;
    }

    private void hit(Kill kind) {
        synchronized (this) {
            if (armed != kind) {
                return;
            }
            armed = null;
        }
        try {
            TimeUnit.MICROSECONDS.sleep(delay);
            run.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is on disk behind a kill, or at the end, against what was there before. */
    private void look(String release, History history) {
        assertThat(history.damage()).as(release).allMatch(line -> line.contains(" is torn "));
        for (EventHistory event : history.decisions()) {
            String name = release + " " + event.fired().event();
            Fact.Settled verdict = verdicts.get(name);
            if (verdict != null) {
                assertThat(event.settled()).as("%s: the verdict stands", name).isEqualTo(verdict);
            } else if (event.settled() != null) {
                verdicts.put(name, event.settled());
            }
            for (DeliveryHistory entry : event.entries()) {
                look(name, entry);
            }
        }
    }

    private void look(String name, DeliveryHistory entry) {
        String id = entry.plan().id();
        if (answers.containsKey(id)) {
            assertThat(entry.answer()).as("%s: the answer stands", name).isEqualTo(answers.get(id));
            assertThat(gate.requests(id))
                    .as("%s: what was answered is not sent again", name)
                    .isEqualTo(asked.get(id));
        } else if (entry.answer() != null) {
            answers.put(id, entry.answer());
            asked.put(id, gate.requests(id));
        }
        if (releases.containsKey(id)) {
            assertThat(entry.release()).as("%s: the release stands", name).isEqualTo(releases.get(id));
        } else if (entry.release() != null) {
            releases.put(id, entry.release());
        }
        if (gate.accepted().contains(id)) {
            assertThat(entry.release())
                    .as("%s: a release that was answered 200 is not lost", name)
                    .isNotNull();
        }
    }

    private void check(String release, History history, int exit, boolean rollbackKilled) throws Exception {
        Outcome first = gate.plan(release, "before_release").outcome();
        Outcome second = gate.plan(release, "before_release_complete").outcome();
        Outcome last = first == Outcome.SUCCESS ? second : first;
        Map<String, Outcome> outcomes = new TreeMap<>();
        for (EventHistory event : history.decisions()) {
            outcomes.put(
                    event.fired().event(),
                    event.settled() == null ? null : event.settled().outcome());
        }
        assertThat(outcomes)
                .as(release)
                .isEqualTo(
                        first == Outcome.SUCCESS
                                ? Map.of("before_release", first, "before_release_complete", second)
                                : Map.of("before_release", first));
        int expected = last == Outcome.SUCCESS ? 0 : last == Outcome.STOP ? 4 : rollbackKilled ? 7 : 5;
        assertThat(exit).as("%s: %s %s", release, run.out(), run.err()).isEqualTo(expected);
        if (exists(release + ".undo")) {
            assertThat(last).isEqualTo(Outcome.ROLLBACK);
            assertThat(Files.readAllLines(folder.resolve(release + ".undo")))
                    .as("%s: a rollback runs once", release)
                    .hasSize(1);
        }
        assertThat(gate.ends(release))
                .as("%s: its end is told under one id", release)
                .hasSize(1);
    }
}

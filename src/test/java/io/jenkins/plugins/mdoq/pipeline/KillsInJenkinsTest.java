package io.jenkins.plugins.mdoq.pipeline;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.config.SecretReference;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.injenkins.BuildResults;
import io.jenkins.plugins.mdoq.injenkins.EndpointPlan;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.Kill;
import io.jenkins.plugins.mdoq.injenkins.KilledBuilds;
import io.jenkins.plugins.mdoq.injenkins.PlannedEndpoint;
import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A controller in a process of its own is killed with signal 9, at a moment of a kind that is drawn, while builds with both
 * events wait at all stages, and is started again. {@code -Dmdoq.kills=N} kills more often, {@code -Dmdoq.seed=N} draws
 * others.
 */
class KillsInJenkinsTest {

    private static final Logger LOGGER = Logger.getLogger(KillsInJenkinsTest.class.getName());

    private static final int KILLS = Integer.getInteger("mdoq.kills", 4);
    private static final long SEED = Long.getLong("mdoq.seed", 12);

    /** How many builds are started for each kill; those of the kills before may be under way, too. */
    private static final int BUILDS = 8;

    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().withTimeout(600 + 60 * KILLS).javaOptions("-XX:TieredStopAtLevel=1", "-Xmx512m");

    @TempDir
    private Path notes;

    private final Random random = new Random(SEED);
    private final Map<Kill, Integer> kills = new EnumMap<>(Kill.class);

    /** What is to be killed at next; null while nothing is. */
    private volatile Kill armed;

    private volatile CountDownLatch killed = new CountDownLatch(1);

    @Test
    @Timeout(value = 10, unit = TimeUnit.HOURS) // the controller's own time-out is the one that counts
    void shouldComeToTheVerdictsOfTheEndpointsHoweverOftenTheControllerIsKilled() throws Throwable {
        LOGGER.info("seed " + SEED + ", " + KILLS + " kills");
        try (PlannedEndpoint endpoint = new PlannedEndpoint(SEED, this::at)) {
            controller.startJenkins();
            KilledBuilds builds = new KilledBuilds(controller.getHome().toPath(), notes);
            String url = endpoint.url();
            String folder = notes.toString();
            controller.run(j -> configure(j, url, folder));
            List<Kill> kinds = new ArrayList<>();
            for (int kill = 1; kill <= KILLS; kill++) {
                if (kinds.isEmpty()) {
                    kinds.addAll(Arrays.asList(Kill.values()));
                    Collections.shuffle(kinds, random);
                }
                kill(kinds.remove(0), builds);
                builds.look(endpoint);
                controller.startJenkins();
                LOGGER.info("kill " + kill + " of " + KILLS + ": " + kills + ", builds so far: " + builds.states());
            }
            Map<String, String> results = controller.call(BuildResults::waitForAll);
            builds.look(endpoint);
            Map<String, Integer> ends = check(endpoint, builds, results);
            LOGGER.info("seed " + SEED + ": " + KILLS + " kills " + kills + " of " + results.size() + " builds, "
                    + endpoint.requests().size() + " deliveries, "
                    + endpoint.released().size()
                    + " releases answered 200; states at the kills and at the end: " + builds.states()
                    + "; how the builds ended: " + ends);
        }
    }

    private static void configure(JenkinsRule j, String url, String notes) throws Exception {
        SecretTexts.put("mdoq-secret", Gate.SECRET);
        WebhookConfiguration webhook = new WebhookConfiguration("gate", url);
        webhook.setSecrets(List.of(new SecretReference("mdoq-secret")));
        webhook.setTries(3);
        webhook.setEvents(
                List.of(blocking("beforeRelease"), blocking("beforeReleaseComplete"), event("release_ended")));
        MdoqGlobalConfiguration.get().setWebhooks(List.of(webhook));
        for (int i = 0; i < BUILDS; i++) {
            WorkflowJob job = j.createProject(WorkflowJob.class, "release-" + i);
            job.setDefinition(new CpsFlowDefinition("""
                    void note(String line) {
                        new File('%s/' + env.JOB_NAME + '#' + env.BUILD_NUMBER).append(line + '\\n')
                    }
                    try {
                        mdoqReleaseHook 'beforeRelease'
                        mdoqReleaseHook 'beforeReleaseComplete'
                    } finally {
                        mdoqRollback {
                            note 'undoing'
                            sleep time: 400, unit: 'MILLISECONDS'
                            note 'undone'
                        }
                    }
                    """.formatted(notes), false));
        }
    }

    private static void schedule(JenkinsRule j) {
        for (int i = 0; i < BUILDS; i++) {
            j.jenkins.getItemByFullName("release-" + i, WorkflowJob.class).scheduleBuild2(0);
        }
    }

    /** Starts builds and kills the controller at a moment of a kind; at any if that does not come. */
    private void kill(Kill kind, KilledBuilds builds) throws Throwable {
        killed = new CountDownLatch(1);
        controller.run(KillsInJenkinsTest::schedule);
        armed = kind;
        Thread disk = kind.moment().isPresent() ? null : watchTheDisk(kind, builds);
        boolean hit = killed.await(12, TimeUnit.SECONDS);
        armed = null;
        if (!hit) {
            killNow();
        }
        if (disk != null) {
            disk.join();
        }
        Process process = controller.getProcess();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it is gone").isTrue();
        controller.stopJenkinsForcibly();
        kills.merge(kind, hit ? 1 : 0, Integer::sum);
    }

    private void at(PlannedEndpoint.Moment moment, JsonNode body) {
        Kill kind = armed;
        if (kind != null && kind.moment().filter(moment::equals).isPresent()) {
            hit(kind);
        }
    }

    private void hit(Kill kind) {
        synchronized (this) {
            if (armed == null) {
                return;
            }
            armed = null;
        }
        try {
            TimeUnit.MICROSECONDS.sleep(random.nextInt(kind.within() * 1000 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        killNow();
        killed.countDown();
    }

    private void killNow() {
        controller.getProcess().toHandle().destroyForcibly();
    }

    /** Kills when the disk shows the moment: a journal that begins, or a rollback's body that does. */
    private Thread watchTheDisk(Kill kind, KilledBuilds builds) throws IOException {
        Map<String, Boolean> before = seen(kind, builds);
        Thread thread = new Thread(
                () -> {
                    try {
                        while (armed != null) {
                            if (seen(kind, builds).entrySet().stream()
                                    .anyMatch(now -> now.getValue() && !before.getOrDefault(now.getKey(), false))) {
                                hit(kind);
                            }
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "watch-the-disk");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private Map<String, Boolean> seen(Kill kind, KilledBuilds builds) throws IOException {
        Map<String, Boolean> seen = new HashMap<>();
        for (Map.Entry<String, Journal> build : builds.journals().entrySet()) {
            seen.put(
                    build.getKey(),
                    kind == Kill.BEFORE_REQUEST
                            ? build.getValue().exists()
                            : Files.exists(notes.resolve(build.getKey())));
        }
        return seen;
    }

    /** Holds each build against what its endpoint planned; returns how many ended in which way. */
    private static Map<String, Integer> check(
            PlannedEndpoint endpoint, KilledBuilds builds, Map<String, String> results) throws Exception {
        assertThat(endpoint.refusals()).as("releases that were refused").isEmpty();
        Map<String, Integer> ends = new TreeMap<>();
        for (Map.Entry<String, String> each : results.entrySet()) {
            String build = each.getKey();
            String end = end(build, each.getValue(), builds, endpoint.ends().get(build));
            if (end.startsWith("not gone on with")) {
                LOGGER.info(build + " is " + end + ":\n" + each.getValue());
            }
            ends.merge(end, 1, Integer::sum);
        }
        assertThat(ends.getOrDefault("as planned", 0))
                .as("most builds end as planned: %s", ends)
                .isGreaterThan(results.size() / 2);
        return ends;
    }

    /**
     * How a build ended. Jenkins cannot go on with each Pipeline that was killed: not if it happened before its program was on disk, or
     * while its end was written. Then the events that were fired have the verdicts of their endpoint all the same, and nothing passes.
     */
    private static String end(String build, String log, KilledBuilds builds, Set<String> told) throws Exception {
        String result = log.lines().findFirst().orElseThrow();
        Map<String, Outcome> planned = planned(build);
        Map<String, Outcome> fired = new LinkedHashMap<>();
        for (EventHistory event : builds.journals().get(build).read().decisions()) {
            assertThat(event.settled()).as("%s: %s", build, log).isNotNull();
            fired.put(event.fired().event(), event.settled().outcome());
        }
        if (fired.isEmpty()) {
            return "nothing fired";
        }
        assertThat(planned).as("%s: %s", build, log).containsAllEntriesOf(fired);
        assertThat(fired.keySet())
                .as("%s: in order", build)
                .containsExactlyElementsOf(List.copyOf(planned.keySet()).subList(0, fired.size()));
        Outcome last = List.copyOf(planned.values()).get(planned.size() - 1);
        assertThat(builds.notes(build).contains("undoing"))
                .as("%s: rolled back only if that was asked for", build)
                .isIn(last == Outcome.ROLLBACK, false);
        if (result.equals("UNFINISHED")) {
            // Of a build that is not over for Jenkins nobody is told that it is.
            assertThat(told == null || told.size() == 1).as(build).isTrue();
        } else {
            assertThat(told).as("%s: its end is told under one id", build).hasSize(1);
        }
        String expected = last == Outcome.SUCCESS ? "SUCCESS" : last == Outcome.STOP ? "ABORTED" : "FAILURE";
        if (fired.size() == planned.size() && result.equals(expected)) {
            return "as planned";
        }
        assertThat(result).as("%s: nothing passes: %s", build, log).isIn("FAILURE", "UNFINISHED");
        return "not gone on with by Jenkins after " + fired.keySet();
    }

    /** The events that a build fires, in order, and what they come to. */
    private static Map<String, Outcome> planned(String build) {
        Map<String, Outcome> planned = new LinkedHashMap<>();
        Outcome first = EndpointPlan.of(SEED, build, "before_release").outcome();
        planned.put("before_release", first);
        if (first == Outcome.SUCCESS) {
            planned.put(
                    "before_release_complete",
                    EndpointPlan.of(SEED, build, "before_release_complete").outcome());
        }
        return planned;
    }
}

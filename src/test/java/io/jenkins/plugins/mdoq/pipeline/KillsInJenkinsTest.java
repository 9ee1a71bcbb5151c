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
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    private static final int KILLS = Integer.getInteger("mdoq.kills", 3);
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
            int lost = check(endpoint, builds, results);
            LOGGER.info("seed " + SEED + ": " + KILLS + " kills " + kills + " of " + results.size() + " builds, "
                    + endpoint.requests().size() + " deliveries, "
                    + endpoint.released().size()
                    + " releases answered 200; states at the kills and at the end: " + builds.states() + "; builds that"
                    + " Jenkins lost before they had fired: " + lost);
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

    /** Holds each build against what its endpoint planned; returns how many Jenkins forgot before they had fired anything. */
    private static int check(PlannedEndpoint endpoint, KilledBuilds builds, Map<String, String> results)
            throws Exception {
        assertThat(endpoint.refusals()).as("releases that were refused").isEmpty();
        Map<String, Journal> journals = builds.journals();
        int lost = 0;
        for (Map.Entry<String, String> each : results.entrySet()) {
            String build = each.getKey();
            String result = each.getValue().lines().findFirst().orElseThrow();
            Map<String, Outcome> outcomes = new TreeMap<>();
            for (EventHistory event : journals.get(build).read().decisions()) {
                outcomes.put(
                        event.fired().event(),
                        event.settled() == null ? null : event.settled().outcome());
            }
            if (outcomes.isEmpty()) {
                lost++;
                continue;
            }
            Outcome first = EndpointPlan.of(SEED, build, "before_release").outcome();
            Outcome second =
                    EndpointPlan.of(SEED, build, "before_release_complete").outcome();
            Outcome last = first == Outcome.SUCCESS ? second : first;
            assertThat(outcomes)
                    .as("%s: %s", build, each.getValue())
                    .isEqualTo(
                            first == Outcome.SUCCESS
                                    ? Map.of("before_release", first, "before_release_complete", second)
                                    : Map.of("before_release", first));
            assertThat(result)
                    .as("%s: %s", build, each.getValue())
                    .isEqualTo(last == Outcome.SUCCESS ? "SUCCESS" : last == Outcome.STOP ? "ABORTED" : "FAILURE");
            assertThat(endpoint.ends().get(build))
                    .as("%s: its end is told under one id", build)
                    .hasSize(1);
            assertThat(builds.notes(build).contains("undoing"))
                    .as("%s: rolled back only if that was asked for", build)
                    .isIn(last == Outcome.ROLLBACK, false);
        }
        return lost;
    }
}

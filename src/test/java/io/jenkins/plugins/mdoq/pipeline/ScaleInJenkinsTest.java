package io.jenkins.plugins.mdoq.pipeline;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.config.EventConfiguration;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.config.SecretReference;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.ScaleProbe;
import io.jenkins.plugins.mdoq.injenkins.ScaleRates;
import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Measures what waiting builds cost a controller in a process of its own, against builds that are paused on {@code input}.
 * It prints the figures and asserts nothing about times. {@code -Dmdoq.scale=1000} runs it with so many builds of each kind; an
 * ordinary run has a few, and shows that all that is measured works.
 */
class ScaleInJenkinsTest {

    /** So many of each kind are started before anything is measured, and go on waiting. */
    private static final int FIRST = 10;

    static {
        // Else the server of the JDK waits 40 ms for an acknowledgement before it answers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int BUILDS = Integer.getInteger("mdoq.scale", 12);

    /** Whether the figures are to be of use. */
    private static final boolean LONG = Integer.getInteger("mdoq.scale") != null;

    /** How many of them go on one by one while their times are taken. */
    private static final int TIMED = Math.min(200, BUILDS / 2);

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension()
            .withTimeout(LONG ? 0 : 240)
            .javaOptions("-Xmx3g", "-XX:SoftRefLRUPolicyMSPerMB=0", "-da");

    private static void print(String what, Object figure) {
        System.out.println("SCALE | " + what + " | " + figure);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.HOURS)
    void measureWaitingBuilds() throws Throwable {
        try (Endpoint endpoint = Endpoint.answering("{}")) {
            int builds = BUILDS;
            int timed = TIMED;
            String url = endpoint.url();
            controller.startJenkins();
            controller.run(j -> configure(j, url));
            // Whatever is loaded or compiled once is so before anything is measured.
            controller.run(j -> ScaleProbe.start(j, "input", FIRST));
            controller.run(j -> ScaleProbe.start(j, "gate", FIRST));
            long none = controller.call(j -> ScaleProbe.heap());
            int threads = controller.call(j -> ScaleProbe.engineThreads());
            int allThreads = controller.call(j -> ScaleProbe.threads());

            long inputStarted = controller.call(j -> ScaleProbe.start(j, "input", builds));
            long inputs = controller.call(j -> ScaleProbe.heap());
            long gateStarted = controller.call(j -> ScaleProbe.start(j, "gate", builds));
            long gates = controller.call(j -> ScaleProbe.heap());
            print("threads of the engine, all threads, with " + FIRST + " waiting", threads + ", " + allThreads);
            int threadsWithAll = controller.call(j -> ScaleProbe.engineThreads());
            assertThat(threadsWithAll)
                    .as("a build that waits holds no thread")
                    .isLessThanOrEqualTo(ReleaseHookService.THREADS);
            print(
                    "the same with " + builds + " waiting on locks and as many on input",
                    threadsWithAll + ", " + controller.call(j -> ScaleProbe.threads()));
            print("heap of a build on input, bytes", (inputs - none) / builds);
            print("heap of a build waiting for a lock, bytes", (gates - inputs) / builds);
            print("ratio", String.format("%.3f", (double) (gates - inputs) / (inputs - none)));
            print("starting them, ms: input, gate", inputStarted + ", " + gateStarted);

            // The two take turns, so that whatever slows the machine slows both.
            print("input proceeded -> next step, lock released -> next step", "");
            controller.call(j -> ScaleProbe.goOn(j, timed)).forEach(line -> print(line, ""));
            for (int connections : new int[] {1, 16}) {
                controller
                        .call(j -> ScaleRates.releases(j, "gate", builds / 8, connections))
                        .forEach(line -> print(line, ""));
                controller.run(j -> ScaleProbe.start(j, "pair", builds / 8));
                controller
                        .call(j -> ScaleRates.releases(j, "pair", builds / 8, connections))
                        .forEach(line -> print(line, ""));
                controller.run(j -> ScaleProbe.finish(j, "pair"));
            }
            controller.run(j -> ScaleProbe.finish(j, "gate"));
            controller.run(j -> ScaleProbe.start(j, "input", timed - FIRST));
            controller.stopJenkins();
            controller.startJenkins();
            print("all on input resumed after the start, ms", controller.call(j -> ScaleProbe.resumed(j, "input")));
            controller.run(j -> ScaleProbe.finish(j, "input"));
            controller.run(j -> ScaleProbe.start(j, "gate", builds));
            controller.stopJenkins();
            controller.startJenkins();
            print("as many waiting for locks, ms", controller.call(j -> ScaleProbe.resumed(j, "gate")));
            controller.run(j -> ScaleProbe.finish(j, "gate"));
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.HOURS)
    void measureAHookThatDoesNotBlock() throws Throwable {
        try (Endpoint endpoint = Endpoint.answering("{}")) {
            String url = endpoint.url();
            controller.startJenkins();
            controller.run(j -> configure(j, url));
            // The later ones are those of a controller that has been up for a while.
            for (int round = 0; round < (LONG ? 5 : 1); round++) {
                int builds = LONG ? 40 : 2;
                controller.call(j -> ScaleRates.nonBlocking(j, url, builds)).forEach(line -> print(line, ""));
            }
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.HOURS)
    void measureTheStartWithManyFinishedBuilds() throws Throwable {
        try (Endpoint endpoint = Endpoint.answering("{}")) {
            String url = endpoint.url();
            controller.startJenkins();
            controller.run(j -> configure(j, url));
            controller.run(j -> {
                WorkflowJob job = j.jenkins.getItemByFullName("gate", WorkflowJob.class);
                job.setDefinition(new CpsFlowDefinition("mdoqReleaseHook 'Instance created'", true));
                j.buildAndAssertSuccess(job);
            });
            controller.stopJenkins();
            Path builds = controller.getHome().toPath().resolve("jobs/gate/builds");
            for (int number = 2; number <= BUILDS * 10; number++) {
                copy(builds.resolve("1"), builds.resolve(Integer.toString(number)));
            }
            Files.writeString(builds.resolveSibling("nextBuildNumber"), Integer.toString(BUILDS * 10 + 1));
            for (int round = 0; round < (LONG ? 3 : 1); round++) {
                print("start with " + BUILDS * 10 + " histories, ms", start());
                controller.stopJenkins();
                hide(builds, "mdoq", "none");
                print("start with the same builds without, ms", start());
                controller.stopJenkins();
                hide(builds, "none", "mdoq");
            }
            assertThat(builds.resolve("2/mdoq")).isDirectory();
            controller.startJenkins();
            int times = LONG ? 100 : 5;
            print("the page of all webhooks, none waiting", controller.call(j -> ScaleRates.page(j, times)));
            int waiting = BUILDS;
            controller.run(j -> {
                job(j, "more", "mdoqReleaseHook 'beforeRelease'");
                ScaleProbe.start(j, "more", waiting);
            });
            print("the page of all webhooks, " + waiting + " waiting", controller.call(j -> ScaleRates.page(j, times)));
        }
    }

    private long start() throws Exception {
        long begun = System.nanoTime();
        controller.startJenkins();
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void hide(Path builds, String from, String to) throws IOException {
        for (int number = 1; number <= BUILDS * 10; number++) {
            Path build = builds.resolve(Integer.toString(number));
            Files.move(build.resolve(from), build.resolve(to));
        }
    }

    private static void configure(JenkinsRule j, String url) throws Exception {
        SecretTexts.put("mdoq-secret", Gate.SECRET);
        MdoqGlobalConfiguration.get()
                .setWebhooks(List.of(
                        webhook("gate", url, blocking("beforeRelease"), event("Instance created")),
                        webhook("first", url, blocking("beforeReleaseComplete")),
                        webhook("second", url, blocking("beforeReleaseComplete"))));
        job(j, "gate", "mdoqReleaseHook 'beforeRelease'\necho 'next step'");
        job(j, "pair", "mdoqReleaseHook 'beforeReleaseComplete'");
        job(j, "input", "input 'Release?'\necho 'next step'");
    }

    private static WebhookConfiguration webhook(String name, String url, EventConfiguration... events) {
        WebhookConfiguration webhook = new WebhookConfiguration(name, url);
        webhook.setSecrets(List.of(new SecretReference("mdoq-secret")));
        webhook.setEvents(List.of(events));
        return webhook;
    }

    private static void job(JenkinsRule j, String name, String script) throws Exception {
        j.createProject(WorkflowJob.class, name).setDefinition(new CpsFlowDefinition(script, true));
    }
}

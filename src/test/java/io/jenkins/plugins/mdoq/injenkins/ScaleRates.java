package io.jenkins.plugins.mdoq.injenkins;

import io.jenkins.plugins.mdoq.controller.BuildHistory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** How often, and how fast, a controller does what is asked of it from outside. Each method is called in its process. */
public final class ScaleRates {

    private ScaleRates() {}

    /** A hook that does not block, a step that sends a POST and nothing else, and one that does nothing, in turns. */
    public static ArrayList<String> nonBlocking(JenkinsRule j, String url, int builds) throws Exception {
        BarePostStep.register();
        // A few to a build, as in real ones: the longer a Pipeline and its history are, the more each step costs.
        int times = 10;
        Path figures = Files.createTempFile("scale", "");
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                def hook = [], bare = [], none = []
                for (int i = 0; i < %d; i++) {
                    def begun = System.nanoTime()
                    mdoqReleaseHook 'Instance created'
                    hook << System.nanoTime() - begun
                    begun = System.nanoTime()
                    barePost '%s'
                    bare << System.nanoTime() - begun
                    begun = System.nanoTime()
                    sleep time: 1, unit: 'NANOSECONDS'
                    none << System.nanoTime() - begun
                }
                new File('%s').text = hook.join(' ') + '\\n' + bare.join(' ') + '\\n' + none.join(' ')
                """.formatted(times, url, figures), false));
        List<List<String>> lines = new ArrayList<>();
        for (int i = -2; i < builds; i++) {
            j.buildAndAssertSuccess(job);
            // The first ones load what the others find there.
            if (i >= 0) {
                lines.add(Files.readAllLines(figures));
            }
        }
        return new ArrayList<>(List.of(
                "hook that does not block: " + ScaleProbe.percentiles(numbers(lines, 0)),
                "bare POST as a step: " + ScaleProbe.percentiles(numbers(lines, 1)),
                "sleep of no time: " + ScaleProbe.percentiles(numbers(lines, 2))));
    }

    private static long[] numbers(List<List<String>> builds, int line) {
        return builds.stream()
                .flatMap(lines -> Arrays.stream(lines.get(line).split(" ")))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    /** How long the page of all webhooks takes, once the histories are read. */
    public static String page(JenkinsRule j, int times) throws Exception {
        HistoryPages.readAll();
        HttpClient browser = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(j.getURL() + "manage/mdoq-webhooks/"))
                .build();
        long[] nanoseconds = new long[times];
        int bytes = 0;
        for (int i = -3; i < times; i++) {
            long begun = System.nanoTime();
            HttpResponse<byte[]> page = browser.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (page.statusCode() != 200) {
                throw new AssertionError("the page was answered " + page.statusCode());
            }
            bytes = page.body().length;
            if (i >= 0) {
                nanoseconds[i] = System.nanoTime() - begun;
            }
        }
        return ScaleProbe.percentiles(nanoseconds) + ", " + bytes + " bytes";
    }

    /**
     * Releases taken in a second over HTTP, in turns with writes of the same lines and nothing else.
     *
     * @param name the job: the builds of {@code gate} go on, those of {@code pair} have one more lock
     */
    public static ArrayList<String> releases(JenkinsRule j, String name, int builds, int connections) throws Exception {
        List<WorkflowRun> waiting = ScaleProbe.waiting(j, name).subList(0, builds);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<Callable<Void>> calls = new ArrayList<>();
        for (WorkflowRun build : waiting) {
            HttpRequest request = release(j, build);
            calls.add(() -> {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new AssertionError(answer.statusCode() + " " + answer.body());
                }
                return null;
            });
        }
        double releases = perSecond(connections, calls);
        boolean goesOn = name.equals("gate");
        if (goesOn) {
            for (WorkflowRun build : waiting) {
                j.waitForCompletion(build);
            }
        }
        List<String> lines = Files.readAllLines(BuildHistory.of(waiting.get(0)).file());
        // A release, and the verdict if it decides.
        List<String> last = lines.subList(lines.size() - (goesOn ? 2 : 1), lines.size());
        byte[] line = (String.join("\n", last) + "\n").getBytes(StandardCharsets.UTF_8);
        Path folder = Files.createTempDirectory(Jenkins.get().getRootDir().toPath(), "scale");
        List<Callable<Void>> writes = new ArrayList<>();
        for (int i = 0; i < builds; i++) {
            Path file = Files.write(folder.resolve(Integer.toString(i)), lines);
            writes.add(() -> {
                append(file, line);
                return null;
            });
        }
        return new ArrayList<>(List.of(
                name + ": releases a second, " + connections + " connections: " + Math.round(releases),
                "durable writes of the same lines a second, as many at a time: "
                        + Math.round(perSecond(connections, writes))));
    }

    private static HttpRequest release(JenkinsRule j, WorkflowRun build) throws Exception {
        return HttpRequest.newBuilder(URI.create(j.getURL() + "mdoq/lock/release"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(ScaleProbe.bodyThatReleases(build)))
                .build();
    }

    private static double perSecond(int callers, List<Callable<Void>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            long begun = System.nanoTime();
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
            return calls.size() / ((System.nanoTime() - begun) / 1e9);
        } finally {
            threads.shutdown();
        }
    }

    private static void append(Path file, byte[] line) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap(line));
            channel.force(false);
        }
    }
}

package io.jenkins.plugins.mdoq.injenkins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A middleware on loopback that outlives the controller. It keeps to a {@link EndpointPlan} for each event of each build,
 * and releases a lock again and again until the controller says that it did.
 */
public final class PlannedEndpoint implements AutoCloseable {

    /** Where a build's event is, as the endpoint sees it. */
    public enum Moment {
        /** A request is here and was not answered. */
        ASKED,
        /** The answer is written. */
        ANSWERED,
        /** A note of progress is about to be sent. */
        REPORTING,
        /** The lock's release is about to be sent. */
        RELEASING,
        /** The lock's release was answered 200. */
        RELEASED,
        /** A notice is here that decides nothing, such as how the release ended. */
        NOTICE
    }

    /** Hears of each moment, on the thread that is at it. */
    @FunctionalInterface
    public interface Watch {
        /** Something is about to go on; what the watch does comes before. */
        void at(Moment moment, JsonNode body);
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Set<String> DECIDING = Set.of("before_release", "before_release_complete");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(PlannedEndpoint::daemon);
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(8, PlannedEndpoint::daemon);
    private final long seed;
    private final Watch watch;
    private final ConcurrentMap<String, Integer> requests = new ConcurrentHashMap<>();
    private final Set<String> working = ConcurrentHashMap.newKeySet();
    private final Map<String, EndpointPlan> released = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Set<String>> ends = new ConcurrentHashMap<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();

    /** Starts it. */
    public PlannedEndpoint(long seed, Watch watch) throws IOException {
        this.seed = seed;
        this.watch = watch;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/hook", this::handle);
        server.start();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "planned-endpoint");
        thread.setDaemon(true);
        return thread;
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** How often each delivery was requested, by its id. */
    public Map<String, Integer> requests() {
        return Map.copyOf(requests);
    }

    /** The deliveries whose lock's release was answered 200, with what they were released with. */
    public Map<String, EndpointPlan> released() {
        return Map.copyOf(released);
    }

    /** The ids of the deliveries that said how a build ended, by build. */
    public Map<String, Set<String>> ends() {
        return Map.copyOf(ends);
    }

    /** What the lock API refused although it must not. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** How many locks it still has to release. */
    public int open() {
        return working.size() - released.size();
    }

    /** The build that a request is from. */
    public static String build(JsonNode body) {
        return body.at("/source/job").asText() + "#" + body.at("/source/build").asText();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = MAPPER.readTree(exchange.getRequestBody());
            String event = body.path("event").asText();
            requests.merge(body.path("delivery").asText(), 1, Integer::sum);
            if (!DECIDING.contains(event)) {
                if (event.equals("release_ended")) {
                    ends.computeIfAbsent(build(body), any -> ConcurrentHashMap.newKeySet())
                            .add(body.path("delivery").asText());
                }
                watch.at(Moment.NOTICE, body);
                answer(exchange, "{}");
                return;
            }
            EndpointPlan plan = EndpointPlan.of(seed, build(body), event);
            watch.at(Moment.ASKED, body);
            if (plan.way() == EndpointPlan.Way.EARLY_RELEASE) {
                work(body, plan, 0);
            }
            TimeUnit.MILLISECONDS.sleep(plan.answerAfter());
            answer(exchange, plan.answer());
            watch.at(Moment.ANSWERED, body);
            work(body, plan, plan.releaseAfter());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
    }

    /** Begins to work on a delivery, once. */
    private void work(JsonNode body, EndpointPlan plan, int milliseconds) {
        if (plan.releases() && working.add(body.path("delivery").asText())) {
            for (int note = 1; note <= plan.notes(); note++) {
                int number = note;
                later.schedule(
                        () -> report(body, number),
                        (long) milliseconds * note / (plan.notes() + 1),
                        TimeUnit.MILLISECONDS);
            }
            later.schedule(() -> release(body, plan), milliseconds, TimeUnit.MILLISECONDS);
        }
    }

    /** Progress is no promise: what is refused, or has no listener, is not said again. */
    private void report(JsonNode body, int number) {
        watch.at(Moment.REPORTING, body);
        try {
            Gate.log(body, "step " + number + " of the work");
        } catch (IOException e) {
            // The controller is down.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release(JsonNode body, EndpointPlan plan) {
        watch.at(Moment.RELEASING, body);
        int status;
        String text = "";
        try {
            HttpResponse<String> response = Gate.release(body, plan.release());
            status = response.statusCode();
            text = response.body();
        } catch (IOException e) {
            status = 503;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (status == 200) {
            released.put(body.path("delivery").asText(), plan);
            watch.at(Moment.RELEASED, body);
            return;
        }
        // Jenkins' own check of crumbs may answer so for a moment while Jenkins starts, before any plugin can.
        boolean starting = status == 403 && text.contains("No valid crumb");
        if (status < 500 && !starting) {
            refusals.add(build(body) + " " + body.path("event").asText() + ": " + status + " " + text);
        }
        later.schedule(() -> release(body, plan), 200, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        later.shutdownNow();
    }
}

package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.mdoq.delivery.DeliveryClient;
import io.jenkins.plugins.mdoq.delivery.ProxySettings;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The engine on real threads against real endpoints, which do their work while they are being asked. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LoopbackTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private interface Endpoint {
        /** Handles a request; returns the answer's body, whose single quotes stand for double ones. */
        String handle(JsonNode body) throws Exception;
    }

    @TempDir
    private Path folder;

    private EngineFixture fixture;
    private HttpServer server;
    private ExecutorService threads;
    private DeliveryClient client;
    private ReleaseHook engine;
    private final AtomicReference<Throwable> endpointFailure = new AtomicReference<>();

    @BeforeEach
    void start() throws IOException {
        fixture = new EngineFixture(folder);
        threads = Executors.newFixedThreadPool(6);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        client = new DeliveryClient(ProxySettings.direct(), fixture.scheduler, fixture.clock, "");
        engine = new ReleaseHook(fixture.services(threads, client));
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        threads.shutdownNow();
        assertThat(endpointFailure.get()).isNull();
    }

    private Webhook webhook(String name, EventSettings settings, Endpoint endpoint) {
        return webhook(name, List.of(settings), endpoint);
    }

    private Webhook webhook(String name, List<EventSettings> settings, Endpoint endpoint) {
        server.createContext("/" + name, exchange -> serve(exchange, endpoint));
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
        return fixture.webhookAt(url, name, settings.toArray(EventSettings[]::new));
    }

    private void serve(HttpExchange exchange, Endpoint endpoint) throws IOException {
        try (exchange) {
            byte[] answer = endpoint.handle(MAPPER.readTree(exchange.getRequestBody()))
                    .replace('\'', '"')
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        } catch (Exception | AssertionError e) {
            endpointFailure.compareAndSet(null, e);
        }
    }

    private EventRun fire(Webhook... webhooks) {
        return engine.fire(fixture.process, EngineFixture.firing(webhooks));
    }

    @Test
    void shouldHaveBothRequestsInFlightBeforeEitherIsAnswered() {
        CyclicBarrier both = new CyclicBarrier(2);
        Endpoint endpoint = body -> {
            both.await();
            return "{'result':'success'}";
        };
        EventRun run =
                fire(webhook("one", EngineFixture.plain(), endpoint), webhook("two", EngineFixture.plain(), endpoint));

        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldHonourAReleaseFromInsideOfTheEndpointsHandler() {
        EventRun run = fire(webhook("gate", EngineFixture.blocking(), body -> {
            String lock = body.get("lock").textValue();
            assertThat(Files.readString(fixture.journal.file()))
                    .as("the lock is on disk before the request is here")
                    .contains("\"lock\":\"" + lock + "\"");
            assertThat(fixture.call("log", "gate", lock, "{'message':'working'}")
                            .status())
                    .isEqualTo(200);
            assertThat(fixture.call("release", "gate", lock, "{'message':'done'}")
                            .status())
                    .isEqualTo(200);
            return "{'result':'fail','rollback_release':true}";
        }));

        assertThat(run.verdict().join().action()).isEqualTo(Action.ROLLBACK);
        assertThat(fixture.told)
                .extracting(told -> told.fact().getClass().getSimpleName())
                .containsExactly("Fired", "Attempted", "Progressed", "Released", "Answered", "Settled");
    }

    @Test
    void shouldTellTheOneThatHoldsALockThatTheOtherStoppedTheRelease() throws Exception {
        AtomicInteger status = new AtomicInteger();
        AtomicReference<String> reason = new AtomicReference<>();
        EventRun run = fire(
                webhook("gate", List.of(EngineFixture.blocking(), EngineFixture.hears()), body -> {
                    if (body.get("event").textValue().equals("before_release_cancelled")) {
                        reason.set(body.get("reason").textValue());
                        status.set(fixture.call(
                                        "release",
                                        "gate",
                                        body.at("/about/lock").textValue(),
                                        "{}")
                                .status());
                    }
                    return "";
                }),
                webhook(
                        "stopper",
                        EngineFixture.plain(),
                        body -> "{'result':'fail','stop_release':true,'message':'no'}"));
        Fact.Settled settled = run.verdict().join();
        run.notices().join();

        assertThat(settled.action()).isEqualTo(Action.STOP);
        assertThat(status).hasValue(410);
        assertThat(reason).hasValue("no");
        assertThat(fixture.history().settled()).isEqualTo(settled);
        assertThat(fixture.journal.read().notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.settled()).isNotNull());
    }

    @Test
    void shouldTellProgressInTheOrderInWhichItCame() {
        EventRun run = fire(webhook("gate", EngineFixture.blocking(), body -> {
            String lock = body.get("lock").textValue();
            for (int i = 0; i < 50; i++) {
                fixture.call("log", "gate", lock, "{'message':'" + i + "'}");
            }
            fixture.call("release", "gate", lock, "{}");
            return "";
        }));
        run.verdict().join();

        List<String> notes = fixture.facts("gate").stream()
                .filter(Fact.Progressed.class::isInstance)
                .map(fact -> ((Fact.Progressed) fact).message())
                .toList();
        assertThat(notes)
                .isEqualTo(java.util.stream.IntStream.range(0, 50)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(fixture.facts(null)).last().isInstanceOf(Fact.Settled.class);
    }

    @Test
    void shouldSendUnicodeAsItIs() {
        AtomicReference<JsonNode> received = new AtomicReference<>();
        Webhook webhook = webhook("gate", EngineFixture.plain(), body -> {
            received.set(body);
            return "{'result':'fail','message':'Größe 漢字 🚀'}";
        });
        EventRun run = engine.fire(
                fixture.process,
                new FireRequest(
                        "before_release",
                        ReleaseEvent.BEFORE_RELEASE,
                        List.of(webhook),
                        Facts.json("{'branch':'fürs 漢字 🚀'}"),
                        null));

        assertThat(run.verdict().join().reason()).isEqualTo("Größe 漢字 🚀");
        assertThat(received.get().get("instance").get("branch").textValue()).isEqualTo("fürs 漢字 🚀");
    }
}

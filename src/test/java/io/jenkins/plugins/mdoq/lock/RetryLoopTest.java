package io.jenkins.plugins.mdoq.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loops of {@code docs/lock-api.md} as they are printed, each in a process of its own. */
class RetryLoopTest {

    /** A value with every character that a body of form fields has a meaning of its own for. */
    private static final String LOCK = "team/a+b & c=d%20é#7:gate:0123456789";

    @TempDir
    private Path folder;

    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            bodies.add(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("X-MDOQ-Secret") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            int status = statuses.size() > 1 ? statuses.remove() : statuses.peek();
            if (status == 0) {
                return;
            }
            byte[] answer = ("{\"status\":" + status + "}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Retry-After", "0");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static Path docs() {
        return Files.isDirectory(Path.of("docs")) ? Path.of("docs") : Path.of("../../docs");
    }

    private Process run(String language) throws Exception {
        Matcher loop = Pattern.compile(
                        "```" + (language.equals("sh") ? "sh\\n(?=try=)" : language + "\\n") + "(.*?)```",
                        Pattern.DOTALL)
                .matcher(Files.readString(docs().resolve("lock-api.md")));
        assertThat(loop.find()).isTrue();
        String text = loop.group(1);
        if (language.equals("php")) {
            text += "try { print(json_encode(releaseLock(getenv('RELEASE_URL'), getenv('SECRET'),"
                    + " ['lock' => getenv('LOCK'), 'result' => 'success'], 5, 0))); }"
                    + " catch (RuntimeException $e) { print($e->getMessage()); exit(1); }\n";
        }
        Path script = Files.writeString(folder.resolve("loop"), text);
        String program = language.equals("php") ? "php" : "sh";
        assumeTrue(
                isInstalled(program) && (program.equals("php") || isInstalled("curl")), program + " is not installed");
        ProcessBuilder builder = new ProcessBuilder(program, script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment()
                .putAll(Map.of(
                        "RELEASE_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/mdoq/lock/release",
                        "SECRET", "s3cret-s3cret",
                        "LOCK", LOCK,
                        "TRIES", "5",
                        "PAUSE", "0"));
        return builder.start();
    }

    private static boolean isInstalled(String program) {
        for (String place : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!place.isEmpty() && Files.isExecutable(Path.of(place, program))) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource({
        "sh,   200,                 0, 1",
        "php,  200,                 0, 1",
        "sh,   503 0 500 429 200,   0, 5",
        "php,  503 0 500 429 200,   0, 5",
        "sh,   503,                 1, 5",
        "php,  503,                 1, 5",
        "sh,   502 409,             1, 2",
        "php,  502 409,             1, 2",
        "sh,   401,                 1, 1",
        "php,  410,                 1, 1"
    })
    void shouldTryAgainUntilTheAnswerIsFinalAndNoLongerThanThat(String language, String answers, int exit, int calls)
            throws Exception {
        for (String status : answers.split(" ")) {
            statuses.add(Integer.valueOf(status));
        }

        assertThat(run(language).waitFor())
                .as(Files.readString(folder.resolve("output")))
                .isEqualTo(exit);

        assertThat(bodies).hasSize(calls);
        String form = bodies.get(0).substring(bodies.get(0).lastIndexOf(' ') + 1);
        assertThat(bodies.get(0)).startsWith("application/x-www-form-urlencoded s3cret-s3cret ");
        assertThat(FormFields.read(form.getBytes(StandardCharsets.US_ASCII)).object())
                .hasToString("{\"lock\":\"" + LOCK + "\",\"result\":\"success\"}");
    }
}

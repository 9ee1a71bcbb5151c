package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the jar prints, above all of what endpoints say. */
class OutputIT extends JarFixture {

    @Test
    void shouldPrintWhatAHostileEndpointSaysAsText() throws Exception {
        configure("", "");
        endpoint.answering(
                "before_release",
                "{\"result\":\"fail\",\"stop_release\":true,\"message\":\"no\\r"
                        + "\\n"
                        + "[MDOQ] before_release: the release goes on\\u001b[2J\\u202e\\u0085\\u2028[MDOQ] the end\"}");

        JarRun run = release("true");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(String.join("", run.out()))
                .doesNotContainPattern("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e]");
        assertThat(run.out())
                .noneMatch(line -> line.startsWith("[MDOQ] before_release: the release goes on"))
                .filteredOn(line -> line.startsWith("[MDOQ] the end"))
                .containsExactly("[MDOQ] the end: stopped (exit code 4)");
    }

    @Test
    void shouldNeverPrintOrKeepASecret() throws Exception {
        configure("", "blocking: true");
        String base64 = Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
        endpoint.answering(
                "before_release",
                request -> json().put(
                                "message",
                                "you sent " + request.body().get("secret").asText())
                        .put("encoded", base64)
                        .put(SECRET, 1)
                        .toString());
        endpoint.answering("before_release_complete", "<html>" + SECRET + "</html>");
        JarRun run = release("true", "--instance", "note=" + SECRET);
        TestEndpoint.Request asked = endpoint.next();
        assertThat(asked.body().get("instance").get("note").asText()).isEqualTo(SECRET);
        lockApi(asked, "log", json().put("lock", asked.lock()).put("message", "still " + SECRET));
        lockApi(asked, "release", json().put("lock", asked.lock()).put("message", "done with " + SECRET));

        assertThat(run.exitCode()).isEqualTo(3);
        JarRun table = start("history", "h");
        JarRun json = start("history", "h", "--json");
        for (List<String> printed : List.of(run.out(), run.err(), table.out(), json.out())) {
            assertThat(String.join("\n", printed)).doesNotContain(SECRET, base64);
        }
        try (Stream<Path> files = Files.list(folder.resolve("h"))) {
            assertThat(files).allSatisfy(file -> assertThat(file).content().doesNotContain(SECRET, base64));
        }
        assertThat(run.out()).contains("[MDOQ]   gate      | still ****");
    }

    @Test
    void shouldNeverPrintOrKeepTheTokenInAUrl() throws Exception {
        String path = "/T0AB12CD3?token=Quite-Another";
        configureAll(webhook("gate", endpoint.url() + path, "tries: 1", ""));
        endpoint.answering("before_release", "<html>not found: " + path + "</html>");
        JarRun run = release("true");

        assertThat(run.exitCode()).isEqualTo(3);
        JarRun table = start("history", "h");
        JarRun json = start("history", "h", "--json");
        for (List<String> printed : List.of(run.out(), run.err(), table.out(), json.out())) {
            assertThat(String.join("\n", printed)).doesNotContain("T0AB12CD3", "Quite-Another");
        }
        assertThat(String.join("\n", run.out())).contains("POST " + endpoint.url() + "/…");
        try (Stream<Path> files = Files.list(folder.resolve("h"))) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(file).content().doesNotContain("T0AB12CD3", "Quite-Another"));
        }
    }

    @Test
    void shouldFireOneEventAndPrintJsonAlone() throws Exception {
        Files.writeString(folder.resolve("mdoq.yaml"), """
            webhooks:
              - name: slack
                url: %s
                secret: ${MDOQ_SECRET}
                events:
                  - event: Passed regression testing
            """.formatted(endpoint.url()));
        endpoint.answering(
                "passed regression-testing",
                "{\"result\":\"FAIL\",\"stop_release\":\"1\",\"rollback_release\":1,\"message\":\"n\u00f6\"}");

        JarRun run = start(
                "fire", "--config", "mdoq.yaml", "--event", "passed regression-testing", "--history", "h", "--json");

        assertThat(run.exitCode()).isEqualTo(5);
        JsonNode json = json(run.out());
        assertThat(json.get("result").asText()).isEqualTo("fail");
        assertThat(json.get("outcome").asText()).isEqualTo("rollback");
        assertThat(json.get("action").asText()).isEqualTo("rollback");
        assertThat(json.get("stopRelease").asBoolean()).isFalse();
        assertThat(json.get("rollbackRelease").asBoolean()).isTrue();
        assertThat(json.get("message").asText()).isEqualTo("n\u00f6");
        assertThat(json.get("webhook").asText()).isEqualTo("slack");
        assertThat(json.get("entries")).hasSize(1);
        assertThat(json.get("entries").get(0).get("status").asInt()).isEqualTo(200);
        assertThat(run.err()).allMatch(line -> line.startsWith("[MDOQ] "));
    }

    @Test
    void shouldSayThatNoWebhookListens() throws Exception {
        configure("", "");

        JarRun run = start("fire", "--config", "mdoq.yaml", "--event", "deployed");

        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out())
                .contains("[MDOQ] deployed: no webhook listens")
                .anyMatch(line -> line.matches("\\[MDOQ] webhook history: \\.mdoq/\\d{8}T\\d{6}Z"));
    }

    @Test
    void shouldShowTheHistoryAsATableAndAsJson() throws Exception {
        configureListening("");
        endpoint.answering(
                "before_release_complete",
                "{\"result\":\"fail\",\"rollback_release\":true,\"message\":\"the smoke test failed\"}");
        release("true", "--rollback", "exit 2").exitCode();

        List<String> table = start("history", "h").out();
        assertThat(table).hasSize(6);
        assertThat(table.get(0)).startsWith("TIME (UTC)").endsWith("MESSAGE");
        assertThat(table.get(1)).containsPattern(" before_release +gate +1 +200 .* success +continue$");
        assertThat(table.get(2))
                .containsPattern(
                        " before_release_complete +gate +1 +200 .* rollback +rollback  the smoke test failed$");
        assertThat(table.get(3)).containsPattern(" release_ended +gate +1 +200 .* success +-$");
        assertThat(table.get(4)).containsPattern("^release: started at .*, done$");
        assertThat(table.get(5)).containsPattern("^rollback: started at .*, failed \\(2\\)$");

        JsonNode json = json(start("history", "h", "--json").out());
        assertThat(json.get("events")).hasSize(3);
        assertThat(json.get("events").get(1).get("verdict").get("action").asText())
                .isEqualTo("rollback");
        JsonNode ended = json.get("events").get(2);
        assertThat(ended.get("tellsOnly").asBoolean()).isTrue();
        assertThat(ended.get("verdict").isNull()).isTrue();
        assertThat(ended.get("data").get("outcome").asText()).isEqualTo("rollback_failed");
        assertThat(json.get("steps").get(1).get("status").asInt()).isEqualTo(2);
        assertThat(json.get("damage")).isEmpty();
    }

    @Test
    void shouldShowTheHistoryOfARunThatGoesOn() throws Exception {
        configure("", "blocking: true");
        JarRun run = release("true");
        run.awaitLine("answered 200");

        assertThat(start("history", "h").out().get(1)).containsPattern(" held +[0-9.]+ m?s +waiting +waiting$");
    }

    @Test
    void shouldWriteTheHistoryAsAPage() throws Exception {
        configure("", "blocking: true");
        JarRun run = release("true");
        run.awaitLine("answered 200");

        JarRun written = start("history", "h", "--html", "page.html");
        assertThat(written.out()).isEmpty();
        assertThat(written.exitCode()).isZero();
        assertThat(folder.resolve("page.html")).content().contains("waits for gate to release its lock");
        assertThat(folder.resolve("page.html.part")).doesNotExist();

        run.kill();
        assertThat(start("history", "h", "--html", "page.html").exitCode()).isZero();
        assertThat(folder.resolve("page.html")).content().contains("the process ended without a verdict");

        JarRun nowhere = start("history", "h", "--html", "none/page.html");
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(nowhere.err()).singleElement().asString().contains("which is no folder; make it first");
        JarRun onto = start("history", "h", "--html", "h");
        assertThat(onto.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(onto.err()).singleElement().asString().contains("is a folder; name a file");
        JarRun none = start("history", "--html", "page.html");
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(none.err()).singleElement().asString().endsWith("--html is for one history; name its folder");
        JarRun many = start("history", ".", "--html", "page.html");
        assertThat(many.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(many.err()).singleElement().asString().endsWith("name its folder, as . holds none");
    }

    @Test
    void shouldSayWhereAHistoryWouldBe() throws Exception {
        JarRun run = start("history", ".");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .containsExactly("mdoq-release-hook: . holds no webhook history (there is no webhook-history.jsonl in"
                        + " it); name the folder that --history named");
    }

    @Test
    void shouldPlayTheDemo() throws Exception {
        JarRun run = start("demo", "--html", "demo.html");

        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out())
                .filteredOn(line -> line.endsWith("as it should"))
                .extracting(line -> line.replaceFirst("^=== (\\w+): .*exit code (\\d).*", "$1 $2"))
                .containsExactly(
                        "success 0",
                        "fail 0",
                        "stop 4",
                        "rollback 5",
                        "lock 0",
                        "chat 0",
                        "expired 3",
                        "down 3",
                        "crash 0");
        assertThat(run.out())
                .contains("[MDOQ]   release-gate  | regression tests: 256 of 256 passed")
                .contains("the shop serves v42 now", "the shop serves v41 now")
                .contains("--- the program was killed; the release command has not run: the shop serves v41")
                .contains("[endpoint] nobody answers there; tries again", "[endpoint] the lock API answered 200")
                .anyMatch(line -> line.contains("lock released by endpoint at 127.0.0.1"))
                .contains("=== rollback: its history as a page: demo.html")
                .anyMatch(line -> line.startsWith("[chat] "))
                .anyMatch(line -> line.contains("lock expired"))
                .anyMatch(line -> line.matches("  java -jar \\S+ demo try"));
    }

    @Test
    void shouldHoldAReleaseUntilThePrintedLineReleasesIt() throws Exception {
        JarRun run = start("demo", "try");
        run.awaitLine("[endpoint] to stop it:");
        String line = run.awaitLine("stop_release");

        // As in a shell; what it would send is taken from there, as not every machine has curl.
        ProcessBuilder shell =
                new ProcessBuilder("/bin/sh", "-c", line.strip().replaceFirst("^curl", "printf '%s\\\\n'"));
        String[] words = new String(shell.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n");
        String secret = words[3].replaceFirst("X-MDOQ-Secret: ", "");
        assertThat(post(words[6], secret, "application/json", words[5]).statusCode())
                .isEqualTo(200);

        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out())
                .contains("=== try: stopped (a release ends with exit code 4), the shop serves v41, as it should")
                .noneMatch(each -> each.contains("$MDOQ_SECRET"));
    }
}

package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The command {@code check}, and other commands that begin no run. */
class CheckIT extends JarFixture {

    @Test
    void shouldSayWhatAConfigurationMeansAndAskNobody() throws Exception {
        configureAll(
                webhook("gate", "https://middleware.example.com/mdoq/T0KEN", "", "blocking: true"),
                "  - name: chat\n    url: http://127.0.0.1:1/\n    secret: ${MDOQ_SECRET}\n    events: [{event:"
                        + " Deployed}]\n");

        JarRun run = start("check", "--config", "mdoq.yaml");

        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out())
                .containsExactly(
                        "mdoq.yaml: nothing is wrong, 2 webhooks",
                        "  gate: POST https://middleware.example.com/mdoq/… on before_release (blocks),"
                                + " before_release_complete",
                        "  chat: POST http://127.0.0.1:1/ on Deployed",
                        "hint: gate holds a lock on before_release and does not listen to before_release_cancelled, so it"
                                + " is not told when that lock is given up; add the event before_release_cancelled if the"
                                + " endpoint knows what to do with it");
        assertThat(run.err()).isEmpty();
        assertThat(exists(".mdoq")).isFalse();
    }

    @Test
    void shouldSayWhatIsWrongWithEachWebhook() throws Exception {
        configureAll(
                webhook("one", endpoint.url(), "tires: 2", ""),
                webhook("two", endpoint.url(), "", "onfail: FAIL"),
                webhook("three", "ftp://example.com", "", ""));

        JarRun run = start("check", "--config", "mdoq.yaml", "--ping");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .hasSize(3)
                .anyMatch(line -> line.equals(
                        "mdoq-release-hook: mdoq.yaml:5: unknown key 'tires' for a webhook; did you mean tries?"))
                .anyMatch(line -> line.equals(
                        "mdoq-release-hook: mdoq.yaml:14: unknown key 'onfail' for an event; did you mean onFail?"))
                .anyMatch(line -> line.startsWith("mdoq-release-hook: mdoq.yaml:17: a webhook's URL begins with"));
        assertThat(run.out()).isEmpty();
        assertThat(endpoint.calls()).isZero();
    }

    @Test
    void shouldNoteThatNobodyGuardsAnEvent() throws Exception {
        configureAll("  - name: gate\n    url: " + endpoint.url()
                + "\n    secret: ${MDOQ_SECRET}\n    events: [{event: before_release}]\n");

        assertThat(start("check", "--config", "mdoq.yaml").out())
                .contains("note: no webhook listens to before_release_complete");
    }

    @Test
    void shouldPingEachWebhookWithoutALock() throws Exception {
        try (TestEndpoint other = new TestEndpoint()) {
            configureAll(
                    webhook("gate", endpoint.url(), "", "blocking: true"),
                    webhook("other", other.url(), "sign: true", ""));
            endpoint.answering("ping", "{\"result\":\"success\",\"message\":\"hello\\u001b[2J " + SECRET + "\"}");

            JarRun run = start("check", "--config", "mdoq.yaml", "--ping");

            assertThat(run.exitCode()).isEqualTo(0);
            assertThat(run.out())
                    .contains(
                            "  gate: ping answered 200: success",
                            "  gate: | hello [2J ****",
                            "  other: ping answered 200: success");
            TestEndpoint.Request ping = endpoint.next();
            assertThat(ping.event()).isEqualTo("ping");
            assertThat(ping.body().get("test").isBoolean()).isTrue();
            assertThat(ping.body().get("test").asBoolean()).isTrue();
            assertThat(ping.body().get("secret").asText()).isEqualTo(SECRET);
            assertThat(ping.body().get("instance")).isEqualTo(json());
            assertThat(ping.body().has("lock")).isFalse();
            assertThat(ping.body().has("release_url")).isFalse();
            assertThat(other.next().header("Webhook-signature")).startsWith("v1,");
            assertThat(exists(".mdoq")).isFalse();
        }
    }

    @Test
    void shouldEndWith3IfAWebhookCannotBeAsked() throws Exception {
        try (TestEndpoint down = new TestEndpoint()) {
            configureAll(webhook("gate", endpoint.url(), "", ""), webhook("down", down.url(), "tries: 3", ""));
            down.close();

            JarRun run = start("check", "--config", "mdoq.yaml", "--ping");

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out())
                    .contains("  gate: ping answered 200: success")
                    .anyMatch(line -> line.startsWith("  down: ping failed: no connection to 127.0.0.1:"));
            assertThat(endpoint.calls()).isEqualTo(1);
        }
    }

    @Test
    void shouldListHistoriesAndRemoveOldOnes() throws Exception {
        configure("", "");
        assertThat(start("release", "--config", "mdoq.yaml", "--run", "true", "--instance", "version=v42")
                        .exitCode())
                .isEqualTo(0);

        JarRun list = start("history");
        assertThat(list.exitCode()).isEqualTo(0);
        assertThat(list.out().get(1))
                .containsPattern("^\\.mdoq/\\S+ +\\S+ \\S+ +released +version=v42 +the release goes on");
        assertThat(json(start("history", "--json").out()).get("histories")).hasSize(1);
        assertThat(start("history", ".mdoq").out()).isEqualTo(list.out());

        assertThat(start("history", "--prune", "1d").out()).containsExactly(".mdoq: 0 removed, 1 kept");
        JarRun wrong = start("history", "--prune", "30");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err())
                .containsExactly("mdoq-release-hook: --prune is 30, a number without a unit; write 30s for seconds, 30m"
                        + " for minutes or 30h for hours");
    }

    @Test
    void shouldCompleteCommandsAndOptionsInAShell() throws Exception {
        Path script = folder.resolve("completion.sh");
        JarRun run = start("generate-completion");
        assertThat(run.exitCode()).isEqualTo(0);
        Files.write(script, run.out());
        Process bash;
        try {
            bash = new ProcessBuilder("bash", "-c", """
                    source completion.sh
                    complete_line() {
                      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
                      _complete_mdoq-release-hook; echo "${COMPREPLY[@]}"
                    }
                    complete_line mdoq-release-hook rel
                    complete_line mdoq-release-hook release --rollb
                    complete_line mdoq-release-hook demo l
                    """)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("there is no bash here: " + e.getMessage());
            return;
        }
        List<List<String>> completions = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> Arrays.stream(line.split(" ")).sorted().toList())
                .toList();
        assertThat(completions)
                .containsExactly(List.of("release"), List.of("--rollback", "--rollback-on-failure"), List.of("lock"));
    }

    @Test
    void shouldSayWhichJobsAWebhookIsFor() throws Exception {
        configureAll(webhook("gate", endpoint.url(), "jobs: [\"shop/**\", \"!shop/sandbox/**\"]", ""));

        assertThat(start("check", "--config", "mdoq.yaml").out())
                .anyMatch(line -> line.endsWith("before_release_complete, for the jobs shop/**, !shop/sandbox/**"));
    }

    @Test
    void shouldNoteThatNobodyGuardsARelease() throws Exception {
        configureAll("  - name: chat\n    url: http://127.0.0.1:1/\n    format: SLACK\n    events: [{event:"
                + " before_release}]\n");

        assertThat(start("check", "--config", "mdoq.yaml").out())
                .contains(
                        "note: no webhook listens to before_release that decides",
                        "note: no webhook listens to before_release_complete",
                        "note: without --job, nobody guards this release: of the webhooks that listen to before_release or"
                                + " before_release_complete, 'chat' is a chat, which decides nothing; the command"
                                + " release refuses it unless --no-webhook-ok is given");
    }
}

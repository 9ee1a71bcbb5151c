package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The options of a release beside its commands, as the jar takes them. */
class ReleaseOptionsIT extends JarFixture {

    private static final String ROLLBACK = "{\"result\":\"fail\",\"rollback_release\":true,\"message\":\"smoke\"}";

    @Test
    void shouldPrintOneJsonObjectAboutARelease() throws Exception {
        configure("", "");

        JarRun run = release("echo printed by the command", "--json");

        assertThat(run.exitCode()).isEqualTo(0);
        JsonNode json = json(run.out());
        assertThat(json.get("outcome").asText()).isEqualTo("released");
        assertThat(json.get("exitCode").asInt()).isZero();
        assertThat(json.get("deployed").asBoolean()).isTrue();
        assertThat(json.get("endedBefore").asBoolean()).isFalse();
        assertThat(json.get("why").asText()).isEqualTo("the release goes on: every webhook agreed");
        assertThat(json.get("history").asText())
                .isEqualTo(folder.toRealPath().resolve("h").toString());
        assertThat(json.get("events")).hasSize(2);
        assertThat(json.get("steps").get(0).get("step").asText()).isEqualTo("release");
        assertThat(run.err())
                .contains("printed by the command", "[MDOQ] the end: released (exit code 0)")
                .noneMatch(line -> line.startsWith("mdoq-release-hook: "));

        JsonNode again = json(release("echo printed by the command", "--json").out());
        assertThat(again.get("outcome").asText()).isEqualTo("released");
        assertThat(again.get("endedBefore").asBoolean()).isTrue();
    }

    @Test
    void shouldSayInJsonWhatBecameOfAReleaseThatDidNotPass() throws Exception {
        configure("", "");
        endpoint.answering("before_release", "{\"result\":\"fail\",\"stop_release\":true,\"message\":\"freeze\"}");

        JarRun stopped = release("true", "--json");

        assertThat(stopped.exitCode()).isEqualTo(4);
        assertThat(json(stopped.out()).get("outcome").asText()).isEqualTo("stopped");
        assertThat(json(stopped.out()).get("deployed").asBoolean()).isFalse();
        assertThat(json(stopped.out()).get("why").asText())
                .isEqualTo("the release is stopped, decided by gate: freeze");
    }

    @Test
    void shouldSayInJsonThatAReleaseStandsThatShouldBeUndone() throws Exception {
        configure("", "");
        endpoint.answering("before_release_complete", ROLLBACK);

        JarRun run = release("true", "--json");

        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(json(run.out()).get("outcome").asText()).isEqualTo("rollback_failed");
        assertThat(json(run.out()).get("deployed").asBoolean()).isTrue();
    }

    @Test
    void shouldPrintNoJsonIfItIsCalledWrongly() throws Exception {
        configure("tries: -1", "");

        JarRun run = release("true", "--json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void shouldUndoAReleaseWhoseCommandFailedIfAsked() throws Exception {
        configure("", "");

        JarRun run = release(
                "touch half; exit 3",
                "--rollback",
                "rm half; echo \"[$MDOQ_STEP|$MDOQ_EVENT|$MDOQ_ACTION|$MDOQ_REASON]\"",
                "--rollback-on-failure");

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(exists("half")).isFalse();
        assertThat(run.out()).contains("[rollback||rollback|the release command failed with exit status 3]");
        JsonNode json = json(release(
                        "touch half; exit 3",
                        "--rollback",
                        "rm half; echo \"[$MDOQ_STEP|$MDOQ_EVENT|$MDOQ_ACTION|$MDOQ_REASON]\"",
                        "--json")
                .out());
        assertThat(json.get("outcome").asText()).isEqualTo("rolled_back");
        assertThat(json.get("exitCode").asInt()).isEqualTo(6);
        assertThat(json.get("endedBefore").asBoolean()).isTrue();
    }

    @Test
    void shouldSayThatAFailedReleaseCouldNotBeUndone() throws Exception {
        configure("", "");

        assertThat(release("exit 3", "--rollback", "exit 4", "--rollback-on-failure")
                        .exitCode())
                .isEqualTo(7);
    }

    @Test
    void shouldTellCommandsTheVerdictAndNoSecret() throws Exception {
        configureAll(webhook("gate", "${GATE_URL}", "", ""));
        endpoint.answering(
                "before_release_complete",
                "{\"result\":\"fail\",\"rollback_release\":true,\"message\":\"two\\nlines\\u001b[31m $(id) `id`\"}");
        String print = "env | grep -e ^MDOQ_ -e ^GATE_ -e ^KEPT= | sort";

        JarRun run = start(
                Map.of("GATE_URL", endpoint.url(), "KEPT", "yes"),
                "release",
                "--config",
                "mdoq.yaml",
                "--history",
                "h",
                "--run",
                print,
                "--rollback",
                print);

        assertThat(run.exitCode()).isEqualTo(5);
        List<String> variables =
                run.out().stream().filter(line -> !line.startsWith("[MDOQ]")).toList();
        String history = "MDOQ_HISTORY=" + folder.toRealPath().resolve("h");
        assertThat(variables)
                .containsExactly(
                        "KEPT=yes",
                        "MDOQ_ACTION=continue",
                        "MDOQ_EVENT=before_release",
                        history,
                        "MDOQ_OUTCOME=success",
                        "MDOQ_REASON=every webhook agreed",
                        "MDOQ_STEP=release",
                        "MDOQ_WEBHOOK=",
                        "KEPT=yes",
                        "MDOQ_ACTION=rollback",
                        "MDOQ_EVENT=before_release_complete",
                        history,
                        "MDOQ_OUTCOME=rollback",
                        "MDOQ_REASON=two lines [31m $(id) `id`",
                        "MDOQ_STEP=rollback",
                        "MDOQ_WEBHOOK=gate");
    }

    @Test
    void shouldBeginLinesWithTheTimeIfAsked() throws Exception {
        configure("", "");

        JarRun run = release("true", "--timestamps");

        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out()).allMatch(line -> line.matches("\\[MDOQ] \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ .*"));
    }

    @Test
    void shouldSayAtIntervalsWhatItWaitsFor() throws Exception {
        configure("", "blocking: true");

        JarRun run = release(BUSY, "--heartbeat", "1s");

        run.awaitLine("[MDOQ] before_release: still waiting for gate (holds its lock), for ");
        release(endpoint.next(), "success");
        run.awaitLine("[MDOQ] release: still at work, for ");
        run.endInput();
        assertThat(run.exitCode()).isEqualTo(0);
    }

    @Test
    void shouldGiveUpLocksWhenItsTimeIsOver() throws Exception {
        configureListening("blocking: true");

        JarRun run = release("touch released", "--timeout", "1s", "--json");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(exists("released")).isFalse();
        String why = "the run took longer than its --timeout of 1s";
        assertThat(json(run.out()).get("outcome").asText()).isEqualTo("aborted");
        assertThat(json(run.out()).get("why").asText()).isEqualTo(why);
        assertThat(run.err()).contains("[MDOQ] before_release: the release was aborted: " + why);
        TestEndpoint.Request asked = endpoint.next();
        List<TestEndpoint.Request> told = List.of(endpoint.next(), endpoint.next());
        assertThat(told)
                .extracting(TestEndpoint.Request::event)
                .containsExactlyInAnyOrder("before_release_cancelled", "release_ended");
        assertThat(told)
                .extracting(request -> request.body().at("/about/lock").asText())
                .contains(asked.lock());
    }

    @Test
    void shouldEndAReleaseCommandWhoseTimeIsOverAndUndoIt() throws Exception {
        configure("", "");

        JarRun run = release("touch half; cat", "--timeout", "2s", "--rollback", "rm half", "--rollback-on-failure");

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(exists("half")).isFalse();
        assertThat(run.out())
                .contains(
                        "[MDOQ] release: failed (124): it was ended, as the run took longer than its --timeout of 2s");
    }

    @Test
    void shouldNotBreakOffARollbackWhenItsTimeIsOver() throws Exception {
        configure("", "");
        endpoint.answering("before_release_complete", ROLLBACK);

        JarRun run = release("true", "--timeout", "2s", "--heartbeat", "1s", "--rollback", BUSY);
        run.awaitLine("at-work");
        run.awaitLine("[MDOQ] rollback: still at work, for 3");
        run.endInput();

        assertThat(run.exitCode()).isEqualTo(5);
    }

    @Test
    void shouldRefuseDurationsThatAreNone() throws Exception {
        configure("", "");

        assertThat(release("true", "--timeout", "30").err())
                .containsExactly("mdoq-release-hook: --timeout is 30, a number without a unit; write 30s for seconds,"
                        + " 30m for minutes or 30h for hours");
        assertThat(release("true", "--timeout", "0s").err())
                .containsExactly("mdoq-release-hook: --timeout is '0s'; write a duration such as 90s, 30m or 2h, or"
                        + " leave the option out");
        JarRun run = release("true", "--heartbeat", "often");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).singleElement().asString().startsWith("mdoq-release-hook: --heartbeat is 'often'; write");
        assertThat(release("true", "--rollback-on-failure").err())
                .containsExactly("mdoq-release-hook: --rollback-on-failure needs a command to run; add --rollback CMD");
        assertThat(exists("h")).isFalse();
    }

    @Test
    void shouldPassByAWebhookThatIsForOtherJobs() throws Exception {
        try (TestEndpoint other = new TestEndpoint()) {
            configureAll(
                    webhook("gate", endpoint.url(), "", ""),
                    webhook("theirs", other.url(), "jobs: [\"crm/**\"]", "blocking: true"));

            JarRun run = release("true", "--json", "--job", "shop/release");

            assertThat(run.exitCode()).isEqualTo(0);
            assertThat(other.calls()).isZero();
            assertThat(json(run.out()).at("/events/0/passedBy/0/webhook").asText())
                    .isEqualTo("theirs");
            assertThat(json(run.out()).at("/events/0/passedBy/0/reason").asText())
                    .isEqualTo("not for this job, but for crm/**");
            assertThat(run.err()).anyMatch(line -> line.contains("theirs    passed by: not for this job"));
            assertThat(start("history", "h").out())
                    .contains("before_release: theirs was passed by: not for this job, but for crm/**");
        }
    }

    @Test
    void shouldSendWhatTheProgramKnowsAndNothingOfTheEnvironment() throws Exception {
        configure("", "");

        JarRun run = release("true", "--job", "shop/release", "--instance", "source=forged", "--data", "ticket=1");

        assertThat(run.exitCode()).isEqualTo(0);
        JsonNode source = endpoint.next().body().get("source");
        assertThat(source.get("sender").asText()).isEqualTo("command_line");
        assertThat(source.get("job").asText()).isEqualTo("shop/release");
        assertThat(source.get("build").isIntegralNumber()).isTrue();
        assertThat(source.get("version").asText()).isNotBlank();
        assertThat(source).hasSize(4);
        assertThat(endpoint.next().body().get("source")).isEqualTo(source);
    }

    @Test
    void shouldRefuseDataInTheSourcesPlace() throws Exception {
        configure("", "");

        JarRun run = release("true", "--data", "source=forged");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .containsExactly("mdoq-release-hook: --data: 'source' in 'data' is a field of the protocol itself;"
                        + " choose another name for it");
    }
}

package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.mdoq.hook.EventSettings;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.lock.LockValue;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

/**
 * Plays releases against an endpoint of its own, so that one sees what the program does before one sets anything up.
 */
@Command(
        name = "demo",
        description = {
            "Starts an endpoint on loopback and plays a release against it; without a scenario it plays them all.",
            "",
            ""
        },
        exitCodeList = {"0:each release ended as it should", "1:one did not", "2:wrong usage"})
final class DemoCommand implements Callable<Integer> {

    private static final String WEBHOOK = "release-gate";
    private static final String VARIABLE = "MDOQ_SECRET";

    @ParentCommand
    private Main main;

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            completionCandidates = Scenarios.class,
            converter = Scenarios.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private DemoScenario scenario;

    /** The scenarios by their names on the command line. */
    static final class Scenarios implements Iterable<String>, ITypeConverter<DemoScenario> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(DemoScenario.values()).map(DemoScenario::word).iterator();
        }

        @Override
        public DemoScenario convert(String word) {
            return Arrays.stream(DemoScenario.values())
                    .filter(known -> known.word().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + word + "' is no scenario; write one of " + String.join(", ", this)));
        }
    }

    @Override
    public Integer call() throws IOException {
        Console console = main.console();
        List<DemoScenario> wrong = new ArrayList<>();
        List<DemoScenario> played = scenario == null ? List.of(DemoScenario.values()) : List.of(scenario);
        for (DemoScenario each : played) {
            console.print("=== " + each.word() + ": " + each.title());
            each.story().forEach(line -> console.print("    " + line));
            ExitCode end = play(each, console);
            boolean right = end == each.expected();
            console.print("=== " + each.word() + ": " + end.meaning() + " (a release ends with exit code "
                    + end.number() + "), "
                    + (right
                            ? "as it should"
                            : "but it should be: " + each.expected().meaning()));
            console.print("");
            if (!right) {
                wrong.add(each);
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("the demo did not end as it should: " + wrong);
        }
        return ExitCode.RELEASED.number();
    }

    private ExitCode play(DemoScenario each, Console console) throws IOException {
        SharedSecret secret = SharedSecret.of(LockValue.randomToken());
        Path folder = Files.createTempDirectory("mdoq-demo");
        try (DemoEndpoint endpoint = new DemoEndpoint(secret, call -> play(each, call), console);
                HistoryFolder history = HistoryFolder.open(folder, Instant.now());
                Session session = new Session(settings(each, endpoint, secret), history, console)) {
            if (each == DemoScenario.DOWN) {
                endpoint.goDown();
            }
            ReleaseRun.Commands commands = new ReleaseRun.Commands(
                    "echo '           the release command is at work'",
                    "echo '           the rollback command is at work'",
                    false,
                    false,
                    false);
            return new ReleaseRun(session, commands).run().code();
        } finally {
            delete(folder);
        }
    }

    /** Notices are answered alike in all scenarios. */
    private static void play(DemoScenario each, DemoEndpoint.Call call) {
        if (call.event().endsWith("_rolled_back")) {
            call.answer(200, "{}");
        } else {
            each.play(call);
        }
    }

    private static Session.Settings settings(DemoScenario each, DemoEndpoint endpoint, SharedSecret secret) {
        EventSettings before = new EventSettings(
                ReleaseEvent.BEFORE_RELEASE,
                each == DemoScenario.LOCK,
                Duration.ZERO,
                OnFail.CONTINUE,
                OnDeliveryError.FAIL,
                Duration.ZERO,
                OnLockTimeout.FAIL);
        Webhook webhook = new Webhook(
                WEBHOOK,
                WebhookUrl.of(endpoint.url()),
                List.of(VARIABLE),
                Duration.ofSeconds(Webhook.DEFAULT_TIMEOUT_SECONDS),
                each == DemoScenario.DOWN ? 2 : Webhook.DEFAULT_TRIES,
                false,
                List.of(),
                List.of(before, EventSettings.of(ReleaseEvent.BEFORE_RELEASE_COMPLETE)));
        return new Session.Settings(
                new Configuration(List.of(webhook), Map.of(WEBHOOK, Secrets.of(List.of(secret))), List.of(), Set.of()),
                Map.of(),
                ListenAddress.parse(ListenAddress.DEFAULT, null),
                "demo",
                new ReleaseIdentity(
                        ReleaseIdentity.RELEASE,
                        null,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("name", "shop")
                                .put("branch", "main"),
                        null,
                        Map.of()),
                Session.Limits.NONE);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

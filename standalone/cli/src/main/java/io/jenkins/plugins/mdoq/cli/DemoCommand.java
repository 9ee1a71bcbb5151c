package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.hook.EventSettings;
import io.jenkins.plugins.mdoq.hook.JobPatterns;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

/**
 * Plays releases against an endpoint of its own, so that one sees what the program does before one sets anything up.
 */
@Command(
        name = "demo",
        description = {
            "Starts an endpoint on loopback and plays a release against it; without a scenario it plays all that end by"
                    + " themselves, in about ten seconds. With the scenario try it is you who decides.",
            "",
            ""
        },
        exitCodeList = {"0:each release ended as it should", "1:one did not", "2:wrong usage"})
final class DemoCommand implements Callable<Integer> {

    static final String WEBHOOK = "release-gate";
    static final String VARIABLE = "MDOQ_SECRET";

    /** The name of the history's folder. */
    static final String HISTORY = "history";

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

    @ParentCommand
    private Main main;

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            completionCandidates = Scenarios.class,
            converter = Scenarios.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private DemoScenario scenario;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the history of the scenario, or of rollback if all are played, as a page.")
    private Path html;

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
        List<DemoScenario> played = scenario == null ? DemoScenario.byThemselves() : List.of(scenario);
        for (DemoScenario each : played) {
            console.print("=== " + each.word() + ": " + each.title());
            each.story().forEach(line -> console.print("    " + line));
            if (!play(each, console)) {
                wrong.add(each);
            }
            console.print("");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("the demo did not end as it should: " + wrong);
        }
        whatNext(console);
        return ExitCode.RELEASED.number();
    }

    /** Plays a scenario; whether it ended as it should. */
    private boolean play(DemoScenario each, Console console) throws IOException {
        SharedSecret secret = SharedSecret.of(LockValue.randomToken());
        try (DemoShop shop = new DemoShop();
                DemoChat chat = new DemoChat(console);
                DemoEndpoint endpoint = new DemoEndpoint(secret, each::play, console)) {
            ExitCode end = each == DemoScenario.CRASH
                    ? new DemoCrash(shop, endpoint, secret, console).play()
                    : play(each, shop, settings(each, endpoint, chat, secret), endpoint, console);
            if (html != null && (each == scenario || scenario == null && each == DemoScenario.ROLLBACK)) {
                Path history = shop.folder().resolve(HISTORY);
                HtmlFile.write(html, history, Journal.in(history).read(), Instant.now());
                console.print("=== " + each.word() + ": its history as a page: " + html);
            }
            boolean right = each.isRight(end, shop.version());
            console.print("=== " + each.word() + ": " + end.meaning() + " (a release ends with exit code "
                    + end.number() + "), the shop serves " + shop.version() + ", "
                    + (right ? "as it should" : "which is wrong"));
            return right;
        }
    }

    private ExitCode play(
            DemoScenario each, DemoShop shop, Session.Settings settings, DemoEndpoint endpoint, Console console)
            throws IOException {
        try (HistoryFolder history = HistoryFolder.open(shop.folder().resolve(HISTORY), Instant.now());
                Session session = new Session(settings, history, console)) {
            if (each == DemoScenario.DOWN) {
                endpoint.goDown();
            }
            ReleaseRun.Commands commands =
                    new ReleaseRun.Commands(shop.release(), shop.rollback(), false, false, false);
            return new ReleaseRun(session, commands).run().code();
        }
    }

    private static Webhook ofChat(DemoChat chat) {
        return new Webhook(
                "chat",
                WebhookUrl.of(chat.url()),
                List.of(),
                Duration.ofSeconds(Webhook.DEFAULT_TIMEOUT_SECONDS),
                Webhook.DEFAULT_TRIES,
                false,
                List.of(),
                List.of(
                        EventSettings.of(ReleaseEvent.BEFORE_RELEASE),
                        EventSettings.of(ReleaseEvent.BEFORE_RELEASE_COMPLETE),
                        EventSettings.of(ReleaseEvent.RELEASE_ENDED)),
                "SLACK",
                JobPatterns.ALL);
    }

    private void whatNext(Console console) {
        String classPath = System.getProperty("java.class.path", "");
        String program = classPath.endsWith(".jar") ? "java -jar " + CurlLine.quoted(classPath) : "mdoq-release-hook";
        console.print("What next:");
        if (scenario != DemoScenario.TRY) {
            console.print("  " + program + " demo try");
            console.print("      holds a release that you release, or stop, with curl");
        }
        if (html == null) {
            console.print("  " + program + " demo rollback --html demo.html");
            console.print("      writes the history of a release as a page");
        }
        console.print("  " + program + " release --help");
        console.print("      guards a release of yours; docs/command-line.md has a configuration to begin with");
        console.print("  docs/writing-an-endpoint.md");
        console.print("      whole endpoints in four languages; README.md says how to set up the Jenkins plugin");
    }

    private Session.Settings settings(DemoScenario each, DemoEndpoint endpoint, DemoChat chat, SharedSecret secret) {
        EventSettings before = new EventSettings(
                ReleaseEvent.BEFORE_RELEASE,
                each.blocks(),
                each == DemoScenario.EXPIRED ? LOCK_TIMEOUT : Duration.ZERO,
                OnFail.CONTINUE,
                OnDeliveryError.FAIL,
                Duration.ZERO,
                OnLockTimeout.FAIL);
        Webhook webhook = new Webhook(
                WEBHOOK,
                WebhookUrl.of(endpoint.url()),
                // Nobody has the secret in the environment, so no line is printed that would need it.
                each == DemoScenario.TRY ? List.of() : List.of(VARIABLE),
                Duration.ofSeconds(Webhook.DEFAULT_TIMEOUT_SECONDS),
                each == DemoScenario.DOWN ? 2 : Webhook.DEFAULT_TRIES,
                false,
                List.of(),
                List.of(before, EventSettings.of(ReleaseEvent.BEFORE_RELEASE_COMPLETE)));
        List<Webhook> webhooks = each == DemoScenario.CHAT ? List.of(webhook, ofChat(chat)) : List.of(webhook);
        return new Session.Settings(
                new Configuration(webhooks, Map.of(WEBHOOK, Secrets.of(List.of(secret))), List.of(), Set.of()),
                main.environment(),
                ListenAddress.parse(ListenAddress.DEFAULT, null),
                "demo",
                new ReleaseIdentity(
                        ReleaseIdentity.RELEASE,
                        null,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("name", "shop")
                                .put("version", DemoShop.NEW),
                        null,
                        Map.of()),
                Session.Limits.NONE);
    }
}

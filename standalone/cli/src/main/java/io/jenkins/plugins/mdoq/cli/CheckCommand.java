package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.hook.EventSettings;
import io.jenkins.plugins.mdoq.hook.Guards;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.report.PlainText;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Tells what is wrong with a configuration before a release finds out. */
@Command(
        name = "check",
        description = {
            "Reads a configuration file and says what is wrong with it, and what it means; with --ping also whether the"
                    + " webhooks can be reached.",
            ""
        },
        exitCodeList = {
            "0:nothing is wrong",
            "1:internal error",
            "2:wrong usage or configuration",
            "3:a webhook could not be asked"
        })
final class CheckCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The configuration file (YAML); the variables that it names are needed as well.")
    private Path config;

    @Option(
            names = "--ping",
            description = "Send each webhook the event ping, marked with \"test\": true. It never carries a lock, and"
                    + " whatever is answered decides nothing.")
    private boolean ping;

    @Override
    public Integer call() throws IOException {
        Configuration configuration;
        try {
            configuration = ConfigurationReader.read(config, main.environment());
        } catch (ConfigurationException e) {
            for (Throwable more : e.getSuppressed()) {
                main.console().complain(more.getMessage());
            }
            throw e;
        }
        describe(configuration);
        return (ping ? ping(configuration) : ExitCode.RELEASED).number();
    }

    private void describe(Configuration configuration) {
        List<Webhook> webhooks = configuration.webhooks();
        print(config + ": nothing is wrong, " + webhooks.size() + (webhooks.size() == 1 ? " webhook" : " webhooks"));
        for (Webhook webhook : webhooks) {
            List<String> events = new ArrayList<>();
            for (EventSettings settings : webhook.events()) {
                events.add(settings.event().name() + (settings.blocking() ? " (blocks)" : ""));
            }
            String jobs = String.join(", ", webhook.jobs().patterns());
            print("  " + webhook.name() + ": POST " + webhook.url() + " on " + String.join(", ", events)
                    + (jobs.isEmpty() ? "" : ", for the jobs " + jobs));
        }
        configuration.notes().forEach(note -> print("note: " + note));
        webhooks.forEach(webhook -> webhook.hints().forEach(hint -> print("hint: " + hint)));
        for (ReleaseEvent event : List.of(ReleaseEvent.BEFORE_RELEASE, ReleaseEvent.BEFORE_RELEASE_COMPLETE)) {
            List<Webhook> listening = webhooks.stream()
                    .filter(webhook -> webhook.settingsFor(event) != null)
                    .toList();
            if (listening.stream().noneMatch(Webhook::decides)) {
                print("note: no webhook listens to " + event.name() + (listening.isEmpty() ? "" : " that decides"));
            }
        }
        String missing = Guards.missing(webhooks, RunOptions.DEFAULT_JOB);
        if (missing != null) {
            print("note: without --job, " + missing + "; the command release refuses it unless --no-webhook-ok is given");
        }
    }

    private ExitCode ping(Configuration configuration) throws IOException {
        boolean allAnswered = true;
        Redactor redactor = configuration.redactor();
        for (Map.Entry<String, Reply> reply :
                Pings.send(configuration, main.environment()).entrySet()) {
            allAnswered &= reply.getValue() instanceof Reply.Answer;
            lines(reply.getValue()).forEach(line -> print("  " + reply.getKey() + ": " + redactor.text(line)));
        }
        return allAnswered ? ExitCode.RELEASED : ExitCode.FAILED;
    }

    private static List<String> lines(Reply reply) {
        List<String> lines = new ArrayList<>();
        if (reply instanceof Reply.Answer answer) {
            lines.add(
                    "ping answered " + answer.status() + ": " + answer.result().word());
            String message = answer.data().path("message").textValue();
            if (message != null) {
                PlainText.lines(message).forEach(line -> lines.add("| " + line));
            }
            answer.notes().forEach(note -> lines.add("note: " + note));
        } else if (reply instanceof Reply.Failure failure) {
            lines.add("ping failed: " + failure.error());
            if (failure.body() != null) {
                PlainText.lines(failure.body()).forEach(line -> lines.add("| " + line));
            }
        }
        return lines;
    }

    /** What endpoints say is in it. */
    private void print(String line) {
        main.console().print((line.startsWith("  ") ? "  " : "") + PlainText.line(line));
    }
}

package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** One event of any name. */
@Command(
        name = "fire",
        description = {
            "Fires one event of any name, waits for its verdict and prints it.",
            "",
            "The same event with the same --history is not fired twice: it is resumed, or its verdict is reported"
                    + " again. Several events may share a folder, one after the other, if they are about the same"
                    + " --instance.",
            ""
        },
        exitCodeList = {
            "0:the history has nothing against it, or a fail lets it go on",
            "1:internal error, such as a history that cannot be written",
            "2:wrong usage or configuration, or the history of another release",
            "3:failed: a delivery error, or a fail that is configured to fail",
            "4:stopped by the webhook history, or its time was over",
            "5:the webhook history asks for a rollback; nothing is run",
            "128+n:ended by signal n"
        },
        footer = {"", "A rollback is only reported, nothing is run.", ""})
final class FireCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Mixin
    private RunOptions options;

    @Option(
            names = "--event",
            required = true,
            paramLabel = "NAME",
            description = "The event: before_release, before_release_complete, or a name of your own.")
    private String event;

    @Option(
            names = "--json",
            description = "Print the verdict and the entries as one JSON object, and all else on the standard error.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ReleaseEvent fired;
        try {
            fired = ReleaseEvent.toFire(event);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--event: " + e.getMessage());
        }
        Console console = options.console(json ? main.console().aside() : main.console());
        ExitCode end = options.inSession(console, main.environment(), "fire", fired.name(), Map.of(), false, session -> {
            Fact.Settled settled;
            try {
                settled = session.fire(fired);
            } finally {
                session.awaitNotices();
            }
            if (json) {
                EventHistory history = session.history().event(fired.name());
                main.console().print(HistoryJson.text(HistoryJson.verdict(history)));
            }
            return ExitCode.of(settled.action());
        });
        return end.number();
    }
}

package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.report.HistoryTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows a webhook history, also that of a run that goes on. */
@Command(
        name = "history",
        description = {"Prints the webhook history in a folder, also while its run goes on.", ""})
final class HistoryCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "DIR", description = "The folder that --history named, or that the run printed.")
    private Path folder;

    @Option(names = "--json", description = "Print all that is known as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (Files.isRegularFile(folder)) {
            throw new UsageException(folder + " is a file; name the folder that --history named");
        }
        Journal journal = Journal.in(folder);
        // Read first, as this throws where the folder cannot be read.
        History history = journal.read();
        if (!journal.exists()) {
            throw new UsageException(folder + " holds no webhook history (there is no " + Journal.FILE_NAME
                    + " in it); name the folder that --history named");
        }
        if (json) {
            main.console().print(HistoryJson.text(HistoryJson.of(history)));
        } else {
            HistoryTable.of(history, Instant.now()).forEach(main.console()::print);
        }
        return ExitCode.RELEASED.number();
    }
}

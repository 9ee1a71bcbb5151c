package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.report.HistoryTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows a webhook history, also that of a run that goes on. */
@Command(
        name = "history",
        description = {
            "Prints the webhook history in a folder, also while its run goes on. Without a folder, or for a folder of such"
                    + " folders, it lists them.",
            ""
        },
        exitCodeList = {
            "0:printed or removed; with --verify: whole",
            "1:a history cannot be read or removed",
            "2:wrong usage",
            "3:with --verify: torn, its end is missing, or a part of it is of another version",
            "4:with --verify: altered, its beginning is missing, or the line that was noted is"
        })
final class HistoryCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "The folder that --history named, or that the run printed; or one that holds such folders."
                    + " Default: " + HistoryFolder.DEFAULT_PARENT + ", where runs without --history have theirs.")
    private Path folder;

    @Option(names = "--json", description = "Print all that is known as one JSON object.")
    private boolean json;

    @Option(
            names = "--prune",
            paramLabel = "AGE",
            description =
                    "Remove the histories below the folder whose runs ended longer ago than this, such as 30d. Those"
                            + " that wait, were interrupted, are in use or cannot be read are kept.")
    private String prune;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description =
                    "Write all that is known as a page in one file, with a timeline, instead of printing a table.")
    private Path html;

    @Option(
            names = "--verify",
            description =
                    "Say of the history, or of each one in the folder, whether it is as it was written, and where it"
                            + " is not, instead of printing it.")
    private boolean verify;

    @Option(
            names = "--noted",
            paramLabel = "HASH",
            description =
                    "With --verify and one history: the hash that --verify printed earlier. A line that has it must"
                            + " still be there.")
    private String noted;

    @Override
    public Integer call() throws IOException {
        if (noted != null && !verify) {
            throw new UsageException("--noted is for --verify; add that");
        }
        if (verify && (prune != null || html != null)) {
            throw new UsageException("--verify and " + (prune != null ? "--prune" : "--html")
                    + " do not go together; leave one of them out");
        }
        if (prune != null) {
            return prune(HistoryList.in(folder == null ? Path.of(HistoryFolder.DEFAULT_PARENT) : folder));
        }
        if (html != null && (folder == null || !Journal.in(folder).exists())) {
            throw new UsageException("--html is for one history; name its folder"
                    + (folder == null ? "" : ", as " + folder + " holds none"));
        }
        HistoryList list = folder == null
                ? HistoryList.in(Path.of(HistoryFolder.DEFAULT_PARENT))
                : Journal.in(folder).exists() ? null : HistoryList.ofFolder(folder);
        if (list != null) {
            if (verify) {
                return verify(list.folders());
            }
            print(list);
            return ExitCode.RELEASED.number();
        }
        if (Files.isRegularFile(folder)) {
            throw new UsageException(folder + " is a file; name the folder that --history named");
        }
        Journal journal = Journal.in(folder);
        if (verify && journal.exists()) {
            return verify(List.of(folder));
        }
        // Read first, as this throws where the folder cannot be read.
        History history = journal.read();
        if (!journal.exists()) {
            throw new UsageException(folder + " holds no webhook history (there is no " + Journal.FILE_NAME
                    + " in it); name the folder that --history named");
        }
        if (html != null) {
            HtmlFile.write(html, folder, history, Instant.now());
        }
        if (json) {
            main.console().print(HistoryJson.text(HistoryJson.of(history)));
        } else if (html == null) {
            HistoryTable.of(history, Instant.now()).forEach(main.console()::print);
        }
        return ExitCode.RELEASED.number();
    }

    private void print(HistoryList list) {
        if (json) {
            main.console().print(HistoryJson.text(list.json()));
        } else {
            list.lines().forEach(main.console()::print);
        }
    }

    private int verify(List<Path> folders) {
        if (noted != null && folders.size() != 1) {
            throw new UsageException("--noted is for one history; name its folder");
        }
        List<HistoryVerification> all = folders.stream()
                .map(each -> HistoryVerification.of(each, noted))
                .toList();
        if (json) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            ArrayNode histories = answer.putArray("histories");
            all.forEach(each -> histories.add(each.json()));
            main.console().print(HistoryJson.text(answer));
        } else if (all.isEmpty()) {
            main.console().print("no webhook history to verify");
        } else {
            all.forEach(each -> each.lines().forEach(main.console()::print));
        }
        return all.stream().mapToInt(each -> each.outcome().code()).max().orElse(0);
    }

    private int prune(HistoryList list) throws IOException {
        if (json || html != null) {
            throw new UsageException(
                    "--prune and " + (json ? "--json" : "--html") + " do not go together; leave one of them out");
        }
        Duration age = RunOptions.duration("--prune", prune);
        list.prune(Instant.now().minus(age)).forEach(main.console()::print);
        return ExitCode.RELEASED.number();
    }
}

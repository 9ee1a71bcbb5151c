package io.jenkins.plugins.mdoq.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.mdoq.report.TextTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.args4j.Option;

/** {@code mdoq-waiting} of {@code jenkins-cli}: the locks that builds wait for, of those builds that the caller may read. */
@Extension
public final class WaitingCommand extends CLICommand {

    @Option(name = "--json", usage = "Print JSON, as /mdoq-waiting/api/json answers it.")
    private boolean json;

    @Option(name = "--page", metaVar = "N", usage = "Which page, if many builds wait; the first one if left out.")
    private int page = 1;

    @Override
    public String getName() {
        return "mdoq-waiting";
    }

    @Override
    public String getShortDescription() {
        return Messages.WaitingCommand_ShortDescription();
    }

    @Override
    protected int run() throws IOException {
        WaitingExport waiting = WaitingExport.now(Integer.toString(page));
        if (json) {
            stdout.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(waiting));
        } else {
            lines(waiting).forEach(stdout::println);
        }
        return 0;
    }

    /** What it prints without {@code --json}. */
    @NonNull
    static List<String> lines(@NonNull WaitingExport waiting) {
        if (waiting.locks().isEmpty() && waiting.total() == 0) {
            return List.of(Messages.WaitingCommand_nothing());
        }
        TextTable table =
                new TextTable(Stream.of("JOB", "BUILD", "WEBHOOK", "EVENT", "SINCE", "UNTIL", "DELIVERY", "PROGRESS")
                        .map(TextTable.Column::unbounded)
                        .toList());
        for (WaitingLockExport lock : waiting.locks()) {
            NoteExport progress = lock.progress();
            table.add(List.of(
                    lock.job(),
                    Integer.toString(lock.build()),
                    lock.webhook(),
                    lock.event(),
                    cell(lock.since()),
                    cell(lock.until()),
                    lock.delivery(),
                    progress == null ? "" : progress.message()));
        }
        List<String> lines = new ArrayList<>(table.lines());
        if (waiting.pages() > 1) {
            lines.add(Messages.WaitingCommand_page(
                    Integer.toString(waiting.page()),
                    Integer.toString(waiting.pages()),
                    Integer.toString(waiting.total())));
        }
        return lines;
    }

    private static String cell(@CheckForNull String value) {
        return TextTable.cell(value);
    }
}

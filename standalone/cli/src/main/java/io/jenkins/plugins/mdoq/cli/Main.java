package io.jenkins.plugins.mdoq.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program {@code mdoq-release-hook}. */
@Command(
        name = "mdoq-release-hook",
        description = {
            "Gates a release with MDOQ webhooks: endpoints let it go on, hold it with a lock, stop it or have it rolled"
                    + " back.",
            ""
        },
        subcommands = {
            ReleaseCommand.class,
            FireCommand.class,
            HistoryCommand.class,
            CheckCommand.class,
            DemoCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class,
            GenerateCompletion.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:released",
            "1:internal error, such as a history that cannot be written",
            "2:wrong usage or configuration",
            "3:failed: a delivery error, or a fail that is configured to fail",
            "4:stopped by the webhook history",
            "5:rolled back as the webhook history asked for",
            "6:the release command failed",
            "7:the rollback command failed, or what was released could not be undone"
        })
public final class Main implements Runnable {

    private final Console console;
    private final Map<String, String> environment;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print stack traces with complaints.")
    private boolean verbose;

    Main(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Runs the program and ends the JVM with one of its exit codes. */
    public static void main(String[] args) {
        System.exit(new Main(Console.standard(), System.getenv()).run(args));
    }

    /** Runs the program; gives its exit code. */
    int run(String... args) {
        return new CommandLine(this)
                // A release command may begin with an @; it names no file of arguments.
                .setExpandAtFiles(false)
                .setOut(console.writer())
                .setExecutionStrategy(parsed -> {
                    console.takeLog(verbose);
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setParameterExceptionHandler(this::wronglyCalled)
                .setExecutionExceptionHandler((error, command, parsed) -> failed(error))
                .execute(args);
    }

    Console console() {
        return console;
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    private int wronglyCalled(CommandLine.ParameterException error, String[] args) {
        CommandLine.Model.CommandSpec command = error.getCommandLine().getCommandSpec();
        String meant = meant(error, command);
        console.complain(error.getMessage()
                + (meant == null ? "; see " : "; did you mean " + meant + "? See ")
                + command.qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }

    /** The command or option that was probably meant, or null. */
    @CheckForNull
    private static String meant(CommandLine.ParameterException error, CommandLine.Model.CommandSpec command) {
        String word = error instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched().get(0)
                // The command help tells of it like this.
                : error.getArgSpec() == null ? error.getValue() : null;
        if (word == null) {
            return null;
        }
        return Suggestion.of(
                word.replaceFirst("=.*", ""),
                word.startsWith("-")
                        ? command.optionsMap().keySet()
                        : command.subcommands().keySet());
    }

    private int failed(Exception error) {
        if (error instanceof AbortedException) {
            console.complain(error.getMessage());
            return ExitCode.STOPPED.number();
        }
        if (error instanceof UsageException) {
            console.complain(error.getMessage());
        } else if (error instanceof IOException io) {
            console.complain(IoReasons.of(io));
        } else {
            console.complain("internal error: " + error + "; --verbose shows where it came from");
        }
        if (verbose) {
            console.trace(error);
        }
        return (error instanceof UsageException ? ExitCode.USAGE : ExitCode.INTERNAL_ERROR).number();
    }
}

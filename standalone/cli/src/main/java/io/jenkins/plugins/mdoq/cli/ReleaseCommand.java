package io.jenkins.plugins.mdoq.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A release: its two events and, between them, the command that releases. */
@Command(
        name = "release",
        description = {
            "Fires before_release, runs a command, fires before_release_complete, and runs the rollback command if the"
                    + " webhook history asks for it.",
            "",
            "The command runs in a shell with this program's input, output and whole environment, the secrets named in"
                    + " the configuration included; what it prints is not looked at.",
            ""
        },
        footer = {
            "",
            "Resuming: after a kill -9 or a power loss the same command with the same --history goes on where the run"
                    + " stood. What was answered is not asked again, what was released stays released, and a finished"
                    + " run reports its verdict again and does nothing. If the run was killed while the release command"
                    + " was at work, it counts as failed (6) unless --rerun is given. A rollback command that was"
                    + " started is never started again (7).",
            "",
            "Aborting: on SIGINT or SIGTERM the locks are closed, the endpoints that hold one are notified"
                    + " <event>_cancelled, a command at work is ended as if it had been killed, and the program exits"
                    + " with 128 plus the signal's number. A run that was aborted while it waited reports stopped (4)"
                    + " when it is run again.",
            "",
            "If the history asks for a rollback and there is no --rollback: 5 as long as nothing was released, else 7;"
                    + " run it again with the same --history and a --rollback to undo the release.",
            ""
        })
final class ReleaseCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Mixin
    private RunOptions options;

    @Option(
            names = "--run",
            required = true,
            paramLabel = "CMD",
            description = "The command that releases, run by /bin/sh -c (on Windows: cmd.exe /c).")
    private String command;

    @Option(
            names = "--rollback",
            paramLabel = "CMD",
            description = "The command that undoes the release, run if the webhook history asks for it.")
    private String rollback;

    @Option(
            names = "--rerun",
            description = "Run the release command again if an earlier run was killed while it was at work.")
    private boolean rerun;

    @Override
    public Integer call() throws IOException {
        Console console = main.console();
        ExitCode end = options.inSession(
                console, main.environment(), session -> new ReleaseRun(session, command, rollback, rerun).run());
        console.tell("the end: " + end.meaning() + " (exit code " + end.number() + ")");
        return end.number();
    }
}

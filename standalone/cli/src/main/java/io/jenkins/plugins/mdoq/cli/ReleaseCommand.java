package io.jenkins.plugins.mdoq.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
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
            "The command runs in a shell with this program's input, output and environment. Left out are the variables"
                    + " that the configuration takes secrets and URLs from; added are MDOQ_STEP, MDOQ_EVENT,"
                    + " MDOQ_OUTCOME, MDOQ_ACTION, MDOQ_WEBHOOK, MDOQ_REASON and MDOQ_HISTORY: why it is run. What it"
                    + " prints is not looked at.",
            ""
        },
        exitCodeList = {
            "0:released",
            "1:internal error, such as a history that cannot be written",
            "2:wrong usage or configuration, a release that nobody guards, or the history of another one",
            "3:failed: a delivery error, or a fail that is configured to fail",
            "4:stopped by the webhook history, or its time was over",
            "5:rolled back as the webhook history asked for",
            "6:the release command failed",
            "7:the rollback command failed, or what was released could not be undone",
            "128+n:ended by signal n"
        },
        footer = {
            "",
            "Resuming: after a kill -9 or a power loss the same command with the same --history goes on where the run"
                    + " stood. What was answered is not asked again, what was released stays released, and a finished"
                    + " run says that it had ended before, and does nothing. A folder belongs to one release: other"
                    + " commands, or another --instance or --data, are refused (2). If the run was killed while the release command"
                    + " was at work, it counts as failed (6) unless --rerun is given. A rollback command that was"
                    + " started is never started again (7).",
            "",
            "Aborting: on SIGINT or SIGTERM, within 5 seconds, the locks are closed, <event>_cancelled and release_ended are"
                    + " sent to the webhooks that listen to them, a command at work is ended as if it had been killed, and the program exits"
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

    @Option(
            names = "--rollback-on-failure",
            description = "Run the rollback command as well if the release command fails.")
    private boolean rollbackOnFailure;

    @Option(
            names = "--no-webhook-ok",
            description = "Release although nobody guards it: no webhook that decides listens to either event and is for"
                    + " this --job. Without this option that is refused.")
    private boolean noWebhookOk;

    @Option(
            names = "--json",
            description = "Print one JSON object at the end: outcome, whether it was deployed, why; all else, what the"
                    + " commands print included, goes to the standard error.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (rollbackOnFailure && rollback == null) {
            throw new UsageException("--rollback-on-failure needs a command to run; add --rollback CMD");
        }
        Console console = options.console(json ? main.console().aside() : main.console());
        ReleaseRun.Commands commands = new ReleaseRun.Commands(command, rollback, rerun, rollbackOnFailure, json);
        AtomicReference<RunEnd> end = new AtomicReference<>();
        ExitCode code = options.inSession(
                console, main.environment(), ReleaseIdentity.RELEASE, null, commands.lines(), !noWebhookOk, session -> {
                    try {
                        end.set(new ReleaseRun(session, commands).run());
                    } catch (AbortedException e) {
                        print(
                                session,
                                ExitCode.STOPPED,
                                RunState.of(session.history()).aborted(e.getMessage()),
                                false);
                        throw e;
                    }
                    print(
                            session,
                            end.get().code(),
                            end.get().state(),
                            end.get().again());
                    return end.get().code();
                });
        console.tell(end.get().line());
        return code.number();
    }

    private void print(Session session, ExitCode code, RunState state, boolean again) throws IOException {
        if (json) {
            main.console().print(HistoryJson.text(ReleaseJson.of(session, code, state, again)));
        }
    }
}

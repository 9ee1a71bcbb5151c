package io.jenkins.plugins.mdoq.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a command as a shell does, with the program's own input, output and environment. */
final class ShellCommand {

    static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    /**
     * How long a command that is asked to end may take before it is killed, in seconds; within {@link Abort}'s grace.
     */
    private static final int GRACE_SECONDS = 5;

    private ShellCommand() {}

    /**
     * Runs a command to its end. If the run is aborted in the meantime, the command and what it started are ended.
     *
     * @return its exit status
     * @throws IOException if it could not be started
     */
    static int run(String command, Abort abort) throws IOException {
        List<String> line = WINDOWS ? List.of("cmd.exe", "/c", command) : List.of("/bin/sh", "-c", command);
        Process process = new ProcessBuilder(line).inheritIO().start();
        abort.during(() -> end(process));
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbortedException();
        } finally {
            abort.during(null);
        }
    }

    private static void end(Process process) {
        // A shell does not pass signals on, so what it started gets them as well.
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

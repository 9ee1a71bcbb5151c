package io.jenkins.plugins.mdoq.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command line as a shell runs it, with this program's own input and output.
 *
 * @param line the command line
 * @param environment all of its variables
 * @param outputAside whether what it prints goes to the standard error, as the standard output is for something else
 * @param endsInTime whether it is ended when the run's time is over; a signal ends it in any case
 */
record ShellCommand(String line, Map<String, String> environment, boolean outputAside, boolean endsInTime) {

    static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    /** How long a command that is asked to end may take before it is killed; within {@link Abort#GRACE}. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    /**
     * Runs the command to its end. If the run is aborted in the meantime, the command and what it started are ended.
     *
     * @return its exit status
     * @throws IOException if it could not be started
     */
    int run(Abort abort) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words()).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        abort.during(reason -> {
            if (endsInTime || abort.signalled()) {
                end(process);
            }
        });
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbortedException("the run was interrupted");
        } finally {
            abort.during(null);
        }
    }

    private List<String> words() {
        if (WINDOWS) {
            return List.of("cmd.exe", "/c", outputAside ? "(" + line + ") 1>&2" : line);
        }
        return outputAside
                // A shell of its own, so that the line means the same as without.
                ? List.of("/bin/sh", "-c", "exec /bin/sh -c \"$0\" 1>&2", line)
                : List.of("/bin/sh", "-c", line);
    }

    private static void end(Process process) {
        // A shell does not pass signals on, so what it started gets them as well.
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

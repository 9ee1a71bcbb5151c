package io.jenkins.plugins.mdoq.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The runnable jar as a process of its own. */
final class JarRun implements AutoCloseable {

    private static final int MAX_SECONDS = 60;

    private final Process process;
    private final Output out;
    private final Output err;

    private JarRun(Process process) {
        this.process = process;
        this.out = new Output(process.getInputStream());
        this.err = new Output(process.getErrorStream());
    }

    /**
     * Starts the jar.
     *
     * @param folder its working directory
     * @param environment laid over this process's own
     */
    static JarRun start(Path folder, Map<String, String> environment, List<String> arguments) throws IOException {
        return start(folder, environment, List.of(), arguments);
    }

    /** Starts the jar, with options for its JVM. */
    static JarRun start(Path folder, Map<String, String> environment, List<String> jvm, List<String> arguments)
            throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        line.addAll(jvm);
        line.addAll(List.of("-jar", System.getProperty("mdoq.jar")));
        line.addAll(arguments);
        return command(folder, environment, line);
    }

    /** Starts any other command in the same manner, such as an endpoint of the documents. */
    static JarRun command(Path folder, Map<String, String> environment, List<String> line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().putAll(environment);
        return new JarRun(builder.start());
    }

    /** Whether it has ended; waits up to some milliseconds for that. */
    boolean endsWithin(long milliseconds) throws InterruptedException {
        return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    }

    /** The first line of the standard output that holds the text; waits for it. */
    String awaitLine(String text) throws InterruptedException {
        return out.await(text);
    }

    /** How it ended; waits for that. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end; it printed " + out.lines() + err.lines());
        }
        return process.exitValue();
    }

    /** All of its standard output; waits for its end. */
    List<String> out() throws InterruptedException {
        return out.all();
    }

    /** All of its standard error; waits for its end. */
    List<String> err() throws InterruptedException {
        return err.all();
    }

    /** Kills it as kill -9 does, and waits until it is gone. */
    void kill() throws InterruptedException {
        // Not through the Process, which would close the streams before they are read to their end.
        process.toHandle().destroyForcibly();
        exitCode();
    }

    /** Asks it to end, as kill does. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Ends its standard input, and with it that of the command it runs. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        // Not through the Process, which would close the streams while they are read.
        process.toHandle().destroyForcibly();
    }

    /** What comes out of a stream, line by line. */
    private static final class Output {
        private final List<String> lines = new ArrayList<>();
        private final Thread reader;
        private boolean ended;

        Output(InputStream in) {
            reader = new Thread(() -> read(in), "jar-output");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(InputStream in) {
            try (BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = text.readLine(); line != null; line = text.readLine()) {
                    add(line, false);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                add(null, true);
            }
        }

        private synchronized void add(String line, boolean end) {
            if (line != null) {
                lines.add(line);
            }
            ended |= end;
            notifyAll();
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }

        synchronized String await(String text) throws InterruptedException {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
            for (int i = 0; ; i++) {
                while (i == lines.size()) {
                    long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                    if (ended || left <= 0) {
                        throw new AssertionError("no line holds '" + text + "' in " + lines);
                    }
                    wait(left);
                }
                if (lines.get(i).contains(text)) {
                    return lines.get(i);
                }
            }
        }

        List<String> all() throws InterruptedException {
            reader.join(TimeUnit.SECONDS.toMillis(MAX_SECONDS));
            return lines();
        }
    }
}

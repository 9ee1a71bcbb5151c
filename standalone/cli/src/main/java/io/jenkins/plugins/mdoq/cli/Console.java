package io.jenkins.plugins.mdoq.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.protocol.Times;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Where the program prints: what happens, a line at a time, and complaints. Safe for any thread. */
final class Console {

    /**
     * What each line about a release begins with, so that it can be distinguished from what the release's own command prints.
     */
    static final String PREFIX = "[MDOQ] ";

    private static final String NAME = "mdoq-release-hook: ";

    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;

    /**
     * @param out what happens
     * @param err complaints
     */
    Console(PrintStream out, PrintStream err) {
        this(out, err, null);
    }

    private Console(PrintStream out, PrintStream err, @CheckForNull Clock clock) {
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    /** The process's own streams. */
    static Console standard() {
        return new Console(utf8(FileDescriptor.out, System.out), utf8(FileDescriptor.err, System.err));
    }

    /**
     * UTF-8 whatever the locale: in the C locale, common on build machines, Java would print question marks. Windows'
     * consoles are not for it.
     */
    private static PrintStream utf8(FileDescriptor descriptor, PrintStream standard) {
        return ShellCommand.WINDOWS
                ? standard
                : new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** The same, with all that happens among the complaints, so that the standard output is free for JSON. */
    Console aside() {
        return new Console(err, err, clock);
    }

    /** The same, with the time in each line about the release. */
    Console withTimestamps(Clock newClock) {
        return new Console(out, err, newClock);
    }

    /** For what is printed as a whole, such as help. */
    PrintWriter writer() {
        return new PrintWriter(out, true);
    }

    /** Prints a line about the release. */
    void tell(String line) {
        print(PREFIX + (clock == null ? "" : Times.iso(clock.instant()) + " ") + line);
    }

    /** Prints a line as it is. */
    void print(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    /** Prints a complaint in one line. */
    void complain(String line) {
        synchronized (err) {
            err.println(NAME + PlainText.line(line));
            err.flush();
        }
    }

    /** Prints where an error came from. */
    void trace(Throwable error) {
        synchronized (err) {
            error.printStackTrace(err);
        }
    }

    /** Takes over what is logged: a line each, traces only if they were asked for. */
    void takeLog(boolean verbose) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Handler handler = new Handler() {
            private final Formatter formatter = new java.util.logging.SimpleFormatter();

            @Override
            public void publish(LogRecord logged) {
                if (!isLoggable(logged)) {
                    return;
                }
                Throwable thrown = logged.getThrown();
                complain(formatter.formatMessage(logged) + (thrown == null ? "" : ": " + thrown.getMessage()));
                if (verbose && thrown != null) {
                    trace(thrown);
                }
            }

            @Override
            public void flush() {
                // Each line is flushed when it is printed.
            }

            @Override
            public void close() {
                // The streams are the process's.
            }
        };
        handler.setLevel(Level.WARNING);
        root.addHandler(handler);
    }
}

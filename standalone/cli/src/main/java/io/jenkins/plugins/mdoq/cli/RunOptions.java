package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.hook.Guards;
import io.jenkins.plugins.mdoq.protocol.WrittenDuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that all commands with a history of their own share. */
final class RunOptions {

    static final String DEFAULT_JOB = "mdoq-release-hook";

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The configuration file (YAML): webhooks, their events and settings.")
    private Path config;

    @Option(
            names = "--history",
            paramLabel = "DIR",
            description = "The folder of this run's webhook history, made if need be; one folder for one run. The same"
                    + " command with the same folder resumes a run that was killed; another release is refused. Default:"
                    + " a fresh folder below .mdoq, whose name is printed.")
    private Path history;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = ListenAddress.DEFAULT,
            description = "Where the lock API is served while the run lasts; port 0 is a free one. Default:"
                    + " ${DEFAULT-VALUE}. Name a fixed port where a run may have to be resumed: endpoints that hold a"
                    + " lock know the old address.")
    private String listen;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "What endpoints get as the address instead of --listen, such as that of a reverse proxy.")
    private String publicUrl;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "RANGE",
            description = "An address, or a range such as 192.0.2.0/24, of a reverse proxy before the lock API: what it"
                    + " writes into X-Forwarded-For counts as the caller's address. May be given several times.")
    private List<String> trustedProxies = new ArrayList<>();

    @Option(
            names = "--job",
            paramLabel = "NAME",
            defaultValue = DEFAULT_JOB,
            description =
                    "The first part of the locks' values, and what the jobs of webhooks are compared with. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String job;

    @Option(
            names = "--instance",
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description = "What is known of the thing being released: the fields of 'instance' in the request.")
    private List<String> instance = new ArrayList<>();

    @Option(
            names = "--data",
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description = "More fields for the request, beside those of the protocol.")
    private List<String> data = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long the whole may take, such as 90s, 30m or 2h. What is going on then is ended in good"
                    + " order: locks are given up, a release command is ended and counts as failed; a rollback command"
                    + " goes on. Default: as long as it takes.")
    private String timeout;

    @Option(
            names = "--heartbeat",
            paramLabel = "MIN",
            description = "Print a line every MIN minutes (or every 90s, 1h …) while it waits, for CI systems that end"
                    + " silent jobs.")
    private String heartbeat;

    @Option(names = "--timestamps", description = "Begin each line about the release with the time, in UTC.")
    private boolean timestamps;

    /** What is done in a session. */
    interface Work {
        ExitCode in(Session session) throws IOException;
    }

    /** The console that the options ask for. */
    Console console(Console console) {
        return timestamps ? console.withTimestamps(Clock.systemUTC()) : console;
    }

    /**
     * Does the work in a session that is opened as the options say.
     *
     * @param command the command of this program
     * @param event the key of the one event that it fires, or null if it fires both of a release
     * @param lines the command lines that it may run, by the names of their options without the dashes
     * @param guarded whether a release that nobody guards is refused
     */
    ExitCode inSession(
            Console console,
            Map<String, String> environment,
            String command,
            @CheckForNull String event,
            Map<String, String> lines,
            boolean guarded,
            Work work)
            throws IOException {
        if (job.isBlank() || job.chars().anyMatch(Character::isISOControl)) {
            throw new UsageException("--job is blank or holds control characters; write a name such as " + DEFAULT_JOB);
        }
        ListenAddress address = ListenAddress.parse(listen, publicUrl, trustedProxies);
        ObjectNode released = object("--instance", instance);
        ObjectNode more = data.isEmpty() ? null : object("--data", data);
        try {
            // Before anything is written: a run that cannot begin must not claim a folder.
            Payload.checkNames(more);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--data: " + e.getMessage());
        }
        ReleaseIdentity release = new ReleaseIdentity(command, event, released, more, lines);
        Session.Limits limits = new Session.Limits(duration("--timeout", timeout), minutes("--heartbeat", heartbeat));
        Configuration configuration = ConfigurationReader.read(config, environment);
        Session.Settings settings = new Session.Settings(configuration, environment, address, job, release, limits);
        if (guarded) {
            refuseUnguarded(configuration);
        }
        try (HistoryFolder folder = HistoryFolder.open(history, Instant.now())) {
            release.claim(folder, configuration.redactor(), Instant.now());
            try (Session session = new Session(settings, folder, console)) {
                session.tell("webhook history: " + folder.path());
                session.history().damage().forEach(damage -> session.tell("webhook history: " + damage));
                return work.in(session);
            }
        }
    }

    /** Before anything is begun: a release that goes on after a crash was looked at when it began. */
    private void refuseUnguarded(Configuration configuration) throws IOException {
        boolean begun = history != null
                && Files.isDirectory(history)
                && !Journal.in(history).read().events().isEmpty();
        String missing = begun ? null : Guards.missing(configuration.webhooks(), job);
        if (missing != null) {
            throw new UsageException(missing + "; add one of the two events to a webhook in " + config
                    + ", or add --no-webhook-ok if the release may pass unguarded");
        }
    }

    /** A number without a unit is minutes. */
    @CheckForNull
    private static Duration minutes(String option, @CheckForNull String text) {
        return duration(option, text != null && text.strip().matches("\\d{1,12}") ? text.strip() + "m" : text);
    }

    /** Reads a duration; null if there is none. */
    @CheckForNull
    static Duration duration(String option, @CheckForNull String text) {
        if (text == null) {
            return null;
        }
        Duration duration;
        try {
            duration = WrittenDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + " " + e.getMessage());
        }
        if (duration.isZero()) {
            throw new UsageException(option + " is '" + YamlMap.shown(text)
                    + "'; write a duration such as 90s, 30m or 2h, or leave the option out");
        }
        return duration;
    }

    private static ObjectNode object(String option, List<String> fields) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String field : fields) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                throw new UsageException(
                        option + " " + YamlMap.shown(field) + " is not KEY=VALUE; write it such as branch=main");
            }
            String key = field.substring(0, equals);
            if (object.has(key)) {
                throw new UsageException(option + " names " + YamlMap.shown(key) + " twice; keep one of them");
            }
            object.put(key, field.substring(equals + 1));
        }
        return object;
    }
}

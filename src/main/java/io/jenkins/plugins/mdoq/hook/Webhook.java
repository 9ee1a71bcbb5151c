package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.delivery.EndpointUrl;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.time.Duration;
import java.util.List;

/**
 * A webhook: where requests go and which events it listens to.
 *
 * @param name its name, unique, part of its locks' values
 * @param url where requests go, as far as that is known; it is asked for again for each request
 * @param secretIds ids of the credentials that hold its secrets, the one that is sent first
 * @param timeout for one request (protocol: "timeout")
 * @param tries how often a delivery is tried at the most
 * @param sign whether requests are signed
 * @param allowFrom address ranges that may release its locks; empty: any
 * @param events the events it listens to, each with its own settings
 * @param format the format of a webhook that only hears what happens, or null for the protocol's own (protocol: "chat")
 * @param jobs the jobs whose releases it hears of
 */
public record Webhook(
        @NonNull String name,
        @NonNull WebhookUrl url,
        @NonNull List<String> secretIds,
        @NonNull Duration timeout,
        int tries,
        boolean sign,
        @NonNull List<String> allowFrom,
        @NonNull List<EventSettings> events,
        @CheckForNull String format,
        @NonNull JobPatterns jobs) {

    /** A webhook that hears of the releases of all jobs. */
    public Webhook(
            @NonNull String name,
            @NonNull WebhookUrl url,
            @NonNull List<String> secretIds,
            @NonNull Duration timeout,
            int tries,
            boolean sign,
            @NonNull List<String> allowFrom,
            @NonNull List<EventSettings> events,
            @CheckForNull String format) {
        this(name, url, secretIds, timeout, tries, sign, allowFrom, events, format, JobPatterns.ALL);
    }

    /** A webhook that speaks the protocol and hears of the releases of all jobs. */
    public Webhook(
            @NonNull String name,
            @NonNull WebhookUrl url,
            @NonNull List<String> secretIds,
            @NonNull Duration timeout,
            int tries,
            boolean sign,
            @NonNull List<String> allowFrom,
            @NonNull List<EventSettings> events) {
        this(name, url, secretIds, timeout, tries, sign, allowFrom, events, null, JobPatterns.ALL);
    }

    /** Seconds for one request unless it is set otherwise (protocol: "timeout"). */
    public static final int DEFAULT_TIMEOUT_SECONDS = 60;

    /** The longest time for one request that can be set, in seconds. */
    public static final int MAX_TIMEOUT_SECONDS = 3_600;

    /** Tries unless it is set otherwise. */
    public static final int DEFAULT_TRIES = 3;

    /** The most tries that can be set. */
    public static final int MAX_TRIES = 100;

    /** The longest lock timeout that can be set, in minutes: ten years. */
    public static final int MAX_LOCK_TIMEOUT_MINUTES = 5_256_000;

    /** Whether it has a part in verdicts; one that only hears what happens guards no release. */
    public boolean decides() {
        return format == null;
    }

    /** Its settings for an event, or null if it does not listen to it. */
    @CheckForNull
    public EventSettings settingsFor(@NonNull ReleaseEvent event) {
        for (EventSettings settings : events) {
            if (event.is(settings.event().name())) {
                return settings;
            }
        }
        return null;
    }

    /** Whether it has a part in the verdict on an event of a job. */
    public boolean guards(@NonNull ReleaseEvent event, @NonNull String job) {
        return decides() && settingsFor(event) != null && jobs.match(job);
    }

    /**
     * What its endpoint may not hear of, a sentence for each of its events that blocks and whose {@code <event>_cancelled} it does not
     * listen to (protocol: "more events"). Nothing is wrong with that: an endpoint written for MDOQ would not know the event.
     */
    @NonNull
    public List<String> hints() {
        return events.stream()
                .filter(settings -> settings.blocking()
                        && decides()
                        && settingsFor(settings.event().cancelled()) == null)
                .map(settings -> {
                    String tells = settings.event().cancelled().name();
                    return name + " holds a lock on " + settings.event().name() + " and does not listen to " + tells
                            + ", so it is not told when that lock is given up; add the event " + tells
                            + " if the endpoint knows what to do with it";
                })
                .toList();
    }

    /** What is wrong with a name, one line that says what to write instead; null if nothing is. */
    @CheckForNull
    public static String nameError(@CheckForNull String name) {
        if (name == null || name.isBlank()) {
            return "a webhook needs a name";
        }
        if (name.length() > 100) {
            return "the name is over 100 characters; write a shorter one";
        }
        // The name is a part of the lock's value, whose parts the colon separates.
        return name.indexOf(':') >= 0 || name.chars().anyMatch(Character::isISOControl)
                ? "a webhook's name holds no colon and no control characters; write one such as release-gate"
                : null;
    }

    /** What is wrong with a URL, one line that says what to write instead; null if nothing is. */
    @CheckForNull
    public static String urlError(@CheckForNull String url) {
        if (url == null || url.isBlank()) {
            return "a webhook needs a URL such as https://middleware.example.com/mdoq";
        }
        try {
            EndpointUrl.parse(url);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** What is wrong with a whole number that has bounds, one line that says what to write instead; null if nothing is. */
    @CheckForNull
    public static String numberError(@NonNull String what, long value, long least, long most) {
        return value < least || value > most
                ? what + " is " + value + "; write a whole number from " + least + " to " + most
                : null;
    }
}

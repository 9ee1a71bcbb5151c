package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.History;
import java.time.Instant;
import java.util.List;

/**
 * What a picture of a release shows, and the table beside it that says the same: a pure function of the history and of the
 * time at which it is looked at. All texts are plain, in one line, and of a bounded length.
 *
 * @param begin when the first of it happened
 * @param end when the last of it happened; now, if it goes on
 * @param running whether the release process goes on, so that what is open ends now
 * @param gates the fired events in which the release waits, or waited, oldest first
 * @param lanes the release's own lane first, then one for each webhook in the order in which they were first asked
 * @param rows all of it in words, oldest first
 */
public record Timeline(
        @NonNull Instant begin,
        @NonNull Instant end,
        boolean running,
        @NonNull List<Gate> gates,
        @NonNull List<Lane> lanes,
        @NonNull List<Row> rows) {

    /** An event, from its firing to its verdict. */
    public record Gate(
            @NonNull String event,
            @NonNull Instant from,
            @NonNull Instant to,
            @NonNull String text) {}

    /**
     * A webhook, or the release itself.
     *
     * @param name the webhook's name
     * @param state how it is now, in a few words
     * @param tracks what is drawn beside each other; what overlaps in time lies on several
     */
    public record Lane(
            @NonNull String name,
            @NonNull String state,
            @NonNull List<Track> tracks) {}

    /** A line of a lane. */
    public record Track(@NonNull List<Span> spans, @NonNull List<Mark> marks) {}

    /** What lasts. */
    public enum SpanKind {
        /** The release waits for the verdict on an event. */
        GATE("waits for a verdict"),
        /** The release's own work. */
        WORK("release at work"),
        /** The rollback. */
        ROLLBACK("rollback"),
        /** A lock is held. */
        LOCK("lock held"),
        /** The time until the next attempt. */
        PAUSE("waits to try again"),
        /** An attempt that was answered. */
        ANSWERED("attempt, answered"),
        /** An attempt that failed. */
        FAILED("attempt, failed"),
        /** An attempt that is under way, or was interrupted. */
        UNANSWERED("attempt, no answer");

        private final String word;

        SpanKind(String word) {
            this.word = word;
        }

        /** What it is, for a legend. */
        @NonNull
        public String word() {
            return word;
        }
    }

    /**
     * Something that lasts.
     *
     * @param open whether its end is not known: it goes on, or was interrupted
     * @param label a few words, shown where they fit
     * @param text a sentence
     */
    public record Span(
            @NonNull SpanKind kind,
            @NonNull Instant from,
            @NonNull Instant to,
            boolean open,
            @NonNull String label,
            @NonNull String text) {}

    /** What happens at one moment. */
    public enum MarkKind {
        /** A progress note. */
        PROGRESS("progress note"),
        /** A notice to the endpoint. */
        NOTICE("notice to the endpoint"),
        /** Decided: success. */
        SUCCESS("success"),
        /** Decided: fail. */
        FAIL("fail"),
        /** Decided: stop. */
        STOP("stop"),
        /** Decided: rollback. */
        ROLLBACK("rollback asked for"),
        /** A lock expired. */
        EXPIRED("lock expired"),
        /** Given up. */
        CANCELLED("given up"),
        /** Until when a lock may be held, or when the next attempt is due. */
        DEADLINE("deadline");

        private final String word;

        MarkKind(String word) {
            this.word = word;
        }

        /** What it is, for a legend. */
        @NonNull
        public String word() {
            return word;
        }
    }

    /**
     * Something that happens at one moment.
     *
     * @param label a word or two, shown where they fit; may be empty
     * @param text a sentence
     */
    public record Mark(
            @NonNull MarkKind kind,
            @NonNull Instant at,
            @NonNull String label,
            @NonNull String text) {}

    /**
     * A row of the table.
     *
     * @param at when
     * @param since how long after the beginning, such as {@code +5 min 2 s}
     * @param lane whom it is about
     * @param text what happened
     */
    public record Row(
            @NonNull Instant at,
            @NonNull String since,
            @NonNull String lane,
            @NonNull String text) {}

    /**
     * The timeline of a history.
     *
     * @param now the time, which is where what is open ends
     * @param running whether the release process goes on; if not, nothing is waited for any more
     */
    @NonNull
    public static Timeline of(@NonNull History history, @NonNull Instant now, boolean running) {
        return new TimelineReader(history, now, running).read();
    }
}

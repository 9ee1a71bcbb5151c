package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Resending;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Fires events and settles them. One for the whole JVM; safe for any thread. No method of it blocks or does I/O on the
 * caller's thread.
 */
public final class ReleaseHook {

    private final EngineServices services;
    private final NoticeRuns notices;

    /** @param services what all hooks share */
    public ReleaseHook(@NonNull EngineServices services) {
        this.services = services;
        this.notices = new NoticeRuns(services);
    }

    /**
     * Fires an event, or resumes it if the journal says that it was fired already.
     *
     * @return the run, whose verdict completes once it is in the journal; exceptionally with an
     *     {@link IllegalArgumentException} if the body cannot be sent (then nothing was fired), or with an
     *     {@link java.io.UncheckedIOException} if the journal cannot be read or written
     */
    @NonNull
    public EventRun fire(@NonNull ReleaseProcess process, @NonNull FireRequest firing) {
        EventRun run = new EventRun(services, process, firing.key(), notices);
        run.begin(firing);
        return run;
    }

    /**
     * Resumes an event that was fired before.
     *
     * @param key the key of its firing
     * @return the run; see {@link #fire}. Its verdict completes with an {@link IllegalStateException} if the journal knows
     *     no such firing
     */
    @NonNull
    public EventRun resume(@NonNull ReleaseProcess process, @NonNull String key) {
        EventRun run = new EventRun(services, process, key, notices);
        run.begin(null);
        return run;
    }

    /**
     * Gives up an event of a process that has ended, as {@link EventRun#cancel} does, unless it has a verdict.
     *
     * @param key the key of its firing
     * @param reason why, one line
     * @return the run, whose verdict completes as that of {@link #resume} does
     */
    @NonNull
    public EventRun cancel(@NonNull ReleaseProcess process, @NonNull String key, @NonNull String reason) {
        EventRun run = new EventRun(services, process, key, notices);
        run.cancel(reason);
        return run;
    }

    /**
     * Tells the webhooks that listen to {@code release_ended} how a process ended (protocol: "more events"), unless they were told
     * before, and goes on with all else that its history has fired and that only tells what happened.
     *
     * @param history the history of the process as it is now
     * @param webhooks the webhooks to choose from
     * @param end how it ended; nothing is said of it if no event of a release was fired
     * @return completes when all has been said that is to be said, or could not be; never exceptionally. Nobody else is to wait for
     *     it: it may be long in coming, and is resumed after a restart
     */
    @NonNull
    public CompletableFuture<Void> end(
            @NonNull ReleaseProcess process,
            @NonNull History history,
            @NonNull List<Webhook> webhooks,
            @NonNull ReleaseEnd end) {
        FireRequest request = end.request(history, webhooks);
        CompletableFuture<Void> others = notices.resume(process, history);
        return request == null ? others : NoticeRuns.all(List.of(notices.fire(process, request), others));
    }

    /**
     * Goes on with all that a history has fired, that only tells what happened, and that is not over, as after a restart.
     *
     * @return completes when it is; never exceptionally
     */
    @NonNull
    public CompletableFuture<Void> resumeNotices(@NonNull ReleaseProcess process, @NonNull History history) {
        return notices.resume(process, history);
    }

    /**
     * Sends a delivery that is over once more, under its own id; it decides nothing.
     *
     * @param process whose delivery it was
     * @param webhook the delivery's webhook as it is now
     * @param delivery the delivery's id
     * @param by who asked for it
     * @return completes once it is on disk that it is sent, or with why it is not; with null if the history knows no such
     *     delivery of that webhook; exceptionally with an {@link java.io.IOException} if the journal could not be read or
     *     written. What comes back is in the history later
     */
    @NonNull
    public CompletableFuture<Resending.Permitted> sendAgain(
            @NonNull ReleaseProcess process, @NonNull Webhook webhook, @NonNull String delivery, @NonNull String by) {
        return new SendingAgain(services, process, webhook, delivery, by).send();
    }
}

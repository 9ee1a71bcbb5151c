package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.Journal;
import java.net.URI;

/**
 * The process that fires events: in Jenkins, a build.
 *
 * @param job the full name of its job, the first part of its locks' values
 * @param number its number, which is also the id of its log (protocol: "body")
 * @param journal its webhook history
 * @param releaseUrl where its locks can be released, or null if nowhere
 * @param logUrl where progress can be reported, or null if nowhere
 * @param listener is told what happens
 * @param buildUrl its page, for people; null if it has none
 * @param historyUrl the page of its webhook history, for people; null if it has none
 */
public record ReleaseProcess(
        @NonNull String job,
        long number,
        @NonNull Journal journal,
        @Nullable URI releaseUrl,
        @Nullable URI logUrl,
        @NonNull HistoryListener listener,
        @Nullable URI buildUrl,
        @Nullable URI historyUrl) {

    /** A process without pages. */
    public ReleaseProcess(
            @NonNull String job,
            long number,
            @NonNull Journal journal,
            @Nullable URI releaseUrl,
            @Nullable URI logUrl,
            @NonNull HistoryListener listener) {
        this(job, number, journal, releaseUrl, logUrl, listener, null, null);
    }
}

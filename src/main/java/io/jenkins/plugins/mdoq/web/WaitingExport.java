package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.index.Page;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of all locks that builds of this controller wait for, of those builds alone that the caller may read; for programs.
 *
 * @param page which page this is, from 1
 * @param pages how many there are
 * @param total how many builds wait on all of them, each once for each event that it waits with
 * @param locks the locks that those of this page wait for, the longest first
 */
public record WaitingExport(
        int page, int pages, int total, @NonNull List<WaitingLockExport> locks) {

    /** So many waiting builds are on a page; the history of each of them is read. */
    static final int BUILDS = 50;

    /**
     * A page of what waits now.
     *
     * @param page which page, as it was written; null for the first
     */
    @NonNull
    static WaitingExport now(@CheckForNull String page) {
        Page<WaitingBuilds.Waiting> asked = Page.of(new WaitingBuilds(new ReadableJobs()).all(), page, BUILDS);
        List<WaitingLockExport> locks = new ArrayList<>();
        for (WaitingBuilds.Waiting waiting : asked.items()) {
            EventHistory event = WaitingBuilds.event(waiting);
            if (event != null) {
                locks.addAll(WaitingLockExport.of(waiting.build(), event));
            }
        }
        return new WaitingExport(asked.number(), asked.pages(), asked.total(), List.copyOf(locks));
    }
}

package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the one lock of a build that somebody means who does not know its delivery. */
final class LockOfBuild {

    private LockOfBuild() {}

    /**
     * The delivery that holds the lock.
     *
     * @param webhook the name of the webhook that holds it, or null if it goes without saying
     * @return its id
     * @throws IllegalArgumentException if there is none, or more than one; in one line that names those that there are
     */
    @NonNull
    static String delivery(@NonNull History history, @CheckForNull String webhook) {
        List<DeliveryHistory> held = history.events().stream()
                .filter(event -> event.settled() == null)
                .flatMap(event -> event.entries().stream())
                .filter(DeliveryHistory::held)
                .toList();
        List<DeliveryHistory> meant = held.stream()
                .filter(entry -> webhook == null || entry.plan().webhook().equals(webhook))
                .toList();
        if (held.isEmpty()) {
            throw new IllegalArgumentException(Messages.LockOfBuild_none());
        }
        if (meant.isEmpty()) {
            throw new IllegalArgumentException(Messages.LockOfBuild_noneOf(PlainText.line(webhook), names(held)));
        }
        if (meant.size() > 1) {
            throw new IllegalArgumentException(Messages.LockOfBuild_several(names(meant)));
        }
        return meant.get(0).plan().id();
    }

    private static String names(List<DeliveryHistory> held) {
        return held.stream()
                .map(entry -> PlainText.line(entry.plan().webhook()) + " ("
                        + entry.plan().id() + ")")
                .collect(Collectors.joining(", "));
    }
}

package io.jenkins.plugins.mdoq.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.ReleaseOutcome;
import java.util.List;

/**
 * How a release process ended, as {@code release_ended} says it (protocol: "more events").
 *
 * @param outcome how
 * @param reason why, one line
 */
public record ReleaseEnd(
        @NonNull ReleaseOutcome outcome, @NonNull String reason) {

    /** Whether a process has fired {@code release_ended}; it need not have arrived yet. */
    public static boolean wasSaid(@NonNull History history) {
        return lastSaid(history) != null;
    }

    @CheckForNull
    private static EventHistory lastSaid(History history) {
        EventHistory last = null;
        for (EventHistory notice : history.notices()) {
            last = notice.fired().event().equals(ReleaseEvent.RELEASE_ENDED.name()) ? notice : last;
        }
        return last;
    }

    @CheckForNull
    private static EventHistory lastOfRelease(History history) {
        EventHistory last = null;
        for (EventHistory event : history.decisions()) {
            last = new ReleaseEvent(event.fired().event()).guardsReleases() ? event : last;
        }
        return last;
    }

    /**
     * What is to be fired so that the webhooks hear of this end: nothing if it was no release, else the event. If the history
     * has fired it last with this outcome, the key is the same, so that firing it resumes it; a process that was
     * resumed and came to another end says so with a new one.
     *
     * @param webhooks the webhooks to choose from
     */
    @CheckForNull
    FireRequest request(@NonNull History history, @NonNull List<Webhook> webhooks) {
        EventHistory about = lastOfRelease(history);
        if (about == null) {
            return null;
        }
        EventHistory last = lastSaid(history);
        ObjectNode said = last == null ? null : last.fired().data();
        if (said != null && said.path("outcome").asText().equals(outcome.word())) {
            return request(last.key(), webhooks, about);
        }
        // Keys of events begin with no blank.
        String key = " " + ReleaseEvent.RELEASE_ENDED.name();
        return request(last == null ? key : key + " " + history.events().size(), webhooks, about);
    }

    private FireRequest request(String key, List<Webhook> webhooks, EventHistory about) {
        return new FireRequest(
                key,
                ReleaseEvent.RELEASE_ENDED,
                webhooks,
                about.fired().instance(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("outcome", outcome.word())
                        .put("reason", Limits.message(reason)),
                about.fired().source());
    }
}

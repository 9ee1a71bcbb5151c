package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Whether anybody guards a release (protocol: "nobody listens"). */
public final class Guards {

    /** The events of a release: whoever decides on one of them guards it. */
    private static final List<ReleaseEvent> EVENTS =
            List.of(ReleaseEvent.BEFORE_RELEASE, ReleaseEvent.BEFORE_RELEASE_COMPLETE);

    /** How many webhooks are named that do not guard it. */
    private static final int NAMED = 5;

    private Guards() {}

    /** Whether an event is one of the two of a release. */
    public static boolean ofRelease(@NonNull ReleaseEvent event) {
        return EVENTS.contains(event);
    }

    /**
     * That nobody guards the releases of a job, and why: no webhook that decides listens to either of their events and is for
     * that job.
     *
     * @param webhooks all webhooks that are configured
     * @return one line, without what to do about it; null if somebody does
     */
    @CheckForNull
    public static String missing(@NonNull Collection<Webhook> webhooks, @NonNull String job) {
        List<String> reasons = new ArrayList<>();
        int more = 0;
        for (Webhook webhook : webhooks) {
            if (EVENTS.stream().anyMatch(event -> webhook.guards(event, job))) {
                return null;
            }
            if (EVENTS.stream().noneMatch(event -> webhook.settingsFor(event) != null)) {
                continue;
            }
            if (reasons.size() == NAMED) {
                more++;
            } else {
                reasons.add("'" + webhook.name() + "' "
                        + (webhook.decides() ? "is not for the job " + job : "is a chat, which decides nothing"));
            }
        }
        String events = "before_release or before_release_complete";
        if (reasons.isEmpty()) {
            return "nobody guards this release: no webhook listens to " + events;
        }
        return "nobody guards this release: of the webhooks that listen to " + events + ", "
                + String.join(", and ", reasons) + (more == 0 ? "" : ", and so on for " + more + " more");
    }
}

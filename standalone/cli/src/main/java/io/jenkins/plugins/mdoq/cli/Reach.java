package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.delivery.EndpointUrl;
import io.jenkins.plugins.mdoq.hook.EventSettings;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.Webhook;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Whether endpoints reach the address at which they are told to release their locks. */
final class Reach {

    private Reach() {}

    /**
     * Warns of webhooks whose endpoint stands elsewhere, if their locks are to be released at an address that is this machine's
     * alone.
     *
     * @param release where endpoints are told to release a lock
     * @param job the job that is released: a webhook that is not for it hears nothing
     * @param event the event that is about to be fired
     * @return a line for each of them; empty if there are none
     */
    static List<String> warnings(URI release, String job, List<Webhook> webhooks, ReleaseEvent event) {
        List<String> warnings = new ArrayList<>();
        if (!EndpointUrl.of(release).thisMachineOnly()) {
            return warnings;
        }
        for (Webhook webhook : webhooks) {
            EventSettings listening = webhook.settingsFor(event);
            URI url = webhook.url().url();
            if (listening == null
                    || !listening.blocking()
                    || url == null
                    || !webhook.jobs().match(job)) {
                continue;
            }
            EndpointUrl endpoint = EndpointUrl.of(url);
            if (!endpoint.loopback()) {
                warnings.add(
                        "warning: " + webhook.name() + ", at " + endpoint.host() + ", is told to release its lock at "
                                + release
                                + ", which reaches this machine alone; name an address that it reaches with --listen HOST:PORT"
                                + " or --public-url URL");
            }
        }
        return warnings;
    }
}

package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.hook.HistoryListener;
import io.jenkins.plugins.mdoq.protocol.Times;
import io.jenkins.plugins.mdoq.report.Durations;
import io.jenkins.plugins.mdoq.report.Narrator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Prints what happens to a run as it happens, and for each lock how to release it. Safe for any thread. */
final class Teller implements HistoryListener {

    private final Console console;
    private final URI releaseUrl;
    private final Narrator narrator = new Narrator();

    Teller(Console console, URI releaseUrl) {
        this.console = console;
        this.releaseUrl = releaseUrl;
    }

    @Override
    public synchronized void onFact(Fact fact) {
        narrator.tell(fact).forEach(console::tell);
        if (fact instanceof Fact.Fired fired) {
            fired.deliveries().stream().filter(plan -> plan.lock() != null).forEach(this::howToRelease);
        }
    }

    /** Prints where a fired event stands that an earlier run left behind. */
    synchronized void resumed(EventHistory before, Instant now) {
        narrator.know(before);
        String event = before.fired().event();
        if (before.settled() != null) {
            console.tell(event + ": settled already, at "
                    + Times.text(before.settled().at()));
            narrator.tell(before.settled()).forEach(console::tell);
            return;
        }
        console.tell(event + ": resumed, fired at " + Times.text(before.fired().at()));
        for (DeliveryHistory entry : before.entries()) {
            String name = "  " + entry.plan().webhook() + ": ";
            if (entry.state().sending()) {
                console.tell(name + "no answer yet; asked again");
            }
            if (entry.held()) {
                console.tell(name + "lock held for " + Durations.text(Duration.between(entry.firedAt(), now)) + ": "
                        + entry.plan().lock());
                howToRelease(entry.plan());
            }
        }
    }

    private void howToRelease(PlannedDelivery plan) {
        if (plan.secretIds().isEmpty()) {
            // A journal that another program wrote: which variable holds the secret is not known.
            return;
        }
        console.tell("  to release it: "
                + CurlLine.release(releaseUrl, plan.lock(), plan.secretIds().get(0)));
    }

    /** Prints a line of our own. */
    void tell(String line) {
        console.tell(line);
    }
}

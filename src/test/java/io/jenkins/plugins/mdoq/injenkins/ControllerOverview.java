package io.jenkins.plugins.mdoq.injenkins;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;

import hudson.model.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Such a controller without a job, for the page of all webhooks; its webhook listens to an event without a lock as well. */
public abstract class ControllerOverview extends ControllerPages {

    @Override
    @BeforeEach
    public void listen() throws Exception {
        super.listen();
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease"), event("deployed")));
    }

    @Override
    @AfterEach
    public void close() throws Exception {
        super.close();
        for (Job<?, ?> job : j.jenkins.allItems(Job.class)) {
            job.delete();
        }
        HistoryPages.readAll();
    }
}

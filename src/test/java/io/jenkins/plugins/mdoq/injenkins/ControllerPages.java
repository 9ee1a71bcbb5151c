package io.jenkins.plugins.mdoq.injenkins;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;

import hudson.model.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.jvnet.hudson.test.JenkinsRule;

/** A controller with a build page for each user, and builds that wait for one endpoint. */
public abstract class ControllerPages {

    protected static JenkinsRule j;
    protected static HistoryPages pages;
    protected Endpoint endpoint;

    @BeforeAll
    public static void controller(JenkinsRule rule) {
        j = rule;
        pages = new HistoryPages(j);
    }

    @BeforeEach
    public void listen() throws Exception {
        endpoint = Endpoint.answering("{\"result\":\"success\",\"message\":\"being looked at\"}");
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
    }

    @AfterEach
    public void close() throws Exception {
        endpoint.close();
    }

    /** Lets a build go on to its end. */
    protected void end(WaitingBuild build) throws Exception {
        Gate.release(build.body(), "{}");
        build.end(j, Result.SUCCESS);
    }
}

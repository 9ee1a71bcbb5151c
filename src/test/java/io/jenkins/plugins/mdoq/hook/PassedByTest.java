package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.plain;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.PassedBy;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks that listen and are not for the job; protocol: "which releases". */
class PassedByTest {

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder);
    }

    @Test
    @DisplayName("protocol: which releases — a webhook for other jobs is passed by, and the history says so")
    void shouldPassByWebhooksThatAreNotForTheJob() {
        Webhook ours = EngineFixture.forJobs(fixture.webhook("ours", blocking()), "shop/**");
        Webhook theirs = EngineFixture.forJobs(fixture.webhook("theirs", blocking()), "crm/**");
        Webhook deaf = EngineFixture.forJobs(
                fixture.webhook("deaf", EventSettings.of(ReleaseEvent.BEFORE_RELEASE_COMPLETE)), "crm/**");
        EventRun run = fixture.fire(ours, theirs, deaf);

        assertThat(fixture.http.exchanges()).hasSize(1);
        assertThat(fixture.history().fired().passedBy())
                .as("one that does not listen is not passed by")
                .containsExactly(new PassedBy("theirs", "not for this job, but for crm/**"));
        fixture.answer("ours", 200, "{}");
        assertThat(run.verdict()).isNotDone();
        fixture.call("release", "ours", fixture.lock("ours"), "{'result':'success'}");
        fixture.settle();
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldSayThatAllWhoListenWerePassedBy() {
        EventRun run = fixture.fire(EngineFixture.forJobs(fixture.webhook("theirs", plain()), "crm/**"));

        assertThat(fixture.http.exchanges()).isEmpty();
        assertThat(verdict(run).reason()).isEqualTo("no webhook listens that was not passed by");
    }
}

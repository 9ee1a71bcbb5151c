package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Releases that no webhook listens to. */
class UnguardedReleaseIT extends JarFixture {

    private void configureUnguarded() throws Exception {
        configureAll("  - name: other\n    url: " + endpoint.url()
                + "\n    secret: ${MDOQ_SECRET}\n    events: [{event: Deployed}]\n");
    }

    @Test
    @DisplayName("scene: no webhook listens, so nobody guards the release — it is refused before anything is begun")
    void shouldRefuseAReleaseThatNobodyGuards() throws Exception {
        configureUnguarded();

        JarRun run = release("touch released");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .containsExactly(
                        "mdoq-release-hook: nobody guards this release: no webhook listens to before_release or"
                                + " before_release_complete; add one of the two events to a webhook in mdoq.yaml, or add"
                                + " --no-webhook-ok if the release may pass unguarded");
        assertThat(exists("released")).isFalse();
        assertThat(exists("h")).isFalse();
    }

    @Test
    void shouldReleaseUnguardedIfThatIsAsked() throws Exception {
        configureUnguarded();

        JarRun run = release("touch released", "--no-webhook-ok");

        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out()).contains("[MDOQ] before_release: no webhook listens");
        assertThat(exists("released")).isTrue();
    }

    @Test
    void shouldTakeAWebhookForOtherJobsForNoGuard() throws Exception {
        configure("jobs: [\"crm/**\"]", "");

        assertThat(release("true").err())
                .singleElement()
                .asString()
                .contains("'gate' is not for the job mdoq-release-hook");
        assertThat(release("true", "--job", "crm/release").exitCode()).isEqualTo(0);
    }

    @Test
    void shouldPassASingleEventWithoutListeners() throws Exception {
        configureAll("  - name: gate\n    url: " + endpoint.url()
                + "\n    secret: ${MDOQ_SECRET}\n    events: [{event: before_release_complete}]\n");

        JarRun run = release("true");

        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(run.out()).contains("[MDOQ] before_release: no webhook listens");
        assertThat(endpoint.next().event()).isEqualTo("before_release_complete");
    }

    @Test
    void shouldGoOnWithAReleaseThatWasGuardedWhenItBegan() throws Exception {
        configure("", "");
        assertThat(release("false").exitCode()).isEqualTo(6);
        configureUnguarded();

        assertThat(release("false").exitCode()).isEqualTo(6);
    }
}

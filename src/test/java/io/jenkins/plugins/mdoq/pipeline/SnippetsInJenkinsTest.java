package io.jenkins.plugins.mdoq.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The snippet generator writes the steps as people would, and its form keeps what they hold. */
@WithJenkins
class SnippetsInJenkinsTest {

    private static JenkinsRule j;

    @BeforeAll
    static void controller(JenkinsRule rule) {
        j = rule;
    }

    @Test
    void shouldWriteTheSoleArgumentWithoutItsName() throws Exception {
        new SnippetizerTester(j)
                .assertRoundTrip(new ReleaseHookStep("beforeRelease"), "mdoqReleaseHook 'beforeRelease'");
    }

    @Test
    void shouldWriteWhatIsNotTheDefault() throws Exception {
        ReleaseHookStep step = new ReleaseHookStep("Passed regression testing");
        step.setPropagate(false);
        step.setStopResult("FAILURE");
        step.setFailIfNoWebhook(true);
        step.setWebhooks(List.of("a", "b"));

        new SnippetizerTester(j)
                .assertRoundTrip(
                        step,
                        "mdoqReleaseHook event: 'Passed regression testing', failIfNoWebhook: true, propagate: false,"
                                + " stopResult: 'FAILURE', webhooks: ['a', 'b']");
    }

    @Test
    void shouldKeepTheRollbacksNameInItsForm() throws Exception {
        new SnippetizerTester(j).assertRoundTrip(new RollbackStep(), "mdoqRollback {\n    // some block\n}");
        RollbackStep named = new RollbackStep();
        named.setName("Undo");
        new SnippetizerTester(j).assertRoundTrip(named, "mdoqRollback(name: 'Undo') {\n    // some block\n}");
        j.assertEqualDataBoundBeans(named, new StepConfigTester(j).configRoundTrip(named));
    }

    @Test
    void shouldKeepEachOfTheThreeValuesOfFailIfNoWebhook() throws Exception {
        ReleaseHookStep step = new ReleaseHookStep("beforeRelease");
        assertThat(new StepConfigTester(j).configRoundTrip(step).getFailIfNoWebhook())
                .isNull();
        step.setFailIfNoWebhook(false);
        assertThat(new StepConfigTester(j).configRoundTrip(step).getFailIfNoWebhook())
                .isFalse();
        new SnippetizerTester(j)
                .assertRoundTrip(step, "mdoqReleaseHook event: 'beforeRelease', failIfNoWebhook: false");
        step.setFailIfNoWebhook(true);
        assertThat(new StepConfigTester(j).configRoundTrip(step).getFailIfNoWebhook())
                .isTrue();
    }

    @Test
    void shouldKeepTheHooksSettingsInItsForm() throws Exception {
        ReleaseHookStep step = new ReleaseHookStep("nightly");
        step.setPropagate(false);
        step.setStopResult("FAILURE");
        step.setFailIfNoWebhook(true);

        j.assertEqualDataBoundBeans(step, new StepConfigTester(j).configRoundTrip(step));
    }
}

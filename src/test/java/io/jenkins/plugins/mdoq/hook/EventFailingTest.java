package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases that are certain to fail while locks are held. */
class EventFailingTest {

    private static final ReleaseEvent BEFORE = ReleaseEvent.BEFORE_RELEASE;
    private static final ReleaseEvent COMPLETE = ReleaseEvent.BEFORE_RELEASE_COMPLETE;

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder);
    }

    private static EventSettings settings(ReleaseEvent event, boolean blocking, OnFail onFail) {
        return new EventSettings(
                event, blocking, Duration.ZERO, onFail, OnDeliveryError.FAIL, Duration.ZERO, OnLockTimeout.FAIL);
    }

    private EventRun fire(ReleaseEvent event, Webhook... webhooks) {
        return fixture.fire(
                new FireRequest("before_release", event, List.of(webhooks), Facts.json("{'job':'shop'}"), null));
    }

    private Webhook gate(ReleaseEvent event) {
        return fixture.webhook("gate", settings(event, true, OnFail.CONTINUE));
    }

    private List<Fact.Failing> failing() {
        return fixture.told.stream()
                .map(EngineFixture.Told::fact)
                .filter(Fact.Failing.class::isInstance)
                .map(Fact.Failing.class::cast)
                .toList();
    }

    @Test
    @DisplayName(
            "protocol: several webhooks on one event — before_release waits for no lock if the release fails anyway")
    void shouldNotWaitForALockWhenAFailDecidesBeforeTheRelease() {
        EventRun run = fire(BEFORE, gate(BEFORE), fixture.webhook("scanner", settings(BEFORE, false, OnFail.FAIL)));
        fixture.answer("gate", 200, "{}");
        assertThat(run.verdict()).isNotDone();
        fixture.answer("scanner", 200, "{'result':'fail','message':'a hole'}");

        assertThat(verdict(run).action()).isEqualTo(Action.FAIL);
        assertThat(verdict(run).webhook()).isEqualTo("scanner");
        assertThat(fixture.release("gate", "{'result':'success'}").status())
                .as("its lock is given up")
                .isEqualTo(410);
        assertThat(failing()).isEmpty();
    }

    @Test
    void shouldNotWaitForALockWhenADeliveryErrorDecidesBeforeTheRelease() {
        EventRun run = fire(BEFORE, gate(BEFORE), fixture.webhook("scanner", settings(BEFORE, false, OnFail.CONTINUE)));
        fixture.answer("gate", 200, "{}");
        fixture.answer("scanner", 404, "");

        assertThat(verdict(run).action()).isEqualTo(Action.FAIL);
        assertThat(verdict(run).webhook()).isEqualTo("scanner");
    }

    @Test
    @DisplayName("protocol: several webhooks on one event — a delivery that is still on its way is always waited for")
    void shouldWaitForADeliveryOnItsWayAllTheSame() {
        EventRun run = fire(BEFORE, gate(BEFORE), fixture.webhook("scanner", settings(BEFORE, false, OnFail.FAIL)));
        fixture.answer("scanner", 200, "{'result':'fail'}");
        assertThat(run.verdict()).isNotDone();
        fixture.answer("gate", 200, "{'result':'fail','stop_release':true}");

        assertThat(verdict(run).action()).isEqualTo(Action.STOP);
        assertThat(failing()).as("it does not wait for the lock").isEmpty();
    }

    @Test
    void shouldWaitForALockIfTheFailGoesOn() {
        EventRun run = fire(BEFORE, gate(BEFORE), fixture.webhook("scanner", settings(BEFORE, false, OnFail.UNSTABLE)));
        fixture.answer("gate", 200, "{}");
        fixture.answer("scanner", 200, "{'result':'fail'}");

        assertThat(run.verdict()).isNotDone();
    }

    @Test
    @DisplayName("protocol: chat — a webhook that only hears what happens makes nothing certain")
    void shouldWaitForALockIfAWebhookFailsThatDecidesNothing() {
        Webhook scanner = fixture.webhook("scanner", settings(BEFORE, false, OnFail.FAIL));
        Webhook chat = new Webhook(
                scanner.name(),
                scanner.url(),
                List.of(),
                scanner.timeout(),
                1,
                false,
                List.of(),
                scanner.events(),
                "SLACK");
        EventRun run = fire(BEFORE, gate(BEFORE), chat);
        fixture.answer("gate", 200, "{}");
        fixture.answer("scanner", 404, "");
        assertThat(run.verdict()).isNotDone();
        fixture.release("gate", "{}");

        assertThat(verdict(run).action()).isEqualTo(Action.CONTINUE);
    }

    @Test
    @DisplayName("protocol: several webhooks on one event — before_release_complete waits, and the log says so once")
    void shouldWaitWhereARollbackMayStillBeAskedForAndSaySoOnce() {
        EventRun run = fire(
                COMPLETE,
                gate(COMPLETE),
                fixture.webhook("scanner", settings(COMPLETE, false, OnFail.FAIL)),
                fixture.webhook("second", settings(COMPLETE, false, OnFail.FAIL)));
        fixture.answer("gate", 200, "{}");
        fixture.answer("scanner", 200, "{'result':'fail','message':'a hole'}");
        fixture.answer("second", 200, "{'result':'fail','message':'another'}");

        assertThat(run.verdict()).isNotDone();
        assertThat(failing())
                .containsExactly(new Fact.Failing(Facts.START, "before_release", "scanner", "a hole", List.of("gate")));

        EngineFixture after = fixture.restarted();
        EventRun resumed = after.resume();
        assertThat(after.told).as("it was said before").isEmpty();
        after.call("release", "gate", fixture.lock("gate"), "{'result':'fail','rollback_release':true}");
        assertThat(verdict(resumed).action()).isEqualTo(Action.ROLLBACK);
    }

    @Test
    void shouldFailWhenTheLastLockIsReleasedWithoutARollback() {
        EventRun run =
                fire(COMPLETE, gate(COMPLETE), fixture.webhook("scanner", settings(COMPLETE, false, OnFail.FAIL)));
        fixture.answer("gate", 200, "{}");
        fixture.answer("scanner", 200, "{'result':'fail','message':'a hole'}");
        fixture.release("gate", "{'result':'success'}");

        assertThat(verdict(run).action()).isEqualTo(Action.FAIL);
        assertThat(verdict(run).webhook()).isEqualTo("scanner");
    }
}

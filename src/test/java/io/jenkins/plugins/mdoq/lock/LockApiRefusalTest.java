package io.jenkins.plugins.mdoq.lock;

import static io.jenkins.plugins.mdoq.lock.LockApiFixture.ADDRESS;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.OTHERS_SECRET;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.SECRET;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.kit.CapturedLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who wait for a lock learn of calls that were refused (protocol: "lock API"). */
class LockApiRefusalTest {

    @TempDir
    private Path folder;

    private final CapturedLog log = CapturedLog.of(LockApi.class);
    private LockApiFixture fixture;
    private String lock;

    @BeforeEach
    void holdALock() throws Exception {
        fixture = new LockApiFixture(folder);
        lock = fixture.hold();
    }

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    private List<Fact.Refused> refusals(String ofLock) throws Exception {
        return fixture.onDisk(ofLock).refusals();
    }

    private Fact.Refused only() throws Exception {
        assertThat(refusals(lock)).hasSize(1);
        return refusals(lock).get(0);
    }

    @Test
    void shouldTellWhoWaitsOfAWrongSecret() throws Exception {
        LockApiFixture.Waiter waiter = fixture.waits(lock);

        fixture.ask("release", body(lock, "hunter2-hunter2", ""));

        assertThat(only().status()).isEqualTo(401);
        assertThat(only().action()).isEqualTo("release");
        assertThat(only().from()).isEqualTo(ADDRESS);
        assertThat(only().count()).isEqualTo(1);
        assertThat(only().unseen()).isNull();
        assertThat(only().reason())
                .isEqualTo("the secret is wrong; have the endpoint send the secret of the webhook release-gate");
        assertThat(waiter.woken).hasSize(1);
        assertThat(log.lines())
                .containsExactly("Refused release of the lock of team/app#17:release-gate from 192.0.2.7 with 401 (1x):"
                        + " the secret is wrong; have the endpoint send the secret of the webhook release-gate");
        assertThat(fixture.onDisk(lock).held()).as("it decides nothing").isTrue();
    }

    @Test
    void shouldBeUnseenIfNobodyWaits() throws Exception {
        fixture.ask("release", "{\"lock\":" + LockApiFixture.quoted(lock) + "}", null, null);

        assertThat(only().unseen()).isTrue();
        assertThat(only().reason()).isEqualTo("the secret is missing; send it as 'secret' or in X-MDOQ-Secret");
        assertThat(only().from()).isEqualTo("an unknown address");
    }

    @Test
    @DisplayName("protocol: lock API 403 — the answer and the line name the address that was seen")
    void shouldNameTheAddressThatMayNot() throws Exception {
        lock = fixture.hold("198.51.100.0/24");

        LockAnswer answer = fixture.release(lock, "");

        assertThat(answer.body().get("error").textValue())
                .isEqualTo("192.0.2.7 is not among the addresses that may use the webhook's locks");
        assertThat(only().reason())
                .isEqualTo(
                        "192.0.2.7 is not among the addresses that may use the webhook's locks; add it to those of the"
                                + " webhook release-gate, or name it as a trusted proxy if it is one that the call came through");
    }

    @Test
    void shouldSayThatItIsAnotherWebhooksSecret() throws Exception {
        assertThat(fixture.ask("release", body(lock, OTHERS_SECRET, "")).status())
                .isEqualTo(404);

        assertThat(only().status()).isEqualTo(404);
        assertThat(only().reason()).startsWith("the secret is that of another webhook");
    }

    @Test
    void shouldTellOfEveryOtherRefusal() throws Exception {
        fixture.release(lock, "\"result\":\"perhaps\"");
        fixture.api.answer(new LockRequest(
                "release", "text/plain", body(lock, SECRET, "").getBytes(StandardCharsets.UTF_8), null, ADDRESS));
        fixture.release(lock, "\"result\":\"success\"");
        fixture.release(lock, "\"result\":\"fail\"");

        assertThat(refusals(lock)).extracting(Fact.Refused::status).containsExactly(400, 415, 409);
        assertThat(refusals(lock).get(0).reason())
                .isEqualTo("result is \"perhaps\"; write \"success\" or \"fail\", or leave it out");
    }

    @Test
    void shouldTellOfAReleaseThatCameTooLate() throws Exception {
        fixture.write(new Fact.Expired(fixture.clock.instant(), fixture.delivery(lock), "silent", null));

        fixture.release(lock, "\"result\":\"success\"");

        assertThat(only().status()).isEqualTo(410);
        assertThat(only().reason()).startsWith("it came too late: ");
    }

    @Test
    void shouldTellTheFirstThenCount() throws Exception {
        LockApiFixture.Waiter waiter = fixture.waits(lock);
        for (int i = 0; i < 1_234; i++) {
            fixture.ask("release", body(lock, "hunter2-hunter2", ""), null, "192.0.2." + i % 200);
            fixture.clock.advance(Duration.ofSeconds(10));
        }
        fixture.release(lock, "\"result\":\"perhaps\"");

        assertThat(refusals(lock)).extracting(Fact.Refused::count).containsExactly(1, 10, 100, 1_000, 1);
        assertThat(log.lines()).hasSize(5);
        assertThat(waiter.woken).hasSize(5);
    }

    @Test
    void shouldGoOnCountingAfterARestart() throws Exception {
        for (int i = 0; i < 12; i++) {
            fixture.ask("release", body(lock, "hunter2-hunter2", ""), null, "192.0.2." + i);
        }
        Locks afterwards = new Locks(fixture, fixture, fixture.held, fixture.clock, fixture.key);
        LockApi api = new LockApi(fixture, fixture, afterwards, new Throttle(fixture.clock));
        for (int i = 0; i < 5; i++) {
            api.answer(new LockRequest(
                    "release",
                    "application/json",
                    body(lock, "hunter2-hunter2", "").getBytes(StandardCharsets.UTF_8),
                    null,
                    ADDRESS));
        }

        assertThat(refusals(lock)).extracting(Fact.Refused::count).containsExactly(1, 10);
    }

    @Test
    void shouldNeverShowASecret() throws Exception {
        fixture.release(lock, "\"result\":\"" + SECRET + "\"");
        fixture.ask("release", body(lock, "hunter2-hunter2", "\"result\":\"hunter2-hunter2\""));

        assertThat(refusals(lock))
                .hasSize(2)
                .noneMatch(refused -> refused.toString().contains(SECRET)
                        || refused.toString().contains("hunter2"));
        assertThat(log.lines()).hasSize(2).noneMatch(line -> line.contains(SECRET) || line.contains("hunter2"));
        String token = lock.substring(lock.lastIndexOf(':') + 1);
        assertThat(log.lines()).noneMatch(line -> line.contains(token));
    }

    @Test
    void shouldShowNoHalfOfASecretThatIsCutShort() throws Exception {
        String half = SECRET.substring(0, 6);

        LockAnswer answer = fixture.release(lock, "\"result\":\"" + "x".repeat(50) + SECRET + "\"");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().toString()).contains("****").doesNotContain(half);
        assertThat(only().reason()).contains("****").doesNotContain(half);
        assertThat(log.lines()).hasSize(1).noneMatch(line -> line.contains(half));
    }

    @Test
    void shouldTellNothingOfALockThatWasMadeUp() throws Exception {
        fixture.ask("release", body(lock + "A", "hunter2-hunter2", ""));
        fixture.ask("release", body(lock.replace("#17", "#18"), SECRET, ""));

        assertThat(refusals(lock)).isEmpty();
        assertThat(log.lines()).isEmpty();
    }
}

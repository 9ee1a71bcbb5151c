package io.jenkins.plugins.mdoq.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.kit.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final MovableClock clock = new MovableClock();
    private final Throttle throttle = new Throttle(clock);

    private void wrong(String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.wrong(address);
        }
    }

    @Test
    @DisplayName("protocol: lock API 429 — ten wrong secrets a minute are tolerated, and no more")
    void shouldRefuseAfterTheTolerated() {
        wrong("192.0.2.7", Throttle.TOLERATED - 1);
        assertThat(throttle.refusal("192.0.2.7")).isNull();

        clock.advance(Duration.ofSeconds(20));
        wrong("192.0.2.7", 1);
        assertThat(throttle.refusal("192.0.2.7")).isEqualTo(Duration.ofSeconds(40));
        assertThat(throttle.refusal("192.0.2.8")).isNull();
    }

    @Test
    @DisplayName("protocol: lock API 429 — the window begins with the first wrong secret and ends after a minute")
    void shouldForgetWhenTheWindowHasPassed() {
        wrong("192.0.2.7", Throttle.TOLERATED);
        clock.advance(Throttle.WINDOW.minusMillis(1));
        assertThat(throttle.refusal("192.0.2.7")).isEqualTo(Duration.ofMillis(1));

        clock.advance(Duration.ofMillis(1));
        assertThat(throttle.refusal("192.0.2.7")).isNull();
        wrong("192.0.2.7", 1);
        assertThat(throttle.refusal("192.0.2.7")).as("a new window has begun").isNull();
    }

    @Test
    void shouldCountAnIpv6CustomerAsOne() {
        wrong("2001:db8:0:1::1", 5);
        wrong("2001:db8:0:1:ffff::2%eth0", 5);

        assertThat(throttle.refusal("2001:db8:0:1:1:2:3:4")).isEqualTo(Throttle.WINDOW);
        assertThat(throttle.refusal("2001:db8:0:2::1")).isNull();
    }

    @Test
    void shouldCountAMappedAddressAsTheIpv4AddressThatItIs() {
        wrong("::ffff:192.0.2.7", Throttle.TOLERATED);

        assertThat(throttle.refusal("192.0.2.7")).isNotNull();
    }

    @Test
    void shouldCountWhatIsNoAddressByWhatItIs() {
        wrong("unknown", Throttle.TOLERATED);

        assertThat(throttle.refusal("unknown")).isNotNull();
        assertThat(throttle.refusal("hidden")).isNull();
        assertThat(throttle.refusal(null)).isNull();
    }

    @Test
    void shouldCountCallersWithoutAnAddressTogether() {
        wrong(null, Throttle.TOLERATED);

        assertThat(throttle.refusal(null)).isNotNull();
        assertThat(throttle.refusal("192.0.2.7")).isNull();
    }

    @Test
    @DisplayName(
            "protocol: lock API 429 — memory is bounded: of very many addresses the ones seen longest ago are forgotten")
    void shouldForgetTheOldestOfVeryMany() {
        wrong("192.0.2.7", Throttle.TOLERATED);
        wrong("192.0.2.8", Throttle.TOLERATED);
        for (int i = 0; i < 9_998; i++) {
            throttle.wrong("10.1." + i / 256 + "." + i % 256);
        }
        assertThat(throttle.refusal("192.0.2.7")).isNotNull();

        wrong("192.0.2.7", 1);
        throttle.wrong("10.2.0.0");

        assertThat(throttle.refusal("192.0.2.7")).as("seen just now").isNotNull();
        assertThat(throttle.refusal("192.0.2.8")).as("seen longest ago").isNull();
    }
}

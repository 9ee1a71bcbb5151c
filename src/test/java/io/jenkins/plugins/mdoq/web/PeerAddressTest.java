package io.jenkins.plugins.mdoq.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers other than Jetty; Jetty's own requests are in {@link LockApiInJenkinsTest}. */
class PeerAddressTest {

    @Test
    void shouldBelieveTheServerWhenNothingWasForwarded() {
        assertThat(PeerAddress.of(FakeRequest.from("192.0.2.1", Map.of()))).isEqualTo("192.0.2.1");
    }

    @Test
    void shouldBelieveTheServerWhenItDidNotTakeTheHeadersWord() {
        assertThat(PeerAddress.of(
                        FakeRequest.from("10.0.0.1", Map.of("X-Forwarded-For", List.of("192.0.2.1, 192.0.2.2")))))
                .isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "192.0.2.1, 10.0.0.1", "10.0.0.1,192.0.2.1:443"})
    void shouldNotKnowThePeerWhenTheServerMayHaveTakenTheHeadersWord(String header) {
        assertThat(PeerAddress.of(FakeRequest.from("192.0.2.1", Map.of("X-Forwarded-For", List.of(header)))))
                .isNull();
    }

    @Test
    void shouldNotKnowThePeerOfForwarded() {
        assertThat(PeerAddress.of(FakeRequest.from("192.0.2.1", Map.of("Forwarded", List.of("for=192.0.2.1")))))
                .isNull();
    }
}

package io.jenkins.plugins.mdoq.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerAddressTest {

    private static final List<String> PROXIES = List.of("10.0.0.0/8", "2001:db8::/32");

    @Test
    void shouldIgnoreTheHeaderWhenNoProxyIsTrusted() {
        assertThat(CallerAddress.of("203.0.113.9", List.of("192.0.2.1"), List.of()))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void shouldIgnoreTheHeaderOfAPeerThatIsNoTrustedProxy() {
        assertThat(CallerAddress.of("203.0.113.9", List.of("192.0.2.1"), PROXIES))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void shouldTakeThePeerWhenTheProxyItselfCalls() {
        assertThat(CallerAddress.of("10.1.1.1", List.of(), PROXIES)).isEqualTo("10.1.1.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1                                | 192.0.2.1",
                // What the caller itself wrote stands to the left of what the proxy saw.
                "198.51.100.7, 192.0.2.1                  | 192.0.2.1",
                "198.51.100.7, 192.0.2.1, 10.2.2.2        | 192.0.2.1",
                "198.51.100.7,192.0.2.1 ,10.2.2.2,10.3.3.3| 192.0.2.1",
                // Nobody but proxies: the first of them called.
                "10.4.4.4, 10.2.2.2                       | 10.4.4.4",
                "192.0.2.1:51234                          | 192.0.2.1",
                "[2001:db9::7]:51234                      | 2001:db9::7",
                "[2001:db9::7]                            | 2001:db9::7",
                "'\"[2001:db9::7]\"'                      | 2001:db9::7",
                "192.0.2.1, 2001:db8::5                   | 192.0.2.1",
                "192.0.2.1, ::ffff:10.2.2.2               | 192.0.2.1"
            })
    void shouldWalkFromTheRightOverTrustedProxies(String header, String expected) {
        assertThat(CallerAddress.of("10.1.1.1", List.of(header), PROXIES)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"\"|\"", "\"\"|``", "\"a|\"a", "a\"|a\"", "\"192.0.2.1\"|192.0.2.1", "\"192.0.2.1:80\"|192.0.2.1"})
    void shouldTakeQuotesOffInPairs(String hop, String literal) {
        assertThat(CallerAddress.literal(hop)).isEqualTo(literal);
    }

    @Test
    void shouldReadSeveralHeadersAsOne() {
        assertThat(CallerAddress.of("10.1.1.1", List.of("198.51.100.7", "192.0.2.1, 10.2.2.2"), PROXIES))
                .isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"unknown", "_hidden", "192.0.2.1,", "''", "localhost", "192.0.2.300", "192.0.2.1, 1.2.3:80"})
    void shouldNotPassAProxyOffAsTheCallerWhenItDoesNotSayWhoCalled(String header) {
        assertThat(CallerAddress.of("10.1.1.1", List.of(header), PROXIES)).isEqualTo(CallerAddress.UNKNOWN);
    }

    @Test
    void shouldNotKnowTheCallerWithoutAPeer() {
        assertThat(CallerAddress.of(null, List.of("192.0.2.1"), List.of("0.0.0.0/0")))
                .isEqualTo(CallerAddress.UNKNOWN);
    }

    @Test
    void shouldRefuseARangeThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallerAddress.of("10.1.1.1", List.of(), List.of("ten")))
                .withMessageContaining("'ten' is not an address range");
    }
}

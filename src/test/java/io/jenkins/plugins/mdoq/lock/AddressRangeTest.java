package io.jenkins.plugins.mdoq.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24,192.0.2.0",
        "192.0.2.0/24,192.0.2.255",
        "192.0.2.99/24,192.0.2.1",
        "192.0.2.7,192.0.2.7",
        "192.0.2.7/32,192.0.2.7",
        "0.0.0.0/0,255.255.255.255",
        "127.0.0.0/8,127.255.0.1",
        "192.0.2.128/25,192.0.2.129",
        "192.0.2.6/31,192.0.2.7",
        "10.0.0.0/9,10.127.255.255",
        "192.0.2.0/24,::ffff:192.0.2.9",
        "::ffff:192.0.2.9,192.0.2.9",
        "2001:db8::/32,2001:db8:ffff::1",
        "2001:DB8::1,2001:0db8:0:0:0:0:0:1",
        "::1/128,::1",
        "::1,0:0:0:0:0:0:0:1",
        "::/0,2001:db8::1",
        "fe80::/10,fe80::1%eth0",
        "fe80::/10,febf::1%3",
        "2001:db8::/33,2001:db8:7fff::1"
    })
    @DisplayName("protocol: security — an address inside of a range, IPv4 and IPv6")
    void shouldContain(String range, String address) {
        assertThat(AddressRange.parse(range).contains(address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24,192.0.3.0",
        "192.0.2.7,192.0.2.6",
        "192.0.2.128/25,192.0.2.127",
        "192.0.2.6/31,192.0.2.8",
        "10.0.0.0/9,10.128.0.0",
        "0.0.0.0/0,::1",
        "::/0,192.0.2.1",
        "::/0,::ffff:192.0.2.1",
        "192.0.2.0/24,::ffff:192.0.3.9",
        "2001:db8::/32,2001:db9::1",
        "2001:db8::/33,2001:db8:8000::1",
        "fe80::/10,fec0::1",
        "::1/128,::2",
        "127.0.0.1,::1"
    })
    @DisplayName("protocol: security — an address outside of a range")
    void shouldNotContain(String range, String address) {
        assertThat(AddressRange.parse(range).contains(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.com",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.7.8",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2.0/",
                "192.0.2.0/24/8",
                "192.0.2.0/255.255.255.0",
                "192.0.2.0/2x",
                " 192.0.2.0/24",
                "192.0.2.0 /24",
                "*",
                "192.0.2.*",
                "192.0.2.1-192.0.2.9",
                "2001:db8::/129",
                "2001:db8:::1",
                "1:2:3:4:5:6:7:8:9",
                ":",
                ":::",
                ".:1",
                "g::1",
                "[::1]",
                "fe80::1%eth0",
                "0x7f.0.0.1",
                "2130706433",
                "/24",
                "192.0.2.0/٢٤",
                "١٩٢.0.2.1",
                "::ffff:1.2.3.4/96"
            })
    void shouldRefuseWhatIsNoRangeAndSayWhatToWrite(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.parse(text))
                .withMessageStartingWith("'" + text + "' is not an address range; ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "unknown",
                "127.0.0.1:8080",
                "[::1]",
                "127.1",
                "0177.0.0.1.",
                ".:1",
                "a.b:c",
                "%lo",
                "-",
                "127.0.0.1, 127.0.0.1"
            })
    @DisplayName("protocol: security — what is no literal address is in no range, and no name service is asked")
    void shouldContainNothingButLiterals(String address) {
        for (String range : List.of("0.0.0.0/0", "::/0")) {
            assertThat(AddressRange.parse(range).contains(address)).isFalse();
        }
        assertThat(AddressRange.bytes(address)).isNull();
    }

    @Test
    @DisplayName("protocol: security — without a list every address may call, with one only those in it")
    void shouldAllowByList() {
        assertThat(AddressRange.allows(List.of(), null)).isTrue();
        assertThat(AddressRange.allows(List.of(), "nonsense")).isTrue();
        assertThat(AddressRange.allows(List.of("192.0.2.0/24", "::1"), "::1")).isTrue();
        assertThat(AddressRange.allows(List.of("192.0.2.0/24", "::1"), "192.0.2.9"))
                .isTrue();
        assertThat(AddressRange.allows(List.of("192.0.2.0/24", "::1"), "198.51.100.1"))
                .isFalse();
        assertThat(AddressRange.allows(List.of("192.0.2.0/24"), null)).isFalse();
    }
}

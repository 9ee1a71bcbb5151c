package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.delivery.EndpointUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {

    private static boolean excepts(String value, String url) {
        return new NoProxy(value).excepts(EndpointUrl.parse(url));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*|https://gate.example.com/",
                "gate.example.com|https://gate.example.com/",
                "GATE.Example.COM|https://gate.example.com/",
                "example.com|https://gate.example.com/",
                ".example.com|https://gate.example.com/",
                "*.example.com|https://gate.example.com/",
                "other, example.com|https://gate.example.com/",
                "other example.com|https://gate.example.com/",
                "gate.example.com:443|https://gate.example.com/",
                "gate.example.com:8443|https://gate.example.com:8443/",
                "192.0.2.7|http://192.0.2.7/",
                "192.0.2.0/24|http://192.0.2.7/",
                "2001:db8::/32|http://[2001:db8::1]/",
                "[2001:db8::1]|http://[2001:db8::1]/",
                "[2001:db8::1]:8099|http://[2001:db8::1]:8099/"
            })
    void shouldExceptWhatItNames(String value, String url) {
        assertThat(excepts(value, url)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|https://gate.example.com/",
                "ate.example.com|https://gate.example.com/",
                "gate.example|https://gate.example.com/",
                "gate.example.com:8443|https://gate.example.com/",
                "192.0.2.0/24|http://192.0.3.7/",
                "192.0.2.0/24|http://gate.example.com/",
                "192.0.2.0/99|http://192.0.2.7/",
                "2001:db8::/32|http://[2001:db9::1]/",
                "[2001:db8::1]:80|http://[2001:db8::1]:8099/"
            })
    void shouldExceptNothingElse(String value, String url) {
        assertThat(excepts(value, url)).isFalse();
    }
}

package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class CurlLineTest {

    private static final URI URL = URI.create("http://127.0.0.1:8098/mdoq/lock/release");

    @Test
    void shouldNameTheVariableAndNotTheSecret() {
        assertThat(CurlLine.release(URL, "shop#7:gate:token", "MDOQ_SECRET"))
                .isEqualTo("curl -H 'Content-Type: application/json' -H \"X-MDOQ-Secret: $MDOQ_SECRET\""
                        + " -d '{\"lock\":\"shop#7:gate:token\",\"result\":\"success\"}'"
                        + " http://127.0.0.1:8098/mdoq/lock/release");
    }

    @Test
    void shouldQuoteForJsonAndForTheShell() {
        assertThat(CurlLine.release(URL, "it's \"$HOME\"#1:gate:t", "S"))
                .contains(" -d '{\"lock\":\"it'\\''s \\\"$HOME\\\"#1:gate:t\",\"result\":\"success\"}' ");
        assertThat(CurlLine.quoted("http://h/a;b&c")).isEqualTo("'http://h/a;b&c'");
    }
}

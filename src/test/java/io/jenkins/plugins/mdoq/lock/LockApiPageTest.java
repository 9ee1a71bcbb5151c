package io.jenkins.plugins.mdoq.lock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockApiPageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "GET  | -          | -                                      | true",
                "HEAD | -          | */*                                    | true",
                "GET  | -          | text/html,application/xhtml+xml,*/*    | true",
                "GET  | -          | text/html, application/json            | true",
                "GET  | -          | application/json                       | false",
                "GET  | lock=a     | text/html                              | false",
                "POST | -          | text/html                              | false",
                "PUT  | -          | text/html                              | false"
            })
    void shouldBeForPeopleAlone(String method, String query, String accept, boolean page) {
        assertThat(LockApiPage.isAskedFor(method, query, accept)).isEqualTo(page);
    }

    @Test
    void shouldNeedNothingThatItsPolicyForbids() {
        assertThat(LockApiPage.html())
                .contains("POST", "Webhook history")
                .doesNotContainIgnoringCase("<script", "style", "<form", "<img", "href", "src=", "onload");
    }
}

package io.jenkins.plugins.mdoq.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.mdoq.kit.JsonObjects;
import io.jenkins.plugins.mdoq.protocol.JsonObjectReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormFieldsTest {

    private static JsonObjectReader.Read read(String form) throws FormFields.UnreadableException {
        return FormFields.read(form.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1             | {\"a\":\"1\"}",
                "a               | {\"a\":\"\"}",
                "a=              | {\"a\":\"\"}",
                "=x              | {\"\":\"x\"}",
                "a=b=c           | {\"a\":\"b=c\"}",
                "&&a=1&          | {\"a\":\"1\"}",
                "a=%0A%20%09x%7E | {\"a\":\"\\n \\tx~\"}",
                "a+b=c+d%2B      | {\"a b\":\"c d+\"}",
                "a=%C3%b6        | {\"a\":\"ö\"}",
                "stop_release=1  | {\"stop_release\":true}",
                "rollback_release=false | {\"rollback_release\":false}",
                "stop_release=yes | {\"stop_release\":\"yes\"}",
                "other=1         | {\"other\":\"1\"}"
            })
    void shouldDecode(String form, String json) throws Exception {
        assertThat(read(form).object()).isEqualTo(JsonObjects.object(json));
        assertThat(read(form).notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%4g", "a=%g4", "a%4", "%", "a=%-1"})
    void shouldRefuseAPercentSignWithoutTwoDigits(String form) {
        assertThatThrownBy(() -> read(form))
                .isInstanceOf(FormFields.UnreadableException.class)
                .hasMessageStartingWith("has a percent sign without two hexadecimal digits");
    }

    @Test
    void shouldNoteTheFirstThreeThatAreThereTwice() throws Exception {
        JsonObjectReader.Read read = read("a=1&b=1&c=1&d=1&e=1&e=2&d=2&c=2&b=2&c=3");

        assertThat(read.object())
                .isEqualTo(JsonObjects.object("{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\",\"d\":\"2\",\"e\":\"2\"}"));
        assertThat(read.notes())
                .containsExactly(
                        "\"e\" is there twice; the last one counts",
                        "\"d\" is there twice; the last one counts",
                        "\"c\" is there twice; the last one counts");
    }
}

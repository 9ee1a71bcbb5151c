package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerLengthTest {

    private static long length(String... headers) throws ProtocolException {
        BasicHttpResponse answer = new BasicHttpResponse(200);
        for (String header : headers) {
            answer.addHeader(header.split(": ", 2)[0], header.split(": ", 2)[1]);
        }
        return new AnswerLength().determineLength(answer);
    }

    @Test
    void shouldReadALengthAlsoIfItIsSaidTwice() throws Exception {
        assertThat(length("Content-Length: 17")).isEqualTo(17);
        assertThat(length("Content-Length: 0")).isZero();
        assertThat(length("Content-Length: 999999999999999999")).isEqualTo(999_999_999_999_999_999L);
        assertThat(length("Content-Length:  17 ")).isEqualTo(17);
        assertThat(length("Content-Length: 17, 17")).isEqualTo(17);
        assertThat(length("Content-Length: 17", "Content-Length: 17")).isEqualTo(17);
    }

    @Test
    @DisplayName("protocol: answer — chunked wins over a length, and identity says nothing (RFC 9112 6.3)")
    void shouldLetChunkedWin() throws Exception {
        assertThat(length("Transfer-Encoding: chunked")).isEqualTo(ContentLengthStrategy.CHUNKED);
        assertThat(length("Content-Length: 17", "Transfer-Encoding: Chunked")).isEqualTo(ContentLengthStrategy.CHUNKED);
        assertThat(length("Transfer-Encoding: identity, ,chunked")).isEqualTo(ContentLengthStrategy.CHUNKED);
        assertThat(length("Transfer-Encoding: identity", "Content-Length: 17")).isEqualTo(17);
        assertThat(length("X-Powered-By: PHP")).isEqualTo(ContentLengthStrategy.UNDEFINED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: many|its Content-Length is no length: many",
                "Content-Length: -1|its Content-Length is no length: -1",
                "Content-Length: 17, 18|its Content-Length is no length: 17, 18",
                "Content-Length: 9999999999999999999|its Content-Length is no length: 9999999999999999999",
                "Transfer-Encoding: gzip, chunked|its Transfer-Encoding is not understood: gzip, chunked",
                "Transfer-Encoding: br|its Transfer-Encoding is not understood: br"
            })
    void shouldRefuseWhatIsNoLength(String header, String problem) {
        assertThatThrownBy(() -> length(header))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(problem);
    }
}

package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.mdoq.protocol.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {

    private static final byte[] BODY = "{\"result\":\"fail\",\"message\":\"freeze\"}".getBytes(StandardCharsets.UTF_8);

    static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(byte[] body, boolean framed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, !framed);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(body);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    @Test
    @DisplayName("protocol: answer — compressed although nobody asked for that")
    void shouldUndoTheCodingsThatServersUse() throws Exception {
        for (String name : new String[] {"gzip", "GZip", "x-gzip", " gzip ", "identity, gzip"}) {
            assertThat(ContentCoding.decode(gzip(BODY), name)).as(name).isEqualTo(BODY);
        }
        assertThat(ContentCoding.decode(deflate(BODY, true), "deflate")).isEqualTo(BODY);
        assertThat(ContentCoding.decode(deflate(BODY, false), "deflate")).isEqualTo(BODY);
        assertThat(ContentCoding.decode(gzip(deflate(BODY, true)), "deflate, gzip"))
                .isEqualTo(BODY);
        assertThat(ContentCoding.decode(gzip(gzip(BODY)), "gzip, gzip")).isEqualTo(BODY);
        assertThat(ContentCoding.decode(gzip(gzip(gzip(gzip(BODY)))), "gzip, gzip, gzip, gzip"))
                .isEqualTo(BODY);
        assertThat(ContentCoding.decode(BODY, null)).isEqualTo(BODY);
        assertThat(ContentCoding.decode(BODY, "identity")).isEqualTo(BODY);
        assertThat(ContentCoding.decode(new byte[0], "gzip")).isEmpty();
    }

    @Test
    @DisplayName("protocol: answer size — counted after decompression: a small answer cannot fill the heap")
    void shouldBoundWhatComesOut() throws Exception {
        byte[] most = new byte[Limits.BODY_BYTES];
        assertThat(ContentCoding.decode(gzip(most), "gzip")).hasSize(Limits.BODY_BYTES);
        byte[] bomb = gzip(new byte[200 * Limits.BODY_BYTES]);
        assertThat(bomb).hasSizeLessThan(Limits.BODY_BYTES);
        for (byte[] tooMuch : new byte[][] {gzip(new byte[Limits.BODY_BYTES + 1]), bomb}) {
            assertThatThrownBy(() -> ContentCoding.decode(tooMuch, "gzip")).isInstanceOf(BoundedBody.TooLarge.class);
        }
        assertThatThrownBy(() -> ContentCoding.decode(deflate(new byte[Limits.BODY_BYTES + 1], true), "deflate"))
                .isInstanceOf(BoundedBody.TooLarge.class);
        assertThatThrownBy(() -> ContentCoding.decode(gzip(bomb), "gzip, gzip"))
                .isInstanceOf(BoundedBody.TooLarge.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "compress", "gzip, br", "nonsense"})
    void shouldSayWhatItCannotUndo(String codings) {
        assertThatThrownBy(() -> ContentCoding.decode(BODY, codings))
                .isInstanceOf(ContentCoding.UndecodableException.class)
                .hasMessageContaining("'" + codings.replace("gzip, ", "") + "', which nobody asked for");
    }

    @Test
    void shouldSayThatItIsNotWhatItSays() throws Exception {
        byte[] whole = gzip(BODY);
        for (byte[] body : new byte[][] {BODY, Arrays.copyOf(whole, whole.length / 2), Arrays.copyOf(whole, 3)}) {
            assertThatThrownBy(() -> ContentCoding.decode(body, "gzip"))
                    .isInstanceOf(ContentCoding.UndecodableException.class)
                    .hasMessage("says that it is compressed as gzip, but is not, or is cut short");
        }
        assertThatThrownBy(() -> ContentCoding.decode(BODY, "gzip,gzip,gzip,gzip,gzip"))
                .isInstanceOf(ContentCoding.UndecodableException.class);
    }
}

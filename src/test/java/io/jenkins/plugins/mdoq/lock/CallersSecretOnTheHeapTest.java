package io.jenkins.plugins.mdoq.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.kit.HeapDump;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller of the lock API presents as a secret, right or wrong, is nowhere on the heap once the call is answered. */
class CallersSecretOnTheHeapTest {

    @TempDir
    private Path folder;

    private final HeapDump heap = new HeapDump();

    private int call(LockApiFixture fixture, String lock, String type, boolean inHeader) {
        String secret = heap.secret();
        String body = type.endsWith("json")
                ? "{\"lock\":\"" + lock + "\",\"secret\":\"" + (inHeader ? "" : secret) + "\"}"
                : "lock=" + lock.replace("#", "%23") + "&message=x" + (inHeader ? "" : "&secret=" + secret);
        return fixture.api
                .answer(new LockRequest(
                        "release",
                        type,
                        body.getBytes(StandardCharsets.UTF_8),
                        inHeader ? secret : null,
                        LockApiFixture.ADDRESS))
                .status();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, false",
        "application/json, true",
        "application/x-www-form-urlencoded, false",
        "application/x-www-form-urlencoded, true"
    })
    void shouldForgetIt(String type, boolean inHeader) throws Exception {
        LockApiFixture fixture = new LockApiFixture(folder);
        String lock = fixture.hold();

        assertThat(call(fixture, lock, type, inHeader)).isEqualTo(401);

        assertThat(heap.left(folder)).isZero();
        assertThat(fixture.onDisk(lock).refusals()).hasSize(1);
    }

    @Test
    void shouldForgetItWhenItsBodyCannotBeRead() throws Exception {
        LockApiFixture fixture = new LockApiFixture(folder);

        assertThat(fixture.ask("release", "{\"secret\":\"" + heap.secret() + "\",}")
                        .status())
                .isEqualTo(400);

        assertThat(heap.left(folder)).isZero();
    }
}

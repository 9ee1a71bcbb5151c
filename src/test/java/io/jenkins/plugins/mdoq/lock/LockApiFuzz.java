package io.jenkins.plugins.mdoq.lock;

import io.jenkins.plugins.mdoq.history.JournalsInMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What is sent to the lock API: it answers with a status of its document, and does nothing for who does not know the secret. The
 * first byte of the input chooses the action, the second one the content type, the third one the secret in the header, and the
 * rest is the body; in it {@code \1} stands for the lock and {@code \2} for the secret, since nobody finds those by trying.
 */
public final class LockApiFuzz {

    private static final Set<Integer> STATUSES = Set.of(200, 400, 401, 403, 404, 409, 410, 413, 415, 429);
    private static final String[] ACTIONS = {"release", "log", "status", "Release", ""};
    private static final String[] TYPES = {
        "application/json",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "application/x-www-form-urlencoded; charset=latin1",
        "multipart/form-data; boundary=x",
        null
    };

    private LockApiFuzz() {}

    /** Called by Jazzer, and with each input that is kept. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length < 3) {
            return;
        }
        LockApiFixture fixture = LockApiFixture.on(JournalsInMemory.empty());
        String lock = fixture.hold();
        boolean inHeader = (data[2] & 1) == 1;
        byte[] body = body(data, lock);
        boolean known = inHeader || new String(body, StandardCharsets.ISO_8859_1).contains(LockApiFixture.SECRET);

        LockAnswer answer = fixture.api.answer(new LockRequest(
                ACTIONS[(data[0] & 0xff) % ACTIONS.length],
                TYPES[(data[1] & 0xff) % TYPES.length],
                body,
                inHeader ? LockApiFixture.SECRET : null,
                LockApiFixture.ADDRESS));

        if (!STATUSES.contains(answer.status())) {
            throw new AssertionError("an answer that no document names: " + answer);
        }
        if (answer.body().toString().contains(LockApiFixture.SECRET)) {
            throw new AssertionError("a secret in the answer " + answer);
        }
        boolean released = fixture.onDisk(lock).release() != null;
        boolean noted = !fixture.onDisk(lock).progress().isEmpty();
        if ((answer.status() == 200 || released || noted) && !known) {
            throw new AssertionError("done without the secret: " + answer);
        }
        if ((released || noted) && answer.status() != 200) {
            throw new AssertionError("done, and refused: " + answer);
        }
    }

    private static byte[] body(byte[] data, String lock) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 3; i < data.length; i++) {
            switch (data[i]) {
                case 1 -> body.writeBytes(lock.getBytes(StandardCharsets.UTF_8));
                case 2 -> body.writeBytes(LockApiFixture.SECRET.getBytes(StandardCharsets.UTF_8));
                default -> body.write(data[i]);
            }
        }
        return body.toByteArray();
    }
}

package io.jenkins.plugins.mdoq.lock;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a release and of a note is kept in the history. */
class LockDataTest {

    @TempDir
    private Path folder;

    private LockApiFixture fixture;
    private String lock;

    @BeforeEach
    void holdALock() throws Exception {
        fixture = new LockApiFixture(folder);
        lock = fixture.hold();
    }

    private String file() throws IOException {
        return Files.readString(Journal.in(folder).file());
    }

    @Test
    @DisplayName("protocol: lock API — a release is laid over the entry's data, any other field included")
    void shouldLayTheReleaseOverTheAnswer() throws Exception {
        fixture.answered(
                lock, 202, Result.SUCCESS, "{\"message\":\"working\",\"ticket\":\"OPS-1\",\"deep\":{\"a\":1}}");

        fixture.release(
                lock, "\"result\":\"fail\",\"message\":\"too slow\",\"deep\":{\"b\":[null,2.5,\"x\"]},\"new\":null");

        DeliveryHistory entry = fixture.onDisk(lock);
        assertThat(entry.data())
                .isEqualTo(object("{\"message\":\"too slow\",\"ticket\":\"OPS-1\",\"deep\":{\"b\":[null,2.5,\"x\"]},"
                        + "\"result\":\"fail\",\"new\":null}"));
        assertThat(entry.reason()).isEqualTo("too slow");
        assertThat(entry.answer().data().get("message").textValue()).isEqualTo("working");
    }

    @Test
    @DisplayName("protocol: truth of the flags — a release's flag that is not a JSON boolean is noted")
    void shouldNoteFlagsThatAreNoBooleans() throws Exception {
        fixture.release(lock, "\"result\":\"fail\",\"stop_release\":\"1\"");

        assertThat(fixture.onDisk(lock).release().notes())
                .containsExactly("stop_release is \"1\", not a JSON boolean; read as true");
    }

    @Test
    @DisplayName("protocol: secret — neither the caller's own nor another webhook's stays in the history")
    void shouldKeepNoSecret() throws Exception {
        LockApiFixture.Waiter waiter = fixture.waits(lock);
        String secrets = LockApiFixture.SECRET + " " + LockApiFixture.OLD_SECRET + " " + LockApiFixture.OTHERS_SECRET;
        fixture.log(lock, "\"I have " + secrets + "\"");

        fixture.release(
                lock, "\"message\":\"" + secrets + "\",\"echo\":[{\"" + LockApiFixture.OTHERS_SECRET + "\":1}]");

        assertThat(file())
                .doesNotContain(LockApiFixture.SECRET, LockApiFixture.OLD_SECRET, LockApiFixture.OTHERS_SECRET);
        assertThat(waiter.told.toString())
                .doesNotContain(LockApiFixture.SECRET, LockApiFixture.OLD_SECRET, LockApiFixture.OTHERS_SECRET);
        assertThat(fixture.onDisk(lock).release().data())
                .isEqualTo(object("{\"message\":\"**** **** ****\",\"echo\":[{\"****\":1}]}"));
        assertThat(fixture.onDisk(lock).progress().get(0).message()).isEqualTo("I have **** **** ****");
    }

    @Test
    @DisplayName("protocol: secret — one that lies across a cut does not show by its first half")
    void shouldMaskBeforeItCuts() throws Exception {
        fixture.log(lock, "\"" + "x".repeat(Limits.MESSAGE_CHARS - 5) + LockApiFixture.SECRET + "\"");

        fixture.release(
                lock, "\"result\":\"fail\",\"stop_release\":\"" + "y".repeat(35) + LockApiFixture.SECRET + "\"");

        assertThat(fixture.onDisk(lock).progress().get(0).message()).endsWith("x****");
        assertThat(file()).doesNotContain("gate-s");
    }

    @Test
    void shouldKeepOnlyWhatDecidesOfAReleaseThatIsTooLarge() throws Exception {
        fixture.release(
                lock,
                "\"result\":\"fail\",\"rollback_release\":true,\"message\":\"m\",\"report\":\""
                        + "x".repeat(Limits.DATA_BYTES) + "\"");

        assertThat(fixture.onDisk(lock).release().data())
                .isEqualTo(object("{\"result\":\"fail\",\"rollback_release\":true,\"message\":\"m\"}"));
        assertThat(fixture.onDisk(lock).release().notes())
                .singleElement()
                .asString()
                .contains("over 65536 bytes");
        assertThat(fixture.onDisk(lock).outcome()).isEqualTo(Outcome.ROLLBACK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Grüße, 世界 \ud83d\ude80",
                "\\ud83d",
                "\\u0000\\u001b[31m",
                "\\u2028\\u202e",
                "\\n{\\\"fact\\\":1}\\n"
            })
    @DisplayName("protocol: lock API — whatever characters a release holds, it can be read back")
    void shouldReadBackWhateverCharactersItWrote(String text) throws Exception {
        String whole = text.equals("\\ud83d") ? "\ufffd" : text;
        ObjectNode said = object("{\"message\":\"" + whole + "\",\"" + whole + "\":\"" + whole + "\"}");

        assertThat(fixture.release(lock, "\"message\":\"" + text + "\",\"" + text + "\":\"" + text + "\"")
                        .status())
                .isEqualTo(200);

        assertThat(fixture.onDisk(lock).release().data()).isEqualTo(said);
    }

    @Test
    @DisplayName("protocol: lock API — whatever sizes and depths a release has, it can be read back")
    void shouldReadBackWhateverShapeItWrote() throws Exception {
        String name = "€".repeat(20_000);
        String fields = "\"" + name + "\":1,\"deep\":" + "[".repeat(511) + "]".repeat(511) + ",\"number\":"
                + "9".repeat(1_000) + ",\"huge\":1e999";

        assertThat(fixture.release(lock, fields).status()).isEqualTo(200);

        assertThat(fixture.onDisk(lock).release()).isNotNull();
        assertThat(fixture.onDisk(lock).release().data().get(name).intValue()).isEqualTo(1);
    }

    @Test
    @DisplayName("protocol: progress — an entry keeps a bounded number of notes, and can still be released")
    void shouldBoundTheNotes() throws Exception {
        Fact[] notes = new Fact[Limits.PROGRESS_NOTES - 1];
        for (int i = 0; i < notes.length; i++) {
            notes[i] =
                    new Fact.Progressed(fixture.clock.instant(), fixture.delivery(lock), "note " + i, "endpoint", null);
        }
        fixture.write(notes);

        assertThat(fixture.log(lock, "\"the last one\"").status()).isEqualTo(200);
        LockAnswer full = fixture.log(lock, "\"one too many\"");

        assertThat(full.status()).isEqualTo(429);
        assertThat(full.retryAfterSeconds()).isEqualTo("3600");
        assertThat(fixture.onDisk(lock).progress()).hasSize(1_000);
        assertThat(fixture.release(lock, "").status()).isEqualTo(200);
    }

    @Test
    void shouldCutALongNoteAndSaySo() throws Exception {
        fixture.log(lock, "\"" + "x".repeat(Limits.MESSAGE_CHARS + 7) + "\"");

        assertThat(fixture.onDisk(lock).progress().get(0).message())
                .isEqualTo("x".repeat(Limits.MESSAGE_CHARS) + "… (7 more)");
    }
}

package io.jenkins.plugins.mdoq.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.mdoq.lock.LockValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockKeyFileTest {

    @TempDir
    private Path folder;

    @Test
    void shouldKeepTheKeyWithTheFolder(@TempDir Path other) throws Exception {
        LockValue lock = LockValue.mint(LockKeyFile.in(folder), "release", 1, "gate");
        assertThat(lock.isGenuine(LockKeyFile.in(folder))).isTrue();
        assertThat(lock.isGenuine(LockKeyFile.in(other))).isFalse();

        Path copy = Files.createDirectory(other.resolve("copy"));
        Files.copy(folder.resolve(LockKeyFile.NAME), copy.resolve(LockKeyFile.NAME));
        assertThat(lock.isGenuine(LockKeyFile.in(copy))).isTrue();
    }

    @Test
    void shouldBeTheOwnersAlone() throws Exception {
        LockKeyFile.in(folder);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(LockKeyFile.NAME))))
                .isEqualTo("rw-------");
        assertThat(folder.toFile().list()).containsExactly(LockKeyFile.NAME);
    }

    @Test
    void shouldNotBeDisturbedByWhatACrashLeft() throws Exception {
        Files.writeString(folder.resolve(LockKeyFile.NAME + ".new"), "half");

        assertThat(LockKeyFile.in(folder).mac("x".getBytes(UTF_8)))
                .isEqualTo(LockKeyFile.in(folder).mac("x".getBytes(UTF_8)));
        assertThat(folder.toFile().list()).containsExactly(LockKeyFile.NAME);
    }

    @Test
    void shouldSayWhatToDoAboutAFileThatHoldsNoKey() throws Exception {
        Files.writeString(folder.resolve(LockKeyFile.NAME), "half");

        assertThatThrownBy(() -> LockKeyFile.in(folder))
                .isInstanceOf(UsageException.class)
                .hasMessage(folder.resolve(LockKeyFile.NAME)
                        + " holds no key for locks; restore the file, or remove it: a new"
                        + " one is made, and locks that are waited for stay good");
    }
}

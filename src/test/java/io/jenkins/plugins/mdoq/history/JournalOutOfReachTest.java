package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.delivery;
import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that cannot be reached is not one that was deleted, whatever the JDK says of its path. */
class JournalOutOfReachTest {

    private static final Fact NOTE = new Fact.Progressed(Facts.START, delivery("gate"), "one", "endpoint", null);

    @TempDir
    private Path folder;

    private History known;

    @BeforeEach
    void layOut() throws Exception {
        Files.createFile(folder.resolve("a-file"));
        Files.createSymbolicLink(folder.resolve("a-link"), folder.resolve("not-mounted"));
        Files.createDirectory(folder.resolve("linked"));
        Files.createSymbolicLink(folder.resolve("linked").resolve(Journal.FILE_NAME), folder.resolve("not-mounted"));
        Journal sound = Journal.in(folder.resolve("sound"));
        sound.append(List.of(fired(plan("gate", true))));
        known = sound.read();
    }

    private static void assertOutOfReach(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(Journal.FILE_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-file", "a-file/below", "a-file/below/it", "a-link", "a-link/below"})
    void shouldNotTakeItForOneThatIsAbsent(String place) {
        Journal journal = Journal.in(folder.resolve(place));

        assertOutOfReach(journal::read);
        assertOutOfReach(() -> journal.update(history -> List.of(NOTE)));
        assertOutOfReach(() -> journal.update(history -> List.of()));
        assertOutOfReach(() -> journal.update(known, List.of(history -> List.of())));
        assertOutOfReach(() -> journal.append(List.of(NOTE)));
        assertOutOfReach(() -> journal.append(List.of(fired(plan("gate", true)))));
        assertThat(journal.exists()).isFalse();
    }

    @Test
    void shouldNotTakeALinkThatLeadsNowhereForAnAbsentJournal() {
        Journal journal = Journal.in(folder.resolve("linked"));

        assertOutOfReach(journal::read);
        assertOutOfReach(() -> journal.update(history -> List.of()));
        assertOutOfReach(() -> journal.append(List.of(NOTE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "builds", "builds/7/mdoq"})
    void shouldTakeItForAbsentWhereAFolderCouldHoldIt(String place) throws Exception {
        Journal journal = Journal.in(folder.resolve(place));

        assertThat(journal.read().events()).isEmpty();
        assertThat(journal.update(history -> List.of())).isEmpty();
        assertThatThrownBy(() -> journal.append(List.of(NOTE)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("the webhook history is gone");
        assertThatThrownBy(() -> journal.update(known, List.of(history -> List.of())))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("the webhook history is gone");
    }
}

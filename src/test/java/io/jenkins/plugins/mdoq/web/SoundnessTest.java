package io.jenkins.plugins.mdoq.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.HistoryEnd;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.JournalCheck;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the history page says of whether the history is as it was written. */
class SoundnessTest {

    private static final String NAME = "#7 1767323045000";

    private final HistoryViewFixture fixture = new HistoryViewFixture();

    @TempDir
    private Path folder;

    private Journal journal;

    @BeforeEach
    void write() throws IOException {
        journal = Journal.in(folder).named(NAME);
        fixture.firedWithLock();
        journal.append(fixture.facts);
    }

    private StateView soundness(boolean over) throws IOException {
        return Soundness.of(journal, List.of(NAME), journal.read(), over);
    }

    @Test
    void shouldKnowAHistoryByTheNameThatAnOlderVersionGaveItsBuild() throws Exception {
        assertThat(Soundness.of(journal, List.of("another name", NAME), journal.read(), false))
                .isEqualTo(soundness(false));
    }

    @Test
    void shouldCallAHistoryWholeWhoseBuildGoesOn() throws Exception {
        String hash = journal.check(NAME).lastHash();

        assertThat(soundness(false))
                .isEqualTo(new StateView(
                        "This history is whole: each of its 2 lines fits the one before. The hash of the last one is "
                                + hash + ".",
                        Tone.GOOD));
    }

    @Test
    void shouldMissTheVerdictOnceTheBuildIsOver() throws Exception {
        assertThat(soundness(true).tone()).isEqualTo(Tone.DOUBTFUL);
        assertThat(soundness(true).text()).contains("before_release has no verdict");

        fixture.settled(Outcome.STOP, Action.STOP);
        journal.append(fixture.facts.subList(2, 3));
        assertThat(soundness(true).tone()).isEqualTo(Tone.GOOD);
    }

    @Test
    void shouldSayWhichLineDoesNotFit() throws Exception {
        List<String> lines = Files.readAllLines(journal.file());
        lines.set(0, lines.get(0).replace("gate", "Gate"));
        Files.write(journal.file(), lines);

        assertThat(soundness(false))
                .isEqualTo(new StateView(
                        "This history was altered: line 2 does not fit line 1, so line 1 was changed, or lines were"
                                + " taken out or put in between the two.",
                        Tone.BAD));
    }

    @Test
    void shouldKnowAnotherBuildsHistory() throws Exception {
        assertThat(Soundness.of(journal, List.of("#8 1767323045000", "shop#8"), new History(), false)
                        .tone())
                .isEqualTo(Tone.BAD);
    }

    @Test
    void shouldNotReadAJournalAtEachViewThatIsTooLong() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(journal.file().toFile(), "rw")) {
            file.setLength(Soundness.MOST_BYTES);
        }
        assertThat(soundness(false).text()).contains("was cut short by a crash");
        try (RandomAccessFile file = new RandomAccessFile(journal.file().toFile(), "rw")) {
            file.setLength(Soundness.MOST_BYTES + 1);
        }
        assertThat(soundness(false).tone()).isEqualTo(Tone.PLAIN);
        assertThat(soundness(false).text())
                .contains("has 8 MiB", "too long to be checked")
                .endsWith("in the build's folder: mdoq-release-hook history mdoq --verify");
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveASentenceForWhateverIsFound(JournalCheck.State state) {
        StateView view = Soundness.of(new JournalCheck(state, 5, 9, "hash"), null);

        assertThat(view.text()).isNotBlank().doesNotContain("{");
        assertThat(view.tone() == Tone.BAD).isEqualTo(state.tampered());
        assertThat(view.tone() == Tone.GOOD).isEqualTo(state == JournalCheck.State.WHOLE);
    }

    @Test
    void shouldNameAStepWithoutAnEnd() {
        StateView view = Soundness.of(
                new JournalCheck(JournalCheck.State.WHOLE, 0, 9, "hash"),
                new HistoryEnd(HistoryEnd.Kind.STEP, "rollback"));

        assertThat(view.text()).contains("the step rollback has not ended");
        assertThat(view.tone()).isEqualTo(Tone.DOUBTFUL);
    }
}

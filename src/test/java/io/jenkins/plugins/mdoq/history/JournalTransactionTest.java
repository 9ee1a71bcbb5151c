package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.delivery;
import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going on from a history that was read before. */
class JournalTransactionTest {

    private final Facts facts = new Facts();

    @TempDir
    private Path folder;

    private Journal journal;
    private History known;

    @BeforeEach
    void fire() throws IOException {
        journal = Journal.in(folder);
        journal.append(List.of(fired(plan("gate", true))));
        known = journal.read();
    }

    private static DeliveryHistory gate(History history) {
        return history.event("before_release").entry(delivery("gate"));
    }

    private Fact answer(String data) {
        return facts.answer("gate", Result.SUCCESS, data);
    }

    private Fact note(String message) {
        return new Fact.Progressed(Facts.START, delivery("gate"), message, "endpoint", null);
    }

    @Test
    void shouldShowWhatOthersWroteSinceItWasRead() throws Exception {
        journal.append(List.of(note("one")));
        Journal.in(folder).append(List.of(note("two")));

        Facts.update(journal, known, history -> List.of(note("three")));
        journal.append(List.of(note("four")));
        Facts.update(journal, known, history -> List.of());

        assertThat(gate(known).progress())
                .extracting(Fact.Progressed::message)
                .containsExactly("one", "two", "three", "four");
        assertThat(gate(journal.read()).progress()).isEqualTo(gate(known).progress());
    }

    @Test
    void shouldReadOnlyWhatWasWrittenSince() throws Exception {
        // What was folded is not looked at again, so that it costs nothing: here it would be damage by now.
        byte[] bytes = Files.readAllBytes(journal.file());
        bytes[0] = '!';
        Files.write(journal.file(), bytes);
        journal.append(List.of(note("one")));

        Facts.update(journal, known, history -> List.of());

        assertThat(gate(known).progress()).hasSize(1);
        assertThat(known.damage()).isEmpty();
        assertThat(journal.read().damage()).isNotEmpty();
    }

    @Test
    void shouldLetADecisionSeeItsOwnFactsAndWriteThemTogether() throws Exception {
        AtomicReference<String> onDisk = new AtomicReference<>();
        Journal masking = journal.redacting(Redactor.of(Secrets.ofTexts("hush-hush")));

        List<Fact> written = masking.transact(known, transaction -> {
                    transaction.append(answer("{'message': 'hush-hush'}"));
                    try {
                        onDisk.set(Files.readString(journal.file()));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    transaction.append(new Fact.Settled(
                            Facts.START,
                            "before_release",
                            Outcome.SUCCESS,
                            Action.CONTINUE,
                            null,
                            gate(transaction.history()).reason()));
                    return null;
                })
                .facts();

        assertThat(onDisk.get()).as("nothing before all is decided").doesNotContain("answer");
        assertThat(written).hasSize(2);
        assertThat(((Fact.Settled) written.get(1)).reason())
                .as("decided on what is written")
                .isEqualTo(Redactor.MASK);
        assertThat(known.event("before_release").settled()).isEqualTo(written.get(1));
        assertThat(journal.read().event("before_release").settled()).isEqualTo(written.get(1));
        assertThat(gate(journal.read()).answer()).isEqualTo(written.get(0));
    }

    @Test
    void shouldPassOverATornLineAndWriteInItsPlace() throws Exception {
        Files.writeString(journal.file(), "{\"fact\":\"progr", StandardOpenOption.APPEND);

        Facts.update(journal, known, history -> List.of(note("one")));
        journal.append(List.of(note("two")));
        Facts.update(journal, known, history -> List.of());

        assertThat(gate(known).progress()).hasSize(2);
        assertThat(known.damage()).isEmpty();
        assertThat(journal.read().damage()).isEmpty();
    }

    @Test
    void shouldCountLinesOnWhereItLeftOff() throws Exception {
        Files.writeString(journal.file(), "nonsense\n", StandardOpenOption.APPEND);

        Facts.update(journal, known, history -> List.of());

        assertThat(known.damage()).singleElement().asString().startsWith("line 2 ");
    }

    @Test
    void shouldRefuseAJournalThatIsGone() throws Exception {
        Files.delete(journal.file());

        assertThatThrownBy(() -> Facts.update(journal, known, history -> List.of(note("one"))))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("the webhook history is gone");
        assertThat(journal.exists()).isFalse();
    }

    @Test
    void shouldRefuseAJournalThatBecameShorter() throws Exception {
        Files.writeString(journal.file(), "");

        assertThatThrownBy(() -> Facts.update(journal, known, history -> List.of(note("one"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("became shorter");
        assertThat(Files.size(journal.file())).isZero();
    }
}

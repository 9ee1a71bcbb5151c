package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a journal when the power fails, now or in the middle of writing. */
class JournalDurabilityTest {

    /** Of what may be left, the least is. */
    private static final int UNLUCKY = 1;

    private final Facts facts = new Facts();
    private final SimulatedDisk disk = new SimulatedDisk();
    private final Journal journal = disk.journal(Path.of("/jenkins/jobs/shop/builds/7/mdoq"));

    private int linesAfterPowerCut() throws IOException {
        disk.cutPower(UNLUCKY);
        disk.restorePower();
        return journal.read().lines();
    }

    @Test
    void shouldFindANewJournalAgainWithAllTheFoldersThatNameIt() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));

        assertThat(disk.isDurable()).isTrue();
        assertThat(linesAfterPowerCut()).isEqualTo(1);
    }

    @Test
    void shouldFindANewJournalAgainThatATransactionBegan() throws Exception {
        Journal.Committed<String> committed = journal.transact(transaction -> {
            transaction.append(fired(plan("gate", true)));
            return "begun";
        });

        assertThat(committed.result()).isEqualTo("begun");
        assertThat(committed.facts()).hasSize(1);
        assertThat(linesAfterPowerCut()).isEqualTo(1);
    }

    @Test
    void shouldKeepEachLineThatWasWritten() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        journal.append(List.of(facts.attempt("gate", 1), facts.progress("gate", "one")));

        assertThat(linesAfterPowerCut()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void shouldCountNoneOrAllOfWhatWasBeingWritten(int operation) throws Exception {
        disk.cutPowerAfter(operation, UNLUCKY);
        assertThatThrownBy(() -> journal.append(List.of(fired(plan("gate", true)))))
                .isInstanceOf(SimulatedDisk.PowerCut.class);
        disk.restorePower();

        assertThat(journal.read().lines()).isBetween(0, 1);
        journal.append(List.of(fired(plan("gate", true))));
        assertThat(journal.check("").state()).isEqualTo(JournalCheck.State.WHOLE);
        assertThat(linesAfterPowerCut()).isPositive();
    }

    @Test
    void shouldGoOnBehindALineThatWasTornWhereverItWas() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        int length = disk.bytes(journal.file()).length;
        for (int kept = 0; kept < 120; kept++) {
            disk.cutPowerAfter(0, 2 * kept);
            assertThatThrownBy(() -> journal.append(List.of(facts.progress("gate", "x".repeat(100)))))
                    .isInstanceOf(SimulatedDisk.PowerCut.class);
            disk.restorePower();
            assertThat(disk.bytes(journal.file()).length - length).isEqualTo(kept);

            journal.append(List.of(facts.progress("gate", "after it")));
            assertThat(journal.read().damage()).isEmpty();
            assertThat(journal.check("").state()).isEqualTo(JournalCheck.State.WHOLE);
            length = disk.bytes(journal.file()).length;
        }
    }
}

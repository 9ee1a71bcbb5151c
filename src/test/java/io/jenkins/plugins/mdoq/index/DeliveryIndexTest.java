package io.jenkins.plugins.mdoq.index;

import static io.jenkins.plugins.mdoq.index.IndexFixture.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.report.EntryState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the index knows of the journals, and when. */
class DeliveryIndexTest {

    @TempDir
    private Path folder;

    private IndexFixture builds;

    @BeforeEach
    void build() {
        builds = new IndexFixture(folder);
    }

    private static List<Long> numbers(DeliveryIndex index) {
        return index.rows().stream().map(row -> row.process().number()).toList();
    }

    private void finish(int... numbers) throws Exception {
        for (int number : numbers) {
            builds.done(number, "gate", Result.SUCCESS, 20, "fine");
        }
    }

    @Test
    void shouldReadNothingBeforeItIsAsked() throws Exception {
        finish(1);
        DeliveryIndex index = new DeliveryIndex(builds);
        index.touch(name(1));
        index.readTouched();

        assertThat(index.rows()).isEmpty();
        assertThat(index.progress().complete()).isFalse();
        assertThat(builds.walks).hasValue(0);
    }

    @Test
    void shouldShowTheDeliveriesOfAllBuildsNewestFirst() throws Exception {
        finish(2, 3, 1);
        builds.build(4);
        DeliveryIndex index = new DeliveryIndex(builds);
        index.readAll();

        assertThat(numbers(index)).containsExactly(3L, 2L, 1L);
        assertThat(index.progress()).isEqualTo(new DeliveryIndex.Progress(true, 3, 0));
        DeliveryRow row = index.rows().get(0);
        assertThat(row.process()).isEqualTo(name(3));
        assertThat(row.delivery()).isEqualTo("msg_3_gate");
        assertThat(row.webhook()).isEqualTo("gate");
        assertThat(row.event()).isEqualTo("before_release");
        assertThat(row.firedAt()).isEqualTo(IndexFixture.at(3));
        assertThat(row.state()).isEqualTo(EntryState.SUCCESS);
        assertThat(row.took()).hasMillis(20);
        assertThat(row.reason()).isEqualTo("fine");
    }

    @Test
    void shouldShowTheNewerBuildFirstOfThoseThatFiredAtTheSameTime() throws Exception {
        builds.at(1, IndexFixture.at(5));
        builds.at(2, IndexFixture.at(5));
        finish(1, 2);
        DeliveryIndex index = new DeliveryIndex(builds);
        index.readAll();

        assertThat(numbers(index)).containsExactly(2L, 1L);
    }

    @Test
    void shouldKeepTheNewestAndNoMoreThanItMay() throws Exception {
        finish(1, 2, 3, 4, 5);
        DeliveryIndex index = new DeliveryIndex(builds, 3);
        index.readAll();

        assertThat(numbers(index)).containsExactly(5L, 4L, 3L);
        assertThat(index.progress().read()).as("older ones are not even read").isEqualTo(3);

        finish(6);
        index.touch(name(6));
        index.readTouched();
        assertThat(numbers(index)).containsExactly(6L, 5L, 4L);
    }

    @Test
    void shouldKeepTheNewestOfOneBuildThatHasMoreThanItMay() throws Exception {
        finish(1);
        for (String webhook : List.of("a", "b", "c")) {
            builds.done(2, webhook, Result.SUCCESS, 20, "");
        }
        DeliveryIndex index = new DeliveryIndex(builds, 2);
        index.readAll();

        assertThat(index.rows()).extracting(DeliveryRow::webhook).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void shouldBeMadeAnewWithoutLoss() throws Exception {
        finish(1, 2, 3);
        DeliveryIndex first = new DeliveryIndex(builds);
        first.readAll();
        DeliveryIndex second = new DeliveryIndex(builds);
        second.readAll();

        assertThat(second.rows()).isNotEmpty().isEqualTo(first.rows());
    }

    @Test
    void shouldReadAJournalOnceAsLongAsItIsTheSame() throws Exception {
        finish(1, 2);
        DeliveryIndex index = new DeliveryIndex(builds);
        index.readAll();
        DeliveryRow before = index.rows().get(1);
        finish(3);
        index.readAll();

        assertThat(numbers(index)).containsExactly(3L, 2L, 1L);
        assertThat(index.rows().get(2)).isSameAs(before);
    }

    @Test
    void shouldForgetABuildThatWasDeleted() throws Exception {
        finish(1, 2);
        DeliveryIndex index = new DeliveryIndex(builds);
        index.readAll();
        builds.builds.remove(2);
        index.readAll();

        assertThat(numbers(index)).containsExactly(1L);
    }

    @Test
    void shouldFollowABuildThatRuns() throws Exception {
        finish(1);
        DeliveryIndex index = new DeliveryIndex(builds);
        index.readAll();
        builds.running.add(2L);
        index.touch(name(2));
        index.readTouched();
        assertThat(numbers(index)).as("it has not fired yet").containsExactly(1L);

        String id = builds.fire(2, "gate");
        index.readTouched();
        assertThat(index.rows().get(0).state()).isEqualTo(EntryState.SENDING);

        builds.answer(2, id, Result.FAIL, 30, "not today");
        index.readTouched();
        assertThat(index.rows().get(0).state()).isEqualTo(EntryState.FAIL);
        assertThat(index.rows().get(0).reason()).isEqualTo("not today");

        builds.done(2, "second", Result.SUCCESS, 10, "");
        index.readTouched();
        assertThat(numbers(index)).containsExactly(2L, 2L, 1L);
        assertThat(builds.walks).as("nothing else was looked at").hasValue(1);
    }

    @Test
    void shouldSeeWhatIsWrittenBetweenTheLastLookAndTheEndOfABuild() throws Exception {
        DeliveryIndex index = new DeliveryIndex(builds);
        index.readAll();
        builds.running.add(1L);
        index.touch(name(1));
        String id = builds.fire(1, "gate");
        index.readTouched();
        builds.answer(1, id, Result.SUCCESS, 30, "");
        builds.running.clear();
        index.readTouched();

        assertThat(index.rows()).extracting(DeliveryRow::state).containsExactly(EntryState.SUCCESS);
    }

    @Test
    void shouldSeeThatABuildEndedWithoutAVerdict() throws Exception {
        builds.running.add(1L);
        builds.fire(1, "gate");
        DeliveryIndex index = new DeliveryIndex(builds);
        index.readAll();
        assertThat(index.rows()).extracting(DeliveryRow::state).containsExactly(EntryState.SENDING);

        builds.running.clear();
        index.readTouched();

        assertThat(index.rows()).extracting(DeliveryRow::state).containsExactly(EntryState.ABANDONED);
    }

    @Test
    void shouldSayHowManyHistoriesCouldNotBeRead() throws Exception {
        finish(1, 2);
        Path file = builds.build(2).file();
        Files.delete(file);
        Files.createDirectory(file);
        DeliveryIndex index = new DeliveryIndex(builds);
        index.readAll();

        assertThat(numbers(index)).containsExactly(1L);
        assertThat(index.progress()).isEqualTo(new DeliveryIndex.Progress(true, 2, 1));
    }

    @Test
    void shouldKeepOnlyPlainAndShortTexts() throws Exception {
        builds.done(1, "g\u202eate", Result.FAIL, 20, "<script>\u0007\u202e" + "x".repeat(1 << 20));
        DeliveryIndex index = new DeliveryIndex(builds);
        index.readAll();

        DeliveryRow row = index.rows().get(0);
        assertThat(row.webhook()).isEqualTo("g ate");
        assertThat(row.reason())
                .startsWith("<script>")
                .doesNotContain("\u0007", "\u202e")
                .hasSizeLessThan(250);
    }

    private static List<DeliveryRow> rows(Fact... what) {
        List<Fact> all = new ArrayList<>();
        all.add(Facts.fired(Facts.plan("gate", true), Facts.plan("other", true)));
        all.addAll(List.of(what));
        return DeliveryRow.of(name(1), History.of(all), false, each -> each);
    }

    @Test
    void shouldNameTheWebhookThatADeliveryWasGivenUpForAndNotWhatItSaid() {
        Facts facts = new Facts();
        Fact no = facts.answer("other", Result.FAIL, "{'stop_release':true,'message':'no'}");
        Fact settled = new Fact.Settled(Facts.START, "before_release", Outcome.STOP, Action.STOP, "other", "no");
        DeliveryRow gate = rows(no, settled, facts.cancellation("gate", "no")).get(0);
        assertThat(gate.decidedBy()).isEqualTo("other");
        assertThat(gate.reason()).isEmpty();

        assertThat(rows(no, facts.cancellation("gate", "no")).get(0).decidedBy())
                .as("no verdict yet")
                .isNull();
        assertThat(rows(no, settled).get(0).decidedBy()).as("not given up").isNull();
        assertThat(rows(no, settled).get(1).decidedBy()).as("its own decision").isNull();
        DeliveryRow own = rows(settled, facts.cancellation("other", "no")).get(1);
        assertThat(own.decidedBy()).as("given up for its own decision").isNull();
        Fact good = facts.release("gate", "{'result':'success','message':'fine'}");
        assertThat(rows(no, good, settled, facts.cancellation("gate", "no"))
                        .get(0)
                        .decidedBy())
                .as("released before it was given up")
                .isNull();
    }
}

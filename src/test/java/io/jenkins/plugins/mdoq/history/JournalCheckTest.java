package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chain of hashes, and what it tells of a journal that somebody or something changed. */
class JournalCheckTest {

    private static final String NAME = "shop/release#7";

    private final Facts facts = new Facts();

    @TempDir
    private Path folder;

    private Journal journal;

    @BeforeEach
    void write() throws IOException {
        journal = Journal.in(folder).named(NAME);
        journal.append(List.of(fired(plan("gate", true)), facts.attempt("gate", 1)));
        journal.transact(transaction -> {
            transaction.append(facts.answer("gate", Result.SUCCESS, "{'message':'Größe} prev'}"));
            transaction.append(facts.progress("gate", "m".repeat(5_000)));
            return null;
        });
        journal.append(List.of(facts.progress("gate", "halfway")));
        journal.append(List.of(facts.release("gate", "{}")));
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(journal.file()));
    }

    private void rewrite(List<String> lines) throws IOException {
        Files.writeString(journal.file(), String.join("\n", lines) + "\n");
    }

    private void assertFound(JournalCheck.State state, int line) throws IOException {
        JournalCheck check = journal.check(NAME);
        assertThat(check.state()).isEqualTo(state);
        assertThat(check.line()).isEqualTo(line);
        assertThat(check.sentence()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void shouldFindAJournalWholeHoweverItWasWritten() throws Exception {
        assertFound(JournalCheck.State.WHOLE, 0);
        JournalCheck check = journal.check(null);
        assertThat(check.lines()).isEqualTo(6);
        byte[] last = lines().get(5).getBytes(StandardCharsets.UTF_8);
        assertThat(check.lastHash()).isEqualTo(JournalChain.hash(last));
        assertThat(journal.read().damage()).isEmpty();
    }

    @Test
    void shouldFindNothingWhereNothingWasWritten() throws Exception {
        assertThat(Journal.in(folder.resolve("none")).check(NAME).state()).isEqualTo(JournalCheck.State.EMPTY);
    }

    @Test
    void shouldTellWhereAByteWasChanged() throws Exception {
        byte[] whole = Files.readAllBytes(journal.file());
        int line = 1;
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == '\n') {
                line++;
                continue;
            }
            if (line == 6 || line == 4 && i % 97 != 0) {
                // Of the last line only the hash that was noted elsewhere tells; the long one is tried here and there.
                continue;
            }
            byte[] changed = Arrays.copyOf(whole, whole.length);
            changed[i] ^= 1;
            Files.write(journal.file(), changed);
            JournalCheck check = journal.check(NAME);
            assertThat(check.state())
                    .as("byte %d of line %d", i, line)
                    .isNotIn(JournalCheck.State.WHOLE, JournalCheck.State.EMPTY, JournalCheck.State.TORN);
            assertThat(check.line()).as("byte %d of line %d", i, line).isBetween(line, line + 1);
        }
    }

    @Test
    void shouldTellWhereLinesWereTakenOutOrPutIn() throws Exception {
        List<String> whole = lines();
        for (int taken = 1; taken < 5; taken++) {
            List<String> lines = new ArrayList<>(whole);
            lines.remove(taken);
            rewrite(lines);
            assertFound(JournalCheck.State.ALTERED, taken + 1);
        }
        List<String> lines = new ArrayList<>(whole);
        lines.add(3, whole.get(3));
        rewrite(lines);
        assertFound(JournalCheck.State.ALTERED, 5);
    }

    @Test
    void shouldTellThatTheBeginningIsMissingOrAnothers() throws Exception {
        rewrite(lines().subList(1, 6));
        assertFound(JournalCheck.State.BEGINNING_MISSING, 1);

        Path other = folder.resolve("copy");
        Journal copy = Journal.in(other).named("shop/release#8");
        copy.append(List.of(fired(plan("gate", true))));
        assertThat(copy.check(NAME).state()).isEqualTo(JournalCheck.State.BEGINNING_MISSING);
        assertThat(copy.check("shop/release#8").state()).isEqualTo(JournalCheck.State.WHOLE);
    }

    @Test
    void shouldTellATornEndAndGoOnBehindIt() throws Exception {
        String hash = journal.check(NAME).lastHash();
        Files.writeString(journal.file(), "{\"fact\":\"progr", StandardOpenOption.APPEND);
        assertFound(JournalCheck.State.TORN, 7);
        assertThat(journal.check(NAME).sentence()).contains("line 7 ", "the 6 lines before it", hash);
        assertThat(journal.check(NAME).lastHash()).isEqualTo(hash);

        journal.append(List.of(facts.progress("gate", "after the crash")));
        assertFound(JournalCheck.State.WHOLE, 0);
    }

    @Test
    void shouldShowByTheLastHashThatTheEndWasCutOff() throws Exception {
        JournalCheck before = journal.check(NAME);
        rewrite(lines().subList(0, 4));

        JournalCheck after = journal.check(NAME);
        assertThat(after.state()).isEqualTo(JournalCheck.State.WHOLE);
        assertThat(after.lines()).isEqualTo(4);
        assertThat(after.lastHash()).isNotEqualTo(before.lastHash());
    }

    @Test
    void shouldGoOnFromAJournalThatWasBegunWithoutHashes() throws Exception {
        List<String> old = lines().stream()
                .map(line -> line.replaceFirst(",\"prev\":\"[A-Za-z0-9_-]{43}\"}$", "}"))
                .toList();
        rewrite(old);
        assertFound(JournalCheck.State.PARTLY_CHAINED, 1);

        journal.append(List.of(facts.progress("gate", "by the new version")));
        assertFound(JournalCheck.State.PARTLY_CHAINED, 1);
        List<String> lines = lines();
        assertThat(lines.get(6)).contains("\"prev\":\"");
        lines.set(5, lines.get(5).replace("before_release", "before_Release").replace("\"by\"", "\"By\""));
        rewrite(lines);
        assertFound(JournalCheck.State.ALTERED, 7);
    }

    @Test
    void shouldNotBeCertainOfALineWithoutAHashBehindChainedOnes() throws Exception {
        Files.writeString(
                journal.file(),
                "{\"fact\":\"beat\",\"at\":\"2026-03-01T10:00:00Z\",\"delivery\":\"msg_gate\"}\n",
                StandardOpenOption.APPEND);
        assertFound(JournalCheck.State.UNCHAINED, 7);
        Files.writeString(
                journal.file(),
                "{\"fact\":\"beat\",\"at\":\"2026-03-01T10:00:01Z\",\"delivery\":\"msg_gate\"}\n",
                StandardOpenOption.APPEND);
        assertFound(JournalCheck.State.UNCHAINED, 7);

        journal.append(List.of(facts.progress("gate", "by the new version again")));
        assertFound(JournalCheck.State.UNCHAINED, 7);
        List<String> lines = lines();
        lines.set(7, lines.get(7).replace("10:00", "10:01"));
        rewrite(lines);
        assertFound(JournalCheck.State.ALTERED, 9);
    }

    @Test
    void shouldLookForALineThatWasNoted() throws Exception {
        String early = JournalChain.hash(lines().get(2).getBytes(StandardCharsets.UTF_8));
        String last = journal.check(NAME).lastHash();
        assertThat(journal.check(NAME, early).state()).isEqualTo(JournalCheck.State.WHOLE);
        assertThat(journal.check(NAME, last).state()).isEqualTo(JournalCheck.State.WHOLE);

        rewrite(lines().subList(0, 5));
        JournalCheck cut = journal.check(NAME, last);
        assertThat(cut.state()).isEqualTo(JournalCheck.State.NOTED_MISSING);
        assertThat(cut.state().tampered()).isTrue();
        assertThat(cut.line()).isZero();
        assertThat(cut.sentence()).contains("its 5 lines").contains("cut off");
        assertThat(journal.check(NAME, early).state()).isEqualTo(JournalCheck.State.WHOLE);
    }

    @Test
    void shouldShowByALineThatWasNotedThatAllWasWrittenAnew() throws Exception {
        String noted = journal.check(NAME).lastHash();
        Files.delete(journal.file());
        journal.append(List.of(fired(plan("gate", true)), facts.attempt("gate", 1)));

        assertThat(journal.check(NAME).state()).isEqualTo(JournalCheck.State.WHOLE);
        assertThat(journal.check(NAME, noted).state()).isEqualTo(JournalCheck.State.NOTED_MISSING);
        Files.delete(journal.file());
        assertThat(journal.check(NAME, noted).state()).isEqualTo(JournalCheck.State.NOTED_MISSING);
    }

    @Test
    void shouldNotLetANotedLineHideWhereSomethingWasChanged() throws Exception {
        String noted = JournalChain.hash(lines().get(0).getBytes(StandardCharsets.UTF_8));
        List<String> lines = lines();
        lines.set(4, lines.get(4).replace("halfway", "almost done"));
        rewrite(lines);

        JournalCheck check = journal.check(NAME, noted);
        assertThat(check.state()).isEqualTo(JournalCheck.State.ALTERED);
        assertThat(check.line()).isEqualTo(6);
        assertThat(check.sentence()).contains("line 6 does not fit", "line 5 was changed");
        assertThat(journal.check(NAME, "x".repeat(43)).state()).isEqualTo(JournalCheck.State.ALTERED);
    }

    @Test
    void shouldSayHowMuchIsLeftOfAJournalOfOneTornLine() throws Exception {
        Files.writeString(journal.file(), "{\"fact\":\"fired\"");
        assertFound(JournalCheck.State.TORN, 1);
        assertThat(journal.check(NAME).lines()).isZero();
        assertThat(journal.check(NAME).sentence()).doesNotContain("hash");
    }
}

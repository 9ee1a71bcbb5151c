package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.delivery;
import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.json;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

    private final Facts facts = new Facts();

    @TempDir
    private Path folder;

    private Journal journal;

    @BeforeEach
    void open() {
        journal = Journal.in(folder);
    }

    private EventHistory event() throws IOException {
        return journal.read().event("before_release");
    }

    private byte[] bytes() throws IOException {
        return Files.readAllBytes(journal.file());
    }

    @Test
    void shouldBeEmptyBeforeAnythingWasWritten() throws Exception {
        assertThat(journal.exists()).isFalse();
        assertThat(journal.read().events()).isEmpty();
        assertThat(journal.read().damage()).isEmpty();
        assertThat(journal.newest(10).events()).isEmpty();
        assertThat(journal.append(List.of())).isEmpty();
        assertThat(journal.update(history -> List.of())).isEmpty();
        assertThat(journal.exists()).isFalse();
    }

    @Test
    void shouldMakeItsFolderWithTheFirstFact() throws Exception {
        journal = Journal.in(folder.resolve("builds/7"));

        journal.append(List.of(fired()));

        assertThat(journal.exists()).isTrue();
        assertThat(event().fired()).isEqualTo(fired());
    }

    @Test
    void shouldGiveBackWhatWasWritten() throws Exception {
        Fact.Fired fired = fired(plan("gate", true), plan("chat", false));
        Fact.Attempted attempt = facts.attempt("gate", 1);
        Fact.AttemptFailed failure = facts.failure("gate", 1, false);
        Fact.Answered answer = facts.answer("gate", Result.SUCCESS, "{'message':'wait'}");
        Fact.Progressed progress = facts.progress("gate", "halfway");
        Fact.Released release = facts.release("gate", "{'result':'fail'}");
        Fact.Expired expiry = facts.expiry("chat");
        Fact.Cancelled cancellation = facts.cancellation("chat", "aborted");
        Fact.Noticed notice = new Fact.Noticed(Facts.START, delivery("chat"), "before_release_cancelled", 200, null);
        Fact.Settled verdict = facts.verdict(Outcome.FAIL, Action.CONTINUE, "why");
        StepFact.Started started = new StepFact.Started(Facts.START, "rollback");
        StepFact.Finished finished = new StepFact.Finished(Facts.START, "rollback", 0, null);

        List<Fact> all = List.of(
                fired,
                attempt,
                failure,
                answer,
                progress,
                release,
                expiry,
                cancellation,
                notice,
                verdict,
                started,
                finished);
        assertThat(journal.append(all)).isEqualTo(all);

        History history = journal.read();
        DeliveryHistory gate = history.event("before_release").entry(delivery("gate"));
        DeliveryHistory chat = history.event("before_release").entry(delivery("chat"));
        assertThat(history.event("before_release").fired()).isEqualTo(fired);
        assertThat(gate.attempts()).isEqualTo(1);
        assertThat(gate.lastAttemptAt()).isEqualTo(attempt.at());
        assertThat(gate.failures()).containsExactly(failure);
        assertThat(gate.answer()).isEqualTo(answer);
        assertThat(gate.progress()).containsExactly(progress);
        assertThat(gate.release()).isEqualTo(release);
        assertThat(chat.expiry()).isEqualTo(expiry);
        assertThat(chat.cancellation()).isEqualTo(cancellation);
        assertThat(chat.notices()).containsExactly(notice);
        assertThat(history.event("before_release").settled()).isEqualTo(verdict);
        assertThat(history.started("rollback")).isEqualTo(started);
        assertThat(history.finished("rollback")).isEqualTo(finished);
        assertThat(history.damage()).isEmpty();
    }

    @Test
    void shouldWriteOneLineAFactWhateverIsInIt() throws Exception {
        String text = "Größe 漢字 🚀 \u2028 \u0000 \r\n \"quoted\" \\ \uFEFF";
        journal.append(List.of(fired(plan("gate", true)), facts.progress("gate", text)));

        assertThat(new String(bytes(), StandardCharsets.UTF_8).split("\n", -1)).hasSize(3);
        assertThat(event().entry(delivery("gate")).progress().get(0).message()).isEqualTo(text);
    }

    @Test
    void shouldReadWhateverItCouldWrite() throws Exception {
        ObjectNode instance = json("{}");
        instance.put("n".repeat(60_000), "a name beyond what Jackson reads by default");
        instance.put("number", BigInteger.TEN.pow(2_000));
        ObjectNode deep = instance;
        for (int i = 0; i < 900; i++) {
            deep = deep.putObject("d");
        }
        Fact.Fired fired = new Fact.Fired(Facts.START, "h", "e", 1, instance, null, List.of());

        journal.append(List.of(fired));

        assertThat(journal.read().damage()).isEmpty();
        assertThat(journal.read().event("h").fired()).isEqualTo(fired);
    }

    @Test
    void shouldDropATornLastLineWhereverItIsTornAndWriteTheNextOneInItsPlace() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        int sound = bytes().length;
        journal.append(List.of(facts.progress("gate", "Größe 🚀")));
        byte[] whole = bytes();

        for (int cut = sound + 1; cut < whole.length; cut++) {
            Files.write(journal.file(), Arrays.copyOf(whole, cut));

            History torn = journal.read();
            assertThat(torn.damage()).singleElement().asString().contains("line 2 is torn", (cut - sound) + " bytes");
            assertThat(torn.event("before_release").entry(delivery("gate")).progress())
                    .isEmpty();
            assertThat(journal.newest(1).events()).hasSize(1);

            journal.append(List.of(facts.progress("gate", "next")));
            assertThat(bytes()).startsWith(Arrays.copyOf(whole, sound));
            assertThat(journal.read().damage()).isEmpty();
            assertThat(event().entry(delivery("gate")).progress())
                    .singleElement()
                    .satisfies(note -> assertThat(note.message()).isEqualTo("next"));
        }
    }

    @Test
    void shouldStartAnewWhereNothingButATornLineIsLeft() throws Exception {
        Files.writeString(journal.file(), "x".repeat(40_000));

        journal.append(List.of(fired()));

        assertThat(journal.read().damage()).isEmpty();
        assertThat(event().fired()).isEqualTo(fired());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "",
                "null",
                "42",
                "[]",
                "{}",
                "{'fact':'of a newer version','at':'2026-03-01T10:00:00Z'}",
                "{'fact':'fired'}",
                "{'fact':'fired','at':'2026-03-01T10:00:00Z','event':'h','event':'e','parentLog':1,'instance':{}}",
                "{'fact':'fired','at':'2026-03-01T10:00:00Z','event':'h','event':'e','parentLog':1,'deliveries':[]}",
                "{'fact':'fired','at':'2026-03-01T10:00:00Z','event':'h','event':'e','parentLog':1,'instance':{},'deliveries':[null]}",
                "{'fact':'fired','at':'2026-03-01T10:00:00Z','event':'h','event':'e','parentLog':1,'instance':{},'deliveries':[{'id':'m'}]}",
                "{'fact':'answer','at':'2026-03-01T10:00:00Z','delivery':'msg_gate','result':'success'}",
                "{'fact':'answer','at':'2026-03-01T10:00:00Z','delivery':'msg_gate','result':'success','data':null}",
                "{'fact':'answer','at':'2026-03-01T10:00:00Z','delivery':'msg_gate','data':{}}",
                "{'fact':'answer','at':'2026-03-01T10:00:00Z','delivery':'msg_gate','result':'maybe','data':{}}",
                "{'fact':'answer','at':'2026-03-01T10:00:00Z','delivery':'msg_gate','result':'success','data':{},'notes':[null]}",
                "{'fact':'released','at':'2026-03-01T10:00:00Z','delivery':'msg_gate','by':'me'}",
                "{'fact':'released','at':'2026-03-01T10:00:00Z','delivery':'msg_gate','data':{}}",
                "{'fact':'released','delivery':'msg_gate','data':{},'by':'me'}",
                "{'fact':'progress','at':'2026-03-01T10:00:00Z','delivery':'msg_gate','by':'me'}",
                "{'fact':'progress','at':'yesterday','delivery':'msg_gate','by':'me','message':'m'}",
                "{'fact':'attempt','at':'2026-03-01T10:00:00Z','number':1}",
                "{'fact':'attempt','at':'2026-03-01T10:00:00Z','delivery':'msg_of nobody','number':1}",
                "{'fact':'attempt_failed','at':'2026-03-01T10:00:00Z','delivery':'msg_gate','number':1}",
                "{'fact':'expired','at':'2026-03-01T10:00:00Z','delivery':'msg_gate'}",
                "{'fact':'cancelled','at':'2026-03-01T10:00:00Z','delivery':'msg_gate'}",
                "{'fact':'notice','at':'2026-03-01T10:00:00Z','delivery':'msg_gate'}",
                "{'fact':'verdict','at':'2026-03-01T10:00:00Z','event':'before_release','outcome':'SUCCESS','action':'CONTINUE'}",
                "{'fact':'verdict','at':'2026-03-01T10:00:00Z','event':'before_release','action':'CONTINUE','reason':'r'}",
                "{'fact':'verdict','at':'2026-03-01T10:00:00Z','event':'of nobody','outcome':'SUCCESS','action':'CONTINUE','reason':'r'}",
                "{'fact':'step_started','at':'2026-03-01T10:00:00Z'}",
                "{'fact':'step_finished','at':'2026-03-01T10:00:00Z','status':0}",
                "{'fact':'attempt','at':'2026-03-01T10:00:00Z','delivery':'msg_gate','number':1}{'fact':'attempt'}",
                "{'fact':'attempt','at':'2026-03-01T10:00:00Z','delivery':'msg_gate','number':1",
                "{'fact':'fired','at':'2026-03-01T10:00:00Z','event':'before_release','event':'e','parentLog':1,'instance':{},'deliveries':[]}"
            })
    void shouldReportAnUnreadableLineAndReadTheOthers(String line) throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        Files.writeString(journal.file(), line.replace('\'', '"') + "\n", StandardOpenOption.APPEND);
        journal.append(List.of(facts.progress("gate", "after it")));

        History history = journal.read();

        assertThat(history.damage()).hasSize(1);
        assertThat(history.damage().get(0)).doesNotContain("\n");
        DeliveryHistory entry = history.event("before_release").entry(delivery("gate"));
        assertThat(entry.progress()).hasSize(1);
        assertThat(entry.attempts()).isZero();
        assertThat(entry.outcome()).isNull();
        assertThat(entry.closed()).isFalse();
        assertThat(history.event("before_release").fired()).isEqualTo(fired(plan("gate", true)));
        assertThat(history.event("before_release").decided()).isFalse();
        assertThat(journal.newest(1)
                        .event("before_release")
                        .entry(delivery("gate"))
                        .progress())
                .hasSize(1);
    }

    @Test
    void shouldReportLinesThatAreNotUtf8() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        Files.write(journal.file(), new byte[] {(byte) 0xff, 0, (byte) 0xfe, '\n'}, StandardOpenOption.APPEND);

        assertThat(journal.read().damage()).singleElement().asString().contains("line 2");
    }

    @Test
    void shouldNotTakeALineThatIsBeingWrittenForATornOne() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        byte[] line = Json.MAPPER.writerFor(Fact.class).writeValueAsBytes(facts.progress("gate", "note"));
        AtomicReference<History> seen = new AtomicReference<>();
        Thread[] reader = new Thread[1];

        journal.update(history -> {
            try {
                Files.write(journal.file(), Arrays.copyOf(line, 20), StandardOpenOption.APPEND);
                reader[0] = new Thread(() -> {
                    try {
                        seen.set(journal.read());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                reader[0].start();
                // Until it either waits for this writer or has believed what it saw.
                while (reader[0].isAlive() && reader[0].getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
                Files.write(journal.file(), Arrays.copyOfRange(line, 20, line.length), StandardOpenOption.APPEND);
                Files.writeString(journal.file(), "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return List.of();
        });
        reader[0].join();

        assertThat(seen.get().damage()).isEmpty();
        assertThat(seen.get().event("before_release").entry(delivery("gate")).progress())
                .hasSize(1);
    }

    @Test
    void shouldReadTheNewestEntriesOnly() throws Exception {
        for (int i = 0; i < 20; i++) {
            journal.append(List.of(
                    new Fact.Fired(
                            Facts.START,
                            "hook-" + i,
                            "e",
                            1,
                            json("{}"),
                            null,
                            List.of(plan("a" + i, true), plan("b" + i, false))),
                    facts.answer("a" + i, Result.SUCCESS, "{}")));
        }

        assertThat(journal.newest(1).events()).extracting(EventHistory::key).containsExactly("hook-19");
        assertThat(journal.newest(3).events()).extracting(EventHistory::key).containsExactly("hook-18", "hook-19");
        assertThat(journal.newest(4).events()).extracting(EventHistory::key).containsExactly("hook-18", "hook-19");
        assertThat(journal.newest(1_000).events()).hasSize(20);
        assertThat(journal.newest(1).event("hook-19").entry(delivery("a19")).answer())
                .isNotNull();
        assertThat(journal.newest(1).damage()).isEmpty();
    }

    @Test
    void shouldNotCallAFactOfAnOlderEventDamageInTheNewest() throws Exception {
        journal.append(List.of(fired(plan("old", true))));
        journal.append(
                List.of(new Fact.Fired(Facts.START, "new", "e", 1, json("{}"), null, List.of(plan("new", false)))));
        journal.append(List.of(facts.release("old", "{}"), facts.verdict(Outcome.SUCCESS, Action.CONTINUE, "r")));

        History newest = journal.newest(1);

        assertThat(newest.events()).extracting(EventHistory::key).containsExactly("new");
        assertThat(newest.damage()).isEmpty();
    }

    /** The file is read in blocks of 16 KiB from either end: here lines end on each place around a block's bounds. */
    @Test
    void shouldReadAcrossTheBoundsOfBlocks() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        int first = bytes().length;
        int frame = lineLength("");
        for (int around = -2; around <= 2; around++) {
            for (int blocks = 1; blocks <= 3; blocks++) {
                Files.write(journal.file(), Arrays.copyOf(bytes(), first));
                // Two lines behind the first, of which the last is `blocks` blocks long, give or take.
                String message = "m".repeat(blocks * 16 * 1024 + around - frame);
                journal.append(List.of(facts.progress("gate", "short"), facts.progress("gate", message)));

                assertThat(journal.newest(1)
                                .event("before_release")
                                .entry(delivery("gate"))
                                .progress())
                        .extracting(Fact.Progressed::message)
                        .containsExactly("short", message);
                assertThat(journal.newest(1).damage()).isEmpty();
                assertThat(event().entry(delivery("gate")).progress())
                        .extracting(Fact.Progressed::message)
                        .containsExactly("short", message);
            }
        }
    }

    @Test
    void shouldReadForwardsAcrossTheBoundsOfBlocks() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        int first = bytes().length;
        int frame = lineLength("");
        for (int around = -2; around <= 2; around++) {
            Files.write(journal.file(), Arrays.copyOf(bytes(), first));
            // The second line ends there, give or take, and a third one follows.
            String message = "m".repeat(16 * 1024 + around - first - frame);
            journal.append(List.of(facts.progress("gate", message)));
            assertThat(bytes()).hasSize(16 * 1024 + around);
            journal.append(List.of(facts.progress("gate", "short")));

            assertThat(event().entry(delivery("gate")).progress())
                    .extracting(Fact.Progressed::message)
                    .containsExactly(message, "short");
            assertThat(journal.read().damage()).isEmpty();
        }
    }

    private int lineLength(String message) throws IOException {
        return Json.MAPPER.writerFor(Fact.class).writeValueAsBytes(facts.progress("gate", message)).length + 1;
    }

    @Test
    void shouldReadVeryLongLinesFromBothEnds() throws Exception {
        String message = "Größe 🚀 ".repeat(100_000);
        journal.append(
                List.of(fired(plan("gate", true)), facts.progress("gate", message), facts.progress("gate", "short")));

        for (History history : List.of(journal.read(), journal.newest(1))) {
            assertThat(history.event("before_release").entry(delivery("gate")).progress())
                    .extracting(Fact.Progressed::message)
                    .containsExactly(message, "short");
        }
    }

    @Test
    void shouldGoOnInTheNewPlaceWhenItsFolderWasMoved() throws Exception {
        Path old = folder.resolve("old/builds/7");
        Path moved = folder.resolve("new/builds/7");
        AtomicReference<Path> place = new AtomicReference<>(old);
        journal = Journal.in(place::get);
        journal.append(List.of(fired(plan("gate", true))));

        Files.createDirectories(moved.getParent());
        Files.move(old, moved);
        place.set(moved);
        journal.redacting(Redactor.NONE).append(List.of(facts.progress("gate", "moved")));

        assertThat(Files.exists(old)).isFalse();
        assertThat(event().entry(delivery("gate")).progress()).hasSize(1);
    }

    @Test
    void shouldLoseNothingToWritersAtTheSameTime() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        int writers = 8;
        int each = 25;
        ExecutorService executor = Executors.newFixedThreadPool(writers);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String name = "writer " + writer + " ";
                boolean updates = writer % 2 == 0;
                done.add(executor.submit(() -> {
                    // A handle of its own: what excludes is the file, not the object.
                    Journal own = Journal.in(folder.resolve(".").resolve("../" + folder.getFileName()));
                    start.await();
                    for (int i = 0; i < each; i++) {
                        Fact note = new Fact.Progressed(Facts.START, delivery("gate"), name + i, "me", null);
                        if (updates) {
                            own.update(history -> List.of(note));
                        } else {
                            own.append(List.of(note));
                        }
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> each1 : done) {
                each1.get();
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(journal.read().damage()).isEmpty();
        List<String> notes = event().entry(delivery("gate")).progress().stream()
                .map(Fact.Progressed::message)
                .toList();
        assertThat(notes).hasSize(writers * each).doesNotHaveDuplicates();
        for (int writer = 0; writer < writers; writer++) {
            String name = "writer " + writer + " ";
            List<String> inOrder = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                inOrder.add(name + i);
            }
            assertThat(notes).containsSubsequence(inOrder);
        }
    }

    @Test
    void shouldDecideAndWriteWithNoOtherWriterInBetween() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        int writers = 8;
        ExecutorService executor = Executors.newFixedThreadPool(writers);
        try {
            List<Future<List<Fact>>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String by = "{'message':'by " + writer + "'}";
                done.add(executor.submit(() -> journal.update(history ->
                        history.event("before_release").entry(delivery("gate")).release() == null
                                ? List.of(new Facts().release("gate", by))
                                : List.of())));
            }
            int released = 0;
            for (Future<List<Fact>> each : done) {
                released += each.get().size();
            }
            assertThat(released).isEqualTo(1);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void shouldWriteNothingWhenTheDecisionThrows() throws Exception {
        journal.append(List.of(fired()));
        byte[] before = bytes();

        assertThatThrownBy(() -> journal.update(history -> {
                    throw new IllegalStateException("no decision");
                }))
                .hasMessage("no decision");
        assertThat(bytes()).isEqualTo(before);
    }

    @Test
    void shouldMaskSecretsInWhateverItWrites() throws Exception {
        String secret = "s3cret-/+value";
        Redactor redactor = Redactor.of(Secrets.ofTexts(secret));
        ObjectNode echo = json("{}");
        echo.put("body", "you sent " + secret).putArray("deep").addObject().put(secret, secret);
        List<Fact> written = journal.redacting(redactor)
                .append(List.of(
                        new Fact.Fired(Facts.START, "before_release", "e", 1, echo, echo, List.of(plan("gate", true))),
                        new Fact.AttemptFailed(Facts.START, delivery("gate"), 1, 500, 1, secret, secret, Facts.START),
                        new Fact.Answered(
                                Facts.START, delivery("gate"), 2, 200, 1, Result.SUCCESS, echo, List.of(secret)),
                        new Fact.Progressed(Facts.START, delivery("gate"), secret, secret, null),
                        new Fact.Released(Facts.START, delivery("gate"), echo, secret, List.of(secret), null),
                        new Fact.Cancelled(Facts.START, delivery("gate"), secret),
                        new Fact.Noticed(Facts.START, delivery("gate"), "e_cancelled", null, secret),
                        new Fact.Settled(Facts.START, "before_release", Outcome.FAIL, Action.FAIL, "gate", secret),
                        new StepFact.Finished(Facts.START, "rollback", 1, secret)));

        assertThat(new String(bytes(), StandardCharsets.UTF_8))
                .doesNotContain(secret)
                .contains(Redactor.MASK);
        assertThat(written.toString()).doesNotContain(secret);
        assertThat(journal.read()
                        .event("before_release")
                        .entry(delivery("gate"))
                        .data()
                        .get("body")
                        .textValue())
                .isEqualTo("you sent ****");
        // The handle that knows no secret is unchanged.
        journal.append(List.of(facts.progress("gate", secret)));
        assertThat(new String(bytes(), StandardCharsets.UTF_8)).contains(secret);
    }

    @Test
    void shouldWriteAndReadOnAThreadThatIsInterrupted() throws Exception {
        journal = Journal.in(folder.resolve("builds/7"));
        Thread.currentThread().interrupt();
        try {
            journal.append(List.of(fired(plan("gate", true))));
            journal.update(history -> List.of(facts.progress("gate", "note")));
            assertThat(event().entry(delivery("gate")).progress()).hasSize(1);
            assertThat(journal.newest(1).events()).hasSize(1);
            assertThat(Thread.currentThread().isInterrupted())
                    .as("others may want to know")
                    .isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void shouldBeginWithAnEventOrAStepOnly() throws Exception {
        assertThatThrownBy(() -> journal.append(List.of(facts.progress("gate", "late"))))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("the webhook history is gone");
        assertThat(journal.exists()).isFalse();

        journal.append(List.of(new StepFact.Started(Facts.START, "release")));
        journal.append(List.of(facts.progress("gate", "now")));
        assertThat(journal.exists()).isTrue();
    }

    @Test
    void shouldFailWhereAFolderCannotBeMade() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        journal = Journal.in(file.resolve("7"));

        assertThatThrownBy(() -> journal.append(List.of(fired()))).isInstanceOf(IOException.class);
        assertThat(Files.readString(file)).isEqualTo("in the way");
    }

    @Test
    void shouldFailWhereTheJournalIsAFolder() throws Exception {
        Files.createDirectories(journal.file());

        assertThatThrownBy(() -> journal.append(List.of(fired()))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> journal.read()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> journal.update(history -> List.of(fired()))).isInstanceOf(IOException.class);
    }

    @Test
    void shouldWriteNoneOfTheFactsIfOneOfThemCannotBeWritten() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        byte[] before = bytes();
        ObjectNode tooDeep = json("{}");
        ObjectNode deep = tooDeep;
        for (int i = 0; i < 5_000; i++) {
            deep = deep.putObject("d");
        }
        Fact.Fired unwritable = new Fact.Fired(Facts.START, "h", "e", 1, tooDeep, null, List.of());

        assertThatThrownBy(() -> journal.append(List.of(facts.progress("gate", "first"), unwritable)))
                .isInstanceOf(IOException.class);
        assertThat(bytes()).isEqualTo(before);
    }
}

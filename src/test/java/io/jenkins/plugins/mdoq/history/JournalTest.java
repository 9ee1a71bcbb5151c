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
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written to a journal can be read back, and what cannot be written is refused. */
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
        assertThat(journal.append(List.of())).isEmpty();
        assertThat(Facts.update(journal, history -> List.of())).isEmpty();
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
        Fact.Failing failing = new Fact.Failing(Facts.START, "before_release", "gate", "why", List.of("chat"));
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
                failing,
                verdict,
                started,
                finished);
        assertThat(journal.append(all)).isEqualTo(all);

        History history = journal.read();
        DeliveryHistory gate = history.event("before_release").entry(delivery("gate"));
        DeliveryHistory chat = history.event("before_release").entry(delivery("chat"));
        assertThat(history.event("before_release").fired()).isEqualTo(fired);
        assertThat(gate.attempts()).isEqualTo(1);
        assertThat(gate.failures()).containsExactly(failure);
        assertThat(gate.answer()).isEqualTo(answer);
        assertThat(gate.progress()).containsExactly(progress);
        assertThat(gate.release()).isEqualTo(release);
        assertThat(chat.expiry()).isEqualTo(expiry);
        assertThat(chat.cancellation()).isEqualTo(cancellation);
        assertThat(history.event("before_release").failing()).isEqualTo(failing);
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
                        new Fact.Failing(Facts.START, "before_release", "gate", secret, List.of()),
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
        assertThatThrownBy(() -> Facts.update(journal, history -> List.of(fired())))
                .isInstanceOf(IOException.class);
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

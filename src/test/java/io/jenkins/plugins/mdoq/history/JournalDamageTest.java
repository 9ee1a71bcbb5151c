package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.delivery;
import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a crash or a stranger left in a journal is reported, and nothing else is lost. */
class JournalDamageTest {

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
}

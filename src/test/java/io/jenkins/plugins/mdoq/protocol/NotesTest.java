package io.jenkins.plugins.mdoq.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotesTest {

    private static final String NO_RESULT = "no result in the answer; taken for success";

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> onAnswer(String text) {
        return Notes.onAnswer(json(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'result':'success'}",
                "{'result':'fail','stop_release':true,'message':'m','ticket':7}",
                "{'result':'fail','rollback_release':false}",
                "{'result':'success','stop_release':false,'rollback_release':false}",
                "{'result':'success','data':{'result':'fail'}}",
                "{'result':'success','stop':false,'rollback':null,'stopRelease ':false,'results':[1,2]}"
            })
    void shouldSayNothingOfWhatIsClear(String answer) {
        assertThat(onAnswer(answer.replace("'stopRelease ':false,", ""))).isEmpty();
    }

    @Test
    void shouldNoteFlagsThatAreNoBooleans() {
        assertThat(Notes.on(json("{'stop_release':'1','rollback_release':null}")))
                .containsExactly(
                        "stop_release is \"1\", not a JSON boolean; read as true",
                        "rollback_release is null, not a JSON boolean; read as false");
        assertThat(Notes.on(json("{'stop_release':'" + "x".repeat(5_000) + "'}"))
                        .get(0))
                .hasSizeLessThan(120);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'ticket':1}", "{'status':'ok'}"})
    @DisplayName("protocol: notes — no result")
    void shouldNoteThatThereIsNoResult(String answer) {
        assertThat(onAnswer(answer)).containsExactly(NO_RESULT);
        assertThat(Notes.on(json(answer))).as("a release may do without").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'result':'success','stop_release':true}|stop_release",
                "{'result':'SUCCESS','rollback_release':'1'}|rollback_release"
            })
    @DisplayName("protocol: notes — a flag without fail")
    void shouldNoteAFlagWithoutAFail(String data, String flag) {
        assertThat(Notes.on(json(data))).contains(flag + " has no effect without \"result\": \"fail\"");
        assertThat(onAnswer(data)).contains(flag + " has no effect without \"result\": \"fail\"");
    }

    @Test
    @DisplayName("protocol: notes — a flag without any result is one without fail in an answer, not in a release")
    void shouldTellAnAnswerFromARelease() {
        assertThat(onAnswer("{'stop_release':true}"))
                .containsExactly("stop_release has no effect without \"result\": \"fail\"", NO_RESULT);
        assertThat(Notes.on(json("{'stop_release':true}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "stopRelease,stop_release",
        "Stop-Release,stop_release",
        "STOP_RELEASE,stop_release",
        "stop release,stop_release",
        "stoprelease,stop_release",
        "stop_relase,stop_release",
        "stop_releases,stop_release",
        "rollbackRelease,rollback_release",
        "rollback-release,rollback_release",
        "Rollback_Release,rollback_release",
        "rolback_release,rollback_release",
        "stop,stop_release",
        "Stop,stop_release",
        "rollback,rollback_release",
        "roll_back,rollback_release",
        "Message,message"
    })
    @DisplayName("protocol: notes — a key that is nearly a protocol key")
    void shouldNameTheKeyThatIsMeant(String written, String meant) {
        String note = "\"" + written + "\" is not read; if " + meant + " is meant, write it like that";

        assertThat(onAnswer("{'result':'fail','" + written + "':true}")).contains(note);
        assertThat(Notes.on(json("{'result':'fail','" + written + "':true}"))).contains(note);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESULT", "Result", "re-sult", "resultt", "results", "reslt"})
    @DisplayName("protocol: notes — a result under a name that is nearly it")
    void shouldNoteAMisspeltResult(String written) {
        assertThat(onAnswer("{'" + written + "':'fail'}"))
                .containsExactly("\"" + written + "\" is not read; if result is meant, write it like that", NO_RESULT);
    }

    @Test
    void shouldSayNothingOfAnotherSpellingBesideTheRightOne() {
        assertThat(onAnswer("{'result':'fail','stop_release':true,'stopRelease':true,'stop':true,'RESULT':'fail'}"))
                .isEmpty();
    }

    @Test
    void shouldBoundHowMuchIsSaid() {
        StringBuilder fields = new StringBuilder("{'result':'fail'");
        for (int i = 0; i < 1_000; i++) {
            fields.append(",'")
                    .append("s-".repeat(i))
                    .append("stopRelease".substring(1))
                    .append("':true");
            fields.append(",'").append("-".repeat(i)).append("stop_release':true");
        }

        assertThat(onAnswer(fields.append("}").toString())).hasSizeLessThan(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'data':{'result':'fail'}}|\"data\"",
                "{'response':{'result':'success'}}|\"response\"",
                "{'ok':true,'data':[{'result':'fail'}]}|\"data\"",
                "{'response':{'data':{'result':'fail'}}}|\"response\" / \"data\"",
                "{'data':{'stop_release':true}}|\"data\"",
                "{'statusCode':200,'body':'{\\\"result\\\":\\\"fail\\\"}'}|the text of \"body\""
            })
    @DisplayName("protocol: notes — an answer in an envelope")
    void shouldNoteAnEnvelope(String answer, String where) {
        assertThat(onAnswer(answer))
                .containsExactly("no result in the answer itself; taken for success. One stands inside " + where
                        + ", which is not looked into: answer without that envelope");
    }

    @Test
    void shouldNotTakeEverythingInsideForAnEnvelope() {
        assertThat(onAnswer("{'test':{'result':'passed'},'log':'{}','a':{'b':{'c':{'d':{'result':'fail'}}}}}"))
                .containsExactly(NO_RESULT);
    }
}

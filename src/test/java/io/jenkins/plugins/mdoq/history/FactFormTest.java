package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The form of each fact on disk, literally: journals outlive the version that wrote them. */
class FactFormTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456Z");
    private static final Instant LATER = Instant.parse("2026-03-01T10:00:02Z");

    static Stream<Arguments> forms() {
        PlannedDelivery plan = new PlanBuilder("release-gate")
                .id("msg_1")
                .url("https://middleware.example.com/mdoq")
                .secretIds("new", "old")
                .timeoutSeconds(30)
                .tries(5)
                .signed()
                .lock("shop/release#7:release-gate:abcdefghijklmnopqrstuvwx")
                .deadline(LATER)
                .allowFrom("127.0.0.0/8", "::1/128")
                .onFail(OnFail.UNSTABLE)
                .onDeliveryError(OnDeliveryError.CONTINUE)
                .heartbeatSeconds(90L)
                .onLockTimeout(OnLockTimeout.ROLLBACK)
                .build();
        PlannedDelivery least = new PlannedDelivery(
                "msg_2",
                "chat",
                "http://127.0.0.1/",
                List.of(),
                60,
                1,
                false,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return Stream.of(
                Arguments.of(
                        new Fact.Fired(
                                AT,
                                "before_release-1",
                                "before_release",
                                7,
                                json("{'job':'shop','parameters':{'VERSION':'1.0','EMPTY':null}}"),
                                json("{'ticket':42}"),
                                List.of(plan, least)),
                        "{'fact':'fired','at':'2026-03-01T10:00:00.123456Z','key':'before_release-1',"
                                + "'event':'before_release','parentLog':7,"
                                + "'instance':{'job':'shop','parameters':{'VERSION':'1.0','EMPTY':null}},"
                                + "'data':{'ticket':42},'deliveries':["
                                + "{'id':'msg_1','webhook':'release-gate','url':'https://middleware.example.com/mdoq',"
                                + "'secretIds':['new','old'],'timeoutSeconds':30,'tries':5,'sign':true,"
                                + "'lock':'shop/release#7:release-gate:abcdefghijklmnopqrstuvwx',"
                                + "'deadline':'2026-03-01T10:00:02Z','allowFrom':['127.0.0.0/8','::1/128'],"
                                + "'onFail':'UNSTABLE','onDeliveryError':'CONTINUE','heartbeatSeconds':90,"
                                + "'onLockTimeout':'ROLLBACK'},"
                                + "{'id':'msg_2','webhook':'chat','url':'http://127.0.0.1/','secretIds':[],"
                                + "'timeoutSeconds':60,'tries':1,'sign':false,'allowFrom':[],"
                                + "'onFail':'CONTINUE','onDeliveryError':'FAIL','onLockTimeout':'FAIL'}]}"),
                Arguments.of(
                        new Fact.Fired(AT, "h", "Passed regression testing", 0, json("{}"), null, List.of()),
                        "{'fact':'fired','at':'2026-03-01T10:00:00.123456Z','key':'h',"
                                + "'event':'Passed regression testing','parentLog':0,'instance':{},'deliveries':[]}"),
                Arguments.of(
                        new Fact.Fired(
                                AT,
                                "h",
                                "before_release",
                                7,
                                json("{}"),
                                null,
                                List.of(),
                                json("{'job':'shop'}"),
                                List.of(new PassedBy("crm-gate", "not for this job, but for crm/**"))),
                        "{'fact':'fired','at':'2026-03-01T10:00:00.123456Z','key':'h','event':'before_release',"
                                + "'parentLog':7,'instance':{},'deliveries':[],'source':{'job':'shop'},"
                                + "'passedBy':[{'webhook':'crm-gate','reason':'not for this job, but for crm/**'}]}"),
                Arguments.of(
                        new Fact.Attempted(AT, "msg_1", 2),
                        "{'fact':'attempt','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1','number':2}"),
                Arguments.of(
                        new Fact.AttemptFailed(AT, "msg_1", 2, 503, 42, "HTTP status 503", "<html>", LATER),
                        "{'fact':'attempt_failed','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1','number':2,"
                                + "'status':503,'millis':42,'error':'HTTP status 503','body':'<html>',"
                                + "'retryAt':'2026-03-01T10:00:02Z'}"),
                Arguments.of(
                        new Fact.AttemptFailed(AT, "msg_1", 3, null, 0, "refused", null, null),
                        "{'fact':'attempt_failed','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1','number':3,"
                                + "'millis':0,'error':'refused'}"),
                Arguments.of(
                        new Fact.Answered(
                                AT,
                                "msg_1",
                                1,
                                200,
                                15,
                                Result.FAIL,
                                json("{'result':'Fail','stop_release':'1','none':null}"),
                                List.of("odd")),
                        "{'fact':'answer','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1','number':1,'status':200,"
                                + "'millis':15,'result':'fail',"
                                + "'data':{'result':'Fail','stop_release':'1','none':null},'notes':['odd']}"),
                Arguments.of(
                        new Fact.Answered(AT, "msg_1", 1, 204, 1, Result.SUCCESS, json("{}"), List.of()),
                        "{'fact':'answer','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1','number':1,'status':204,"
                                + "'millis':1,'result':'success','data':{},'notes':[]}"),
                Arguments.of(
                        new Fact.Progressed(AT, "msg_1", "halfway", "endpoint at ::1", true),
                        "{'fact':'progress','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1','message':'halfway',"
                                + "'by':'endpoint at ::1','unseen':true}"),
                Arguments.of(
                        new Fact.Released(AT, "msg_1", json("{'result':'success'}"), "admin", List.of("n"), null),
                        "{'fact':'released','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1',"
                                + "'data':{'result':'success'},'by':'admin','notes':['n']}"),
                Arguments.of(
                        new Fact.Expired(AT, "msg_1", "too late", null),
                        "{'fact':'expired','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1','reason':'too late'}"),
                Arguments.of(
                        new Fact.Expired(AT, "msg_1", "silent", Fact.Expired.Kind.HEARTBEAT),
                        "{'fact':'expired','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1','reason':'silent',"
                                + "'kind':'heartbeat'}"),
                Arguments.of(
                        new Fact.Expired(AT, "msg_1", "too late", Fact.Expired.Kind.LOCK_TIMEOUT),
                        "{'fact':'expired','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1','reason':'too late',"
                                + "'kind':'lock_timeout'}"),
                Arguments.of(
                        new Fact.Beat(AT, "msg_1"),
                        "{'fact':'beat','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1'}"),
                Arguments.of(
                        new Fact.Extended(AT, "msg_1", LATER, "operator alice", "slow tests"),
                        "{'fact':'extended','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1',"
                                + "'deadline':'2026-03-01T10:00:02Z','by':'operator alice','reason':'slow tests'}"),
                Arguments.of(
                        new Fact.Cancelled(AT, "msg_1", "aborted"),
                        "{'fact':'cancelled','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1','reason':'aborted'}"),
                Arguments.of(
                        new Fact.Refused(AT, "msg_1", "release", 403, "not in the list", "192.0.2.7", 10, true),
                        "{'fact':'refused','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1','action':'release','status':403,'reason':'not"
                                + " in the list','from':'192.0.2.7','count':10,'unseen':true}"),
                Arguments.of(
                        new Fact.SentAgain(AT, "msg_1", 2, "operator alice"),
                        "{'fact':'sent_again','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1','number':2,"
                                + "'by':'operator alice'}"),
                Arguments.of(
                        new Fact.RepliedAgain(
                                AT, "msg_1", 2, 200, 15, null, null, json("{'result':'success'}"), List.of("odd")),
                        "{'fact':'replied_again','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1','number':2,"
                                + "'status':200,'millis':15,'data':{'result':'success'},'notes':['odd']}"),
                Arguments.of(
                        new Fact.RepliedAgain(AT, "msg_1", 3, 503, 15, "HTTP status 503", "<html>", null, List.of()),
                        "{'fact':'replied_again','at':'2026-03-01T10:00:00.123456Z','delivery':'msg_1','number':3,"
                                + "'status':503,'millis':15,'error':'HTTP status 503','body':'<html>','notes':[]}"),
                Arguments.of(
                        new Fact.Failing(AT, "h", "scanner", "a hole", List.of("release-gate")),
                        "{'fact':'failing','at':'2026-03-01T10:00:00.123456Z','key':'h','webhook':'scanner','reason':'a"
                                + " hole','waitsFor':['release-gate']}"),
                Arguments.of(
                        new Fact.Settled(
                                AT, "h", Outcome.ROLLBACK, Action.ROLLBACK, "release-gate", "no", "operator ada"),
                        "{'fact':'verdict','at':'2026-03-01T10:00:00.123456Z','key':'h','outcome':'ROLLBACK',"
                                + "'action':'ROLLBACK','webhook':'release-gate','reason':'no','by':'operator ada'}"),
                Arguments.of(
                        new Fact.Settled(AT, "h", Outcome.ROLLBACK, Action.ROLLBACK, "release-gate", "no"),
                        "{'fact':'verdict','at':'2026-03-01T10:00:00.123456Z','key':'h','outcome':'ROLLBACK',"
                                + "'action':'ROLLBACK','webhook':'release-gate','reason':'no'}"),
                Arguments.of(
                        new Begun(AT, "release", Map.of("run", "ab12", "rollback", "cd34")),
                        "{'fact':'begun','at':'2026-03-01T10:00:00.123456Z','kind':'release',"
                                + "'commands':{'rollback':'cd34','run':'ab12'}}"),
                Arguments.of(
                        new Begun(AT, "fire", Map.of()),
                        "{'fact':'begun','at':'2026-03-01T10:00:00.123456Z','kind':'fire','commands':{}}"),
                Arguments.of(
                        new StepFact.Started(AT, "rollback"),
                        "{'fact':'step_started','at':'2026-03-01T10:00:00.123456Z','step':'rollback'}"),
                Arguments.of(
                        new StepFact.Finished(AT, "rollback", 7, "exit status 7"),
                        "{'fact':'step_finished','at':'2026-03-01T10:00:00.123456Z','step':'rollback','status':7,"
                                + "'message':'exit status 7'}"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldWriteEachFactInItsOwnForm(Fact fact, String form) throws Exception {
        assertThat(Json.MAPPER.writerFor(Fact.class).writeValueAsString(fact)).isEqualTo(form.replace('\'', '"'));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldReadEachFactFromItsOwnForm(Fact fact, String form) throws Exception {
        assertThat(Json.MAPPER.readerFor(Fact.class).<Fact>readValue(form.replace('\'', '"')))
                .isEqualTo(fact);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldPassOverFieldsOfANewerVersion(Fact fact, String form) throws Exception {
        // In the fact itself and in each of the plans in it.
        String newer = form.replace("{'fact'", "{'newer':{'a':[1]},'fact'").replace("{'id'", "{'newer':1,'id'");

        assertThat(Json.MAPPER.readerFor(Fact.class).<Fact>readValue(newer.replace('\'', '"')))
                .isEqualTo(fact);
    }

    @Test
    void shouldPinTheFormOfEveryKindOfFact() {
        List<Class<?>> pinned = forms().<Class<?>>map(form -> form.get()[0].getClass())
                .distinct()
                .toList();

        assertThat(pinned).containsExactlyInAnyOrderElementsOf(kinds(Fact.class).toList());
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(FactFormTest::kinds)
                : Stream.of(type);
    }
}

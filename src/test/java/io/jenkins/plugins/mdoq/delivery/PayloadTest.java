package io.jenkins.plugins.mdoq.delivery;

import static io.jenkins.plugins.mdoq.delivery.Deliveries.LOCK;
import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.kit.BodyFields;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadTest {

    private static final SharedSecret SECRET = SharedSecret.of("mdoq-is-awesome");

    private static JsonNode json(Payload payload) throws Exception {
        return new ObjectMapper().readTree(payload.bytes(SECRET));
    }

    private static List<String> names(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Payload with(ObjectNode instance, ObjectNode data) {
        URI url = URI.create("https://ci.example.com/mdoq/lock/release");
        return new Payload(instance, 17, null, "before_release", "release-gate", "dlv_1", url, url, null, data);
    }

    @Test
    @DisplayName("protocol: body — MDOQ's fields first and in its order, then ours")
    void shouldPutMdoqsFieldsFirst() throws Exception {
        assertThat(names(json(Deliveries.payload(LOCK)))).containsExactlyElementsOf(BodyFields.WITH_LOCK);
    }

    @Test
    @DisplayName("protocol: body — secret and lock are strings, instance an object, parent_log an int")
    void shouldUseTheDocumentedTypes() throws Exception {
        JsonNode json = json(Deliveries.payload(LOCK));

        assertThat(json.get("secret").textValue()).isEqualTo("mdoq-is-awesome");
        assertThat(json.get("instance")).isEqualTo(object().put("version", "1.2.3"));
        assertThat(json.get("parent_log").isIntegralNumber()).isTrue();
        assertThat(json.get("parent_log").longValue()).isEqualTo(17);
        assertThat(json.get("lock").textValue()).isEqualTo(LOCK);
    }

    @Test
    @DisplayName("protocol: more body fields — event, webhook and delivery always, release_url and log_url with a lock")
    void shouldAddOurFields() throws Exception {
        JsonNode json = json(Deliveries.payload(LOCK));

        assertThat(json.get("event").textValue()).isEqualTo("before_release");
        assertThat(json.get("webhook").textValue()).isEqualTo("release-gate");
        assertThat(json.get("delivery").textValue()).isEqualTo("dlv_1");
        assertThat(json.get("release_url").textValue()).isEqualTo("https://ci.example.com/mdoq/lock/release");
        assertThat(json.get("log_url").textValue()).isEqualTo("https://ci.example.com/mdoq/lock/log");
    }

    @Test
    @DisplayName("protocol: more body fields — an event that does not block has no lock, no release_url and no log_url")
    void shouldLeaveTheLockOutWhereThereIsNone() throws Exception {
        assertThat(names(json(Deliveries.payload(null)))).containsExactlyElementsOf(BodyFields.WITHOUT_LOCK);
    }

    @Test
    void shouldPutTheCallersOwnFieldsLast() throws Exception {
        JsonNode json = json(with(object(), object().put("ticket", "OPS-1").put("urgent", true)));

        assertThat(names(json)).endsWith("delivery", "ticket", "urgent");
        assertThat(json.get("urgent").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @FieldSource("io.jenkins.plugins.mdoq.kit.BodyFields#WITH_LOCK")
    @DisplayName("protocol: body — no field of the protocol can be replaced by the caller's data")
    void shouldRefuseDataInTheProtocolsPlace(String name) {
        Payload payload = with(object(), object().put(name, "mine"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> payload.check(SECRET))
                .withMessage("'" + name + "' in 'data' is a field of the protocol itself; choose another name for it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> payload.bytes(SECRET))
                .withMessage("'" + name + "' in 'data' is a field of the protocol itself; choose another name for it");
    }

    @Test
    void shouldWriteUtf8() throws Exception {
        Payload payload = with(object().put("name", "Grüße, 世界 \ud83d\ude80"), null);

        assertThat(json(payload).at("/instance/name").textValue()).isEqualTo("Grüße, 世界 \ud83d\ude80");
        assertThat(new String(payload.bytes(SECRET), StandardCharsets.UTF_8)).contains("Grüße, 世界");
    }

    @Test
    void shouldRefuseABodyOverTheLimitAndSendOneOfExactlyIt() {
        int rest = with(object().put("x", ""), null).bytes(SECRET).length;
        Payload exact = with(object().put("x", "y".repeat(Limits.BODY_BYTES - rest)), null);
        Payload more = with(object().put("x", "y".repeat(Limits.BODY_BYTES - rest + 1)), null);

        assertThat(exact.bytes(SECRET)).hasSize(1024 * 1024);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> more.bytes(SECRET))
                .withMessageContaining("1048577 bytes")
                .withMessageContaining("put less into 'instance' and 'data'");
    }

    @Test
    @DisplayName("protocol: secret — neither a delivery nor its payload prints it")
    void shouldNotPrintTheSecret() {
        WebhookRequest delivery = Deliveries.to(URI.create("http://127.0.0.1/hook"));

        assertThat(delivery.toString()).contains("dlv_1").doesNotContain("mdoq-is-awesome");
    }

    @Test
    @DisplayName("protocol: source — stands beside an instance that has a source of its own")
    void shouldLetNoInstanceReplaceTheSource() throws Exception {
        Payload payload = new Payload(
                object().set("source", object().put("job", "forged")),
                17,
                null,
                "before_release",
                "release-gate",
                "dlv_1",
                null,
                null,
                object().put("job", "shop/release"),
                null);

        JsonNode json = json(payload);

        assertThat(json.get("source")).isEqualTo(object().put("job", "shop/release"));
        assertThat(json.at("/instance/source/job").textValue()).isEqualTo("forged");
    }

    private static List<ObjectNode> tooLarge() {
        return List.of(
                object().put("x", "y".repeat(Limits.BODY_BYTES)),
                object().put("y".repeat(Limits.BODY_BYTES), 1),
                // Each of them takes six bytes.
                object().put("x", "\u0001".repeat(Limits.BODY_BYTES / 6)),
                object().put("\u0001".repeat(Limits.BODY_BYTES / 6), true),
                object().set("x", object().putArray("y").add("z".repeat(Limits.BODY_BYTES))));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void shouldRefuseBeforeItIsSentWhatIsTooLargeInAnyPart(ObjectNode large) {
        for (Payload payload : List.of(with(large, null), withSource(large), with(object(), large))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> payload.check(SECRET))
                    .withMessageContaining("bytes of JSON");
        }
        ObjectNode small = object().put("x", "y");
        assertThatNoException().isThrownBy(() -> with(small, small).check(SECRET));
        assertThatNoException().isThrownBy(() -> withSource(small).check(SECRET));
    }

    private static Payload withSource(ObjectNode source) {
        return new Payload(object(), 17, null, "before_release", "release-gate", "dlv_1", null, null, source, null);
    }
}

package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.cli.ExampleEndpoint.Example;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What the endpoints of docs/examples/endpoints make of single requests, right and wrong ones. */
class EndpointRequestsIT extends ExampleFixture {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @ParameterizedTest
    @EnumSource
    void shouldRefuseWhoDoesNotKnowTheSecret(Example example) throws Exception {
        ExampleEndpoint endpoint = start(example, "touch '" + folder.resolve("ran") + "'");
        LockApiStub lockApi = closing(new LockApiStub());

        assertThat(send(endpoint, "no-secret-of-theirs", KEY, request("msg_1", lockApi), 0))
                .isEqualTo(401);
        assertThat(send(endpoint, "", KEY, request("msg_2", lockApi), 0)).isEqualTo(401);

        assertThat(endpoint.files()).isEmpty();
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"WEBHOOK", "POLLING"})
    void shouldRefuseWhatIsNotSignedJustNowByThatSecret(Example example) throws Exception {
        ExampleEndpoint endpoint = start(example, "true");
        String body = request("msg_1", closing(new LockApiStub()));

        String otherKey =
                Base64.getEncoder().encodeToString("another-key-of-24-letters".getBytes(StandardCharsets.UTF_8));
        assertThat(send(endpoint, SECRET, otherKey, body, 0)).as("another key").isEqualTo(401);
        assertThat(send(endpoint, SECRET, KEY, body, -600))
                .as("ten minutes ago")
                .isEqualTo(401);
        assertThat(send(endpoint, SECRET, KEY, body, 600)).as("in ten minutes").isEqualTo(401);
        assertThat(post(endpoint, Map.of("X-MDOQ-Secret", SECRET), body))
                .as("no signature")
                .isEqualTo(401);

        assertThat(endpoint.files()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "WEBHOOK")
    void shouldAcceptBothSecretsWhileOneIsReplaced(Example example) throws Exception {
        ExampleEndpoint endpoint = start(example, "true");
        LockApiStub lockApi = closing(new LockApiStub());
        String oldKey = OLD_SECRET.substring("whsec_".length());

        assertThat(send(endpoint, OLD_SECRET, oldKey, request("msg_1", lockApi), 0))
                .isIn(200, 425);
        assertThat(send(endpoint, SECRET, KEY, request("msg_2", lockApi), 0)).isIn(200, 425);
        for (int work = 0; work < 2 && example != Example.POLLING; work++) {
            assertThat(lockApi.nextRelease().fields()).containsEntry("result", "success");
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"WEBHOOK", "POLLING"})
    void shouldStopTheReleaseIfItIsNotSaidWhereItsLockIsReleased(Example example) throws Exception {
        ExampleEndpoint endpoint = start(example, "touch '" + folder.resolve("ran") + "'");
        ObjectNode body = JarFixture.json()
                .put("secret", SECRET)
                .put("event", "before_release")
                .put("delivery", "msg_1")
                .put("lock", "lock-of-msg_1");

        assertThat(send(endpoint, SECRET, KEY, body.toString(), 0)).isEqualTo(200);

        assertThat(endpoint.files()).isEmpty();
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerOtherEventsAndDoNothing(Example example) throws Exception {
        ExampleEndpoint endpoint = start(example, "touch '" + folder.resolve("ran") + "'");
        ObjectNode body = JarFixture.json()
                .put("secret", SECRET)
                .put("event", "release_ended")
                .put("delivery", "msg_1")
                .put("outcome", "released");

        assertThat(send(endpoint, SECRET, KEY, body.toString(), 0)).isEqualTo(200);

        assertThat(endpoint.files()).isEmpty();
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "POLLING")
    void shouldDoTheWorkOfADeliveryOnce(Example example) throws Exception {
        Path runs = folder.resolve("runs");
        ExampleEndpoint endpoint = start(example, "echo run >> '" + runs + "'");
        LockApiStub lockApi = closing(new LockApiStub());

        assertThat(send(endpoint, SECRET, KEY, request("msg_1", lockApi), 0)).isEqualTo(200);
        assertThat(send(endpoint, SECRET, KEY, request("msg_1", lockApi), 0)).isEqualTo(200);
        assertThat(lockApi.nextRelease().fields()).containsEntry("lock", "lock-of-msg_1");
        assertThat(send(endpoint, SECRET, KEY, request("msg_1", lockApi), 0)).isEqualTo(200);
        assertThat(send(endpoint, SECRET, KEY, request("msg_2", lockApi), 0)).isEqualTo(200);
        assertThat(lockApi.nextRelease().fields()).containsEntry("lock", "lock-of-msg_2");

        assertThat(runs).hasContent("run\nrun");
        assertThat(lockApi.releasesLeft()).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "POLLING")
    void shouldRepeatTheReleaseUntilTheAnswerIsFinal(Example example) throws Exception {
        ExampleEndpoint endpoint = start(example, "echo fine");
        LockApiStub lockApi = closing(new LockApiStub()).answering(503, 429, 500, 410);

        assertThat(send(endpoint, SECRET, KEY, request("msg_1", lockApi), 0)).isEqualTo(200);
        for (int call = 1; call <= 4; call++) {
            assertThat(lockApi.nextRelease().fields())
                    .as("call %s", call)
                    .containsEntry("result", "success")
                    .containsEntry("message", "fine");
        }
        assertThat(send(endpoint, SECRET, KEY, request("msg_2", lockApi), 0)).isEqualTo(200);
        assertThat(lockApi.nextRelease().fields())
                .as("after 410, which is final, nothing but the release of another lock")
                .containsEntry("lock", "lock-of-msg_2");
    }

    @ParameterizedTest
    @EnumSource(names = {"NODE", "PYTHON"})
    void shouldGoOnWithItsWorkAfterACrash(Example example) throws Exception {
        // The first time it stays at work; the second time it ends.
        String begun = "'" + folder.resolve("begun") + "'";
        ExampleEndpoint endpoint =
                start(example, "test -e " + begun + " || { touch " + begun + "; echo begun; exec tail -f /dev/null; }");
        LockApiStub lockApi = closing(new LockApiStub());
        assertThat(send(endpoint, SECRET, KEY, request("msg_1", lockApi), 0)).isEqualTo(200);
        assertThat(lockApi.nextNote().fields()).containsEntry("message", "begun");

        endpoint.crash();
        endpoint.startAgain();

        assertThat(lockApi.nextRelease().fields()).containsEntry("result", "success");
    }

    private static String request(String delivery, LockApiStub lockApi) {
        return JarFixture.json()
                .put("secret", SECRET)
                .put("event", "before_release")
                .put("webhook", "release-gate")
                .put("delivery", delivery)
                .put("lock", "lock-of-" + delivery)
                .put("release_url", lockApi.url("release"))
                .put("log_url", lockApi.url("log"))
                .toString();
    }

    /** Sends a request that is signed with a key, at so many seconds from now; returns the status. */
    private static int send(ExampleEndpoint endpoint, String secret, String key, String body, int seconds)
            throws Exception {
        String time = String.valueOf(Instant.now().getEpochSecond() + seconds);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
        byte[] signature = mac.doFinal(("msg_x." + time + "." + body).getBytes(StandardCharsets.UTF_8));
        return post(
                endpoint,
                Map.of(
                        "X-MDOQ-Secret",
                        secret,
                        "webhook-id",
                        "msg_x",
                        "webhook-timestamp",
                        time,
                        "webhook-signature",
                        "v1,bm90IHRoaXMgb25l v1," + Base64.getEncoder().encodeToString(signature)),
                body);
    }

    private static int post(ExampleEndpoint endpoint, Map<String, String> headers, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint.url()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }
}

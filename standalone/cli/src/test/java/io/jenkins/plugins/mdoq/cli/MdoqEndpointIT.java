package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * An endpoint that was written from MDOQ's own words alone: it knows the two events of a release, the secret, the instance, the log's id
 * and the lock, and takes whatever has a lock for something to be tested. It listens to the two events and to nothing else, and is never
 * called with anything that MDOQ would not send.
 */
@DisplayName("An endpoint that was written for MDOQ is never called with anything that MDOQ would not send")
class MdoqEndpointIT extends JarFixture {

    /** What MDOQ documents; {@code lock} only comes with an event that blocks. */
    private static final Set<String> OF_MDOQ = Set.of("secret", "instance", "parent_log");

    /** What may come beside it, and means nothing to the endpoint. */
    private static final Set<String> ADDED = Set.of("event", "webhook", "delivery", "source");

    private static final Set<String> WITH_A_LOCK = Set.of("lock", "release_url", "log_url");

    private final List<String> expected = new ArrayList<>();

    private TestEndpoint.Request expect(String event, boolean locked) throws Exception {
        TestEndpoint.Request request = endpoint.next();
        expected.add(event);
        JsonNode body = request.body();
        Set<String> names = new TreeSet<>();
        body.fieldNames().forEachRemaining(names::add);
        assertThat(names).containsAll(OF_MDOQ);
        Set<String> known = new TreeSet<>(OF_MDOQ);
        known.addAll(ADDED);
        if (locked) {
            assertThat(names).containsAll(WITH_A_LOCK);
            known.addAll(WITH_A_LOCK);
        }
        assertThat(known).containsAll(names);
        assertThat(request.event()).isEqualTo(event);
        assertThat(request.header("X-mdoq-secret")).isEqualTo(SECRET);
        assertThat(body.get("secret").asText()).isEqualTo(SECRET);
        assertThat(body.get("instance").isObject()).isTrue();
        assertThat(body.get("parent_log").isIntegralNumber()).isTrue();
        return request;
    }

    /** Whatever came has been looked at: nothing was sent in the end, nor is it after the end. */
    @AfterEach
    void assertNothingElseCame() {
        assertThat(endpoint.calls()).as("requests").isEqualTo(expected.size());
    }

    @Test
    void success() throws Exception {
        configure("", "");
        assertThat(release("true").exitCode()).isZero();
        expect("before_release", false);
        expect("before_release_complete", false);
    }

    @Test
    void fail() throws Exception {
        configure("", "onFail: FAIL");
        endpoint.answering("before_release", "{\"result\":\"fail\"}");
        assertThat(release("true").exitCode()).isEqualTo(3);
        expect("before_release", false);
    }

    @Test
    void failOfTheReleaseItself() throws Exception {
        configure("", "");
        assertThat(release("exit 3", "--rollback", "true", "--rollback-on-failure")
                        .exitCode())
                .isEqualTo(6);
        expect("before_release", false);
    }

    @Test
    void stop() throws Exception {
        configure("", "");
        endpoint.answering("before_release_complete", "{\"result\":\"fail\",\"stop_release\":true}");
        assertThat(release("true").exitCode()).isEqualTo(4);
        expect("before_release", false);
        expect("before_release_complete", false);
    }

    @Test
    void rollback() throws Exception {
        configure("", "");
        endpoint.answering("before_release_complete", "{\"result\":\"fail\",\"rollback_release\":true}");
        assertThat(release("true", "--rollback", "true").exitCode()).isEqualTo(5);
        expect("before_release", false);
        expect("before_release_complete", false);
    }

    @Test
    void lock() throws Exception {
        configure("", "blocking: true");
        JarRun run = release("true");
        TestEndpoint.Request asked = expect("before_release", true);
        assertThat(release(asked, "success").statusCode()).isEqualTo(200);
        assertThat(run.exitCode()).isZero();
        expect("before_release_complete", false);
    }

    @Test
    void aLockThatIsGivenUpAsAnotherWebhookStopsTheRelease() throws Exception {
        try (TestEndpoint other = new TestEndpoint()) {
            configureAll(
                    webhook("gate", endpoint.url(), "", "blocking: true"), webhook("judge", other.url(), "", ""));
            other.answering("before_release", "{\"result\":\"fail\",\"stop_release\":true}");
            assertThat(release("true").exitCode()).isEqualTo(4);
            expect("before_release", true);
        }
    }

    @Test
    void aLockThatExpires() throws Exception {
        configure("", "blocking: true\nlockTimeout: 1s");
        assertThat(release("true").exitCode()).isEqualTo(3);
        expect("before_release", true);
    }

    @Test
    void abort() throws Exception {
        configure("", "blocking: true");
        JarRun run = release("true");
        expect("before_release", true);
        run.awaitLine("answered 200");
        run.terminate();
        assertThat(run.exitCode()).isEqualTo(128 + 15);
        assertThat(release("true").exitCode()).as("run again").isEqualTo(4);
    }
}

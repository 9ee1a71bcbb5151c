package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import jenkins.security.ApiTokenProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Runs the commands of {@code docs/lock-api.md} as they are printed. */
@WithJenkins
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are for a POSIX shell")
class LockApiDocumentInJenkinsTest {

    private static final Pattern EXAMPLE = Pattern.compile(
            "```sh\\n(.*?)```(?:\\s*(?:<!-- printed by: [^>]*-->\\s*)?```json\\n(.*?)\\n```)?", Pattern.DOTALL);

    @Test
    void shouldAnswerAsPrinted(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, MdoqPermissions.RELEASE_LOCK)
                .everywhere()
                .to("operator"));
        String token = User.getById("operator", true)
                .getProperty(ApiTokenProperty.class)
                .generateNewToken("script")
                .plainValue;
        List<MatchResult> examples = EXAMPLE.matcher(Files.readString(Path.of("docs/lock-api.md")))
                .results()
                // The loop that ends has a test of its own.
                .filter(example -> example.group(1).startsWith("curl"))
                .toList();
        assertThat(examples).hasSize(5);
        try (Endpoint endpoint = Endpoint.answering("{\"result\":\"success\"}")) {
            Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
            WaitingBuild build = WaitingBuild.start(j, endpoint);
            Map<String, String> endpointKnows = Map.of(
                    "JENKINS", j.getURL().toString().replaceFirst("/$", ""),
                    "SECRET", Gate.SECRET,
                    "LOCK", build.lock());

            for (MatchResult example : examples.subList(0, 4)) {
                assertThat(run(example.group(1), endpointKnows)).isEqualTo(example.group(2));
            }
            j.assertLogContains("approved by finance", build.end(j, Result.SUCCESS));
            j.assertLogContains("approved by the shop team", build.run());

            WaitingBuild another = WaitingBuild.start(j, endpoint);
            Map<String, String> operatorKnows = Map.of(
                    "BUILD_URL", j.getURL() + another.run().getUrl(),
                    "DELIVERY", another.body().get("delivery").asText(),
                    "AUTH", "operator:" + token);
            assertThat(run(examples.get(4).group(1), operatorKnows)).isEqualTo("302");
            j.assertLogContains("checked by hand", another.end(j, Result.SUCCESS));
        }
    }

    private static String run(String command, Map<String, String> variables) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
        shell.environment().putAll(variables);
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}

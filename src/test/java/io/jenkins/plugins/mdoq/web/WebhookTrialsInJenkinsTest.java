package io.jenkins.plugins.mdoq.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.injenkins.ControllerPages;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import java.net.URI;
import java.util.List;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The test event of the configuration form. */
@WithJenkins
class WebhookTrialsInJenkinsTest extends ControllerPages {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PATH = "mdoq-test-event/send";

    @Override
    @BeforeEach
    public void listen() throws Exception {
        super.listen();
        endpoint.behave(body -> "{\"result\":\"success\",\"message\":\"I am here\"}");
    }

    private static WebResponse post(String user, boolean crumb, String... parameters) throws Exception {
        JenkinsRule.WebClient client = pages.as(user);
        return client.getPage(pages.request(client, PATH, crumb, parameters)).getWebResponse();
    }

    private static JsonNode trial(String... parameters) throws Exception {
        WebResponse response = post("admin", true, parameters);
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getContentType()).isEqualTo("application/json");
        assertThat(response.getResponseHeaderValue("Cache-Control")).isEqualTo("no-store");
        return MAPPER.readTree(response.getContentAsString());
    }

    private static List<String> lines(JsonNode trial) {
        return MAPPER.convertValue(
                trial.get("lines"), MAPPER.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    @Test
    void shouldSendWhatStandsOnTheFormAndShowWhatCame() throws Exception {
        try (Endpoint other = Endpoint.behaving(
                body -> "{\"result\":\"fail\",\"message\":\"<img src=x onerror=alert(1)>" + Gate.SECRET + "\"}")) {
            HtmlPage page = pages.as("admin").goTo("manage/configure");
            // The form asks for the credentials to choose from when it is there.
            page.getWebClient().waitForBackgroundJavaScript(20_000);
            HtmlButton button = page.querySelector(".mdoq-try__button");
            // The URL of Jenkins has the same name on this page.
            HtmlInput url =
                    button.getFirstByXPath("ancestor::*[contains(@class, 'repeated-chunk')]//input[@name='_.url']");
            url.setValue(other.url());

            button.click();
            page.getWebClient().waitForBackgroundJavaScript(20_000);

            assertThat(page.querySelector(".mdoq-try__result").getTextContent())
                    .contains("Answered 200 after ", "Result: fail", "<img src=x", "****")
                    .doesNotContain(Gate.SECRET);
            JsonNode body = other.take();
            assertThat(body.get("event").asText()).isEqualTo("ping");
            assertThat(body.get("test").booleanValue()).isTrue();
            assertThat(body.get("webhook").asText()).isEqualTo("release-gate");
            assertThat(body.get("secret").asText()).isEqualTo(Gate.SECRET);
            assertThat(body.has("lock")).isFalse();
            assertThat(page.querySelectorAll(".mdoq-try__result img")).isEmpty();
        }
        assertThat(endpoint.waiting()).isZero();
        assertThat(MdoqGlobalConfiguration.get().getWebhooks().get(0).getUrl()).isEqualTo(endpoint.url());
    }

    @Test
    void shouldSendOneFromThePageOfAllWebhooksAndKeepWhatCame() throws Exception {
        HtmlPage page = pages.as("admin").goTo("manage/mdoq-webhooks/");

        page.<HtmlButton>querySelector("#webhook-0-try .mdoq-try__button").click();
        page.getWebClient().waitForBackgroundJavaScript(20_000);

        assertThat(endpoint.take().get("test").booleanValue()).isTrue();
        assertThat(page.querySelector("#webhook-0-try .mdoq-try__result").getTextContent())
                .as("also after the page has brought itself up to date")
                .contains("Answered 200 after ", "I am here");
    }

    @Test
    void shouldSendASavedWebhookByItsName() throws Exception {
        JsonNode trial = trial("webhook", "release-gate");

        assertThat(trial.get("answered").booleanValue()).isTrue();
        assertThat(trial.get("headline").asText()).startsWith("Answered 200 after ");
        assertThat(lines(trial)).containsExactly("Result: success", "Message: I am here");
        assertThat(endpoint.take().get("event").asText()).isEqualTo("ping");
        assertThat(trial("webhook", "nobody").get("headline").asText()).contains("there is no webhook 'nobody'");
    }

    @Test
    void shouldSaySoIfTheSecretIsUnfitOrGone() throws Exception {
        SecretTexts.put("unfit", "two words");
        SecretTexts.remove("missing");

        for (String id : List.of("unfit", "missing")) {
            JsonNode trial = trial("name", "new", "url", endpoint.url(), "credentialsId", id);
            assertThat(trial.get("answered").booleanValue()).isFalse();
            assertThat(trial.toString())
                    .contains("the webhook has no secret", id)
                    .doesNotContain("two words");
        }
        assertThat(endpoint.waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'', https://a.example.com/, mdoq-secret, 60, a webhook needs a name",
        "new, ftp://a.example.com/, mdoq-secret, 60, url",
        "new, https://a.example.com/, '', 60, names no credential",
        "new, https://a.example.com/, mdoq-secret, a minute, timeoutSeconds is no whole number",
    })
    void shouldSayWhatIsWrongOnTheForm(String name, String url, String secret, String seconds, String problem)
            throws Exception {
        JsonNode trial = trial("name", name, "url", url, "credentialsId", secret, "timeoutSeconds", seconds);

        assertThat(trial.get("headline").asText())
                .startsWith("Nothing was sent: ")
                .contains(problem);
    }

    @Test
    void shouldSendTheSecretThatStandsFirstToTheUrlInACredential() throws Exception {
        SecretTexts.put("url", endpoint.url());
        SecretTexts.put("second", "another-s3cret");

        JsonNode trial = trial(
                "name", "new", "urlCredentialsId", "url", "credentialsId", "second", "credentialsId", "mdoq-secret");

        assertThat(trial.get("answered").booleanValue()).isTrue();
        assertThat(endpoint.take().get("secret").asText()).isEqualTo("another-s3cret");
    }

    @Test
    void shouldSayWhatIsWrongInTheWordsOfADeliveryError() throws Exception {
        endpoint.behave(body -> {
            throw new IllegalStateException("a 500");
        });

        JsonNode trial = trial("webhook", "release-gate");

        assertThat(trial.get("headline").asText())
                .startsWith("Not answered, after ")
                .contains("500");
        assertThat(lines(trial)).containsExactly("Status: 500");
    }

    @ParameterizedTest
    @CsvSource({"reader, 403", "operator, 403", "configurer, 403"})
    void shouldSendNothingForAnybodyButAdministrators(String user, int status) throws Exception {
        assertThat(post(user, true, "webhook", "release-gate").getStatusCode()).isEqualTo(status);
        assertThat(endpoint.waiting()).isZero();
    }

    @Test
    void shouldRefuseGetAndAPostWithoutACrumb() throws Exception {
        JenkinsRule.WebClient client = pages.as("admin");

        assertThat(client.getPage(new WebRequest(URI.create(j.getURL() + PATH + "?webhook=release-gate")
                                .toURL()))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(405);
        assertThat(post("admin", false, "webhook", "release-gate").getStatusCode())
                .isEqualTo(403);
        assertThat(endpoint.waiting()).isZero();
    }
}

package io.jenkins.plugins.mdoq.injenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.web.MdoqPermissions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlElementUtil;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlRadioButtonInput;
import org.htmlunit.util.NameValuePair;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** The webhook history pages of a controller, as its users see them. */
public final class HistoryPages {

    /** Where the page of all webhooks is. */
    public static final String OVERVIEW = "manage/mdoq-webhooks/";

    private final JenkinsRule j;

    /** Gives each user of the tests the permissions that the name says. */
    public HistoryPages(JenkinsRule j) {
        this.j = j;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "builder", "configurer", "operator", "viewer")
                .grant(Item.BUILD, Item.CANCEL)
                .everywhere()
                .to("builder")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("configurer")
                .grant(MdoqPermissions.RELEASE_LOCK)
                .everywhere()
                .to("operator")
                .grant(MdoqPermissions.VIEW)
                .everywhere()
                .to("viewer")
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger"));
    }

    public JenkinsRule.WebClient as(String user) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient();
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        return client.login(user);
    }

    public HtmlPage page(JenkinsRule.WebClient client, Run<?, ?> run) throws Exception {
        return client.getPage(run, "mdoq/");
    }

    /** The page in a language, as the reader's browser is sent it. */
    public String text(Run<?, ?> run, String language) throws Exception {
        return text("reader", run.getUrl() + "mdoq/", language);
    }

    /** A page below the URL of Jenkins in a language, as a user's browser is sent it. */
    public String text(String user, String path, String language) throws Exception {
        LocaleProvider before = LocaleProvider.getProvider();
        // As Jenkins does when its web application starts, which the harness does not have.
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                StaplerRequest2 request = Stapler.getCurrentRequest2();
                return request == null ? Locale.getDefault() : request.getLocale();
            }
        });
        try {
            // The harness's client has a language of its own.
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(j.getURL() + path))
                                    .header("Accept-Language", language)
                                    .header(
                                            "Authorization",
                                            "Basic "
                                                    + Base64.getEncoder()
                                                            .encodeToString((user + ":" + user)
                                                                    .getBytes(StandardCharsets.UTF_8)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } finally {
            LocaleProvider.setProvider(before);
        }
    }

    /** Chooses an outcome, writes a reason, and says yes when asked once more. */
    public HtmlPage release(HtmlPage page, WaitingBuild build, String outcome, String message) throws Exception {
        HtmlForm form = fill(page, build, outcome, message);
        HtmlElementUtil.click(form.getButtonByName("Submit"));
        HtmlElementUtil.click(page.querySelector("dialog [data-id=ok]"));
        return (HtmlPage) page.getWebClient().getCurrentWindow().getEnclosedPage();
    }

    /** Chooses an outcome and writes a reason. */
    public HtmlForm fill(HtmlPage page, WaitingBuild build, String outcome, String message) {
        HtmlForm form = page.getFormByName("release-" + build.delivery());
        page.<HtmlRadioButtonInput>getHtmlElementById("outcome-" + outcome + "-" + build.delivery())
                .setChecked(true);
        form.getTextAreaByName("message").setText(message);
        return form;
    }

    /** The status of a release that was posted. */
    public int post(JenkinsRule.WebClient client, Run<?, ?> run, boolean crumb, String... parameters) throws Exception {
        return client.getPage(request(client, run, crumb, parameters))
                .getWebResponse()
                .getStatusCode();
    }

    /** The answer, in JSON, to a release that was posted. */
    public String answer(JenkinsRule.WebClient client, Run<?, ?> run, String... parameters) throws Exception {
        WebRequest request = request(client, run, true, parameters);
        request.setAdditionalHeader("Accept", "application/json");
        return client.getPage(request).getWebResponse().getContentAsString();
    }

    /** The answer, in JSON, to asking for more time. */
    public String extend(JenkinsRule.WebClient client, Run<?, ?> run, String... parameters) throws Exception {
        WebRequest request = request(client, run, true, parameters);
        request.setUrl(URI.create(j.getURL() + run.getUrl() + "mdoq/extend").toURL());
        request.setAdditionalHeader("Accept", "application/json");
        return client.getPage(request).getWebResponse().getContentAsString();
    }

    private WebRequest request(JenkinsRule.WebClient client, Run<?, ?> run, boolean crumb, String... parameters)
            throws Exception {
        return request(client, run.getUrl() + "mdoq/release", crumb, parameters);
    }

    /** A POST to a path below the controller's URL. */
    public WebRequest request(JenkinsRule.WebClient client, String path, boolean crumb, String... parameters)
            throws Exception {
        WebRequest request = new WebRequest(URI.create(j.getURL() + path).toURL(), HttpMethod.POST);
        if (crumb) {
            client.addCrumb(request);
        }
        List<NameValuePair> pairs = new ArrayList<>(request.getRequestParameters());
        for (int i = 0; i < parameters.length; i += 2) {
            pairs.add(new NameValuePair(parameters[i], parameters[i + 1]));
        }
        request.setRequestParameters(pairs);
        return request;
    }

    /** The page of all webhooks, with a query that may be empty. */
    public HtmlPage overview(String user, String query) throws Exception {
        return as(user).goTo(OVERVIEW + query);
    }

    /** Brings what the page of all webhooks shows up to date with all histories. */
    public static void readAll() {
        ReleaseHookService.get().recent().index().readAll();
    }

    /** The text of an element, its white space folded. */
    public static String text(HtmlPage page, String id) {
        DomElement element = page.getElementById(id);
        assertThat(element).as(id).isNotNull();
        return element.getTextContent().replaceAll("\\s+", " ");
    }
}

package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.RootAction;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.config.SecretReference;
import io.jenkins.plugins.mdoq.config.TriedWebhook;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.hook.Webhook;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Sends webhooks a test event, for administrators: as they stand on the form, or as they are saved. It holds no lock and leaves
 * no history, and what comes back is shown to whoever asked and to nobody else.
 */
@Extension
public final class WebhookTrials implements RootAction {

    /** Where it is, below the URL of Jenkins. */
    static final String URL = "mdoq-test-event";

    private static final Logger LOGGER = Logger.getLogger(WebhookTrials.class.getName());

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /**
     * Sends one test event. Parameters: {@code webhook}, the name of a webhook that is saved; or, of one that need not be,
     * {@code name}, {@code url}, {@code urlCredentialsId}, {@code credentialsId} (once for each secret, the one that is sent
     * first), {@code timeoutSeconds}, {@code format} and {@code sign}. Answers in JSON, with 200 whatever came of it. Called
     * by Stapler.
     */
    @RequirePOST
    public void doSend(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String name = request.getParameter("webhook");
        WebhookConfiguration written = name == null ? written(request) : saved(name);
        WebhookTrial trial = written == null
                ? WebhookTrial.notSent(Messages.WebhookTrial_noSuchWebhook(name))
                : send(new TriedWebhook(written), "operator " + Callers.user() + " at " + Callers.address(request));
        JsonResponse.send(response, 200, trial.json());
    }

    private static WebhookTrial send(TriedWebhook tried, String by) {
        String problem = tried.problem();
        if (problem != null) {
            return WebhookTrial.notSent(problem);
        }
        Webhook webhook = tried.webhook();
        WebhookTrial trial =
                WebhookTrial.of(ReleaseHookService.get().tryOut(webhook, tried).join());
        LOGGER.log(Level.INFO, "A test event was sent to the webhook {0} at {1}, asked for by {2}: {3}", new Object[] {
            webhook.name(), webhook.url(), by, trial.headline()
        });
        return trial;
    }

    /** The webhook of a name as it is saved, or null. */
    @CheckForNull
    private static WebhookConfiguration saved(String name) {
        return MdoqGlobalConfiguration.get().getWebhooks().stream()
                .filter(webhook -> webhook.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The webhook that stands on the form; its events play no part. */
    @NonNull
    private static WebhookConfiguration written(HttpServletRequest request) {
        WebhookConfiguration written =
                new WebhookConfiguration(request.getParameter("name"), request.getParameter("url"));
        written.setUrlCredentialsId(request.getParameter("urlCredentialsId"));
        String[] ids = request.getParameterValues("credentialsId");
        List<SecretReference> secrets = ids == null
                ? List.of()
                : Stream.of(ids).map(SecretReference::new).toList();
        written.setSecrets(secrets);
        String seconds = request.getParameter("timeoutSeconds");
        written.setTimeoutSeconds(seconds == null ? Integer.valueOf(Webhook.DEFAULT_TIMEOUT_SECONDS) : number(seconds));
        written.setFormat(request.getParameter("format"));
        written.setSign(String.valueOf(Arrays.asList("true", "on").contains(request.getParameter("sign"))));
        return written;
    }

    /** The whole number that a text is, or null. */
    @CheckForNull
    private static Integer number(String text) {
        return text.strip().matches("-?[0-9]{1,9}") ? Integer.valueOf(text.strip()) : null;
    }
}

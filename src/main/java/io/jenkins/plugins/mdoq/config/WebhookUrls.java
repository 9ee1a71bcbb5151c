package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.URI;

/**
 * Looks up URLs in Jenkins' credentials store, anew each time. A credential that holds no URL is treated like one that is
 * missing. Safe for any thread.
 */
final class WebhookUrls {

    private WebhookUrls() {}

    /** The URL in the credential of an id, or why there is none. */
    @NonNull
    static WebhookUrl of(@NonNull String id) {
        StoredTexts texts = new StoredTexts();
        String text = texts.text(id);
        String problem = problem(texts, id, text);
        return problem == null
                ? WebhookUrl.of(URI.create(text.strip()))
                : WebhookUrl.unknown(Messages.WebhookUrls_unknown(problem));
    }

    /** What is wrong with the URL that a credential holds, one line without the URL; null if nothing is. */
    @CheckForNull
    static String validationError(@NonNull String id) {
        StoredTexts texts = new StoredTexts();
        return problem(texts, id, texts.text(id));
    }

    private static String problem(StoredTexts texts, String id, String text) {
        if (text == null) {
            return texts.missing(id);
        }
        String problem = Webhook.urlError(text.strip());
        return problem == null ? null : Messages.StoredTexts_unfit(id, problem);
    }
}

package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Looks up secrets in Jenkins' credentials store, anew each time: a secret that was rotated or taken away counts at once, and
 * none is kept. A credential that holds no secret is treated like one that is missing. Safe for any thread.
 */
final class WebhookSecrets {

    private WebhookSecrets() {}

    /** The secrets in the credentials of the given ids, in this order; those missing or unfit are left out. */
    @NonNull
    static Secrets of(@NonNull Collection<String> ids) {
        if (ids.isEmpty()) {
            return Secrets.NONE;
        }
        StoredTexts texts = new StoredTexts();
        List<SharedSecret> secrets = new ArrayList<>();
        for (String id : new LinkedHashSet<>(ids)) {
            String text = texts.text(id);
            if (SharedSecret.validationError(text) == null) {
                secrets.add(SharedSecret.of(text));
            }
        }
        return Secrets.of(secrets);
    }

    /** What is wrong with the secret that a credential holds, one line without the secret; null if nothing is. */
    @CheckForNull
    static String validationError(@NonNull String id) {
        StoredTexts texts = new StoredTexts();
        String missing = texts.missing(id);
        if (missing != null) {
            return missing;
        }
        String problem = SharedSecret.validationError(texts.text(id));
        return problem == null ? null : Messages.StoredTexts_unfit(id, problem);
    }

    /** What should be better about a secret that will do, one line without the secret; null if nothing should. */
    @CheckForNull
    static String warning(@NonNull String id) {
        StoredTexts texts = new StoredTexts();
        String text = texts.text(id);
        String weakness = text == null ? null : SharedSecret.weakness(text);
        if (weakness != null) {
            return Messages.StoredTexts_unfit(id, weakness);
        }
        return texts.endsWithLineBreak(id) ? Messages.StoredTexts_lineBreak(id) : null;
    }
}

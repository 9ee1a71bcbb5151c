package io.jenkins.plugins.mdoq.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.security.ACL;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Looks up secrets in Jenkins' credentials store, anew each time: a secret that was rotated or taken away counts at once, and
 * none is kept. Safe for any thread.
 */
final class WebhookSecrets {

    private static final Logger LOGGER = Logger.getLogger(WebhookSecrets.class.getName());

    private WebhookSecrets() {}

    /** The secrets in the credentials of the given ids, in this order; those missing or unfit are left out. */
    @NonNull
    static Secrets of(@NonNull Collection<String> ids) {
        if (ids.isEmpty()) {
            return Secrets.NONE;
        }
        List<StringCredentials> credentials = credentials();
        List<SharedSecret> secrets = new ArrayList<>();
        for (String id : new LinkedHashSet<>(ids)) {
            String text = text(credentials, id);
            if (SharedSecret.validationError(text) == null) {
                secrets.add(SharedSecret.of(text));
            }
        }
        return Secrets.of(secrets);
    }

    /** What is wrong with the secret that a credential holds, one line without the secret; null if nothing is. */
    @CheckForNull
    static String validationError(@NonNull String id) {
        List<StringCredentials> credentials = credentials();
        if (credentials.stream().noneMatch(credential -> id.equals(credential.getId()))) {
            return "there is no credential '" + id
                    + "' of the kind Secret text; add it to Jenkins' own store, or choose another one";
        }
        String text = text(credentials, id);
        String problem =
                text == null ? "its secret cannot be read now; see Jenkins' log" : SharedSecret.validationError(text);
        return problem == null ? null : "credential '" + id + "': " + problem;
    }

    /** What is wrong with the first secret that is there but unfit, one line; null if none is. */
    @CheckForNull
    static String problemOfPresent(@NonNull Collection<String> ids) {
        if (ids.isEmpty()) {
            return null;
        }
        List<StringCredentials> credentials = credentials();
        for (String id : ids) {
            String text = text(credentials, id);
            String problem = text == null ? null : SharedSecret.validationError(text);
            if (problem != null) {
                return "credential '" + id + "': " + problem;
            }
        }
        return null;
    }

    private static List<StringCredentials> credentials() {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
    }

    /** The text of the first credential of that id, or null if there is none or it cannot be read. */
    @CheckForNull
    private static String text(List<StringCredentials> credentials, String id) {
        for (StringCredentials credential : credentials) {
            if (id.equals(credential.getId())) {
                try {
                    return credential.getSecret().getPlainText();
                } catch (CredentialsUnavailableException e) {
                    LOGGER.log(Level.WARNING, e, () -> "The secret of credential '" + id + "' cannot be read now");
                    return null;
                }
            }
        }
        return null;
    }
}

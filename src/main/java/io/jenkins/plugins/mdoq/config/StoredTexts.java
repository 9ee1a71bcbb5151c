package io.jenkins.plugins.mdoq.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.security.ACL;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * The credentials of the kind <em>Secret text</em> in Jenkins' own store, as they are when this is made. What is in them is
 * no part of the configuration: whatever it is, it is never a reason to refuse one. A line break at the end of a text is left
 * out. Used by one thread.
 */
final class StoredTexts {

    private static final Logger LOGGER = Logger.getLogger(StoredTexts.class.getName());

    private final List<StringCredentials> credentials = CredentialsProvider.lookupCredentialsInItemGroup(
            StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());

    /** The text of the first credential of an id, or null if there is none or it cannot be read now. */
    @CheckForNull
    String text(@NonNull String id) {
        return SharedSecret.withoutLineBreak(whole(id));
    }

    /** Why there is no text, one line that says what to do; null if there is one. */
    @CheckForNull
    String missing(@NonNull String id) {
        if (credentials.stream().noneMatch(credential -> id.equals(credential.getId()))) {
            return Messages.StoredTexts_missing(id);
        }
        return whole(id) == null ? Messages.StoredTexts_unreadable(id) : null;
    }

    /** Whether a line break at the end is left out. */
    boolean endsWithLineBreak(@NonNull String id) {
        String whole = whole(id);
        String text = text(id);
        return whole != null && text != null && whole.length() > text.length();
    }

    private String whole(String id) {
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

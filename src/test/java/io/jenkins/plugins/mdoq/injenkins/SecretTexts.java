package io.jenkins.plugins.mdoq.injenkins;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.util.Secret;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** <em>Secret text</em> credentials in the controller's own store, for tests. */
public final class SecretTexts {

    private SecretTexts() {}

    /** Adds a credential, in place of the one of the same id. */
    public static void put(String id, String secret) throws IOException {
        remove(id);
        credentials().add(new StringCredentialsImpl(CredentialsScope.SYSTEM, id, id, Secret.fromString(secret)));
        SystemCredentialsProvider.getInstance().save();
    }

    /** Removes a credential, if it is there. */
    public static void remove(String id) throws IOException {
        credentials()
                .removeIf(credential -> credential instanceof IdCredentials other
                        && other.getId().equals(id));
        SystemCredentialsProvider.getInstance().save();
    }

    private static List<Credentials> credentials() {
        return SystemCredentialsProvider.getInstance().getCredentials();
    }
}

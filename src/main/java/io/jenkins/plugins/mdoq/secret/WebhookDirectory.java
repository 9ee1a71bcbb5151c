package io.jenkins.plugins.mdoq.secret;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URI;
import java.util.Collection;
import java.util.List;

/**
 * The secrets and URLs of the webhooks, as they are now. Neither is kept anywhere else, so whoever sends or lets in asks here
 * each time. Called on any thread.
 */
public interface WebhookDirectory {

    /**
     * The secrets of a webhook now.
     *
     * @param webhook its name; it may be gone from the configuration
     * @param secretIds the credentials that it had when its event was fired
     * @return the secrets, none if the credentials are gone
     */
    @NonNull
    Secrets secrets(@NonNull String webhook, @NonNull List<String> secretIds);

    /** The secrets of all webhooks that are configured now. */
    @NonNull
    Secrets all();

    /**
     * Where the requests of a webhook go now.
     *
     * @param webhook its name; it may be gone from the configuration
     */
    @NonNull
    WebhookUrl url(@NonNull String webhook);

    /** The URLs of all webhooks that are configured now, as far as they are known. */
    @NonNull
    Collection<URI> urls();

    /**
     * A redactor that knows the secrets and URLs of all webhooks, as an endpoint may know those of another one.
     *
     * @param more secrets of webhooks that may be gone from the configuration
     */
    @NonNull
    default Redactor redactor(@NonNull Secrets more) {
        return Redactor.of(Secrets.union(List.of(all(), more)), urls());
    }
}

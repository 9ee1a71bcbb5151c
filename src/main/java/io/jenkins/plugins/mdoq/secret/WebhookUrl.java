package io.jenkins.plugins.mdoq.secret;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URI;

/**
 * Where a webhook's requests go now, or why that is not known. Prints as much of the URL as may be {@linkplain ShownUrl
 * shown}.
 *
 * @param url the whole URL, for the request and for nothing else; null if it is not known
 * @param problem why it is not known and what to do about it, one line without secrets; null if it is
 */
public record WebhookUrl(
        @CheckForNull URI url, @CheckForNull String problem) {

    /** A URL that is known. */
    @NonNull
    public static WebhookUrl of(@NonNull URI url) {
        return new WebhookUrl(url, null);
    }

    /** A URL that is not known. */
    @NonNull
    public static WebhookUrl unknown(@NonNull String problem) {
        return new WebhookUrl(null, problem);
    }

    /** The URL of a webhook that is in the configuration no longer. */
    @NonNull
    public static WebhookUrl ofNobody(@NonNull String webhook) {
        return unknown("there is no webhook '" + webhook + "' any more, so its URL is not known; add a webhook of that"
                + " name to the configuration again");
    }

    @Override
    public String toString() {
        return url == null ? String.valueOf(problem) : ShownUrl.of(url.toString());
    }
}

package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/** Says by which proxy an endpoint is reached. Asked for each request, so that a change counts from the next one on. */
public interface ProxySettings {

    /**
     * The proxy for an endpoint, or null if it is called directly.
     *
     * @throws IllegalArgumentException if the settings cannot be used; its message is one line for whoever made them
     */
    @CheckForNull
    ProxyServer proxyFor(@NonNull EndpointUrl endpoint);

    /** No proxy. */
    @NonNull
    static ProxySettings direct() {
        return endpoint -> null;
    }
}

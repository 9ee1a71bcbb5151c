package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.function.Supplier;

/**
 * An HTTP proxy.
 *
 * @param host its host
 * @param port its port, 1 to 65535
 * @param user who logs in there, or null for nobody
 * @param password gives the password when the proxy asks for it, so that it is decrypted for no longer than needed
 */
public record ProxyServer(
        @NonNull String host,
        int port,
        @CheckForNull String user,
        @NonNull Supplier<String> password) {

    /** Refuses a port that is none. */
    public ProxyServer {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the proxy " + EndpointUrl.address(host, port)
                    + " is not HOST:PORT; write it such as proxy.example.com:3128");
        }
    }

    /** A proxy that lets anyone in. */
    public ProxyServer(@NonNull String host, int port) {
        this(host, port, null, () -> "");
    }

    /** Host and port, as people write them. */
    @NonNull
    public String address() {
        return EndpointUrl.address(host, port);
    }

    /** Without the login. */
    @Override
    public String toString() {
        return address();
    }
}

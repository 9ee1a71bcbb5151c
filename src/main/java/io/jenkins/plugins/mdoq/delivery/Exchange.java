package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;

/**
 * How far one request has come. The HTTP client has no word for it, but the error is another one for each. Safe for any
 * thread.
 */
final class Exchange {

    private static final String ATTRIBUTE = Exchange.class.getName();

    /** How far it is, in order. */
    enum Stage {
        /** Waits for one of the connections that there may be to become free. */
        WAITING,
        /** A connection is being made. */
        CONNECTING,
        /** Connected, but not to the end: the tunnel or TLS is missing. */
        CONNECTED,
        /** The proxy has made the tunnel; TLS is missing. */
        TUNNELLED,
        /** The request goes to the endpoint (or to the proxy that passes it on). */
        ASKED,
        /** The head of an answer has come. */
        ANSWERING
    }

    private final EndpointUrl url;
    private final ProxyServer proxy;
    private volatile boolean over;
    private final AtomicReference<IOSession> made = new AtomicReference<>();
    private volatile Stage stage = Stage.WAITING;
    private volatile boolean asked;
    private volatile boolean sent;
    private volatile int received;

    Exchange(@NonNull EndpointUrl url, @CheckForNull ProxyServer proxy) {
        this.url = url;
        this.proxy = proxy;
    }

    void in(@NonNull HttpClientContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    /** The exchange that a context belongs to. */
    @NonNull
    static Exchange of(@NonNull HttpContext context) {
        return (Exchange) context.getAttribute(ATTRIBUTE);
    }

    @NonNull
    EndpointUrl url() {
        return url;
    }

    /** The proxy it goes by, or null. */
    @Nullable
    ProxyServer proxy() {
        return proxy;
    }

    /** The host that the connection is made to, in ASCII: the library's own form of it may be another one. */
    @NonNull
    String firstHost() {
        return proxy == null ? url.host() : proxy.host();
    }

    /** Whether a tunnel through the proxy is needed, whose own answers must be told from the endpoint's. */
    boolean needsTunnel() {
        return proxy != null && url.secure();
    }

    @NonNull
    Stage stage() {
        return stage;
    }

    /** Whether the request was sent where the endpoint is; what comes before that is the proxy's own. */
    boolean askedEndpoint() {
        return asked;
    }

    /** How many bytes of the answer's body have come. */
    int received() {
        return received;
    }

    void connecting() {
        stage = Stage.CONNECTING;
    }

    void connected(@NonNull IOSession session) {
        made.set(session);
        stage = Stage.CONNECTED;
        if (over) {
            closeConnection();
        }
    }

    void tunnelled() {
        stage = Stage.TUNNELLED;
    }

    /** Whether a connection was made for it; else it was given one that had been in use before. */
    boolean connectionIsNew() {
        return made.get() != null;
    }

    void asked() {
        asked = true;
        stage = Stage.ASKED;
    }

    void sent() {
        sent = true;
    }

    /** Whether all of the request was sent: an endpoint may answer before it has read it. */
    boolean isSent() {
        return sent;
    }

    void answering() {
        stage = Stage.ANSWERING;
    }

    /** Called by one thread at a time. */
    void received(int bytes) {
        int all = received + bytes;
        received = all;
    }

    /** Ends it before its time: nothing that comes now counts. */
    void end() {
        over = true;
        closeConnection();
    }

    /** Closes the connection that was made for it: the HTTP client itself lets a handshake go on that nobody waits for. */
    private void closeConnection() {
        IOSession session = made.get();
        if (session != null) {
            session.close(CloseMode.IMMEDIATE);
        }
    }
}

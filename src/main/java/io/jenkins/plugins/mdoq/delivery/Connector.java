package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.impl.nio.DefaultAsyncClientConnectionOperator;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.ComplexFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.nio.ClientHttp1IOEventHandler;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexerFactory;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes connections: looks a name up in a thread that may wait for it, and has all of its addresses tried
 * ({@link AddressRace}). Safe for any thread.
 */
final class Connector extends DefaultAsyncClientConnectionOperator {

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    /** Gives the addresses of a name. */
    interface Resolver {
        @NonNull
        InetAddress[] resolve(@NonNull String name) throws UnknownHostException;
    }

    /** The name that a certificate is to be for: the library's own form of an international one is in no certificate. */
    private record AsciiName(EndpointUrl url) implements NamedEndpoint {
        @Override
        public String getHostName() {
            return url.host();
        }

        @Override
        public int getPort() {
            return url.effectivePort();
        }
    }

    private final Resolver resolver;
    private final Executor lookUps;
    private final ScheduledExecutorService scheduler;
    private final Http1Config config;

    Connector(
            @NonNull Lookup<TlsStrategy> tls,
            @NonNull Resolver resolver,
            @NonNull Executor lookUps,
            @NonNull ScheduledExecutorService scheduler,
            @NonNull Http1Config config) {
        super(tls, null, null);
        this.resolver = resolver;
        this.lookUps = lookUps;
        this.scheduler = scheduler;
        this.config = config;
    }

    @Override
    public Future<ManagedAsyncClientConnection> connect(
            ConnectionInitiator initiator,
            HttpHost host,
            Path unixDomainSocket,
            NamedEndpoint endpointName,
            SocketAddress localAddress,
            Timeout connectTimeout,
            Object attachment,
            HttpContext context,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        ComplexFuture<ManagedAsyncClientConnection> future = new ComplexFuture<>(callback);
        Exchange exchange = Exchange.of(context);
        exchange.connecting();
        Runnable connecting = () -> {
            try {
                InetAddress[] addresses = resolver.resolve(exchange.firstHost());
                if (addresses.length == 0) {
                    throw new UnknownHostException(exchange.firstHost());
                }
                if (future.isDone()) {
                    return;
                }
                // The library is given an address, so that it looks nothing up, and connects through the race.
                HttpHost resolved =
                        new HttpHost(host.getSchemeName(), addresses[0], host.getHostName(), host.getPort());
                future.setDependency(super.connect(
                        (name, first, local, timeout, attached, connected) -> new AddressRace(
                                        scheduler,
                                        initiator,
                                        name,
                                        timeout,
                                        attached,
                                        session -> {
                                            readHeads(session);
                                            exchange.connected(session);
                                        },
                                        connected)
                                .start(addresses),
                        resolved,
                        null,
                        new AsciiName(exchange.url()),
                        localAddress,
                        connectTimeout,
                        attachment,
                        context,
                        passingTo(future)));
            } catch (IOException | RuntimeException | Error e) {
                future.failed(e instanceof Exception exception ? exception : new IOException(e));
            }
        };
        try {
            if (ADDRESS.matcher(exchange.firstHost()).matches()) {
                // There is no name to be looked up.
                connecting.run();
            } else {
                lookUps.execute(connecting);
            }
        } catch (RejectedExecutionException e) {
            future.failed(e);
        }
        return future;
    }

    /** Called when a proxy has made a tunnel. */
    @Override
    public void upgrade(
            ManagedAsyncClientConnection connection,
            HttpHost host,
            NamedEndpoint endpointName,
            Object attachment,
            HttpContext context,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        Exchange exchange = Exchange.of(context);
        exchange.tunnelled();
        super.upgrade(connection, host, new AsciiName(exchange.url()), attachment, context, callback);
    }

    private static FutureCallback<ManagedAsyncClientConnection> passingTo(
            ComplexFuture<ManagedAsyncClientConnection> future) {
        return new FutureCallback<>() {
            @Override
            public void completed(ManagedAsyncClientConnection connection) {
                if (!future.completed(connection)) {
                    connection.close(CloseMode.IMMEDIATE);
                }
            }

            @Override
            public void failed(Exception error) {
                future.failed(error);
            }

            @Override
            public void cancelled() {
                future.cancel();
            }
        };
    }

    /** Before the connection hears of anything: our reader of heads takes the place of the library's. */
    private void readHeads(IOSession session) {
        AnswerHeads heads = new AnswerHeads(config);
        session.upgrade(new ClientHttp1IOEventHandler(new ClientHttp1StreamDuplexerFactory(
                        HttpProcessorBuilder.create().build(),
                        config,
                        CharCodingConfig.DEFAULT,
                        DefaultConnectionReuseStrategy.INSTANCE,
                        () -> heads,
                        heads::requests,
                        new AnswerLength(),
                        null,
                        null)
                .create((ProtocolIOSession) session)));
    }
}

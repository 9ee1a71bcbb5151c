package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
 * Makes connections: looks a name up in a thread that may wait for it, and tries all of its addresses (protocol:
 * "retries"). The next address is tried when one fails or takes long, and the first connection counts. Safe for any thread.
 */
final class Connector extends DefaultAsyncClientConnectionOperator {

    /** How long an address has before the next is tried beside it (RFC 8305 recommends it). */
    private static final int HEAD_START_MILLIS = 250;

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    /** Gives the addresses of a name. */
    interface Resolver {
        @NonNull
        InetAddress[] resolve(@NonNull String name) throws UnknownHostException;
    }

    /** No address of a host could be connected to. */
    static final class Unreachable extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Map<InetAddress, Exception> failures = new LinkedHashMap<>();

        private void add(InetAddress address, Exception failure) {
            failures.put(address, failure);
            addSuppressed(failure);
        }

        /** The addresses that were tried, and why each failed. */
        @NonNull
        Map<InetAddress, Exception> failures() {
            return failures;
        }
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
                        (name, first, local, timeout, attached, connected) ->
                                new Race(initiator, name, addresses, timeout, attached, exchange, connected).start(),
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

    /** One connection, for which several addresses run. Its methods are called by any thread. */
    private final class Race {
        private final ConnectionInitiator initiator;
        private final NamedEndpoint name;
        private final List<InetSocketAddress> left = new ArrayList<>();
        private final Timeout timeout;
        private final Object attached;
        private final Exchange exchange;
        private final ComplexFuture<IOSession> won;
        private final List<Future<IOSession>> running = new ArrayList<>();
        private final Unreachable failures = new Unreachable();
        private int undecided;

        Race(
                ConnectionInitiator initiator,
                NamedEndpoint name,
                InetAddress[] addresses,
                Timeout timeout,
                Object attached,
                Exchange exchange,
                FutureCallback<IOSession> connected) {
            this.initiator = initiator;
            this.name = name;
            this.timeout = timeout;
            this.attached = attached;
            this.exchange = exchange;
            this.won = new ComplexFuture<>(connected);
            Arrays.stream(addresses)
                    .map(address -> new InetSocketAddress(address, name.getPort()))
                    .forEach(left::add);
        }

        Future<IOSession> start() {
            won.setDependency(() -> {
                stop();
                return true;
            });
            next();
            return won;
        }

        private void next() {
            InetSocketAddress address;
            synchronized (this) {
                if (won.isDone() || left.isEmpty()) {
                    return;
                }
                address = left.remove(0);
                undecided++;
                if (!left.isEmpty()) {
                    scheduler.schedule(this::next, HEAD_START_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
            Future<IOSession> one = initiator.connect(name, address, null, timeout, attached, new FutureCallback<>() {
                @Override
                public void completed(IOSession session) {
                    readHeads(session);
                    exchange.connected(session);
                    if (!won.completed(session)) {
                        session.close(CloseMode.IMMEDIATE);
                    }
                    stop();
                }

                @Override
                public void failed(Exception error) {
                    lost(address, error);
                }

                @Override
                public void cancelled() {
                    lost(address, new IOException("given up"));
                }
            });
            synchronized (this) {
                running.add(one);
            }
            if (won.isDone()) {
                stop();
            }
        }

        private void lost(InetSocketAddress address, Exception error) {
            boolean all;
            synchronized (this) {
                failures.add(address.getAddress(), error);
                undecided--;
                all = undecided == 0 && left.isEmpty();
            }
            if (all) {
                won.failed(failures);
            } else {
                next();
            }
        }

        /** Ends those that are still on their way. */
        private void stop() {
            List<Future<IOSession>> others;
            synchronized (this) {
                left.clear();
                others = List.copyOf(running);
                running.clear();
            }
            others.forEach(one -> one.cancel(true));
        }
    }
}

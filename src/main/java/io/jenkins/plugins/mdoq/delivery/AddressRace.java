package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.core5.concurrent.ComplexFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;

/**
 * One connection, for which several addresses of a host run (protocol: "retries"): the next is tried when one fails or takes
 * long, and the first connection counts. Its methods are called by any thread.
 */
final class AddressRace {

    /** How long an address has before the next is tried beside it (RFC 8305 recommends it). */
    private static final int HEAD_START_MILLIS = 250;

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

    private final ScheduledExecutorService scheduler;
    private final ConnectionInitiator initiator;
    private final NamedEndpoint name;
    private final List<InetSocketAddress> left = new ArrayList<>();
    private final Timeout timeout;
    private final Object attached;
    private final Consumer<IOSession> onConnection;
    private final ComplexFuture<IOSession> won;
    private final List<Future<IOSession>> running = new ArrayList<>();
    private final Unreachable failures = new Unreachable();
    private int undecided;

    /**
     * @param scheduler begins with the next address when one takes long
     * @param name whose addresses they are, with the port
     * @param timeout how long each address has
     * @param attached passed on to the initiator
     * @param onConnection told of each connection before anything travels on it, in the initiator's thread
     * @param callback told of the first connection, or why there is none ({@link Unreachable})
     */
    AddressRace(
            @NonNull ScheduledExecutorService scheduler,
            @NonNull ConnectionInitiator initiator,
            @NonNull NamedEndpoint name,
            Timeout timeout,
            Object attached,
            @NonNull Consumer<IOSession> onConnection,
            @NonNull FutureCallback<IOSession> callback) {
        this.scheduler = scheduler;
        this.initiator = initiator;
        this.name = name;
        this.timeout = timeout;
        this.attached = attached;
        this.onConnection = onConnection;
        this.won = new ComplexFuture<>(callback);
    }

    /**
     * Begins, once.
     *
     * @param addresses one or more, in the order in which they are tried
     * @return ends all that are on their way when it is cancelled
     */
    @NonNull
    Future<IOSession> start(@NonNull InetAddress[] addresses) {
        Arrays.stream(addresses)
                .map(address -> new InetSocketAddress(address, name.getPort()))
                .forEach(left::add);
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
                onConnection.accept(session);
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

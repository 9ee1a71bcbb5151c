package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The work of one run: pieces that are done one at a time, in the order in which they came. Safe for any thread. */
final class Work {

    /** A piece of it. */
    interface Piece {
        void run() throws IOException;
    }

    private final EngineServices services;
    private final InOrder inOrder;
    private final Consumer<Throwable> onFailure;

    /** What is due later; touched by pieces of the work only. */
    private final List<Future<?>> later = new ArrayList<>(0);

    /** @param onFailure is told what a piece threw, as a part of the work; nobody else would hear of it */
    Work(@NonNull EngineServices services, @NonNull Consumer<Throwable> onFailure) {
        this.services = services;
        this.inOrder = new InOrder(services.executor());
        this.onFailure = onFailure;
    }

    /** Does a piece after those before it. */
    void next(@NonNull Piece piece) {
        inOrder.execute(() -> {
            try {
                piece.run();
            } catch (IOException e) {
                onFailure.accept(new UncheckedIOException(
                        "the webhook history cannot be read or written: " + e.getMessage(), e));
            } catch (RuntimeException e) {
                onFailure.accept(e);
            } catch (Error e) {
                onFailure.accept(e);
                throw e;
            }
        });
    }

    /** Does a piece at a time, or soon if that is past. To be called by a piece. */
    void at(@NonNull Instant time, @NonNull Piece piece) {
        long millis =
                Math.max(0, Duration.between(services.clock().instant(), time).toMillis());
        later.removeIf(Future::isDone);
        later.add(services.scheduler().schedule(() -> next(piece), millis, TimeUnit.MILLISECONDS));
    }

    /** Forgets what is due later: a deadline may be far away, and would keep all that it needs until then. */
    void forgetLater() {
        later.forEach(due -> due.cancel(false));
        later.clear();
    }

    /** Does tasks as pieces of the work. */
    @NonNull
    Executor executor() {
        return inOrder;
    }
}

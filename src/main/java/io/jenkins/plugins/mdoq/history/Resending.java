package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One time that a delivery was sent again after it was over.
 *
 * @param sent who asked for it, and when it was sent
 * @param reply what it brought, or null if that is not known: it is under way, or the sender went down meanwhile
 */
public record Resending(
        @NonNull Fact.SentAgain sent, @Nullable Fact.RepliedAgain reply) {

    /** How often a delivery can be sent again at the most, so that nobody fills a history with it. */
    public static final int MOST = 100;

    /** How long after its own timeout a request that was sent again counts as under way if nothing was heard of it. */
    private static final Duration SLACK = Duration.ofSeconds(15);

    /** Whether a delivery can be sent again. */
    public enum Permitted {
        /** It can. */
        YES,
        /** It holds, or held, a lock: its endpoint would take it for a release that waits. */
        BLOCKS,
        /** Its event is not settled yet, so it is sent as often as the protocol says. */
        OPEN,
        /** It is being sent again now. */
        UNDER_WAY,
        /** It was sent again {@link #MOST} times. */
        FULL
    }

    /** Whether an entry can be sent again. */
    @NonNull
    public static Permitted permitted(
            @NonNull EventHistory event, @NonNull DeliveryHistory entry, @NonNull Instant now) {
        if (entry.plan().lock() != null) {
            return Permitted.BLOCKS;
        }
        if (event.settled() == null || !entry.state().closed()) {
            return Permitted.OPEN;
        }
        List<Resending> before = entry.resendings();
        if (before.size() >= MOST) {
            return Permitted.FULL;
        }
        return isUnderWay(entry, now) ? Permitted.UNDER_WAY : Permitted.YES;
    }

    /** Whether an entry is being sent again. One that was when its sender went down is so until it could not be any more. */
    public static boolean isUnderWay(@NonNull DeliveryHistory entry, @NonNull Instant now) {
        List<Resending> before = entry.resendings();
        if (before.isEmpty()) {
            return false;
        }
        Resending last = before.get(before.size() - 1);
        Duration longest = Duration.ofSeconds(entry.plan().timeoutSeconds()).plus(SLACK);
        return last.reply() == null && now.isBefore(last.sent().at().plus(longest));
    }

    /** Folds facts, each of two of one kind and number once. */
    static List<Resending> of(@NonNull List<Fact.SentAgain> sent, @NonNull List<Fact.RepliedAgain> replies) {
        List<Resending> all = new ArrayList<>();
        for (Fact.SentAgain each : sent) {
            all.add(new Resending(
                    each,
                    replies.stream()
                            .filter(reply -> reply.number() == each.number())
                            .findFirst()
                            .orElse(null)));
        }
        return all;
    }
}

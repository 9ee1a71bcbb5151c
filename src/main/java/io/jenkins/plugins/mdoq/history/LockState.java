package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;

/** How things stand with the lock of an entry. Of several ends that the history knows the first one here counts. */
public enum LockState {
    /** The endpoint or an operator released it. */
    RELEASED,
    /** Its deadline passed. */
    EXPIRED,
    /** The process gave it up. */
    GIVEN_UP,
    /** It is waited for. */
    HELD,
    /** It is not waited for: the delivery failed for good, or the endpoint's answer decided already. */
    CLOSED;

    /** The state of an entry's lock, or null if the entry has none. */
    @Nullable
    public static LockState of(@NonNull DeliveryHistory entry) {
        if (entry.plan().lock() == null) {
            return null;
        }
        if (entry.release() != null) {
            return RELEASED;
        }
        if (entry.expiry() != null) {
            return EXPIRED;
        }
        if (entry.cancellation() != null) {
            return GIVEN_UP;
        }
        return entry.held() ? HELD : CLOSED;
    }
}

package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * The key that the values of locks are made with (protocol: "lock value"). Only the controller has it, so that nobody else can
 * make one up. Called on any thread; does no I/O, but for the first time.
 */
public interface LockKey {

    /**
     * The code of a message under the key.
     *
     * @return 16 bytes or more of an HMAC-SHA256
     */
    @NonNull
    byte[] mac(@NonNull byte[] message);
}

package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;

/**
 * A request to the lock API, whatever server it came through.
 *
 * @param action the last part of its path, such as {@code release}
 * @param contentType its {@code Content-Type}, or null
 * @param body its body; null if it is over {@link io.jenkins.plugins.mdoq.protocol.Limits#BODY_BYTES}
 * @param secret its {@code X-MDOQ-Secret}, or null
 * @param address the caller's address, proxies already accounted for
 */
public record LockRequest(
        @NonNull String action,
        @Nullable String contentType,
        @Nullable byte[] body,
        @Nullable String secret,
        @Nullable String address) {}

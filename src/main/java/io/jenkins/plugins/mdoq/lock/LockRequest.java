package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * A request to the lock API, whatever server it came through.
 *
 * @param action the last part of its path, such as {@code release}
 * @param contentType its {@code Content-Type}, or null
 * @param body its body; null if it is over {@link io.jenkins.plugins.mdoq.history.Limits#BODY_BYTES}
 * @param secret its {@code X-MDOQ-Secret}, or null
 * @param address the caller's address, proxies already accounted for
 */
public record LockRequest(
        @NonNull String action,
        @CheckForNull String contentType,
        @CheckForNull byte[] body,
        @CheckForNull String secret,
        @CheckForNull String address) {}

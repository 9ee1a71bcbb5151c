package io.jenkins.plugins.mdoq.kit;

import java.util.List;

/** The names of a request body's fields, in their order (protocol: "body", "more body fields"). */
public final class BodyFields {

    /** Where the event blocks: no field of the caller's own may have one of these names. */
    public static final List<String> WITH_LOCK = List.of(
            "secret",
            "instance",
            "parent_log",
            "lock",
            "event",
            "webhook",
            "delivery",
            "release_url",
            "log_url",
            "source");

    /** Where it does not. */
    public static final List<String> WITHOUT_LOCK =
            List.of("secret", "instance", "parent_log", "event", "webhook", "delivery", "source");

    private BodyFields() {}
}

package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * How a webhook's requests are written for a receiver that does not know the protocol, such as a chat (protocol: "chat"). Such
 * a webhook only hears what happens: it never blocks and decides nothing, its requests carry no secret and no lock, and any 2xx
 * is its answer, whatever the body says.
 *
 * <p>Made to be implemented by others. Implementations are safe for any thread, do no I/O and do not block.
 */
public interface PayloadFormat {

    /** The word for it in configurations and histories: capital letters, digits and underscores; never {@code MDOQ}. */
    @NonNull
    String name();

    /** The words for it in a form. */
    @NonNull
    default String displayName() {
        return name();
    }

    /**
     * The body of a request: JSON in UTF-8, 1 MiB at most.
     *
     * @param notice what happened. Its texts come from people: they are to be escaped for the receiver's markup, so that a name
     *     in them can neither notify anybody nor pass for something else
     * @throws IllegalArgumentException if it cannot be written, in one line that says why
     */
    @NonNull
    byte[] bytes(@NonNull Notice notice);
}

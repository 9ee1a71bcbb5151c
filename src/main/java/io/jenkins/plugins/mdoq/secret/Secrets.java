package io.jenkins.plugins.mdoq.secret;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The secrets of one webhook, more than one while a secret is being rotated: the first is sent, each is accepted
 * (protocol: "secret"). May be empty, when the credentials are gone; then nothing matches. Immutable.
 */
public final class Secrets {

    /** No secret at all. */
    public static final Secrets NONE = new Secrets(List.of());

    private final List<SharedSecret> secrets;

    private Secrets(List<SharedSecret> secrets) {
        this.secrets = secrets;
    }

    /** The given secrets, in the order in which they are preferred. */
    @NonNull
    public static Secrets of(@NonNull List<SharedSecret> secrets) {
        return secrets.isEmpty() ? NONE : new Secrets(List.copyOf(secrets));
    }

    /**
     * The secrets written as texts.
     *
     * @throws IllegalArgumentException if one of them is not a secret; see {@link SharedSecret#of}
     */
    @NonNull
    public static Secrets ofTexts(@NonNull String... texts) {
        List<SharedSecret> secrets = new ArrayList<>();
        for (String text : texts) {
            secrets.add(SharedSecret.of(text));
        }
        return of(secrets);
    }

    /** All secrets of several webhooks together, for redaction. */
    @NonNull
    public static Secrets union(@NonNull Collection<Secrets> several) {
        return of(several.stream().flatMap(each -> each.secrets.stream()).toList());
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return secrets.isEmpty();
    }

    /**
     * The secret that is sent.
     *
     * @throws IllegalStateException if there is none
     */
    @NonNull
    public SharedSecret first() {
        if (secrets.isEmpty()) {
            throw new IllegalStateException("the webhook has no secret");
        }
        return secrets.get(0);
    }

    /** All of them, the preferred one first. */
    @NonNull
    public List<SharedSecret> all() {
        return secrets;
    }

    /**
     * Whether a caller's word is one of these secrets. Every secret is compared, so that the time taken does not tell
     * which one came close.
     */
    public boolean match(@NonNull String candidate) {
        boolean matched = false;
        for (SharedSecret secret : secrets) {
            matched |= secret.matches(candidate);
        }
        return matched;
    }

    @Override
    public String toString() {
        return secrets.toString();
    }
}

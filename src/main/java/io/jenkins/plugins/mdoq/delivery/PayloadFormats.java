package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The formats that a webhook may have, by name (protocol: "chat"). Safe for any thread. */
@FunctionalInterface
public interface PayloadFormats {

    /** The name of the protocol itself, which is what a webhook speaks unless it was set otherwise. */
    String MDOQ = "MDOQ";

    /** The formats of our own. */
    PayloadFormats BUILT_IN = () -> List.of(new SlackFormat(), new TeamsFormat());

    /** All formats but the protocol itself, as they are known now. */
    @NonNull
    Collection<PayloadFormat> all();

    /** The format of a name, in upper or lower case; null if there is none of that name, or it is the protocol itself. */
    @CheckForNull
    default PayloadFormat find(@CheckForNull String name) {
        return all().stream()
                .filter(format -> format.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /** All names, the protocol's own first. */
    @NonNull
    default List<String> names() {
        return Stream.concat(Stream.of(MDOQ), all().stream().map(PayloadFormat::name))
                .toList();
    }

    /** What is wrong with a name, one line that says what to write instead; null if nothing is. */
    @CheckForNull
    default String nameError(@NonNull String name) {
        return names().stream().anyMatch(name::equalsIgnoreCase)
                ? null
                : "format is '" + name + "'; write one of " + String.join(", ", names());
    }

    /** A name as histories keep it: null for the protocol itself, which is also what no name means. */
    @CheckForNull
    static String kept(@CheckForNull String name) {
        return name == null || name.isBlank() || name.equalsIgnoreCase(MDOQ) ? null : name.toUpperCase(Locale.ROOT);
    }

    /**
     * What is wrong with an option that a format does not have, one line; null if nothing is.
     *
     * @param format the name as {@linkplain #kept kept}
     * @param option the option's name, such as {@code blocking}
     * @param chosen whether it was chosen
     */
    @CheckForNull
    static String optionError(@CheckForNull String format, @NonNull String option, boolean chosen) {
        return format != null && chosen
                ? "a webhook of the format " + format + " only hears what happens, so it has no " + option + "; leave "
                        + option + " out, or write format: " + MDOQ
                : null;
    }
}

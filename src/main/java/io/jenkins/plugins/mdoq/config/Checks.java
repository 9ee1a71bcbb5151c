package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.FormValidation;
import io.jenkins.plugins.mdoq.hook.Webhook;
import jenkins.model.Jenkins;

/** What the form's checks have in common. */
final class Checks {

    private Checks() {}

    /**
     * Refuses everybody who may not change the configuration: a check may tell what is configured.
     *
     * @throws org.springframework.security.access.AccessDeniedException if the caller is no administrator
     */
    static void onlyAdministrators() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
    }

    /** Shows a problem, if there is one. */
    @NonNull
    static FormValidation show(@CheckForNull String problem) {
        return problem == null ? FormValidation.ok() : FormValidation.error(sentence(problem));
    }

    /** Shows what is wrong with what was typed into a field for a whole number. */
    @NonNull
    static FormValidation number(@NonNull String typed, int least, int most) {
        return show(numberError(Messages.Checks_value(), wholeNumber(typed), least, most));
    }

    /** What is wrong with a whole number that has bounds, one line that says what to write instead; null if nothing is. */
    @CheckForNull
    static String numberError(@NonNull String what, @CheckForNull Integer value, int least, int most) {
        return value == null
                ? Messages.Checks_noNumber(what, Integer.toString(least), Integer.toString(most))
                : Webhook.numberError(what, value, least, most);
    }

    /** The whole number that a text is, or null. */
    @CheckForNull
    static Integer wholeNumber(@NonNull String typed) {
        try {
            return Integer.valueOf(typed.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** A problem behind what has it; null for null. */
    @CheckForNull
    static String named(@NonNull String what, @CheckForNull String problem) {
        return problem == null ? null : what + " " + problem;
    }

    /** A text as a sentence begins. */
    @NonNull
    static String sentence(@NonNull String problem) {
        return Character.toUpperCase(problem.charAt(0)) + problem.substring(1);
    }
}

package io.jenkins.plugins.mdoq.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the commands that are run find in their environment: this program's own variables without those that hold the webhooks'
 * secrets and URLs, and the verdict because of which the command is run.
 */
final class CommandEnvironment {

    /** The longest text that goes into a variable, in UTF-16 units; systems bound them all together. */
    private static final int MAX_CHARS = 1_000;

    private CommandEnvironment() {}

    /**
     * The variables of a command.
     *
     * @param own this program's own
     * @param secret the names of those that are left out
     * @param step the step that the command is, such as {@code release}
     * @param verdict because of which it is run, or null if no event decided
     * @param action what is done, a word of the protocol
     * @param reason why, as it is printed
     * @param history the folder of the history
     */
    static Map<String, String> of(
            Map<String, String> own,
            Collection<String> secret,
            String step,
            @CheckForNull Fact.Settled verdict,
            String action,
            String reason,
            Path history) {
        Map<String, String> variables = new HashMap<>(own);
        secret.forEach(variables::remove);
        variables.put("MDOQ_STEP", step);
        // What an outer run of this program may have left must not pass for this one's.
        variables.put("MDOQ_EVENT", verdict == null ? "" : verdict.key());
        variables.put("MDOQ_OUTCOME", verdict == null ? "" : verdict.outcome().word());
        variables.put("MDOQ_WEBHOOK", verdict == null || verdict.webhook() == null ? "" : safe(verdict.webhook()));
        variables.put("MDOQ_ACTION", action.toLowerCase(Locale.ROOT));
        variables.put("MDOQ_REASON", safe(reason));
        variables.put("MDOQ_HISTORY", history.toAbsolutePath().normalize().toString());
        return variables;
    }

    /** One line of plain text: an endpoint wrote it. */
    private static String safe(String text) {
        return Limits.text(PlainText.line(text), MAX_CHARS);
    }
}

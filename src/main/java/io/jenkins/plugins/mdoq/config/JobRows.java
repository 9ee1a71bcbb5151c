package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import io.jenkins.plugins.mdoq.hook.JobPatterns;
import io.jenkins.plugins.mdoq.protocol.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** A list of patterns of jobs that a form shows as one text, a pattern on each line. */
final class JobRows {

    private static final int SHOWN_CHARS = 300;

    private JobRows() {}

    /**
     * The patterns in texts of which each may hold several lines; blank lines are none, but a text that is blank as a whole, such
     * as one from a variable that is not set, stays as {@value AddressRanges#NOT_SET}.
     */
    @NonNull
    static List<String> split(@CheckForNull List<String> texts) {
        return Rows.given(texts).stream()
                .flatMap(text -> text == null || text.isBlank() ? Stream.of(AddressRanges.NOT_SET) : lines(text))
                .toList();
    }

    private static Stream<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty());
    }

    /** What is wrong with the first of the patterns that is none, one line; null if nothing is. */
    @CheckForNull
    static String validationError(@NonNull List<String> patterns) {
        for (String pattern : patterns) {
            String problem =
                    pattern.equals(AddressRanges.NOT_SET) ? Messages.JobRows_notSet() : JobPatterns.error(pattern);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    /** Which of the patterns match no job of this controller that the caller may see, one line; null if each matches one. */
    @CheckForNull
    static String unmatched(@NonNull List<String> patterns) {
        List<String> left = new ArrayList<>(patterns);
        for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
            left.removeIf(pattern -> JobPatterns.concerns(pattern, job.getFullName()));
            if (left.isEmpty()) {
                return null;
            }
        }
        return left.isEmpty() ? null : Messages.JobRows_unmatched(Limits.text(String.join(", ", left), SHOWN_CHARS));
    }
}

package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Limits;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The jobs whose releases a webhook hears of (protocol: "which releases"). Names are compared without regard to case, as
 * Jenkins does.
 *
 * @param patterns patterns of full names of jobs, of which the last one that matches decides; one that begins with {@code !}
 *     leaves jobs out. Empty: all jobs
 */
public record JobPatterns(@NonNull List<String> patterns) {

    /** Each job. */
    public static final JobPatterns ALL = new JobPatterns(List.of());

    private static final char NOT = '!';
    private static final String SEPARATOR = "/";
    private static final String ANY_FOLDERS = "**";
    private static final int MOST_CHARS = 1_000;
    private static final int SHOWN_CHARS = 60;
    private static final int REASON_CHARS = 200;

    /** Keeps a copy. What is wrong with a pattern, {@link #error} says. */
    public JobPatterns {
        patterns = List.copyOf(patterns);
    }

    /** What is wrong with a pattern, one line that says what to write instead; null if nothing is. */
    @CheckForNull
    public static String error(@CheckForNull String pattern) {
        String names = pattern == null ? "" : withoutNot(pattern);
        if (names.isBlank()) {
            return "a pattern of jobs is blank; write one such as shop/** or !shop/sandbox/**";
        }
        String shown = "'" + Limits.text(pattern, SHOWN_CHARS) + "' ";
        if (pattern.length() > MOST_CHARS) {
            return shown + "is over " + MOST_CHARS + " characters; write a shorter pattern";
        }
        if (names.chars().anyMatch(Character::isISOControl)) {
            return shown + "holds a control character; write a pattern such as shop/**";
        }
        if (names.contains("://") || names.startsWith("/job/") || names.startsWith("job/") && names.contains("/job/")) {
            return shown + "is a URL; write the job's full name, such as shop/release";
        }
        for (String segment : names.split(SEPARATOR, -1)) {
            if (segment.isBlank()) {
                return shown + "begins or ends with a slash, or has two in a row; write a pattern such as shop/**";
            }
            if (segment.contains(ANY_FOLDERS) && !segment.equals(ANY_FOLDERS)) {
                return shown + "has ** beside other characters; write ** alone between slashes, for any number of"
                        + " folders, or * within a name";
            }
        }
        return null;
    }

    /** Whether releases of a job are heard of. */
    public boolean match(@NonNull String job) {
        return passedBy(job) == null;
    }

    /**
     * Why releases of a job are not heard of, in a few words; null if they are.
     *
     * @param job the job's full name; that of a branch is compared both as Jenkins writes it ({@code shop/fix%2F7}) and as it
     *     is ({@code shop/fix/7})
     */
    @CheckForNull
    public String passedBy(@NonNull String job) {
        String name = job.toLowerCase(Locale.ROOT);
        String decoded = decoded(job).toLowerCase(Locale.ROOT);
        boolean onlyLeavesOut = true;
        String decisive = null;
        for (String pattern : patterns) {
            onlyLeavesOut &= isNot(pattern);
            if (matches(pattern, name) || !decoded.equals(name) && matches(pattern, decoded)) {
                decisive = pattern;
            }
        }
        if (decisive != null) {
            return isNot(decisive) ? "not for this job, which " + decisive + " leaves out" : null;
        }
        return onlyLeavesOut
                ? null
                : "not for this job, but for " + Limits.text(String.join(", ", patterns), REASON_CHARS);
    }

    /** Whether a pattern takes a job in or leaves it out, rather than saying nothing of it. */
    public static boolean concerns(@NonNull String pattern, @NonNull String job) {
        return matches(pattern, job.toLowerCase(Locale.ROOT))
                || matches(pattern, decoded(job).toLowerCase(Locale.ROOT));
    }

    private static boolean isNot(String pattern) {
        return !pattern.isEmpty() && pattern.charAt(0) == NOT;
    }

    private static String withoutNot(String pattern) {
        return isNot(pattern) ? pattern.substring(1) : pattern;
    }

    /** A name with its branch as that is called, whose slashes and other special characters Jenkins encodes. */
    private static String decoded(String job) {
        if (job.indexOf('%') < 0) {
            return job;
        }
        try {
            // A plus is a plus here.
            return URLDecoder.decode(job.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A per cent sign that encodes nothing: the name has no other form than its own.
            return job;
        }
    }

    private static boolean matches(String pattern, String name) {
        List<String> wanted = new ArrayList<>();
        for (String segment : withoutNot(pattern).toLowerCase(Locale.ROOT).split(SEPARATOR, -1)) {
            // Two in a row mean no more than one.
            if (!segment.equals(ANY_FOLDERS)
                    || wanted.isEmpty()
                    || !wanted.get(wanted.size() - 1).equals(ANY_FOLDERS)) {
                wanted.add(segment);
            }
        }
        return matches(wanted, name.split(SEPARATOR, -1));
    }

    /** Never takes longer than the product of both lengths, whatever the pattern. */
    private static boolean matches(List<String> pattern, String[] name) {
        boolean[] row = new boolean[name.length + 1];
        row[0] = true;
        for (String segment : pattern) {
            boolean anyFolders = segment.equals(ANY_FOLDERS);
            boolean[] next = new boolean[name.length + 1];
            next[0] = anyFolders && row[0];
            for (int i = 1; i < next.length; i++) {
                next[i] = anyFolders ? row[i] || next[i - 1] : row[i - 1] && segmentMatches(segment, name[i - 1]);
            }
            row = next;
        }
        return row[name.length];
    }

    private static boolean segmentMatches(String pattern, String name) {
        int at = 0;
        int i = 0;
        int star = -1;
        int resume = 0;
        while (i < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = i;
            } else if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(i))) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}

package io.jenkins.plugins.mdoq.secret;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a URL may be printed, shown and kept (protocol: "what is masked"). Chat services put the token into path or query,
 * so a URL is a secret: only scheme, host, port and the first segment of its path are for everybody, and of these the
 * segment only if it does not look like a token itself.
 */
public final class ShownUrl {

    /** What is shown of something that is no URL. */
    private static final String UNKNOWN = "(unknown URL)";

    private static final Pattern URL = Pattern.compile(
            "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:(?<user>[^/?#]*)@)?(?<authority>[^/?#@]*)"
                    + "(?:/(?<first>[^/?#]*))?(?<rest>.*)",
            Pattern.DOTALL);

    /** From how many characters on a part of a URL is looked for in texts; a shorter one may be an ordinary word. */
    private static final int LEAST_CHARS = 8;

    /** The same for the value of a parameter that is named like a secret. */
    private static final int LEAST_CHARS_OF_NAMED = 4;

    /** From how many characters on the first segment of a path is taken for a token. */
    private static final int TOKEN_CHARS = 16;

    /** From how many characters on even a word of small letters is. */
    private static final int LONG_CHARS = 24;

    private static final Pattern SECRET_NAME =
            Pattern.compile("token|key|secret|sig|pass|pwd|auth|code|credential", Pattern.CASE_INSENSITIVE);

    private ShownUrl() {}

    /** The URL with {@code …} for what is not shown; something fixed for what is no URL, as that might be anything. */
    @NonNull
    public static String of(@CheckForNull String url) {
        Matcher parts = URL.matcher(url == null ? "" : url);
        return parts.matches() ? shown(parts) : UNKNOWN;
    }

    /** Host and port as the URL has them; empty if it has none. */
    @NonNull
    public static String authority(@CheckForNull String url) {
        Matcher parts = URL.matcher(url == null ? "" : url);
        return parts.matches() ? parts.group("authority") : "";
    }

    private static String shown(Matcher parts) {
        String first = parts.group("first");
        String rest = parts.group("rest");
        String begin = parts.group("scheme") + "://" + parts.group("authority");
        if (first == null) {
            return begin + hidden(rest);
        }
        return hidesFirst(parts) ? begin + "/…" : begin + "/" + first + hidden(rest);
    }

    private static String hidden(String rest) {
        return rest.isEmpty() || rest.equals("/") ? rest : rest.charAt(0) == '/' ? "/…" : rest.charAt(0) + "…";
    }

    private static boolean hidesFirst(Matcher parts) {
        String first = parts.group("first");
        return first != null && first.length() >= TOKEN_CHARS && looksLikeToken(first);
    }

    /**
     * The parts of a URL that are masked wherever they come back: what is not shown of it as a whole, its user name and
     * password, the values of its query, and the segments of its path that look like tokens; each as it stands and decoded.
     */
    @NonNull
    static List<String> hiddenParts(@NonNull String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            return url.length() < LEAST_CHARS ? List.of() : List.of(url);
        }
        String rest = parts.group("rest");
        if (parts.group("user") == null && (rest.isEmpty() || rest.equals("/")) && !hidesFirst(parts)) {
            // Mostly there is nothing to hide, and this is asked for each write.
            return List.of();
        }
        Set<String> hidden = new LinkedHashSet<>();
        addUser(hidden, parts.group("user"));
        String path = hidesFirst(parts) ? "/" + parts.group("first") + rest : rest;
        addWhole(hidden, url, path);
        int end = endOfPath(path);
        for (String segment : path.substring(0, end).split("/")) {
            if (looksLikeToken(segment)) {
                hidden.add(segment);
            }
        }
        addQuery(hidden, path.substring(end));
        List<String> withDecoded = new ArrayList<>(hidden);
        hidden.forEach(part -> withDecoded.add(decoded(part)));
        return withDecoded.stream().distinct().toList();
    }

    private static void addUser(Set<String> hidden, String user) {
        if (user == null) {
            return;
        }
        for (String part : (user + ":" + user).split(":")) {
            addIfLong(hidden, part, LEAST_CHARS_OF_NAMED);
        }
        addIfLong(hidden, user, LEAST_CHARS_OF_NAMED);
    }

    private static void addWhole(Set<String> hidden, String url, String rest) {
        if (rest.isEmpty() || rest.equals("/")) {
            return;
        }
        String tail = rest.substring(1);
        hidden.add(tail.length() >= LEAST_CHARS ? tail : url);
    }

    private static void addQuery(Set<String> hidden, String query) {
        int fragment = query.indexOf('#');
        String parameters = query.substring(0, fragment < 0 ? query.length() : fragment);
        for (String parameter : parameters.split("[?&;]")) {
            int equals = parameter.indexOf('=');
            String name = parameter.substring(0, Math.max(0, equals)).toLowerCase(Locale.ROOT);
            boolean named = SECRET_NAME.matcher(name).find();
            addIfLong(hidden, parameter.substring(equals + 1), named ? LEAST_CHARS_OF_NAMED : LEAST_CHARS);
        }
    }

    private static void addIfLong(Set<String> hidden, String part, int least) {
        if (part.length() >= least) {
            hidden.add(part);
        }
    }

    private static int endOfPath(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) == '?' || rest.charAt(i) == '#') {
                return i;
            }
        }
        return rest.length();
    }

    /** Long enough, and not only small letters as words in a path are. */
    private static boolean looksLikeToken(String segment) {
        if (segment.length() < LEAST_CHARS) {
            return false;
        }
        boolean digit = segment.chars().anyMatch(c -> c >= '0' && c <= '9');
        boolean small = segment.chars().anyMatch(c -> c >= 'a' && c <= 'z');
        boolean capital = segment.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
        return digit || small && capital || segment.length() >= LONG_CHARS;
    }

    private static String decoded(String part) {
        Decoding decoding = Decoding.of(part);
        StringBuilder decoded = new StringBuilder(decoding.size());
        for (int i = 0; i < decoding.size(); i++) {
            decoded.append(decoding.charAt(i));
        }
        return decoded.toString();
    }
}

package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL that requests go to, taken apart. {@link URI} knows no host with an underscore or beyond ASCII, and takes any number
 * for a port; this does not, and says what to write instead.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host in ASCII; an IPv6 address without its brackets
 * @param port the port as it is written, or -1
 * @param target the path and the query, in ASCII; at least a slash
 */
public record EndpointUrl(
        @NonNull String scheme,
        @NonNull String host,
        int port,
        @NonNull String target) {

    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\[\\]]*]|[^:\\[\\]]*)(?::(.*))?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]+(?:%25[A-Za-z0-9._~-]+)?");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|.*\\.localhost|127(\\.\\d{1,3}){3}|::1|(0:){7}1");

    private static final Pattern UNSPECIFIED = Pattern.compile("0(\\.0){3}|::|(0:){7}0");

    /** Letters that the two versions of the standard for international names convert differently. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[\u00df\u03c2\u200c\u200d]");

    private static final int MOST_PORT = 65_535;
    private static final String EXAMPLE = "write one such as https://middleware.example.com/mdoq";

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if requests cannot go there; its message says what to write instead, in one line
     *     that repeats nothing but the host and the port
     */
    @NonNull
    public static EndpointUrl parse(@NonNull String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("this is not a URL; " + EXAMPLE, e);
        }
        return of(uri);
    }

    /**
     * Takes a URL apart.
     *
     * @throws IllegalArgumentException as {@link #parse} does
     */
    @NonNull
    public static EndpointUrl of(@NonNull URI uri) {
        if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("a webhook's URL begins with http:// or https://");
        }
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw new IllegalArgumentException("the URL names no host; " + EXAMPLE);
        }
        // In whatever encoding: where an at sign stands, a name or a password may stand before it.
        if (authority.indexOf('@') >= 0 || authority.toLowerCase(Locale.ROOT).contains("%40")) {
            throw new IllegalArgumentException("the URL holds a user name or password, which would end in logs;"
                    + " the webhook's secret says who calls");
        }
        String target = target(uri);
        if (uri.getHost() != null && uri.getPort() <= MOST_PORT && uri.getPort() != 0 && isPlain(uri.getHost())) {
            // What nearly every URL is needs no more than what the platform made of it.
            return new EndpointUrl(uri.getScheme().toLowerCase(Locale.ROOT), uri.getHost(), uri.getPort(), target);
        }
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches() || parts.group(1).isEmpty()) {
            throw new IllegalArgumentException("the URL names no host; " + EXAMPLE);
        }
        return new EndpointUrl(
                uri.getScheme().toLowerCase(Locale.ROOT), host(parts.group(1)), port(parts.group(2)), target);
    }

    /** Whether a host has letters, digits, dots and hyphens alone, and is in small letters. */
    private static boolean isPlain(String host) {
        return host.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-');
    }

    private static String target(URI uri) {
        String path = uri.getRawPath();
        String query = uri.getRawQuery();
        String target = (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
        return target.chars().allMatch(c -> c < 0x80) ? target : ascii(target);
    }

    /** Percent-encodes what is beyond ASCII; a host before it keeps two leading slashes from being read as one. */
    private static String ascii(String target) {
        return URI.create("http://x" + target).toASCIIString().substring("http://x".length());
    }

    private static int port(String text) {
        if (text == null || text.isEmpty()) {
            return -1;
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_PORT) {
            throw new IllegalArgumentException(
                    "the port " + (text.length() > 20 ? "in the URL" : text) + " is none; write one from 1 to 65535");
        }
        return Integer.parseInt(text);
    }

    private static String host(String written) {
        if (written.startsWith("[")) {
            String address = written.substring(1, written.length() - 1);
            if (!IPV6.matcher(address).matches()) {
                throw new IllegalArgumentException("the URL's host " + written + " is no IPv6 address; " + EXAMPLE);
            }
            return address.replace("%25", "%");
        }
        if (AMBIGUOUS.matcher(written).find()) {
            throw new IllegalArgumentException("the host " + written + " holds a letter that is converted in two ways;"
                    + " write the host in its ASCII form, which begins with xn--");
        }
        try {
            String host = IDN.toASCII(written).toLowerCase(Locale.ROOT);
            if (host.isEmpty() || !host.matches("[a-z0-9._~-]+")) {
                throw new IllegalArgumentException(host);
            }
            return host;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the host " + written + " is no host name; write it with letters, digits, hyphens and dots", e);
        }
    }

    /** Whether requests are encrypted. */
    public boolean secure() {
        return scheme.equals("https");
    }

    /** The port, the scheme's own if none is written. */
    public int effectivePort() {
        return port >= 0 ? port : secure() ? 443 : 80;
    }

    /** Host and port, as people write them. */
    @NonNull
    public String address() {
        return address(host, effectivePort());
    }

    /** Whether the host is this very machine by its name alone; no name is looked up. */
    public boolean loopback() {
        return LOOPBACK.matcher(host).matches();
    }

    /** Whether the host means the machine itself to whoever reads it: loopback by its name, or no address at all. */
    public boolean thisMachineOnly() {
        return loopback() || UNSPECIFIED.matcher(host).matches();
    }

    /** The URL without what may be a secret: no more than scheme, host, port and the first segment of the path. */
    @NonNull
    public String shown() {
        String path = target.replaceFirst("\\?.*", "");
        int end = path.indexOf('/', 1);
        String rest = end < 0 || end == path.length() - 1 ? "" : "…";
        boolean query = target.indexOf('?') >= 0;
        return scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + (port >= 0 ? ":" + port : "")
                + (end < 0 ? path : path.substring(0, end + 1)) + (query ? rest + "?…" : rest);
    }

    /** A host and a port, as people write them. */
    @NonNull
    static String address(@NonNull String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}

package io.jenkins.plugins.mdoq.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.lock.AddressRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the lock API is served, and under which address endpoints reach it.
 *
 * @param socket where it is served; port 0: a free one
 * @param host the host as it was written, for URLs
 * @param publicUrl what endpoints are told instead, or null; no slash at its end
 * @param trustedProxies ranges in CIDR notation of the proxies whose {@code X-Forwarded-For} is believed
 */
record ListenAddress(
        InetSocketAddress socket, String host, @CheckForNull String publicUrl, List<String> trustedProxies) {

    /** Loopback and a free port. */
    static final String DEFAULT = "127.0.0.1:0";

    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]+(?:%[^]]+)?]|[^:\\[\\]]+):(\\d{1,5})");

    /**
     * Reads the options.
     *
     * @throws UsageException if they are none
     */
    static ListenAddress parse(String listen, @CheckForNull String publicUrl) {
        return parse(listen, publicUrl, List.of());
    }

    /**
     * Reads the options.
     *
     * @param trusted address ranges, of which one text may hold several with commas in between
     * @throws UsageException if they are none
     */
    static ListenAddress parse(String listen, @CheckForNull String publicUrl, List<String> trusted) {
        Matcher matcher = FORM.matcher(listen);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
            throw new UsageException("--listen " + listen
                    + " is not HOST:PORT; write it such as 127.0.0.1:8098, or [::1]:8098, port 0 for a free one");
        }
        String host = matcher.group(1);
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new UsageException("--listen " + listen + ": the host " + host
                    + " is unknown; write an address of this machine such as 127.0.0.1");
        }
        if (publicUrl == null && address.isAnyLocalAddress()) {
            throw new UsageException("--listen " + listen
                    + " says not where endpoints reach it; add --public-url such as http://build.example.com:8098");
        }
        String problem = publicUrl == null ? null : Webhook.urlError(publicUrl);
        if (problem == null && publicUrl != null && publicUrl.matches(".*[?#].*")) {
            problem = "it must not have a query or a fragment";
        }
        if (problem != null) {
            throw new UsageException("--public-url " + publicUrl + ": " + problem);
        }
        return new ListenAddress(
                new InetSocketAddress(address, Integer.parseInt(matcher.group(2))),
                host,
                publicUrl == null ? null : publicUrl.replaceFirst("/+$", ""),
                ranges(trusted));
    }

    private static List<String> ranges(List<String> texts) {
        List<String> ranges = new ArrayList<>();
        for (String text : texts) {
            for (String range : text.split(",", -1)) {
                try {
                    AddressRange.parse(range.strip());
                } catch (IllegalArgumentException e) {
                    throw new UsageException("--trusted-proxy: " + e.getMessage());
                }
                ranges.add(range.strip());
            }
        }
        return List.copyOf(ranges);
    }

    /** The URL of an action of the lock API that is served on a port. */
    URI url(int port, String action) {
        String base = publicUrl == null ? "http://" + host + ":" + port : publicUrl;
        return URI.create(base + LockServer.PREFIX + action);
    }
}

package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who called, proxies accounted for. {@code X-Forwarded-For} can be written by anybody, so a word of it is believed only
 * if a trusted proxy wrote it: from the right, each proxy vouches for the address to the left of its own.
 */
public final class CallerAddress {

    /** The header to which each proxy adds the address that it was called from. */
    public static final String FORWARDED_FOR = "X-Forwarded-For";

    /** The name of a caller whose address is unknown; it is in no address range. */
    public static final String UNKNOWN = "an unknown address";

    private static final List<AddressRange> ANYWHERE =
            List.of(AddressRange.parse("0.0.0.0/0"), AddressRange.parse("::/0"));
    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\]]*)](:\\d{1,5})?");
    private static final Pattern IPV4_PORT = Pattern.compile("([0-9.]+):\\d{1,5}");

    private CallerAddress() {}

    /**
     * The caller's address.
     *
     * @param peer the address at the other end of the connection, or null if it is unknown
     * @param forwardedFor the values of {@code X-Forwarded-For}, in the order of the headers
     * @param trustedProxies ranges in CIDR notation; empty: the header is ignored
     * @return a literal address, or {@link #UNKNOWN}
     * @throws IllegalArgumentException if a range is none
     */
    @NonNull
    public static String of(
            @CheckForNull String peer, @NonNull List<String> forwardedFor, @NonNull List<String> trustedProxies) {
        if (peer == null) {
            return UNKNOWN;
        }
        List<AddressRange> trusted =
                trustedProxies.stream().map(AddressRange::parse).toList();
        List<String> hops = hops(forwardedFor);
        String caller = peer;
        for (int i = hops.size() - 1; i >= 0 && isIn(trusted, caller); i--) {
            caller = literal(hops.get(i));
            if (!isIn(ANYWHERE, caller)) {
                // Such as "unknown": the proxy does not say for whom it calls, so it cannot pass for the caller either.
                return UNKNOWN;
            }
        }
        return caller;
    }

    private static boolean isIn(List<AddressRange> ranges, String address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /** The addresses of all headers in the order in which the proxies added them. */
    @NonNull
    public static List<String> hops(@NonNull List<String> forwardedFor) {
        List<String> hops = new ArrayList<>();
        for (String value : forwardedFor) {
            for (String hop : value.split(",", -1)) {
                hops.add(hop.strip());
            }
        }
        return hops;
    }

    /** The address without the port, the brackets and the quotes that some proxies add. */
    @NonNull
    public static String literal(@NonNull String hop) {
        String bare = hop.startsWith("\"") && hop.endsWith("\"") && hop.length() > 1
                ? hop.substring(1, hop.length() - 1)
                : hop;
        Matcher brackets = BRACKETS.matcher(bare);
        if (brackets.matches()) {
            return brackets.group(1);
        }
        Matcher port = IPV4_PORT.matcher(bare);
        return port.matches() ? port.group(1) : bare;
    }
}

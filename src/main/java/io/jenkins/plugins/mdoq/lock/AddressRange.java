package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A range of IPv4 or IPv6 addresses in CIDR notation; a single address is a range of one. Never asks the name service.
 */
public final class AddressRange {

    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * Reads a range such as {@code 192.0.2.0/24}, {@code 2001:db8::/32} or {@code 192.0.2.7}.
     *
     * @throws IllegalArgumentException if it is none, with a message that says what to write instead
     */
    @NonNull
    public static AddressRange parse(@NonNull String text) {
        int slash = text.indexOf('/');
        byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("'" + text
                    + "' is not an address range; write one such as 192.0.2.0/24, 2001:db8::/32 or 192.0.2.7");
        }
        int most = address.length * 8;
        String length = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > most) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an address range; the part behind the slash is a number from 0 to " + most);
        }
        return new AddressRange(address, Integer.parseInt(length));
    }

    /**
     * Whether an address is in one of the ranges.
     *
     * @param ranges ranges in CIDR notation; empty: every address is
     * @param address a literal address, a zone id allowed; anything else is in no range
     * @throws IllegalArgumentException if a range is none
     */
    public static boolean allows(@NonNull List<String> ranges, @CheckForNull String address) {
        return ranges.isEmpty() || ranges.stream().map(AddressRange::parse).anyMatch(range -> range.contains(address));
    }

    /** Whether the range contains a literal address; an IPv4 address also in its form mapped into IPv6. */
    public boolean contains(@CheckForNull String address) {
        byte[] bytes = address == null ? null : bytes(address.replaceFirst("%.*", ""));
        if (bytes == null || bytes.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(bytes, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        int mask = 0xff << (8 - rest) & 0xff;
        return rest == 0 || (bytes[whole] & mask) == (network[whole] & mask);
    }

    /** The bytes of a literal address, 4 for one mapped into IPv6; null if it is no literal address. */
    @CheckForNull
    static byte[] bytes(@NonNull String literal) {
        boolean ipv4 = IPV4.matcher(literal).matches();
        if (!ipv4 && !IPV6.matcher(literal).matches()) {
            return null;
        }
        if (ipv4 && Arrays.stream(literal.split("\\.")).anyMatch(part -> Integer.parseInt(part) > 255)) {
            return null;
        }
        try {
            // What stands in brackets, and dotted digits in range, is a literal or nothing: no name is looked up.
            return InetAddress.getByName(ipv4 ? literal : "[" + literal + "]").getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}

package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.delivery.EndpointUrl;
import io.jenkins.plugins.mdoq.lock.AddressRange;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The hosts that {@code NO_PROXY} excepts: names, which stand for the names below them too, addresses and ranges of
 * addresses, each with a port if only that is meant, and {@code *} for all.
 */
final class NoProxy {

    private final List<String> entries;

    NoProxy(String value) {
        entries = Arrays.stream(value.split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Whether an endpoint is called directly. */
    boolean excepts(EndpointUrl endpoint) {
        return entries.stream().anyMatch(entry -> matches(entry, endpoint));
    }

    private static boolean matches(String entry, EndpointUrl endpoint) {
        String host = entry;
        String port = String.valueOf(endpoint.effectivePort());
        int bracket = entry.indexOf(']');
        int colon = entry.lastIndexOf(':');
        boolean oneColon = colon >= 0 && entry.indexOf(':') == colon;
        if (entry.startsWith("[") && bracket > 0) {
            host = entry.substring(1, bracket);
            port = colon > bracket ? entry.substring(colon + 1) : port;
        } else if (oneColon) {
            host = entry.substring(0, colon);
            port = entry.substring(colon + 1);
        }
        return port.equals(String.valueOf(endpoint.effectivePort())) && isHost(host, endpoint.host());
    }

    private static boolean isHost(String entry, String host) {
        if (entry.equals("*")) {
            return true;
        }
        String name = entry.startsWith("*.") ? entry.substring(2) : entry.startsWith(".") ? entry.substring(1) : entry;
        return host.equals(name) || host.endsWith("." + name) || isInRange(name, host);
    }

    private static boolean isInRange(String range, String host) {
        boolean address = host.indexOf(':') >= 0 || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        if (!address || !range.matches("[0-9a-f:.]+(/\\d+)?")) {
            return false;
        }
        try {
            return AddressRange.parse(range).contains(host);
        } catch (IllegalArgumentException e) {
            // A name that merely looks like a range excepts nothing but itself.
            return false;
        }
    }
}

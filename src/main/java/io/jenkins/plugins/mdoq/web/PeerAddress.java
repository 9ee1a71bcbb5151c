package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.lock.CallerAddress;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The address at the other end of the connection. {@code getRemoteAddr()} is not that: Jenkins' own launcher has Jetty put
 * the leftmost address of {@code X-Forwarded-For} in its place, whoever sent it, so that an allow-list which went by it
 * would be open to anybody who writes that header.
 */
final class PeerAddress {

    private static final String FORWARDED = "Forwarded";
    private static final Logger LOGGER = Logger.getLogger(PeerAddress.class.getName());

    private PeerAddress() {}

    /** The address of the peer, or null if it is unknown. */
    @CheckForNull
    static String of(@NonNull HttpServletRequest request) {
        if (request.getHeader(CallerAddress.FORWARDED_FOR) == null && request.getHeader(FORWARDED) == null) {
            // Nothing that a server could have put in its place.
            return request.getRemoteAddr();
        }
        ServletRequest bare = request;
        while (bare instanceof ServletRequestWrapper wrapper) {
            bare = wrapper.getRequest();
        }
        return bare.getClass().getName().startsWith("org.eclipse.jetty.")
                ? ofJetty(bare)
                : unlessTold(request.getRemoteAddr(), request);
    }

    /** Jetty keeps the end point's own address, but hides its classes from web applications. */
    @CheckForNull
    private static String ofJetty(Object request) {
        try {
            Object peer = request;
            for (String getter : List.of(
                    "getCoreRequest",
                    "getConnectionMetaData",
                    "getConnection",
                    "getEndPoint",
                    "getRemoteSocketAddress")) {
                peer = call(peer, getter);
            }
            return peer instanceof InetSocketAddress address && address.getAddress() != null
                    ? address.getAddress().getHostAddress()
                    : null;
        } catch (ReflectiveOperationException e) {
            LOGGER.log(
                    Level.WARNING,
                    "This version of Jetty does not tell who called through a proxy; such calls are in no allow-list",
                    e);
            return null;
        }
    }

    /** Calls a getter through whichever of the object's types is public, as those that implement it need not be. */
    private static Object call(Object object, String getter) throws ReflectiveOperationException {
        if (object == null) {
            throw new NoSuchMethodException(getter + " of null");
        }
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> open : Stream.concat(Stream.of(type), Stream.of(type.getInterfaces()))
                    .filter(each -> Modifier.isPublic(each.getModifiers()))
                    .toList()) {
                for (Method method : open.getMethods()) {
                    if (method.getName().equals(getter)
                            && method.getParameterCount() == 0
                            && Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
                        return method.invoke(object);
                    }
                }
            }
        }
        throw new NoSuchMethodException(getter + " of " + object.getClass().getName());
    }

    /** Another server may have done the same as Jetty: an address that also stands in the header proves nothing. */
    @CheckForNull
    private static String unlessTold(String address, HttpServletRequest request) {
        boolean forwarded = request.getHeader(FORWARDED) != null
                || CallerAddress.hops(Collections.list(request.getHeaders(CallerAddress.FORWARDED_FOR))).stream()
                        .map(CallerAddress::literal)
                        .anyMatch(address::equals);
        return forwarded ? null : address;
    }
}

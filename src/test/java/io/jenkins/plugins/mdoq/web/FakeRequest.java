package io.jenkins.plugins.mdoq.web;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A request that only knows what the test gives it: its path, its peer and its headers. */
final class FakeRequest {

    private FakeRequest() {}

    static HttpServletRequest to(String contextPath, String uri) {
        return of(contextPath, uri, "127.0.0.1", Map.of());
    }

    static HttpServletRequest from(String remoteAddress, Map<String, List<String>> headers) {
        return of("", "/", remoteAddress, headers);
    }

    private static HttpServletRequest of(
            String contextPath, String uri, String remoteAddress, Map<String, List<String>> headers) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                FakeRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getContextPath" -> contextPath;
                    case "getRequestURI" -> uri;
                    case "getRemoteAddr" -> remoteAddress;
                    case "getHeader" ->
                        headers.containsKey(arguments[0])
                                ? headers.get(arguments[0]).get(0)
                                : null;
                    case "getHeaders" -> Collections.enumeration(headers.getOrDefault(arguments[0], List.of()));
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> uri;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}

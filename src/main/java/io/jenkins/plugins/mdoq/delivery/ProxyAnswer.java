package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.Header;

/** What a proxy says itself: it is never the endpoint's answer, whatever it holds (protocol: "retries"). */
final class ProxyAnswer {

    private static final int LOGIN = 407;

    private ProxyAnswer() {}

    /** Whether an answer is the proxy's own. */
    static boolean isProxys(@NonNull Exchange exchange, @NonNull RawAnswer answer) {
        return exchange.proxy() != null && (!exchange.askedEndpoint() || answer.status() == LOGIN);
    }

    /** The failure that it is. */
    @NonNull
    static Reply.Failure failure(
            @NonNull Exchange exchange, @NonNull RawAnswer answer, @NonNull Clock clock, @NonNull Redactor redactor) {
        ProxyServer proxy = exchange.proxy();
        int status = answer.status();
        boolean retryable = AnswerReader.isRetryable(status);
        return new Reply.Failure(
                status == LOGIN ? login(proxy, answer, redactor) : refusal(exchange, answer, redactor),
                null,
                null,
                retryable,
                retryable ? RetryAfter.read(answer.header("Retry-After"), clock.instant()) : null);
    }

    private static String refusal(Exchange exchange, RawAnswer answer, Redactor redactor) {
        String reason = redactor.text(String.valueOf(answer.head().getReasonPhrase()));
        return "the proxy " + exchange.proxy().address() + " refused a tunnel to "
                + exchange.url().address() + ": HTTP status " + answer.status()
                + (reason.isBlank() || reason.equals("null") ? "" : " (" + Limits.text(reason, 60) + ")")
                + "; have it allow that host and port, or except the host from the proxy settings";
    }

    private static String login(ProxyServer proxy, RawAnswer answer, Redactor redactor) {
        String start = "the proxy " + proxy.address();
        String schemes = Arrays.stream(answer.head().getHeaders("Proxy-Authenticate"))
                .map(Header::getValue)
                .map(challenge -> challenge.strip().split("[ ,]", 2)[0])
                .filter(scheme -> !scheme.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        String known = schemes.toLowerCase(Locale.ROOT);
        if (!schemes.isEmpty() && !known.contains("basic") && !known.contains("digest")) {
            return start + " asks for a login by " + Limits.text(redactor.text(schemes), 60)
                    + ", which is not known here; have it accept Basic or Digest";
        }
        return proxy.user() == null
                ? start + " asks for a login (HTTP status 407); add a user name and password to the proxy settings"
                : start + " refused the user name and password of the proxy settings (HTTP status 407)";
    }
}

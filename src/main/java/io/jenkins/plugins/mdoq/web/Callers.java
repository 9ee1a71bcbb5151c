package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.User;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.lock.CallerAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;

/** Who calls, as the history notes it. */
final class Callers {

    private Callers() {}

    /** The address that a request came from, the proxies that the configuration trusts accounted for. */
    @NonNull
    static String address(@NonNull HttpServletRequest request) {
        return CallerAddress.of(
                PeerAddress.of(request),
                Collections.list(request.getHeaders(CallerAddress.FORWARDED_FOR)),
                MdoqGlobalConfiguration.get().getTrustedProxies());
    }

    /** The id of the user whose request this is. */
    @NonNull
    static String user() {
        User user = User.current();
        return user == null ? "anonymous" : user.getId();
    }
}

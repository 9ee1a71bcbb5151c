package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/** What a person sees who opens one of the lock API's addresses in a browser. It is the same for everybody and every lock. */
public final class LockApiPage {

    /** Its media type. */
    public static final String CONTENT_TYPE = "text/html;charset=utf-8";

    /** What it may do: nothing. */
    public static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

    private static final String HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Lock API of the MDOQ release hook</title>
            </head>
            <body>
            <h1>This address is for programs</h1>
            <p>A release process that fires a webhook may wait until the webhook's endpoint has released a lock. The endpoint
            does that here, with a <code>POST</code> request that carries the lock and the webhook's secret. It may also
            report its progress and ask whether the lock is still held.</p>
            <p>Nothing can be released in a browser at this address. To let a release go on by hand, open its build in
            Jenkins and use the page <em>Webhook history</em>, which needs a permission. Where the command-line program runs the
            release, whoever runs it decides.</p>
            <p>Endpoints: the documentation of the lock API says what to send and what the answers mean.</p>
            </body>
            </html>
            """;

    private LockApiPage() {}

    /**
     * Whether somebody asks for the page. A program that puts its lock into the address does not, nor one that wants JSON: they
     * are to learn that they released nothing.
     *
     * @param method the request's method
     * @param query the query of its address, or null
     * @param accept its header {@code Accept}, or null
     */
    public static boolean isAskedFor(@NonNull String method, @CheckForNull String query, @CheckForNull String accept) {
        boolean wantsJson = accept != null && accept.contains("application/json") && !accept.contains("text/html");
        return (method.equals("GET") || method.equals("HEAD")) && query == null && !wantsJson;
    }

    /** The page. */
    @NonNull
    public static String html() {
        return HTML;
    }
}

package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Limits;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client, set to what the protocol needs: HTTP/1.1, no redirects, no cookies, no retries of its own, and no login
 * anywhere but at the proxy. One for all; a request that is under way holds no thread. Safe for any thread.
 */
final class HttpTransport implements AutoCloseable {

    /** Requests to one endpoint at a time; more wait for a connection. */
    static final int MOST_PER_ENDPOINT = 1_024;

    /** Requests at a time, so that a mistake of ours cannot use up the sockets of the machine. */
    private static final int MOST = 8 * MOST_PER_ENDPOINT;

    /** Network devices forget a connection that is idle, some after a minute: it is closed well before that. */
    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(20);

    /** A connection that was idle for longer is looked at before it is used. */
    private static final TimeValue CHECKED_AFTER = TimeValue.ofSeconds(1);

    /** Most requests and answers fit in; a waiting one keeps three of these. */
    private static final int BUFFER_BYTES = 2 * 1024;

    /** Of a head; beyond it an answer is none. */
    private static final int LONGEST_LINE = 32 * 1024;

    private static final int MOST_HEADERS = 500;

    /** Name services can be slow, and their callers wait: several, so that one name does not hold up another. */
    private static final int LOOK_UP_THREADS = 16;

    private final CloseableHttpAsyncClient client;
    private final ExecutorService lookUps;

    HttpTransport(@NonNull ScheduledExecutorService scheduler, @NonNull Connector.Resolver resolver) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                LOOK_UP_THREADS,
                LOOK_UP_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("mdoq-http-names", true));
        threads.allowCoreThreadTimeOut(true);
        lookUps = threads;
        Http1Config config = Http1Config.custom()
                .setBufferSize(BUFFER_BYTES)
                .setMaxLineLength(LONGEST_LINE)
                .setMaxHeaderCount(MOST_HEADERS)
                .build();
        TlsStrategy tls = ClientTlsStrategyBuilder.create()
                .setSslContext(TlsTrust.context())
                .setSslBufferMode(SSLBufferMode.DYNAMIC)
                // Its own check alone: its error names the names that the certificate is for.
                .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
                .setHostnameVerifier(HttpsSupport.getDefaultHostnameVerifier())
                .buildAsync();
        PoolingAsyncClientConnectionManager connections = new PoolingAsyncClientConnectionManager(
                new Connector(scheme -> scheme.equals("https") ? tls : null, resolver, lookUps, scheduler, config),
                PoolConcurrencyPolicy.STRICT,
                // The one that was used last is the least likely to be gone.
                PoolReusePolicy.LIFO,
                null,
                false);
        connections.setDefaultMaxPerRoute(MOST_PER_ENDPOINT);
        connections.setMaxTotal(MOST);
        connections.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.DISABLED)
                .setSocketTimeout(Timeout.DISABLED)
                .setIdleTimeout(Timeout.of(LONGEST_IDLE.getDuration(), LONGEST_IDLE.getTimeUnit()))
                .setValidateAfterInactivity(CHECKED_AFTER)
                .build());
        connections.setDefaultTlsConfig(TlsConfig.custom()
                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                .build());
        client = HttpAsyncClients.custom()
                .setConnectionManager(connections)
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(
                                Math.max(1, Math.min(2, Runtime.getRuntime().availableProcessors())))
                        .setTcpNoDelay(true)
                        .build())
                .setThreadFactory(new DefaultThreadFactory("mdoq-http", true))
                .setHttp1Config(config)
                .setRoutePlanner(new Routes())
                .setUserAgent(DeliveryClient.MDOQ_USER_AGENT)
                .setDefaultRequestConfig(request(false))
                // None for endpoints, whatever they ask for; for proxies the library's own.
                .setTargetAuthenticationStrategy((type, challenges, context) -> List.of())
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableConnectionState()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .disableRequestPriority()
                // HTTP/1.1 keeps connections anyway, and MDOQ sends no such header.
                .addRequestInterceptorLast((request, entity, context) -> request.removeHeaders(HttpHeaders.CONNECTION))
                .addExecInterceptorAfter(
                        ChainElement.CONNECT.name(), "asked", (request, entity, scope, chain, callback) -> {
                            Exchange.of(scope.clientContext).asked();
                            chain.proceed(request, entity, scope, callback);
                        })
                .evictExpiredConnections()
                .evictIdleConnections(LONGEST_IDLE)
                .build();
        client.start();
    }

    private static RequestConfig request(boolean logsIn) {
        // Our own timeout ends the whole of an exchange: these of the library each end a part of it.
        return RequestConfig.custom()
                .setAuthenticationEnabled(logsIn)
                .setConnectionRequestTimeout(Timeout.DISABLED)
                .setResponseTimeout(Timeout.DISABLED)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setRedirectsEnabled(false)
                .setHardCancellationEnabled(true)
                .build();
    }

    /** The way to the endpoint: direct, by a proxy, or through a tunnel that it makes. */
    private static final class Routes implements HttpRoutePlanner {
        @Override
        public HttpRoute determineRoute(HttpHost target, HttpContext context) {
            ProxyServer proxy = Exchange.of(context).proxy();
            boolean secure = target.getSchemeName().equals("https");
            return proxy == null
                    ? new HttpRoute(target, null, secure)
                    : new HttpRoute(target, null, new HttpHost("http", proxy.host(), proxy.port()), secure);
        }
    }

    /**
     * Sends a request.
     *
     * @param headers names and values in turn
     * @param callback is called once, with how it ended
     * @return ends the exchange when it is cancelled
     */
    @NonNull
    Future<?> post(
            @NonNull Exchange exchange,
            @NonNull List<String> headers,
            @NonNull byte[] body,
            @NonNull FutureCallback<RawAnswer> callback) {
        EndpointUrl url = exchange.url();
        HttpHost target = new HttpHost(url.scheme(), url.host(), url.effectivePort());
        HttpRequest request =
                new BasicHttpRequest("POST", url.scheme(), new URIAuthority(url.host(), url.port()), url.target());
        for (int i = 0; i < headers.size(); i += 2) {
            request.addHeader(headers.get(i), headers.get(i + 1));
        }
        HttpClientContext context = HttpClientContext.create();
        exchange.in(context);
        ProxyServer proxy = exchange.proxy();
        if (proxy != null && proxy.user() != null) {
            context.setRequestConfig(request(true));
            context.setCredentialsProvider(login(proxy));
        }
        return client.execute(
                target,
                new BasicRequestProducer(request, new RequestBody(body, exchange)),
                new BoundedBody(Limits.BODY_BYTES, exchange),
                null,
                context,
                callback);
    }

    private static CredentialsProvider login(ProxyServer proxy) {
        return (scope, context) ->
                scope.getPort() == proxy.port() && proxy.host().equalsIgnoreCase(scope.getHost())
                        ? new UsernamePasswordCredentials(
                                proxy.user(), proxy.password().get().toCharArray())
                        : null;
    }

    /** Whether it can send requests: not when it was closed, nor when its threads have died. */
    boolean isAlive() {
        return client.getStatus().compareTo(IOReactorStatus.SHUTTING_DOWN) < 0;
    }

    /** Ends what is under way, and the threads. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        lookUps.shutdownNow();
    }
}

package io.jenkins.plugins.mdoq.hook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/** An HTTP client without a network: each request stays in flight until the test answers it or breaks it off. */
final class FakeHttp extends HttpClient {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<Exchange> exchanges = new ArrayList<>();

    /** One request. */
    static final class Exchange {
        private final HttpRequest request;
        private final ObjectNode body;
        private final HttpResponse.BodyHandler<?> handler;
        private final CompletableFuture<HttpResponse<Object>> future = new CompletableFuture<>();

        private Exchange(HttpRequest request, HttpResponse.BodyHandler<?> handler) {
            this.request = request;
            this.handler = handler;
            this.body = read(request);
        }

        /** The part of its path that names the webhook. */
        String webhook() {
            return request.uri().getPath().substring(1);
        }

        /** Where it went. */
        URI uri() {
            return request.uri();
        }

        /** Its body. */
        ObjectNode body() {
            return body;
        }

        String text(String field) {
            return body.path(field).textValue();
        }

        HttpHeaders headers() {
            return request.headers();
        }

        boolean inFlight() {
            return !future.isDone();
        }

        void answer(int status, String json) {
            answer(status, json, Map.of());
        }

        /** Answers with a body whose single quotes stand for double ones. */
        void answer(int status, String json, Map<String, List<String>> headers) {
            byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            HttpHeaders answered = HttpHeaders.of(headers, (name, value) -> true);
            Object read = body(handler, status, answered, bytes);
            future.complete(new Response(request, status, answered, read));
        }

        void breakOff(IOException how) {
            future.completeExceptionally(how);
        }

        private static <T> T body(HttpResponse.BodyHandler<T> handler, int status, HttpHeaders headers, byte[] bytes) {
            HttpResponse.BodySubscriber<T> subscriber = handler.apply(new HttpResponse.ResponseInfo() {
                @Override
                public int statusCode() {
                    return status;
                }

                @Override
                public HttpHeaders headers() {
                    return headers;
                }

                @Override
                public Version version() {
                    return Version.HTTP_1_1;
                }
            });
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    // Everything is given at once below.
                }

                @Override
                public void cancel() {
                    throw new AssertionError("bodies over the limit are tested over a real connection");
                }
            });
            subscriber.onNext(List.of(ByteBuffer.wrap(bytes)));
            subscriber.onComplete();
            return subscriber.getBody().toCompletableFuture().join();
        }

        private static ObjectNode read(HttpRequest request) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            request.bodyPublisher().orElseThrow().subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(ByteBuffer part) {
                    byte[] copy = new byte[part.remaining()];
                    part.get(copy);
                    bytes.writeBytes(copy);
                }

                @Override
                public void onError(Throwable error) {
                    throw new AssertionError(error);
                }

                @Override
                public void onComplete() {
                    // A byte array's publisher has given all of it by the time subscribe returns.
                }
            });
            try {
                return (ObjectNode) MAPPER.readTree(bytes.toByteArray());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private record Response(HttpRequest request, int statusCode, HttpHeaders headers, Object body)
            implements HttpResponse<Object> {
        @Override
        public Optional<HttpResponse<Object>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }
    }

    /** All requests so far, oldest first. */
    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        Exchange exchange = new Exchange(request, handler);
        exchanges.add(exchange);
        return (CompletableFuture<HttpResponse<T>>) (CompletableFuture<?>) exchange.future;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> push) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        throw new AssertionError("the engine never blocks on a request");
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return Optional.empty();
    }

    @Override
    public Redirect followRedirects() {
        return Redirect.NEVER;
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SSLParameters sslParameters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return Optional.empty();
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }

    @Override
    public Optional<Executor> executor() {
        return Optional.empty();
    }
}

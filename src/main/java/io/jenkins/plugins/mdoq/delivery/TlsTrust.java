package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The JVM's own trust store and client certificate ({@code javax.net.ssl.trustStore}, {@code javax.net.ssl.keyStore} and
 * their kin), with one difference: a certificate that is not trusted goes along with the error, as whoever mends it must
 * know whose it is.
 */
final class TlsTrust extends X509ExtendedTrustManager {

    /** A certificate is not trusted. */
    static final class Untrusted extends CertificateException {
        private static final long serialVersionUID = 1L;

        private final X509Certificate certificate;

        Untrusted(X509Certificate certificate, Throwable cause) {
            super("not trusted", cause);
            this.certificate = certificate;
        }

        /** The endpoint's own certificate. */
        @NonNull
        X509Certificate certificate() {
            return certificate;
        }
    }

    /** The trust store or the key store cannot be used; the message says which and why. */
    static final class Unusable extends CertificateException {
        private static final long serialVersionUID = 1L;

        Unusable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final X509ExtendedTrustManager jvm;
    private final Unusable unusable;

    private TlsTrust(X509ExtendedTrustManager jvm, Unusable unusable) {
        this.jvm = jvm;
        this.unusable = unusable;
    }

    /** A context for clients. If the JVM's stores cannot be used, each handshake with it fails and says so. */
    @NonNull
    static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = null;
            TlsTrust trust;
            try {
                keys = keys();
                trust = new TlsTrust(jvmTrust(), null);
            } catch (Unusable e) {
                trust = new TlsTrust(null, e);
            }
            context.init(keys, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static X509ExtendedTrustManager jvmTrust() throws Unusable {
        String named = System.getProperty("javax.net.ssl.trustStore");
        if (named != null && !named.equals("NONE") && !Files.isReadable(Path.of(named))) {
            throw new Unusable(
                    "the trust store " + named
                            + ", which -Djavax.net.ssl.trustStore names, is not there or cannot be read",
                    null);
        }
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            X509ExtendedTrustManager trust = Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new Unusable("this Java has no trust manager for certificates", null));
            if (trust.getAcceptedIssuers().length == 0) {
                throw new Unusable(
                        "the trust store " + (named == null ? "of this Java" : named)
                                + " holds no certificate authority",
                        null);
            }
            return trust;
        } catch (Unusable e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new Unusable(
                    "the trust store " + (named == null ? "of this Java" : named) + " cannot be used: " + e.getMessage()
                            + " (see -Djavax.net.ssl.trustStore, trustStorePassword and trustStoreType)",
                    e);
        }
    }

    /** The client's certificate, or null if none is set. */
    private static KeyManager[] keys() throws Unusable {
        String named = System.getProperty("javax.net.ssl.keyStore");
        if (named == null || named.isEmpty() || named.equals("NONE")) {
            return null;
        }
        char[] password =
                System.getProperty("javax.net.ssl.keyStorePassword", "").toCharArray();
        String type = System.getProperty("javax.net.ssl.keyStoreType", KeyStore.getDefaultType());
        try (InputStream in = Files.newInputStream(Path.of(named))) {
            KeyStore store = KeyStore.getInstance(type);
            store.load(in, password);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return factory.getKeyManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new Unusable(
                    "the key store " + named + ", which -Djavax.net.ssl.keyStore names, cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    private interface Check {
        void run() throws CertificateException;
    }

    private void check(X509Certificate[] chain, Check check) throws CertificateException {
        if (unusable != null) {
            throw unusable;
        }
        try {
            check.run();
        } catch (CertificateException e) {
            throw chain == null || chain.length == 0 ? e : new Untrusted(chain[0], e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, () -> jvm.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, () -> jvm.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, () -> jvm.checkServerTrusted(chain, type));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        throw new UnsupportedOperationException("nobody is served with it");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
        throw new UnsupportedOperationException("nobody is served with it");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
        throw new UnsupportedOperationException("nobody is served with it");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return jvm == null ? new X509Certificate[0] : jvm.getAcceptedIssuers();
    }
}

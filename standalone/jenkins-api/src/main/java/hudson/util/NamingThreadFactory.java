package hudson.util;

import java.util.concurrent.ThreadFactory;

/** Signature only; the real type comes with Jenkins. */
public final class NamingThreadFactory implements ThreadFactory {
    public NamingThreadFactory(ThreadFactory delegate, String name) {}

    @Override
    public Thread newThread(Runnable work) {
        throw new UnsupportedOperationException();
    }
}

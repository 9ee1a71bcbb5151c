package hudson.util;

import java.util.concurrent.ThreadFactory;

/** Signature only; the real type comes with Jenkins. */
public class DaemonThreadFactory implements ThreadFactory {
    @Override
    public Thread newThread(Runnable work) {
        throw new UnsupportedOperationException();
    }
}

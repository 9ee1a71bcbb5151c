package hudson.model.listeners;

import hudson.model.Run;

/** Signature only; the real type comes with Jenkins. */
@SuppressWarnings("rawtypes")
public abstract class RunListener<R extends Run> {
    protected RunListener() {}

    public void onFinalized(R run) {
        throw new UnsupportedOperationException();
    }
}

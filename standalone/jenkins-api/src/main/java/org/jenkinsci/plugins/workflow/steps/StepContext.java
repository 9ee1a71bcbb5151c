package org.jenkinsci.plugins.workflow.steps;

import com.google.common.util.concurrent.ListenableFuture;
import java.io.IOException;
import java.io.Serializable;

/** Signature only; the real type comes with Jenkins. */
public abstract class StepContext implements Serializable {
    public abstract <T> T get(Class<T> type) throws IOException, InterruptedException;

    public abstract ListenableFuture<Void> saveState();

    public abstract void onSuccess(Object result);

    public abstract void onFailure(Throwable failure);

    public abstract BodyInvoker newBodyInvoker();
}

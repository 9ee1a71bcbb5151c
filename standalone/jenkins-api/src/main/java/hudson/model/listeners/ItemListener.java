package hudson.model.listeners;

/** Signature only; the real type comes with Jenkins. */
public class ItemListener {
    public void onLoaded() {
        throw new UnsupportedOperationException();
    }

    public void onBeforeShutdown() {
        throw new UnsupportedOperationException();
    }
}

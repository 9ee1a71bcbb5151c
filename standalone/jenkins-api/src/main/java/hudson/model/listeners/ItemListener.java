package hudson.model.listeners;

/** Signature only; the real type comes with Jenkins. */
public class ItemListener {
    public void onBeforeShutdown() {
        throw new UnsupportedOperationException();
    }
}

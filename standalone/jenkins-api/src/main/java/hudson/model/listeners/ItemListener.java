package hudson.model.listeners;

import hudson.model.Item;

/** Signature only; the real type comes with Jenkins. */
public class ItemListener {
    public void onLoaded() {
        throw new UnsupportedOperationException();
    }

    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        throw new UnsupportedOperationException();
    }

    public void onBeforeShutdown() {
        throw new UnsupportedOperationException();
    }
}

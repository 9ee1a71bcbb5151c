package hudson.model;

/** Signature only; the real type comes with Jenkins. */
public abstract class Actionable {
    public void addAction(Action action) {}

    public boolean addOrReplaceAction(Action action) {
        return false;
    }

    public <T extends Action> T getAction(Class<T> type) {
        return null;
    }
}

package jenkins.scm.api;

import hudson.model.Item;

/** Signature only; the real type comes with Jenkins' plugin scm-api. */
public abstract class SCMSource {
    private SCMSource() {}

    /** Signature only; the real type comes with Jenkins' plugin scm-api. */
    public abstract static class SourceByItem {
        private SourceByItem() {}

        public static SCMSource findSource(Item item) {
            throw new UnsupportedOperationException();
        }
    }
}

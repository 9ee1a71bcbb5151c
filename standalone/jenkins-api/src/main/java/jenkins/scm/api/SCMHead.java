package jenkins.scm.api;

import hudson.model.Item;

/** Signature only; the real type comes with Jenkins' plugin scm-api. */
public class SCMHead {
    private SCMHead() {}

    public String getName() {
        throw new UnsupportedOperationException();
    }

    /** Signature only; the real type comes with Jenkins' plugin scm-api. */
    public abstract static class HeadByItem {
        private HeadByItem() {}

        public static SCMHead findHead(Item item) {
            throw new UnsupportedOperationException();
        }
    }
}

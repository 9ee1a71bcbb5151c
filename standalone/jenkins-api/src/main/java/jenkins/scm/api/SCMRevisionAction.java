package jenkins.scm.api;

import hudson.model.Actionable;

/** Signature only; the real type comes with Jenkins' plugin scm-api. */
public class SCMRevisionAction {
    private SCMRevisionAction() {}

    public static SCMRevision getRevision(SCMSource source, Actionable actionable) {
        throw new UnsupportedOperationException();
    }
}

package org.jenkinsci.plugins.workflow.support.actions;

import java.io.IOException;
import org.jenkinsci.plugins.workflow.actions.PersistentAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** Signature only; the real type comes with Jenkins. */
public class PauseAction implements PersistentAction {
    public PauseAction(String cause) {}

    public static void endCurrentPause(FlowNode node) throws IOException {}

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }
}

package org.jenkinsci.plugins.workflow.actions;

import hudson.model.Action;

/** Signature only; the real type comes with Jenkins. */
public interface PersistentAction extends Action {}

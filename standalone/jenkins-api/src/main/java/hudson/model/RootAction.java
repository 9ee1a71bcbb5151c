package hudson.model;

import hudson.ExtensionPoint;

/** Signature only; the real type comes with Jenkins. */
public interface RootAction extends Action, ExtensionPoint {}

package hudson.model;

import hudson.ExtensionPoint;

/** Signature only; the real type comes with Jenkins. */
public interface UnprotectedRootAction extends RootAction, ExtensionPoint {}

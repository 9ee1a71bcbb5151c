package hudson.model;

/** Signature only; the real type comes with Jenkins. */
public interface BuildBadgeAction extends Action {}

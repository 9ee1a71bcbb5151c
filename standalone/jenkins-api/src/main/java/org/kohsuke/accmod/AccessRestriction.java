package org.kohsuke.accmod;

/** Signature only; the real type comes with Jenkins. */
public abstract class AccessRestriction {}

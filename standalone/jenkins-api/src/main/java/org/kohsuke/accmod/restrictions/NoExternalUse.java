package org.kohsuke.accmod.restrictions;

import org.kohsuke.accmod.AccessRestriction;

/** Signature only; the real type comes with Jenkins. */
public class NoExternalUse extends AccessRestriction {}

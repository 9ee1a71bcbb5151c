package org.kohsuke.stapler;

/** Signature only; the real type comes with Jenkins. */
public interface StaplerProxy {
    Object getTarget();
}

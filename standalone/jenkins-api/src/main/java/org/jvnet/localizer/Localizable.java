package org.jvnet.localizer;

import java.io.Serializable;

/** Signature only; the real type comes with Jenkins. */
public class Localizable implements Serializable {
    public Localizable(ResourceBundleHolder holder, String key, Object... args) {}
}

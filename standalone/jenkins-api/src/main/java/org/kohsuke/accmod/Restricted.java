package org.kohsuke.accmod;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.jvnet.hudson.annotation_indexer.Indexed;

/** Signature only; the real type comes with Jenkins. Generated Messages classes carry it. */
@Indexed // so that both builds write the same index
@Documented
@Retention(RetentionPolicy.RUNTIME)
public @interface Restricted {
    Class<? extends AccessRestriction>[] value();
}

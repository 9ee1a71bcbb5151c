package jenkins.model;

import java.io.Serializable;
import org.kohsuke.stapler.export.ExportedBean;

/** Signature only; the real type comes with Jenkins. */
@ExportedBean
public abstract class CauseOfInterruption implements Serializable {
    public abstract String getShortDescription();
}

package hudson.model;

import java.util.List;

/** Signature only; the real type comes with Jenkins. */
public class ParametersAction implements Action {
    public List<ParameterValue> getAllParameters() {
        return null;
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }
}

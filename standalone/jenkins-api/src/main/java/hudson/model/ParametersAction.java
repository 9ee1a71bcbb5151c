package hudson.model;

import java.util.List;

/** Signature only; the real type comes with Jenkins. */
public class ParametersAction implements Action {
    private ParametersAction() {}

    public List<ParameterValue> getAllParameters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getIconFileName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getUrlName() {
        throw new UnsupportedOperationException();
    }
}

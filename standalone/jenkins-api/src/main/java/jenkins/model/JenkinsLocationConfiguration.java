package jenkins.model;

/** Signature only; the real type comes with Jenkins. */
public class JenkinsLocationConfiguration extends GlobalConfiguration {
    public static JenkinsLocationConfiguration get() {
        throw new UnsupportedOperationException();
    }

    public String getUrl() {
        throw new UnsupportedOperationException();
    }
}

package hudson.model;

/** Signature only; the real type comes with Jenkins. */
public interface Action {
    String getIconFileName();

    String getDisplayName();

    String getUrlName();
}

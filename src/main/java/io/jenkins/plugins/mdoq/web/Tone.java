package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;

/** How good news is, and Jenkins' own style for that. */
public enum Tone {
    /** Good. */
    GOOD("jenkins-!-success-color", "jenkins-alert-success"),
    /** Worth a look. */
    DOUBTFUL("jenkins-!-warning-color", "jenkins-alert-warning"),
    /** Bad. */
    BAD("jenkins-!-error-color", "jenkins-alert-danger"),
    /** Neither, or not known yet. */
    PLAIN("jenkins-!-text-color-secondary", "jenkins-alert-info");

    private final String color;
    private final String alert;

    Tone(String color, String alert) {
        this.color = color;
        this.alert = alert;
    }

    /** The class that colours a badge. */
    @NonNull
    public String color() {
        return color;
    }

    /** The class of an alert. */
    @NonNull
    public String alert() {
        return alert;
    }
}

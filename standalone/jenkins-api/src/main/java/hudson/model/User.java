package hudson.model;

/** Signature only; the real type comes with Jenkins. */
public class User {
    protected User() {}

    public static User current() {
        return null;
    }

    public String getId() {
        return null;
    }
}

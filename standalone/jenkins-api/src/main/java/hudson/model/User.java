package hudson.model;

/** Signature only; the real type comes with Jenkins. */
public class User {
    private User() {}

    public static User current() {
        throw new UnsupportedOperationException();
    }

    public String getId() {
        throw new UnsupportedOperationException();
    }
}

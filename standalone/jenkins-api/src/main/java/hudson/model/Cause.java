package hudson.model;

/** Signature only; the real type comes with Jenkins. */
public abstract class Cause {
    public abstract String getShortDescription();

    /** Signature only; the real type comes with Jenkins. */
    public static class UserIdCause extends Cause {
        private UserIdCause() {}

        public String getUserId() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getShortDescription() {
            throw new UnsupportedOperationException();
        }
    }
}

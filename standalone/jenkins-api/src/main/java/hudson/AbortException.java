package hudson;

import java.io.IOException;

/** Signature only; the real type comes with Jenkins. */
public class AbortException extends IOException {
    public AbortException(String message) {}
}

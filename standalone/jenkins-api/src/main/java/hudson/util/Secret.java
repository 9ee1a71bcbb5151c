package hudson.util;

import java.io.Serializable;

/** Signature only; the real type comes with Jenkins. */
public final class Secret implements Serializable {
    private Secret() {}

    public String getPlainText() {
        throw new UnsupportedOperationException();
    }
}

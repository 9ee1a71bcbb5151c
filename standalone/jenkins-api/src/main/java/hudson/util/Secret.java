package hudson.util;

import java.io.Serializable;

/** Signature only; the real type comes with Jenkins. */
public final class Secret implements Serializable {
    private Secret() {}

    public String getEncryptedValue() {
        return null;
    }

    public String getPlainText() {
        return null;
    }
}

package hudson.model;

import java.io.IOException;

/** Signature only; the real type comes with Jenkins. */
public interface Saveable {
    void save() throws IOException;
}

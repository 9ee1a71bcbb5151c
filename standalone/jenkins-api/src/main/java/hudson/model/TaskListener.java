package hudson.model;

import java.io.PrintStream;

/** Signature only; the real type comes with Jenkins. */
public interface TaskListener {
    TaskListener NULL = null;

    PrintStream getLogger();
}

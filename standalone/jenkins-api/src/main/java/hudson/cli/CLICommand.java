package hudson.cli;

import hudson.ExtensionPoint;
import java.io.PrintStream;

/** Signature only; the real type comes with Jenkins. */
public abstract class CLICommand implements ExtensionPoint, Cloneable {
    public transient PrintStream stdout;

    protected CLICommand() {}

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public abstract String getShortDescription();

    protected abstract int run() throws Exception;
}

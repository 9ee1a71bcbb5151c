package io.jenkins.plugins.mdoq.cli;

import java.util.Objects;
import picocli.CommandLine;

/** The program's version, which the runnable jar's manifest holds. */
final class Version implements CommandLine.IVersionProvider {

    /** Such as {@code 1.2}; {@code dev} if the classes do not come out of the jar. */
    static final String TEXT =
            Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "dev");

    @Override
    public String[] getVersion() {
        return new String[] {"mdoq-release-hook " + TEXT};
    }
}

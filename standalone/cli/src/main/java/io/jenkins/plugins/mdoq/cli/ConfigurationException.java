package io.jenkins.plugins.mdoq.cli;

/** A line of the configuration file is wrong. */
final class ConfigurationException extends UsageException {

    private static final long serialVersionUID = 1L;

    /** @param line counts from 1; 0 if no line in particular is to blame */
    ConfigurationException(String file, int line, String message) {
        super(file + (line > 0 ? ":" + line : "") + ": " + message);
    }
}

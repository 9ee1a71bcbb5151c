package io.jenkins.plugins.mdoq.cli;

/** The run was aborted and goes no further; all that has to be printed and done about it has been. */
final class AbortedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason why, one line */
    AbortedException(String reason) {
        super(reason);
    }
}

package io.jenkins.plugins.mdoq.cli;

/** The run was aborted by a signal and goes no further; all that is to be said and done about it has been. */
final class AbortedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AbortedException() {
        super(Abort.REASON);
    }
}

package io.jenkins.plugins.mdoq.cli;

/**
 * How a run of a release ended.
 *
 * @param code what the program ends with
 * @param state how the history stands
 * @param again whether it had ended before, so that this run did nothing but say so
 */
record RunEnd(ExitCode code, RunState state, boolean again) {

    /** The last line that is printed. */
    String line() {
        return (again ? "this release had ended before, " + state.words() + "; nothing was run now: " : "the end: ")
                + code.meaning() + " (exit code " + code.number() + ")";
    }
}

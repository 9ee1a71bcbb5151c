package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.protocol.Action;

/** How the program ends, for whoever called it. */
enum ExitCode {
    RELEASED(0, "released"),
    INTERNAL_ERROR(1, "internal error"),
    USAGE(2, "wrong usage or configuration"),
    FAILED(3, "failed"),
    STOPPED(4, "stopped"),
    ROLLED_BACK(5, "rolled back"),
    COMMAND_FAILED(6, "the release command failed"),
    ROLLBACK_FAILED(7, "the rollback failed");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }

    /** What a verdict alone ends the program with. */
    static ExitCode of(Action action) {
        return switch (action) {
            case CONTINUE, UNSTABLE -> RELEASED;
            case FAIL -> FAILED;
            case STOP -> STOPPED;
            case ROLLBACK -> ROLLED_BACK;
        };
    }
}

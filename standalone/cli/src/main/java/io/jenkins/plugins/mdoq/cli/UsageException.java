package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.report.PlainText;

/**
 * The program was called or configured wrongly; the message is one line that says what, where and what to write
 * instead.
 */
class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(PlainText.line(message));
    }
}

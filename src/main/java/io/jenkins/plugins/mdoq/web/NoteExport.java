package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Times;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.time.Instant;

/**
 * Something that was said, for programs.
 *
 * @param at when, in ISO 8601 and UTC
 * @param by who said it
 * @param message what, plain text
 */
public record NoteExport(
        @NonNull String at, @NonNull String by, @NonNull String message) {

    @NonNull
    static NoteExport of(@NonNull Instant at, @NonNull String by, @NonNull String message) {
        return new NoteExport(Times.iso(at), PlainText.line(by), String.join("\n", PlainText.lines(message)));
    }
}

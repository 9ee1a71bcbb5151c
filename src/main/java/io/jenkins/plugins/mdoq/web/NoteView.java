package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * A note, and when it came from whom.
 *
 * @param at when
 * @param by who it is from, plain text
 * @param text the note, plain text, maybe in lines
 */
public record NoteView(
        @NonNull TimeView at, @NonNull String by, @NonNull String text) {}

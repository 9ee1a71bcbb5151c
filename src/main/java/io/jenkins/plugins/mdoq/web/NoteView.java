package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * Something that was said at a point in time.
 *
 * @param at when
 * @param by who said it, plain text
 * @param text what, plain text, maybe in lines
 */
public record NoteView(
        @NonNull TimeView at, @NonNull String by, @NonNull String text) {}

package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * A state in words.
 *
 * @param text what it is, plain text
 * @param tone how good it is
 */
public record StateView(@NonNull String text, @NonNull Tone tone) {}

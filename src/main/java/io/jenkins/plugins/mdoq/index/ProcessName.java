package io.jenkins.plugins.mdoq.index;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * What names a process among those of a controller.
 *
 * @param job the full name of the job
 * @param number the number of the build
 */
public record ProcessName(@NonNull String job, long number) {}

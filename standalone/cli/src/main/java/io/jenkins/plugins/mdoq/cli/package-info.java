/**
 * The command-line program {@code mdoq-release-hook}: the engine without Jenkins. One run is one process in the
 * engine's sense, its folder given by {@code --history}; the lock API is served by the JDK's own HTTP server while the
 * run lasts.
 */
package io.jenkins.plugins.mdoq.cli;

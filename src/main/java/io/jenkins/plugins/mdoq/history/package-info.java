/**
 * The webhook history: an append-only journal of facts in one folder per process, and the views that are folded from it.
 * The journal is the only state there is; everything else is read off it.
 */
package io.jenkins.plugins.mdoq.history;

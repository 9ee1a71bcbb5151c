/**
 * Secrets and their redaction. The lowest room: it imports nothing of ours, and everything that touches a secret goes
 * through it.
 */
package io.jenkins.plugins.mdoq.secret;

/**
 * Secrets and their redaction. It imports nothing of this project but {@code protocol}, and everything that touches a
 * secret goes through it.
 */
package io.jenkins.plugins.mdoq.secret;

/** Locks: their values, who waits for them, and the lock API as a plain function from a request to an answer. */
package io.jenkins.plugins.mdoq.lock;

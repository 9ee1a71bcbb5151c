/** One HTTP delivery: payload, signature, client, answer and the rule for the next try. */
package io.jenkins.plugins.mdoq.delivery;

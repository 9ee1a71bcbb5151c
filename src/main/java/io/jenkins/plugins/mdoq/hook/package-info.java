/** The heart: fires an event at the webhooks that listen, waits for their locks, and settles on a verdict. */
package io.jenkins.plugins.mdoq.hook;

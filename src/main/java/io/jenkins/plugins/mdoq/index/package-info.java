/** What many processes delivered lately: a view made from their histories, bounded, and made anew without loss. */
package io.jenkins.plugins.mdoq.index;

/** Where locks are released over HTTP: the lock API for endpoints, and the page of a build's webhook history for operators. */
package io.jenkins.plugins.mdoq.web;

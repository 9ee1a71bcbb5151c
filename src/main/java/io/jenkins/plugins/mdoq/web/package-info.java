/** The two doors to the locks: the endpoints' lock API, and the operators' page of a build's webhook history. */
package io.jenkins.plugins.mdoq.web;

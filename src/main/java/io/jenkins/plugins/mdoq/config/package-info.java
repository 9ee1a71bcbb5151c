/** Jenkins' side of the configuration: the form, configuration as code, and the secrets in the credentials store. */
package io.jenkins.plugins.mdoq.config;

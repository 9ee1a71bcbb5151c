package org.jenkinsci.plugins.plaincredentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.util.Secret;

/** Signature only; the real type comes with Jenkins. */
public interface StringCredentials extends StandardCredentials {
    Secret getSecret();
}

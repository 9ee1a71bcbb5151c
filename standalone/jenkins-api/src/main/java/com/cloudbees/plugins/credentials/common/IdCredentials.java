package com.cloudbees.plugins.credentials.common;

import com.cloudbees.plugins.credentials.Credentials;

/** Signature only; the real type comes with Jenkins. */
public interface IdCredentials extends Credentials {
    String getId();
}

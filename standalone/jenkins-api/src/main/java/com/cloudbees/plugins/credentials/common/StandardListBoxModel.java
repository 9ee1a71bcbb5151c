package com.cloudbees.plugins.credentials.common;

/** Signature only; the real type comes with Jenkins. */
public class StandardListBoxModel
        extends AbstractIdCredentialsListBoxModel<StandardListBoxModel, StandardCredentials> {}

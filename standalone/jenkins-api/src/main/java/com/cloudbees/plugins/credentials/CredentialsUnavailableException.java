package com.cloudbees.plugins.credentials;

/** Signature only; the real type comes with Jenkins. */
public class CredentialsUnavailableException extends RuntimeException {
    public CredentialsUnavailableException(String property) {}
}

package com.cloudbees.plugins.credentials;

public class CredentialsUnavailableException extends RuntimeException {
    public CredentialsUnavailableException(String property) {}
}

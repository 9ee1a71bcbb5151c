package com.cloudbees.plugins.credentials.common;

/** Signature only; the real type comes with Jenkins. */
public interface StandardCredentials extends IdCredentials {}

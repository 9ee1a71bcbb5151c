package com.cloudbees.plugins.credentials.domains;

import java.io.Serializable;

/** Signature only; the real type comes with Jenkins. */
public class DomainRequirement implements Serializable {}

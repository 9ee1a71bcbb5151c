package org.springframework.security.core;

import java.io.Serializable;
import java.security.Principal;

/** Signature only; the real type comes with Jenkins. */
public interface Authentication extends Principal, Serializable {}

package org.kohsuke.stapler;

import jakarta.servlet.http.HttpServletResponse;

/** Signature only; the real type comes with Jenkins. */
public interface StaplerResponse2 extends HttpServletResponse {}

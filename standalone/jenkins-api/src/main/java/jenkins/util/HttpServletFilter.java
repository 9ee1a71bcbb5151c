package jenkins.util;

import hudson.ExtensionPoint;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Signature only; the real type comes with Jenkins. */
public interface HttpServletFilter extends ExtensionPoint {
    boolean handle(HttpServletRequest req, HttpServletResponse rsp) throws IOException, ServletException;
}

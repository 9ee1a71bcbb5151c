package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.mdoq.delivery.PayloadFormat;
import io.jenkins.plugins.mdoq.delivery.PayloadFormats;
import java.util.stream.Stream;

/** A {@link PayloadFormat} that another plugin adds to ours: implement this, and annotate it with {@code @Extension}. */
public interface WebhookFormat extends PayloadFormat, ExtensionPoint {

    /** The formats of this controller: our own, and those that other plugins add. One of ours cannot be replaced. */
    @NonNull
    static PayloadFormats formats() {
        return () -> Stream.concat(
                        PayloadFormats.BUILT_IN.all().stream(), ExtensionList.lookup(WebhookFormat.class).stream())
                .toList();
    }
}

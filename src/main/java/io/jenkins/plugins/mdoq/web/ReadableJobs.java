package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;

/** The jobs that the viewer may read, each looked for once. For one request. */
final class ReadableJobs {

    private final Map<String, Optional<Job<?, ?>>> known = new HashMap<>();

    /** The job of a full name; null if there is none, or if the viewer may not read it. */
    @CheckForNull
    Job<?, ?> get(@NonNull String fullName) {
        return known.computeIfAbsent(fullName, ReadableJobs::find).orElse(null);
    }

    private static Optional<Job<?, ?>> find(String fullName) {
        Job<?, ?> job = any(fullName);
        return job != null && job.hasPermission(Item.READ) ? Optional.of(job) : Optional.empty();
    }

    /** As the controller itself: to a viewer that may merely know that there is something, Jenkins would throw. */
    @CheckForNull
    @SuppressWarnings("try") // The context is there to be closed.
    private static Job<?, ?> any(String fullName) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return Jenkins.get().getItemByFullName(fullName, Job.class);
        }
    }
}

package io.jenkins.plugins.mdoq.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.protocol.Limits;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;

/**
 * What Jenkins itself knows of a build (protocol: "source"). Nothing in it comes from the Pipeline, its environment or its
 * parameters, which is what tells it from {@code instance}.
 */
public final class BuildSource {

    private static final int MOST_CAUSES = 20;
    private static final int DESCRIPTION_CHARS = 500;

    /** How Git's revisions begin as a text, those of merged pull requests too: the hash, which is of SHA-1 or SHA-256. */
    private static final Pattern COMMIT = Pattern.compile("^([0-9a-f]{40}|[0-9a-f]{64})(?![0-9a-f])");

    private BuildSource() {}

    /** What Jenkins knows of a build now. What it does not know is left out. */
    @NonNull
    public static ObjectNode of(@NonNull Run<?, ?> build) {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.put("sender", "jenkins");
        source.put("job", build.getParent().getFullName());
        source.put("build", build.getNumber());
        String root = Jenkins.get().getRootUrl();
        if (root != null) {
            source.put("url", root + build.getUrl());
        }
        causes(source.putArray("causes"), build.getCauses());
        String branch = branch(build.getParent());
        if (branch != null) {
            source.put("branch", branch);
        }
        String commit = commit(build);
        if (commit != null) {
            source.put("commit", commit);
        }
        return source;
    }

    private static void causes(ArrayNode into, List<Cause> causes) {
        for (Cause cause : causes.subList(0, Math.min(MOST_CAUSES, causes.size()))) {
            ObjectNode described = into.addObject();
            String description = cause.getShortDescription();
            described.put("description", description == null ? "" : Limits.text(description, DESCRIPTION_CHARS));
            String user = cause instanceof Cause.UserIdCause byUser ? byUser.getUserId() : null;
            if (user != null) {
                described.put("user", user);
            }
        }
    }

    /** The branch, tag or change request that a multibranch project made the job for; null if none did. */
    @CheckForNull
    private static String branch(Job<?, ?> job) {
        SCMHead head = SCMHead.HeadByItem.findHead(job);
        return head == null ? null : head.getName();
    }

    /** The commit that a multibranch project started the build for; null if it did not, or that is no commit of Git. */
    @CheckForNull
    private static String commit(Run<?, ?> build) {
        SCMSource source = SCMSource.SourceByItem.findSource(build.getParent());
        SCMRevision revision = source == null ? null : SCMRevisionAction.getRevision(source, build);
        return revision == null ? null : commit(revision.toString());
    }

    /** The hash that the text of a revision begins with, or null if it begins with none. */
    @CheckForNull
    static String commit(@NonNull String revision) {
        Matcher commit = COMMIT.matcher(revision);
        return commit.find() ? commit.group(1) : null;
    }
}

package io.jenkins.plugins.mdoq.controller;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.mdoq.config.ConfigurationHealth;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells administrators what makes releases fail. It is asked on each page, so it answers with what it knew last, and looks again
 * aside at most once in {@link #AGE}. Safe for any thread.
 */
@Extension
public final class ReleaseMonitor extends AdministrativeMonitor {

    /** From how many requests in a row on that failed. */
    static final int LEAST_FAILURES = 3;

    private static final Duration AGE = Duration.ofSeconds(30);

    private volatile List<String> problems = List.of();
    private Instant lookedAt = Instant.MIN;

    @Override
    public String getDisplayName() {
        return Messages.ReleaseMonitor_DisplayName();
    }

    @Override
    public boolean isActivated() {
        if (isTooOld()) {
            ReleaseHookService.get().executor().execute(this::look);
        }
        return !problems.isEmpty();
    }

    /** What was wrong when it looked last, a line each. */
    @NonNull
    public List<String> getProblems() {
        return problems;
    }

    private synchronized boolean isTooOld() {
        Instant now = Instant.now();
        if (lookedAt.isAfter(now.minus(AGE))) {
            return false;
        }
        lookedAt = now;
        return true;
    }

    /** Looks now. */
    void look() {
        List<String> found = new ArrayList<>(ConfigurationHealth.problems());
        Set<String> configured = MdoqGlobalConfiguration.get().getWebhooks().stream()
                .map(WebhookConfiguration::getName)
                .collect(Collectors.toSet());
        for (Map.Entry<String, RecentReplies.Failures> entry :
                ReleaseHookService.get().replies().failures().entrySet()) {
            RecentReplies.Failures failures = entry.getValue();
            if (failures.count() >= LEAST_FAILURES && configured.contains(entry.getKey())) {
                found.add(Messages.ReleaseMonitor_failures(
                        entry.getKey(), Integer.toString(failures.count()), failures.error()));
            }
        }
        problems = List.copyOf(found);
    }
}

package io.jenkins.plugins.mdoq.history;

import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import java.time.Instant;
import java.util.List;

/**
 * Makes a planned delivery for tests: one without a lock, with the default settings and no secret, of which each may be
 * changed.
 */
public final class PlanBuilder {

    private final String webhook;
    private String id;
    private String url;
    private List<String> secretIds = List.of();
    private int timeoutSeconds = 60;
    private int tries = 3;
    private boolean sign;
    private String lock;
    private Instant deadline;
    private List<String> allowFrom = List.of();
    private OnFail onFail = OnFail.CONTINUE;
    private OnDeliveryError onDeliveryError = OnDeliveryError.FAIL;
    private Long heartbeatSeconds;
    private OnLockTimeout onLockTimeout = OnLockTimeout.FAIL;
    private String format;

    public PlanBuilder(String webhook) {
        this.webhook = webhook;
        id = Facts.delivery(webhook);
        url = "http://127.0.0.1:8099/" + webhook;
    }

    public PlanBuilder id(String newId) {
        id = newId;
        return this;
    }

    public PlanBuilder url(String newUrl) {
        url = newUrl;
        return this;
    }

    public PlanBuilder secretIds(String... ids) {
        secretIds = List.of(ids);
        return this;
    }

    public PlanBuilder timeoutSeconds(int seconds) {
        timeoutSeconds = seconds;
        return this;
    }

    public PlanBuilder tries(int most) {
        tries = most;
        return this;
    }

    public PlanBuilder signed() {
        sign = true;
        return this;
    }

    public PlanBuilder lock(String value) {
        lock = value;
        return this;
    }

    public PlanBuilder deadline(Instant newDeadline) {
        deadline = newDeadline;
        return this;
    }

    public PlanBuilder allowFrom(String... ranges) {
        allowFrom = List.of(ranges);
        return this;
    }

    public PlanBuilder onFail(OnFail choice) {
        onFail = choice;
        return this;
    }

    public PlanBuilder onDeliveryError(OnDeliveryError choice) {
        onDeliveryError = choice;
        return this;
    }

    public PlanBuilder heartbeatSeconds(Long seconds) {
        heartbeatSeconds = seconds;
        return this;
    }

    public PlanBuilder onLockTimeout(OnLockTimeout choice) {
        onLockTimeout = choice;
        return this;
    }

    public PlanBuilder format(String name) {
        format = name;
        return this;
    }

    public PlannedDelivery build() {
        return new PlannedDelivery(
                id,
                webhook,
                url,
                secretIds,
                timeoutSeconds,
                tries,
                sign,
                lock,
                deadline,
                allowFrom,
                onFail,
                onDeliveryError,
                heartbeatSeconds,
                onLockTimeout,
                format,
                null,
                null);
    }
}

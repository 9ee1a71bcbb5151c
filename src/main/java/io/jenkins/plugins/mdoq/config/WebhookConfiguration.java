package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Describable;
import io.jenkins.plugins.mdoq.delivery.PayloadFormats;
import io.jenkins.plugins.mdoq.hook.JobPatterns;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A webhook as an administrator writes it down. Anything can be written here; what is wrong with it {@link #problem} says, when
 * it is {@linkplain MdoqGlobalConfiguration#setWebhooks set} and again when it is used.
 */
public final class WebhookConfiguration implements Describable<WebhookConfiguration> {

    private final String name;
    private final String url;
    private String urlCredentialsId;
    private SecretReference[] secrets = {};
    private Integer timeoutSeconds = Webhook.DEFAULT_TIMEOUT_SECONDS;
    private Integer tries = Webhook.DEFAULT_TRIES;
    /** Whether it signs, as it was written; null: no. */
    private String sign;

    private String[] allowFrom = {};
    private EventConfiguration[] events = {};

    /** Null in configurations that were saved before there was this. */
    private String[] jobs = {};

    /** Null for the protocol's own, as in configurations that were saved before there was another. */
    private String format;

    /**
     * @param name its name, unique
     * @param url where requests go; null or empty if a {@linkplain #setUrlCredentialsId credential} holds that
     */
    @DataBoundConstructor
    public WebhookConfiguration(@CheckForNull String name, @CheckForNull String url) {
        this.name = name == null ? "" : name.strip();
        this.url = url == null ? "" : url.strip();
    }

    /** Its name, part of its locks' values. */
    @NonNull
    public String getName() {
        return name == null ? "" : name;
    }

    /** Where requests go; empty if a {@linkplain #getUrlCredentialsId credential} holds that. */
    @NonNull
    public String getUrl() {
        return url == null ? "" : url;
    }

    /** The credential that holds the URL, for one that is a secret itself; empty if the URL is written down here. */
    @NonNull
    public String getUrlCredentialsId() {
        return urlCredentialsId == null ? "" : urlCredentialsId;
    }

    @DataBoundSetter
    public void setUrlCredentialsId(@CheckForNull String urlCredentialsId) {
        this.urlCredentialsId =
                urlCredentialsId == null || urlCredentialsId.isBlank() ? null : urlCredentialsId.strip();
    }

    /** The credentials that hold its secrets: the first is sent, each is accepted (protocol: "secret"). */
    @NonNull
    public List<SecretReference> getSecrets() {
        return Rows.of(secrets);
    }

    @DataBoundSetter
    public void setSecrets(@CheckForNull List<SecretReference> secrets) {
        this.secrets = Rows.given(secrets).toArray(SecretReference[]::new);
    }

    /** Seconds for one request (protocol: "timeout"); null only if what was typed or saved is no whole number. */
    @CheckForNull
    public Integer getTimeoutSeconds() {
        return timeoutSeconds;
    }

    @DataBoundSetter
    public void setTimeoutSeconds(@CheckForNull Integer timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    /** How often a delivery is tried at the most (protocol: "retries"); null only if what was typed or saved is no whole number. */
    @CheckForNull
    public Integer getTries() {
        return tries;
    }

    @DataBoundSetter
    public void setTries(@CheckForNull Integer tries) {
        this.tries = tries;
    }

    /** Whether requests are signed (protocol: "signing"). */
    public boolean isSign() {
        return TrueOrFalse.isTrue(sign);
    }

    /** What is wrong with the text that says whether it signs, one line; null if nothing is. */
    @CheckForNull
    String problemOfSign() {
        return TrueOrFalse.problem("sign", sign);
    }

    /** @param sign {@code true} or {@code false}; null: false */
    @DataBoundSetter
    public void setSign(@CheckForNull String sign) {
        this.sign = sign;
    }

    /** Address ranges that may use its locks; empty: any (protocol: "security"). */
    @NonNull
    public List<String> getAllowFrom() {
        return Rows.of(allowFrom);
    }

    /**
     * Takes address ranges.
     *
     * @param allowFrom each text may hold several, separated by white space or commas; one that is blank is no range, and never
     *     means any address
     */
    @DataBoundSetter
    public void setAllowFrom(@CheckForNull List<String> allowFrom) {
        this.allowFrom = AddressRanges.splitAndKeepBlank(allowFrom).toArray(String[]::new);
    }

    /** The address ranges as the form shows them. */
    @NonNull
    public String getAllowFromText() {
        return AddressRanges.text(getAllowFrom());
    }

    /** The events that it listens to. */
    @NonNull
    public List<EventConfiguration> getEvents() {
        return Rows.of(events);
    }

    @DataBoundSetter
    public void setEvents(@CheckForNull List<EventConfiguration> events) {
        this.events = Rows.given(events).toArray(EventConfiguration[]::new);
    }

    /** Patterns of the full names of the jobs whose releases it hears of; empty: all (protocol: "which releases"). */
    @NonNull
    public List<String> getJobs() {
        return Rows.of(jobs);
    }

    /**
     * Takes patterns of jobs.
     *
     * @param jobs each text may hold several, a line each; one that is blank is no pattern, and never means all jobs
     */
    @DataBoundSetter
    public void setJobs(@CheckForNull List<String> jobs) {
        this.jobs = JobRows.split(jobs).toArray(String[]::new);
    }

    /** The patterns of jobs as the form shows them. */
    @NonNull
    public String getJobsText() {
        return String.join("\n", getJobs());
    }

    /** The name of its format, {@value PayloadFormats#MDOQ} for the protocol itself (protocol: "chat"). */
    @NonNull
    public String getFormat() {
        return format == null ? PayloadFormats.MDOQ : format;
    }

    /** @param format a name in upper or lower case; null and blank: the protocol itself */
    @DataBoundSetter
    public void setFormat(@CheckForNull String format) {
        this.format = PayloadFormats.kept(format == null ? null : format.strip());
    }

    /** Ids of the credentials that hold its secrets, the one that is sent first. */
    @NonNull
    List<String> secretIds() {
        return getSecrets().stream()
                .map(SecretReference::getCredentialsId)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }

    /** What is wrong with it, one line that says where it is and what to write instead; null if nothing is. */
    @CheckForNull
    String problem() {
        return WebhookProblems.of(this);
    }

    /** Whether a value that it needs is blank, as when it was to come from a variable that is not set. */
    boolean lacksValue() {
        return getName().isBlank()
                || getUrl().isBlank() && getUrlCredentialsId().isBlank()
                || TrueOrFalse.isBlank(sign)
                || getAllowFrom().contains(AddressRanges.NOT_SET)
                || getJobs().contains(AddressRanges.NOT_SET)
                || getSecrets().stream()
                        .anyMatch(secret -> secret.getCredentialsId().isBlank())
                || getEvents().stream().anyMatch(EventConfiguration::lacksValue)
                // Arrives as null for whatever is no whole number.
                || timeoutSeconds == null
                || tries == null;
    }

    /** Whether rows of what was saved could not be read. */
    boolean lacksRows() {
        return Rows.unreadable(secrets)
                || Rows.unreadable(allowFrom)
                || Rows.unreadable(events)
                // Files of versions that had no jobs are without them.
                || jobs != null && Rows.unreadable(jobs);
    }

    /** Where requests go now, or why that is not known. Only for a webhook that has no {@link #problem}. */
    @NonNull
    WebhookUrl webhookUrl() {
        return getUrlCredentialsId().isEmpty()
                ? WebhookUrl.of(URI.create(getUrl()))
                : WebhookUrls.of(getUrlCredentialsId());
    }

    /**
     * What the engine works with. Only for a webhook that has no {@link #problem}.
     */
    @NonNull
    Webhook webhook() {
        return new Webhook(
                getName(),
                webhookUrl(),
                secretIds(),
                Duration.ofSeconds(timeoutSeconds),
                tries,
                isSign(),
                getAllowFrom(),
                getEvents().stream().map(EventConfiguration::settings).toList(),
                PayloadFormats.kept(format),
                new JobPatterns(getJobs()));
    }

    /** What the endpoint may not hear of, a sentence each; empty if the configuration is not valid. For the form. */
    @NonNull
    public List<String> getHints() {
        return WebhookProblems.of(this) == null ? webhook().hints() : List.of();
    }
}

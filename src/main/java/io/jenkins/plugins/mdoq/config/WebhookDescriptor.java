package io.jenkins.plugins.mdoq.config;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mdoq.delivery.PayloadFormats;
import io.jenkins.plugins.mdoq.hook.Webhook;
import java.net.URI;
import java.util.List;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Describes the row of the form for a webhook: its choices and checks. */
@Extension
public final class WebhookDescriptor extends Descriptor<WebhookConfiguration> {

    /** Called by Jenkins. */
    public WebhookDescriptor() {
        super(WebhookConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.WebhookConfiguration_DisplayName();
    }

    /**
     * Checks the name.
     *
     * @param value what was typed
     * @param savedName the name under which this row was saved; empty for a new one
     */
    @POST
    public FormValidation doCheckName(@QueryParameter String value, @QueryParameter String savedName) {
        Checks.onlyAdministrators();
        String name = value.strip();
        boolean taken = !name.equals(savedName)
                && MdoqGlobalConfiguration.get().getWebhooks().stream()
                        .anyMatch(other -> other.getName().equals(name));
        return taken
                ? FormValidation.error(Messages.WebhookConfiguration_nameTaken())
                : Checks.show(Webhook.nameError(name));
    }

    /**
     * Checks the URL.
     *
     * @param value what was typed
     * @param urlCredentialsId the credential that was chosen instead
     */
    @POST
    public FormValidation doCheckUrl(@QueryParameter String value, @QueryParameter String urlCredentialsId) {
        Checks.onlyAdministrators();
        String url = value == null ? "" : value.strip();
        if (urlCredentialsId != null && !urlCredentialsId.isBlank()) {
            return url.isEmpty() ? FormValidation.ok() : FormValidation.error(Messages.WebhookConfiguration_clearUrl());
        }
        String problem = Webhook.urlError(url);
        return problem == null ? overHttp(URI.create(url)) : Checks.show(problem);
    }

    private static FormValidation overHttp(URI url) {
        return "http".equalsIgnoreCase(url.getScheme())
                ? FormValidation.warning(Messages.WebhookConfiguration_overHttp())
                : FormValidation.ok();
    }

    /** The credentials to choose from; the chosen one alone for those who may not change the configuration. */
    @POST
    public ListBoxModel doFillUrlCredentialsIdItems(@QueryParameter String urlCredentialsId) {
        return SecretReference.items(urlCredentialsId);
    }

    /** Checks that the credential is there and holds a URL. */
    @POST
    public FormValidation doCheckUrlCredentialsId(@QueryParameter String value) {
        Checks.onlyAdministrators();
        if (value == null || value.isBlank()) {
            return FormValidation.ok();
        }
        String problem = WebhookUrls.validationError(value);
        URI url = WebhookUrls.of(value).url();
        return problem == null && url != null ? overHttp(url) : Checks.show(problem);
    }

    /** The formats to choose from. */
    @POST
    public ListBoxModel doFillFormatItems() {
        Checks.onlyAdministrators();
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.WebhookConfiguration_protocol(), PayloadFormats.MDOQ);
        WebhookFormat.formats().all().forEach(each -> items.add(each.displayName(), each.name()));
        return items;
    }

    /** Checks that the option exists in the format that was chosen. */
    @POST
    public FormValidation doCheckSign(@QueryParameter boolean value, @QueryParameter String format) {
        Checks.onlyAdministrators();
        return Checks.show(PayloadFormats.optionError(PayloadFormats.kept(format), "sign", value));
    }

    /** Checks the seconds for one request. */
    @POST
    public FormValidation doCheckTimeoutSeconds(@QueryParameter String value) {
        Checks.onlyAdministrators();
        return Checks.number(value, 1, Webhook.MAX_TIMEOUT_SECONDS);
    }

    /** Checks the number of tries. */
    @POST
    public FormValidation doCheckTries(@QueryParameter String value) {
        Checks.onlyAdministrators();
        return Checks.number(value, 1, Webhook.MAX_TRIES);
    }

    /** Checks the patterns of jobs, and notes those that match none of this controller. */
    @POST
    public FormValidation doCheckJobs(@QueryParameter String value) {
        Checks.onlyAdministrators();
        List<String> patterns = JobRows.split(List.of(value));
        String problem = value.isBlank() ? null : JobRows.validationError(patterns);
        String note = problem == null && !value.isBlank() ? JobRows.unmatched(patterns) : null;
        return note == null ? Checks.show(problem) : FormValidation.warning(Checks.sentence(note));
    }

    /** Checks the address ranges. */
    @POST
    public FormValidation doCheckAllowFrom(@QueryParameter String value) {
        Checks.onlyAdministrators();
        return Checks.show(AddressRanges.validationError(AddressRanges.split(List.of(value))));
    }
}

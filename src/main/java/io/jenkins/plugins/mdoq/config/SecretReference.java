package io.jenkins.plugins.mdoq.config;

import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.RelativePath;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mdoq.delivery.PayloadFormats;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Names the <em>Secret text</em> credential that holds a secret of a webhook; never holds the secret. */
public final class SecretReference implements Describable<SecretReference> {

    private final String credentialsId;

    /** @param credentialsId the credential's id; null and blank stay, to be refused where it is known for which webhook */
    @DataBoundConstructor
    public SecretReference(@CheckForNull String credentialsId) {
        this.credentialsId = credentialsId == null ? "" : credentialsId.strip();
    }

    /** The credential's id. */
    @NonNull
    public String getCredentialsId() {
        return credentialsId == null ? "" : credentialsId;
    }

    /** What is wrong with it, one line; null if nothing is. That the credential is missing is not: it may come later. */
    @CheckForNull
    String problem() {
        return getCredentialsId().isBlank() ? Messages.SecretReference_noCredential() : null;
    }

    /** The credentials to choose from; the chosen one alone for those who may not change the configuration. */
    @NonNull
    static ListBoxModel items(@CheckForNull String chosen) {
        StandardListBoxModel items = new StandardListBoxModel();
        String current = chosen == null ? "" : chosen;
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return items.includeCurrentValue(current);
        }
        return items.includeEmptyValue()
                .includeAs(ACL.SYSTEM2, Jenkins.get(), StringCredentials.class)
                .includeCurrentValue(current);
    }

    /** Describes the row of the form. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<SecretReference> {

        @Override
        public String getDisplayName() {
            return Messages.SecretReference_DisplayName();
        }

        /** The credentials to choose from; the chosen one alone for those who may not change the configuration. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return items(credentialsId);
        }

        /**
         * Checks that the credential is there and holds what can travel as a secret.
         *
         * @param format the format that was chosen for the webhook
         */
        @POST
        public FormValidation doCheckCredentialsId(
                @QueryParameter String value, @RelativePath("..") @QueryParameter String format) {
            Checks.onlyAdministrators();
            if (PayloadFormats.kept(format) != null) {
                return FormValidation.ok(Messages.SecretReference_notNeeded());
            }
            if (value == null || value.isBlank()) {
                return FormValidation.error(Messages.SecretReference_chooseOne());
            }
            String problem = WebhookSecrets.validationError(value);
            String warning = problem == null ? WebhookSecrets.warning(value) : null;
            return warning == null ? Checks.show(problem) : FormValidation.warning(Checks.sentence(warning));
        }
    }
}

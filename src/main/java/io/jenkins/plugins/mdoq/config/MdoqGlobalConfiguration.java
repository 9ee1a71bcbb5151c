package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.util.FormValidation;
import hudson.util.XStream2;
import io.jenkins.plugins.mdoq.hook.Webhook;
import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The webhooks of this controller: a section of Manage Jenkins, System, and {@code unclassified: mdoqReleaseHook:} in
 * configuration as code. Safe for any thread.
 *
 * <p>What is invalid is refused when it is set. A file that was changed by hand can still bring it: then it stays in the form,
 * to be corrected there, and {@link #engineWebhooks} refuses to work until it is, for a gate that could not be asked must not
 * pass.
 */
@Extension
@Symbol("mdoqReleaseHook")
public final class MdoqGlobalConfiguration extends GlobalConfiguration {

    private static final Logger LOGGER = Logger.getLogger(MdoqGlobalConfiguration.class.getName());

    private static final XStream2 XSTREAM = xstream();

    /** Null if what was saved could not be read; see {@link Rows}. Never changed in place. */
    private volatile WebhookConfiguration[] webhooks = {};

    /** Null if what was saved could not be read. Never changed in place. */
    private volatile String[] trustedProxies = {};

    /** Called by Jenkins alone; everybody else asks {@link #get}. */
    public MdoqGlobalConfiguration() {
        load();
    }

    /** The configuration of this controller. */
    @NonNull
    public static MdoqGlobalConfiguration get() {
        return ExtensionList.lookupSingleton(MdoqGlobalConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.MdoqGlobalConfiguration_DisplayName();
    }

    /** The webhooks as they were written down, invalid ones from a changed file included. */
    @NonNull
    public List<WebhookConfiguration> getWebhooks() {
        return Rows.of(webhooks);
    }

    /**
     * Sets all webhooks, and saves. A value that is blank is not refused, since it may have been meant to come from a variable
     * that is not set when Jenkins starts: no event can be fired until it is there.
     *
     * @throws IllegalArgumentException if one of them is invalid, in one line that says which one, what is wrong and what
     *     to write instead; nothing has changed then
     */
    public void setWebhooks(@CheckForNull List<WebhookConfiguration> webhooks) {
        List<WebhookConfiguration> rows = Rows.given(webhooks);
        String problem = WebhookProblems.of(rows);
        List<WebhookConfiguration> whole =
                rows.stream().filter(row -> !row.lacksValue()).toList();
        refuse(WebhookProblems.of(whole));
        if (problem != null) {
            // A variable that is not set must not keep Jenkins from starting; it keeps releases from passing.
            LOGGER.warning(() -> Messages.MdoqGlobalConfiguration_invalid(problem));
        }
        this.webhooks = rows.toArray(WebhookConfiguration[]::new);
        save();
        UnmatchedJobs.noteIfStarted();
    }

    /** Address ranges of the proxies whose word about a caller's address ({@code X-Forwarded-For}) is believed. */
    @NonNull
    public List<String> getTrustedProxies() {
        return Rows.of(trustedProxies);
    }

    /**
     * Sets the trusted proxies, and saves.
     *
     * @param trustedProxies address ranges; each text may hold several, separated by white space or commas
     * @throws IllegalArgumentException if one of them is no address range; nothing has changed then
     */
    public void setTrustedProxies(@CheckForNull List<String> trustedProxies) {
        List<String> ranges = AddressRanges.split(trustedProxies);
        refuse(problemOfProxies(ranges));
        this.trustedProxies = ranges.toArray(String[]::new);
        save();
    }

    /** The trusted proxies as the form shows them. */
    @NonNull
    public String getTrustedProxiesText() {
        return AddressRanges.text(getTrustedProxies());
    }

    /**
     * The webhooks, fit for use.
     *
     * @throws IllegalStateException if they could not be read when Jenkins started, or if one of them is invalid; with one
     *     line for the build log
     */
    @NonNull
    public List<Webhook> engineWebhooks() {
        WebhookConfiguration[] now = webhooks;
        String problem = problemOfSaved(now);
        if (problem != null) {
            throw new IllegalStateException(problem);
        }
        return Rows.of(now).stream().map(WebhookConfiguration::webhook).toList();
    }

    /** What is wrong with what was saved, one line; null if nothing is. Shown by the form. */
    @CheckForNull
    public String getProblem() {
        return problemOfSaved(webhooks);
    }

    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try {
            // A list whose last row was removed is not in the form at all.
            withoutEmptyLists(json.opt("webhooks"));
            List<WebhookConfiguration> rows = req.bindJSONToList(WebhookConfiguration.class, json.opt("webhooks"));
            List<String> proxies = AddressRanges.split(List.of(json.optString("trustedProxies")));
            // Whoever changes something else on the page must not wipe out webhooks that it could not show.
            boolean untouched = webhooks == null && rows.isEmpty();
            String problem = untouched ? null : WebhookProblems.of(rows);
            // Nor is the save of something else refused for what was wrong before: events fail until it is corrected.
            if (problem != null && !problem.equals(WebhookProblems.of(getWebhooks()))) {
                throw new IllegalArgumentException(problem);
            }
            refuse(problemOfProxies(proxies));
            if (!untouched) {
                webhooks = rows.toArray(WebhookConfiguration[]::new);
            }
            trustedProxies = proxies.toArray(String[]::new);
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "webhooks");
        }
        save();
        return true;
    }

    /** In the form an empty text is an empty list, whereas elsewhere it is a range that is blank. */
    private static void withoutEmptyLists(@CheckForNull Object webhooks) {
        if (webhooks instanceof Collection<?> rows) {
            rows.forEach(MdoqGlobalConfiguration::withoutEmptyLists);
        } else if (webhooks instanceof Map<?, ?> row) {
            for (String field : List.of("allowFrom", "jobs")) {
                if (row.get(field) instanceof String text && text.isBlank()) {
                    row.remove(field);
                }
            }
        }
    }

    /** Saves, unless the webhooks could not be read: what is in the file could then still be repaired. */
    @Override
    public synchronized void save() {
        if (webhooks == null) {
            LOGGER.warning(() -> "Not saved: " + getProblem());
        } else {
            super.save();
        }
    }

    @Override
    protected XmlFile getConfigFile() {
        return new XmlFile(XSTREAM, new File(Jenkins.get().getRootDir(), getId() + ".xml"));
    }

    /** Reads rows whole or, with everything around them, not at all; see {@link Rows}. */
    private static XStream2 xstream() {
        XStream2 xstream = new XStream2();
        xstream.addCriticalField(MdoqGlobalConfiguration.class, "webhooks");
        xstream.addCriticalField(MdoqGlobalConfiguration.class, "trustedProxies");
        xstream.addCriticalField(WebhookConfiguration.class, "secrets");
        xstream.addCriticalField(WebhookConfiguration.class, "allowFrom");
        xstream.addCriticalField(WebhookConfiguration.class, "events");
        xstream.addCriticalField(WebhookConfiguration.class, "jobs");
        return xstream;
    }

    @Override
    public synchronized void load() {
        if (!getConfigFile().exists()) {
            return;
        }
        webhooks = null;
        trustedProxies = null;
        super.load();
        if (Rows.unreadable(webhooks)) {
            webhooks = null;
        }
        String problem = getProblem();
        if (problem != null) {
            LOGGER.warning(() -> getConfigFile() + ": " + problem);
        }
        // A proxy that cannot be read is not believed: that is safe, and the form is not held up by it.
        List<String> proxies = new ArrayList<>(Rows.of(trustedProxies));
        boolean ignored = proxies.removeIf(range -> AddressRanges.validationError(range) != null);
        // If nothing could be read, that was said already.
        if (webhooks != null && (ignored || Rows.unreadable(trustedProxies))) {
            LOGGER.warning(() -> "Trusted proxies that are no address ranges are ignored in " + getConfigFile());
        }
        trustedProxies = proxies.toArray(String[]::new);
    }

    /** Checks the address ranges of the trusted proxies. */
    @POST
    public FormValidation doCheckTrustedProxies(@QueryParameter String value) {
        Checks.onlyAdministrators();
        return Checks.show(AddressRanges.validationError(AddressRanges.split(List.of(value))));
    }

    private String problemOfSaved(WebhookConfiguration[] saved) {
        if (saved == null) {
            return Messages.MdoqGlobalConfiguration_unreadable();
        }
        String problem = WebhookProblems.of(Rows.of(saved));
        return problem == null ? null : Messages.MdoqGlobalConfiguration_invalid(problem);
    }

    private static String problemOfProxies(List<String> ranges) {
        String problem = AddressRanges.validationError(ranges);
        return problem == null ? null : Messages.MdoqGlobalConfiguration_invalidProxies(problem);
    }

    private static void refuse(@CheckForNull String problem) {
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }
}

package io.jenkins.plugins.mdoq.web;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that can be asked of the plugin over HTTP, and who may. {@code WebMethodsTest} finds what there is and demands that it
 * stands here; {@code PermissionMatrixInJenkinsTest} asks for each as each user.
 */
final class WebMethods {

    /** Who may. */
    enum Who {
        /** Anybody, as no permission decides: a webhook's secret does, or it is no place of its own. */
        ANYBODY,
        /** Whoever may see Jenkins: nothing is revealed. */
        READS_JENKINS,
        /** Whoever may read the build. */
        READS_BUILD,
        /** Whoever has MDOQ webhooks/ReleaseLock for the build. */
        RELEASES_LOCK,
        /** Whoever has Overall/Manage or Overall/SystemRead. */
        MANAGES,
        /** Administrators alone. */
        ADMINISTERS
    }

    /** How it is asked for. */
    enum How {
        /** A page: by GET. */
        PAGE,
        /** By POST, with a crumb, and by nothing else. */
        POST,
        /** By POST or GET: it changes nothing and reveals nothing. */
        EITHER,
        /** A part of a page or of a form, whose place it shares. */
        PART,
        /** A command of jenkins-cli. */
        COMMAND,
        /** A filter of requests: what it lets through has a test of its own. */
        FILTER
    }

    /**
     * One thing that can be asked for.
     *
     * @param name class and method, or class and view
     * @param path below the URL of Jenkins, {@code BUILD/} or {@code JOB/} in front for one of a build or its job; of a command its
     *     name; empty for a part or a filter
     * @param fields the fields of a form, names and values in turn, or the arguments of a command; {@code DELIVERY} stands for
     *     the delivery of the build, {@code JOB} for its job
     */
    record Entry(String name, Who who, How how, String path, List<String> fields) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String DESCRIPTORS = "descriptorByName/io.jenkins.plugins.mdoq.";

    /** Each of them. */
    static final List<Entry> ALL = List.of(
            // The lock API.
            entry("web.LockApiRootAction.doLock", Who.ANYBODY, How.FILTER, ""),
            entry("web.LockApiCrumbExclusion.process", Who.ANYBODY, How.FILTER, ""),
            entry("web.LockApiWhileLoading.handle", Who.ANYBODY, How.FILTER, ""),
            // The webhook history of a build.
            entry("web.WebhookHistoryAction/index", Who.READS_BUILD, How.PAGE, "BUILD/mdoq/"),
            entry("web.WebhookHistoryAction/live", Who.READS_BUILD, How.PAGE, "BUILD/mdoq/live"),
            entry("web.WebhookHistoryAction/brief", Who.READS_BUILD, How.PAGE, "BUILD/mdoq/brief"),
            entry("web.WebhookHistoryAction/summary", Who.READS_BUILD, How.PAGE, "BUILD/"),
            entry("web.HistoryBadge/badge", Who.READS_BUILD, How.PAGE, "JOB/"),
            entry("web.WebhookHistoryAction.doApi", Who.READS_BUILD, How.PAGE, "BUILD/mdoq/api/json"),
            part("web.WebhookHistoryAction/again", Who.RELEASES_LOCK),
            part("web.WebhookHistoryAction/entry", Who.READS_BUILD),
            part("web.WebhookHistoryAction/extend", Who.RELEASES_LOCK),
            part("web.WebhookHistoryAction/lock", Who.READS_BUILD),
            part("web.WebhookHistoryAction/release", Who.RELEASES_LOCK),
            part("web.WebhookHistoryAction/time", Who.READS_BUILD),
            part("web.WebhookHistoryAction/timeline", Who.READS_BUILD),
            entry(
                    "web.WebhookHistoryAction.doRelease",
                    Who.RELEASES_LOCK,
                    How.POST,
                    "BUILD/mdoq/release",
                    "delivery",
                    "DELIVERY",
                    "outcome",
                    "unheard of"),
            entry(
                    "web.WebhookHistoryAction.doExtend",
                    Who.RELEASES_LOCK,
                    How.POST,
                    "BUILD/mdoq/extend",
                    "delivery",
                    "DELIVERY",
                    "minutes",
                    "-1"),
            entry(
                    "web.WebhookHistoryAction.doAgain",
                    Who.RELEASES_LOCK,
                    How.POST,
                    "BUILD/mdoq/again",
                    "delivery",
                    "DELIVERY"),
            entry(
                    "web.ReleaseCommand",
                    Who.RELEASES_LOCK,
                    How.COMMAND,
                    "mdoq-release",
                    "JOB",
                    "1",
                    "--delivery",
                    "DELIVERY",
                    "--result",
                    "fail"),
            // What waits: of each build what the caller may read.
            entry("web.WaitingAction.doApi", Who.READS_JENKINS, How.PAGE, "mdoq-waiting/api/json"),
            entry("web.WaitingCommand", Who.READS_JENKINS, How.COMMAND, "mdoq-waiting"),
            // Manage Jenkins.
            entry("web.WebhooksLink.getTarget", Who.MANAGES, How.PAGE, "manage/mdoq-webhooks/"),
            entry("web.WebhooksLink/index", Who.MANAGES, How.PAGE, "manage/mdoq-webhooks/"),
            entry("web.WebhooksLink/live", Who.MANAGES, How.PAGE, "manage/mdoq-webhooks/live"),
            part("web.WebhooksLink/actions", Who.MANAGES),
            part("web.WebhooksLink/deliveries", Who.MANAGES),
            part("web.WebhooksLink/filter", Who.MANAGES),
            part("web.WebhooksLink/parts", Who.MANAGES),
            part("web.WebhooksLink/time", Who.MANAGES),
            part("web.WebhooksLink/waiting", Who.MANAGES),
            part("web.WebhooksLink/webhook", Who.MANAGES),
            part("web.WebhooksLink/webhooks", Who.MANAGES),
            part("controller.ReleaseMonitor/message", Who.ADMINISTERS),
            entry("web.WebhookTrials.doSend", Who.ADMINISTERS, How.POST, "mdoq-test-event/send", "webhook", "nobody"),
            // The configuration form.
            part("config.EventConfiguration/config", Who.ADMINISTERS),
            part("config.MdoqGlobalConfiguration/config", Who.ADMINISTERS),
            part("config.SecretReference/config", Who.ADMINISTERS),
            part("config.WebhookConfiguration/config", Who.ADMINISTERS),
            checkOf("config.MdoqGlobalConfiguration", "config.MdoqGlobalConfiguration", "TrustedProxies"),
            check("config.WebhookConfiguration", "Name", "savedName", ""),
            check("config.WebhookConfiguration", "Url", "urlCredentialsId", ""),
            check("config.WebhookConfiguration", "UrlCredentialsId"),
            check("config.WebhookConfiguration", "Sign", "format", ""),
            check("config.WebhookConfiguration", "TimeoutSeconds"),
            check("config.WebhookConfiguration", "Tries"),
            check("config.WebhookConfiguration", "Jobs"),
            check("config.WebhookConfiguration", "AllowFrom"),
            check("config.EventConfiguration", "Event"),
            check("config.EventConfiguration", "Blocking", "event", ""),
            check("config.EventConfiguration", "LockTimeout"),
            check("config.EventConfiguration", "Heartbeat"),
            check("config.SecretReference", "CredentialsId"),
            fill("config.WebhookConfiguration", "Format", Who.ADMINISTERS, How.POST),
            // Those who may not configure get back what they sent, and nothing else: PermissionsInJenkinsTest.
            fill("config.WebhookConfiguration", "UrlCredentialsId", Who.READS_JENKINS, How.POST),
            fill("config.SecretReference", "CredentialsId", Who.READS_JENKINS, How.POST),
            fill("config.EventConfiguration", "Event", Who.ADMINISTERS, How.POST),
            fill("config.EventConfiguration", "OnLockTimeout", Who.ADMINISTERS, How.POST),
            fill("config.EventConfiguration", "OnFail", Who.ADMINISTERS, How.POST),
            fill("config.EventConfiguration", "OnDeliveryError", Who.ADMINISTERS, How.POST),
            // The Pipeline snippets, whose choices are the same for everybody.
            part("pipeline.ReleaseHookStep/config", Who.READS_JENKINS),
            part("pipeline.RollbackStep/config", Who.READS_JENKINS),
            fill("pipeline.ReleaseHookStep", "FailIfNoWebhook", Who.READS_JENKINS, How.EITHER),
            fill("pipeline.ReleaseHookStep", "Event", Who.READS_JENKINS, How.EITHER),
            fill("pipeline.ReleaseHookStep", "StopResult", Who.READS_JENKINS, How.EITHER),
            entry(
                    "pipeline.ReleaseHookStep$DescriptorImpl.doCheckEvent",
                    Who.READS_JENKINS,
                    How.POST,
                    DESCRIPTORS + "pipeline.ReleaseHookStep/checkEvent",
                    "value",
                    ""));

    private WebMethods() {}

    private static Entry entry(String name, Who who, How how, String path, String... fields) {
        return new Entry(name, who, how, path, List.of(fields));
    }

    private static Entry part(String name, Who who) {
        return entry(name, who, How.PART, "");
    }

    private static Entry check(String type, String field, String... more) {
        return checkOf(type, descriptorOf(type), field, more);
    }

    private static String descriptorOf(String type) {
        return switch (type) {
            case "config.WebhookConfiguration" -> "config.WebhookDescriptor";
            case "config.EventConfiguration" -> "config.EventDescriptor";
            default -> type + "$DescriptorImpl";
        };
    }

    private static Entry checkOf(String type, String declaredBy, String field, String... more) {
        return new Entry(
                declaredBy + ".doCheck" + field,
                Who.ADMINISTERS,
                How.POST,
                DESCRIPTORS + type + "/check" + field,
                Stream.concat(Stream.of("value", ""), Stream.of(more)).toList());
    }

    private static Entry fill(String type, String field, Who who, How how) {
        return entry(
                descriptorOf(type) + ".doFill" + field + "Items",
                who,
                how,
                DESCRIPTORS + type + "/fill" + field + "Items");
    }
}

package io.jenkins.plugins.mdoq.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.delivery.PayloadFormats;
import io.jenkins.plugins.mdoq.hook.EventSettings;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the events that a webhook of the configuration file listens to, with their settings. */
final class EventReader {

    private static final List<String> EVENT =
            List.of("event", "blocking", "lockTimeout", "heartbeat", "onLockTimeout", "onFail", "onDeliveryError");

    /** Read as well, but not suggested: how the lock timeout was written before it had units. */
    private static final String MINUTES = "lockTimeoutMinutes";

    private EventReader() {}

    /**
     * Reads the events of a webhook, one or more.
     *
     * @param file the name of the configuration file, for complaints
     * @param format the webhook's format, or null for the protocol's own
     * @throws ConfigurationException if anything in them is wrong
     */
    static List<EventSettings> events(String file, YamlMap webhook, @CheckForNull String format) {
        List<EventSettings> events = new ArrayList<>();
        for (Node item : webhook.list("events")) {
            YamlMap map = new YamlMap(file, item, "an event", EVENT, MINUTES);
            EventSettings settings = event(map);
            map.refuse("blocking", PayloadFormats.optionError(format, "blocking", settings.blocking()));
            if (events.stream()
                    .anyMatch(other -> other.event().is(settings.event().name()))) {
                throw map.error(
                        "event", "the webhook listens to " + settings.event().name() + " twice; keep one of them");
            }
            events.add(settings);
        }
        if (events.isEmpty()) {
            throw webhook.error(
                    "events",
                    "the webhook listens to no event; list at least one, such as"
                            + " - event: before_release, under events:");
        }
        return events;
    }

    private static EventSettings event(YamlMap map) {
        String name = map.text("event");
        if (name == null) {
            throw map.error(
                    "event",
                    "the event has no name; write event: before_release,"
                            + " event: before_release_complete or a name of your own");
        }
        ReleaseEvent event;
        try {
            event = ReleaseEvent.of(name);
        } catch (IllegalArgumentException e) {
            throw map.error("event", e.getMessage());
        }
        boolean blocking = map.flag("blocking");
        map.refuse("blocking", event.blockingError(blocking));
        EventSettings settings = new EventSettings(
                event,
                blocking,
                lockTimeout(map),
                map.choice("onFail", OnFail.CONTINUE),
                map.choice("onDeliveryError", OnDeliveryError.FAIL),
                map.duration("heartbeat"),
                map.choice("onLockTimeout", OnLockTimeout.FAIL));
        refuseWithoutLock(map, MINUTES, blocking || settings.lockTimeout().isZero());
        refuseWithoutLock(map, "lockTimeout", blocking || settings.lockTimeout().isZero());
        refuseWithoutLock(map, "heartbeat", blocking || settings.heartbeat().isZero());
        refuseWithoutLock(map, "onLockTimeout", blocking);
        return settings;
    }

    private static Duration lockTimeout(YamlMap map) {
        if (!map.has(MINUTES)) {
            return map.duration("lockTimeout");
        }
        int minutes = map.number(MINUTES, 0, 0, Webhook.MAX_LOCK_TIMEOUT_MINUTES);
        if (map.has("lockTimeout")) {
            throw map.error(MINUTES, "lockTimeout and lockTimeoutMinutes are both set; keep lockTimeout alone");
        }
        return Duration.ofMinutes(minutes);
    }

    /** A setting of a lock says nothing where there is none: whoever wrote it takes the event for one that blocks. */
    private static void refuseWithoutLock(YamlMap map, String key, boolean fits) {
        if (map.has(key) && !fits) {
            throw map.error(key, key + " is set although the event does not block; add blocking: true or leave it out");
        }
    }
}

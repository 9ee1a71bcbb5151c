package io.jenkins.plugins.mdoq.injenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is on disk of the builds of a controller, as it was at each of its kills. What was there once, later looks are held
 * against.
 */
public final class KilledBuilds {

    private final Path home;
    private final Path notes;
    private final Map<String, Fact.Answered> answers = new HashMap<>();
    private final Map<String, Integer> asked = new HashMap<>();
    private final Map<String, Fact.Released> releases = new HashMap<>();
    private final Map<String, Fact.Settled> verdicts = new HashMap<>();
    private final Map<String, List<String>> undone = new HashMap<>();
    private final Map<String, Integer> states = new TreeMap<>();

    /**
     * The builds of a controller.
     *
     * @param home the controller's home
     * @param notes where the Pipelines note what they do, a file for each build
     */
    public KilledBuilds(Path home, Path notes) {
        this.home = home;
        this.notes = notes;
    }

    /** The journals of all builds, by build such as {@code job#1}. */
    public Map<String, Journal> journals() throws IOException {
        Map<String, Journal> journals = new TreeMap<>();
        try (Stream<Path> jobs = Files.list(home.resolve("jobs"))) {
            for (Path job : (Iterable<Path>) jobs::iterator) {
                Path builds = job.resolve("builds");
                if (Files.isDirectory(builds)) {
                    try (Stream<Path> numbers = Files.list(builds)) {
                        numbers.map(number -> number.getFileName().toString())
                                .filter(number -> number.matches("[0-9]+"))
                                .forEach(number -> journals.put(
                                        job.getFileName() + "#" + number,
                                        BuildHistory.of(builds, Long.parseLong(number))));
                    }
                }
            }
        }
        return journals;
    }

    /** What a build's Pipeline noted, a line each. */
    public List<String> notes(String build) throws IOException {
        Path file = notes.resolve(build);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /**
     * Looks at the disk of a controller that was just killed, or at the end.
     *
     * @param endpoint what was asked of it, and what it released, until now
     */
    public void look(PlannedEndpoint endpoint) throws IOException {
        // First what was accepted, so that nothing is demanded that was accepted after the look.
        Map<String, EndpointPlan> accepted = endpoint.released();
        Map<String, Integer> requests = endpoint.requests();
        for (Map.Entry<String, Journal> each : journals().entrySet()) {
            String build = each.getKey();
            History history = each.getValue().read();
            assertThat(history.damage())
                    .as("%s: what cannot be read", build)
                    .allMatch(line -> line.contains(" is torn "));
            String state = "not begun";
            for (EventHistory event : history.events()) {
                check(build, event, accepted, requests);
                if (event.settled() != null) {
                    state = "settled";
                } else if (history.notices().contains(event)) {
                    state = "telling";
                } else {
                    state = event.entries().iterator().next().state().word();
                }
            }
            state = rollback(build, history, state);
            states.merge(state, 1, Integer::sum);
        }
    }

    private void check(
            String build, EventHistory event, Map<String, EndpointPlan> accepted, Map<String, Integer> requests) {
        String name = build + " " + event.fired().event();
        Fact.Settled before = verdicts.get(name + event.key());
        assertThat(before == null || before.equals(event.settled()))
                .as("%s: the verdict stands: %s, was %s", name, event.settled(), before)
                .isTrue();
        if (event.settled() != null) {
            verdicts.put(name + event.key(), event.settled());
        }
        for (DeliveryHistory entry : event.entries()) {
            String id = entry.plan().id();
            Fact.Answered answer = answers.get(id);
            if (answer != null) {
                assertThat(entry.answer()).as("%s: the answer stands", name).isEqualTo(answer);
                assertThat(requests.get(id))
                        .as("%s: what was answered is not sent again", name)
                        .isEqualTo(asked.get(id));
            } else if (entry.answer() != null) {
                answers.put(id, entry.answer());
                asked.put(id, requests.getOrDefault(id, 0));
            }
            Fact.Released release = releases.get(id);
            if (release != null || accepted.containsKey(id)) {
                assertThat(entry.release())
                        .as("%s: a release that was answered 200 is not lost", name)
                        .isNotNull();
            }
            if (release != null) {
                assertThat(entry.release()).as("%s: the release stands", name).isEqualTo(release);
            }
            if (entry.release() != null) {
                releases.put(id, entry.release());
            }
        }
    }

    private String rollback(String build, History history, String state) throws IOException {
        List<String> before = undone.get(build);
        if (before != null) {
            assertThat(notes(build))
                    .as("%s: no rollback runs again when it is complete", build)
                    .isEqualTo(before);
        }
        if (history.started(BuildHistory.ROLLBACK) == null) {
            return state;
        }
        if (history.finished(BuildHistory.ROLLBACK) == null) {
            return "rolling back";
        }
        undone.put(build, notes(build));
        return "rolled back";
    }

    /** How many builds were found in which state, all looks together; a build counts once for each. */
    public Map<String, Integer> states() {
        return states;
    }
}

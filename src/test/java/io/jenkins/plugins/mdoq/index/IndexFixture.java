package io.jenkins.plugins.mdoq.index;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.PlanBuilder;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** The builds of a job, each with a folder of its own, and how often anybody asked for all of them. */
final class IndexFixture implements ProcessJournals {

    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    final Map<Integer, Journal> builds = new TreeMap<>();
    final Set<Long> running = new HashSet<>();
    final AtomicInteger walks = new AtomicInteger();
    private final Map<Integer, Instant> times = new HashMap<>();

    private final Path folder;

    IndexFixture(Path folder) {
        this.folder = folder;
    }

    static ProcessName name(long number) {
        return new ProcessName("team/shop", number);
    }

    @Override
    public void forEach(BiConsumer<ProcessName, Journal> each) {
        walks.incrementAndGet();
        builds.forEach((number, journal) -> each.accept(name(number), journal));
    }

    @Override
    public Journal journal(ProcessName process) {
        return builds.get((int) process.number());
    }

    @Override
    public boolean over(ProcessName process) {
        return !running.contains(process.number());
    }

    /** A build that has fired nothing. */
    Journal build(int number) {
        return builds.computeIfAbsent(number, n -> Journal.in(folder.resolve(Integer.toString(n))));
    }

    /** When an event of a build is fired: an hour after those of the build before. */
    static Instant at(int number) {
        return START.plusSeconds(3_600L * number);
    }

    /** Lets the events of a build be fired at another time. */
    void at(int number, Instant time) {
        times.put(number, time);
    }

    private Instant time(int number) {
        return times.getOrDefault(number, at(number));
    }

    private static PlannedDelivery plan(String id, String webhook) {
        return new PlanBuilder(webhook)
                .id(id)
                .url("https://hooks.example.com/mdoq")
                .build();
    }

    /** Fires an event at one webhook that has not answered yet; the delivery's id. */
    String fire(int number, String webhook) throws IOException {
        Journal journal = build(number);
        String id = "msg_" + number + "_" + webhook;
        journal.append(List.of(
                new Fact.Fired(
                        time(number),
                        id,
                        "before_release",
                        number,
                        JsonNodeFactory.instance.objectNode(),
                        null,
                        List.of(plan(id, webhook))),
                new Fact.Attempted(time(number), id, 1)));
        stamp(number);
        return id;
    }

    /** Fires an event, which is answered and settled. */
    void done(int number, String webhook, Result result, long millis, String message) throws IOException {
        String id = fire(number, webhook);
        answer(number, id, result, millis, message);
    }

    void answer(int number, String id, Result result, long millis, String message) throws IOException {
        build(number)
                .append(List.of(
                        new Fact.Answered(
                                time(number).plusMillis(millis),
                                id,
                                1,
                                200,
                                millis,
                                result,
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("result", result.word())
                                        .put("message", message),
                                List.of()),
                        new Fact.Settled(
                                time(number).plusMillis(millis),
                                id,
                                result == Result.SUCCESS ? Outcome.SUCCESS : Outcome.FAIL,
                                Action.CONTINUE,
                                null,
                                message)));
        stamp(number);
    }

    /** Files are as old as what is in them, so that their order does not hang on how fast the test is. */
    private void stamp(int number) throws IOException {
        Files.setLastModifiedTime(build(number).file(), FileTime.from(time(number)));
    }
}

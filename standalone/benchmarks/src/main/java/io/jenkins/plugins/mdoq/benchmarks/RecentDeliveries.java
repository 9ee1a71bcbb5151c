package io.jenkins.plugins.mdoq.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.index.DeliveryIndex;
import io.jenkins.plugins.mdoq.index.DeliveryRow;
import io.jenkins.plugins.mdoq.index.Page;
import io.jenkins.plugins.mdoq.index.ProcessJournals;
import io.jenkins.plugins.mdoq.index.ProcessName;
import io.jenkins.plugins.mdoq.index.RowFilter;
import io.jenkins.plugins.mdoq.index.Sparkline;
import io.jenkins.plugins.mdoq.index.WebhookStatistics;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** What a page of the deliveries of all builds costs, beside one of a controller that has delivered nothing. */
final class RecentDeliveries implements Benchmark {

    private static final int BUILDS = 1_000;
    private static final int EVENTS_PER_BUILD = 5;
    private static final int ROWS = 50;
    private static final List<String> WEBHOOKS = List.of("release-gate", "crm");

    /** Kept by the page's counting, so that no compiler leaves it out. */
    private int seen;

    private record Builds(Map<ProcessName, Journal> journals) implements ProcessJournals {
        @Override
        public void forEach(BiConsumer<ProcessName, Journal> each) {
            journals.forEach(each);
        }

        @Override
        public Journal journal(ProcessName process) {
            return journals.get(process);
        }

        @Override
        public boolean over(ProcessName process) {
            return true;
        }
    }

    @Override
    public List<Measurement> measure(Path folder, boolean quick) throws Exception {
        Map<ProcessName, Journal> journals = new LinkedHashMap<>();
        for (int build = 1; build <= BUILDS; build++) {
            Journal journal = Journal.in(folder.resolve(Integer.toString(build)));
            journal.append(history(build));
            journals.put(new ProcessName("shop/release-" + build % 20, build), journal);
        }
        // Reads once and lets go of it: classes and what the reading needs for itself are no part of the index.
        new DeliveryIndex(new Builds(journals)).readAll();
        long heapBefore = LockWaitersAtScale.usedHeap();
        DeliveryIndex full = new DeliveryIndex(new Builds(journals));
        double first = millis(full::readAll);
        long heap = LockWaitersAtScale.usedHeap() - heapBefore;
        double again = millis(full::readAll);
        DeliveryIndex empty = new DeliveryIndex(new Builds(Map.of()));
        empty.readAll();
        int deliveries = full.rows().size();
        if (deliveries != BUILDS * EVENTS_PER_BUILD * WEBHOOKS.size()
                || !empty.rows().isEmpty()) {
            throw new IllegalStateException("not all deliveries were read: " + deliveries);
        }
        List<Measurement> rows = new ArrayList<>();
        rows.addAll(pages(full, empty, quick ? 50 : 500));
        rows.add(Measurement.figure(
                String.format(Locale.ROOT, "reading %,d histories with %,d deliveries for it", BUILDS, deliveries),
                "%.0f ms",
                first));
        rows.add(Measurement.figure("looking whether any of them has changed", "%.0f ms", again));
        rows.add(Measurement.against(
                "heap of these deliveries",
                "at most 10 MiB",
                String.format(Locale.ROOT, "%.1f MiB", heap / (1024.0 * 1024.0)),
                heap <= 10L << 20));
        return rows;
    }

    private List<Measurement> pages(DeliveryIndex full, DeliveryIndex empty, int pages) {
        double[] ofFull = new double[pages];
        double[] ofEmpty = new double[pages];
        for (int i = -pages / 10; i < pages; i++) {
            // In turn, and by turns the one or the other first: what the machine does meanwhile hits both alike.
            int number = Math.floorMod(i, pages);
            boolean fullFirst = i % 2 == 0;
            double one = millis(() -> page(fullFirst ? full : empty, number));
            double other = millis(() -> page(fullFirst ? empty : full, number));
            if (i >= 0) {
                ofFull[i] = fullFirst ? one : other;
                ofEmpty[i] = fullFirst ? other : one;
            }
        }
        Samples all = Samples.of(ofFull);
        return List.of(
                Measurement.against(
                        "a page of 10,000 deliveries of 1,000 builds, with each webhook's statistics, p99",
                        "at most 200 ms",
                        String.format(Locale.ROOT, "%.1f ms (median %.2f ms)", all.percentile(99), all.median()),
                        all.percentile(99) <= 200),
                Measurement.figure(
                        "the same where nothing was delivered, median",
                        "%.3f ms",
                        Samples.of(ofEmpty).median()));
    }

    /** What the page asks of the index: what the viewer may see, its statistics, and what is looked for. */
    private void page(DeliveryIndex index, int number) {
        index.readTouched();
        List<DeliveryRow> readable = index.rows().stream()
                .filter(row -> row.process().job().startsWith("shop/"))
                .toList();
        WebhookStatistics.of(readable)
                .values()
                .forEach(each -> seen += Sparkline.of(each.last()).bars().size());
        RowFilter filter = number % 2 == 0 ? new RowFilter(null, null, null) : new RowFilter("crm", "RELEASE", "fail");
        List<DeliveryRow> found = readable.stream().filter(filter).toList();
        seen += Page.of(found, Integer.toString(number + 1), ROWS).items().size();
    }

    private static double millis(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e6;
    }

    private static List<Fact> history(int build) throws IOException {
        List<Fact> facts = new ArrayList<>();
        Instant at = Instant.parse("2026-03-01T10:00:00Z").plusSeconds(600L * build);
        for (int event = 0; event < EVENTS_PER_BUILD; event++) {
            String key = build + "-" + event;
            List<PlannedDelivery> plans = new ArrayList<>();
            WEBHOOKS.forEach(webhook -> plans.add(plan("msg_" + key + "_" + webhook, webhook)));
            facts.add(new Fact.Fired(
                    at, key, "before_release", build, EngineFixture.instance(build), null, List.copyOf(plans)));
            for (PlannedDelivery plan : plans) {
                boolean fails = build % 10 == 0;
                facts.add(new Fact.Attempted(at, plan.id(), 1));
                facts.add(new Fact.Answered(
                        at.plusMillis(120),
                        plan.id(),
                        1,
                        200,
                        100 + build % 50,
                        fails ? Result.FAIL : Result.SUCCESS,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("result", fails ? "fail" : "success")
                                .put("message", "regression tests: " + build + " of 1,590 passed"),
                        List.of()));
            }
            facts.add(new Fact.Settled(
                    at.plusMillis(200), key, Outcome.SUCCESS, Action.CONTINUE, null, "every webhook agreed"));
        }
        return facts;
    }

    private static PlannedDelivery plan(String id, String webhook) {
        return new PlannedDelivery(
                id,
                webhook,
                "https://middleware.example.com/mdoq",
                List.of("mdoq-" + webhook),
                60,
                3,
                false,
                null,
                null,
                List.of(),
                OnFail.CONTINUE,
                OnDeliveryError.FAIL,
                null,
                OnLockTimeout.FAIL,
                null,
                null,
                null);
    }
}

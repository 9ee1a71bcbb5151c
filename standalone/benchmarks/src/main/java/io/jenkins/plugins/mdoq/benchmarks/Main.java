package io.jenkins.plugins.mdoq.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs the benchmarks and prints one table. A missed target is marked in the table and is no error. */
public final class Main {

    private static final String USAGE = """
            Usage: java -jar benchmarks.jar [--quick] [--dir DIR] [deliveries] [slow] [locks] [lock-api] [journal] [audit]
                   [redaction] [index]
              deliveries, slow, locks, lock-api, journal, audit, redaction, index
                           what to measure; all of it unless named
              --quick      small samples: rough figures in a few seconds
              --dir DIR    a folder on the disk to measure; the system's temporary one unless named
            Exits 0 if everything could be measured, whatever came out; 1 if not; 2 for a wrong command line.""";

    private Main() {}

    /** Runs what the command line names. */
    public static void main(String[] args) {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("deliveries", new Deliveries());
        all.put("slow", new SlowEndpoints());
        all.put("locks", new LockWaitersAtScale());
        all.put("lock-api", new LockApiCalls());
        all.put("journal", new Journals());
        all.put("audit", new AuditChain());
        all.put("redaction", new Redactions());
        all.put("index", new RecentDeliveries());
        Map<String, Benchmark> chosen = new LinkedHashMap<>();
        boolean quick = false;
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--help") || args[i].equals("-h")) {
                System.out.println(USAGE);
                return;
            } else if (args[i].equals("--quick")) {
                quick = true;
            } else if (args[i].equals("--dir") && i + 1 < args.length) {
                parent = Path.of(args[++i]);
            } else if (all.containsKey(args[i])) {
                chosen.put(args[i], all.get(args[i]));
            } else {
                System.err.println("'" + args[i] + "' is not understood here.\n" + USAGE);
                System.exit(2);
            }
        }
        try {
            run(chosen.isEmpty() ? all : chosen, parent, quick);
        } catch (Exception e) {
            System.err.println("Could not measure:");
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(Map<String, Benchmark> benchmarks, Path parent, boolean quick) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%s %s, %s, %d processors, %,d MiB of heap at the most, files in %s (%s)%n",
                System.getProperty("java.vm.name"),
                Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() / (1024 * 1024),
                parent,
                Files.getFileStore(parent).type());
        List<Measurement> rows = new ArrayList<>();
        Path folder = Files.createTempDirectory(parent, "mdoq-benchmarks");
        try {
            for (Map.Entry<String, Benchmark> benchmark : benchmarks.entrySet()) {
                System.out.println("measuring " + benchmark.getKey() + " ...");
                Path own = Files.createDirectories(folder.resolve(benchmark.getKey()));
                rows.addAll(benchmark.getValue().measure(own, quick));
                delete(own);
            }
        } finally {
            delete(folder);
        }
        System.out.println();
        System.out.print(Measurement.table(rows));
    }

    /** Deletes a folder and everything in it. */
    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

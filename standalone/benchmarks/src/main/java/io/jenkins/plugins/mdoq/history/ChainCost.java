package io.jenkins.plugins.mdoq.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Does again what the chain of hashes added to the writing of a journal, and nothing else. For the benchmarks. */
public final class ChainCost {

    private static final Pattern PREVIOUS = Pattern.compile(",\"prev\":\"[A-Za-z0-9_-]{43}\"}$");

    private final List<byte[]> facts = new ArrayList<>();
    private final int first;

    /**
     * Takes a journal's lines apart.
     *
     * @param file a journal that was written in two goes
     * @param first how many lines the first of them wrote
     */
    public ChainCost(Path file, int first) throws IOException {
        this.first = first;
        for (String line : Files.readAllLines(file)) {
            facts.add(PREVIOUS.matcher(line).replaceFirst("}").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Chains all of its lines; gives their size in bytes, so that the work is not left out. */
    public int chain() {
        byte[] name = "shop/release#7".getBytes(StandardCharsets.UTF_8);
        List<byte[]> before = JournalLines.chain(facts.subList(0, first), name);
        // Who writes twice knows the last line and reads nothing for the chain.
        byte[] last = before.get(before.size() - 1);
        List<byte[]> after = JournalLines.chain(facts.subList(first, facts.size()), last);
        return Stream.concat(before.stream(), after.stream())
                .mapToInt(line -> line.length)
                .sum();
    }
}

package io.jenkins.plugins.mdoq.secret;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Parts of a text that are to be masked. Used by one thread. */
final class Spans {

    private record Span(int begin, int end) {}

    private final List<Span> spans = new ArrayList<>(0);

    void add(int begin, int end) {
        spans.add(new Span(begin, end));
    }

    /** The text with a mask for each part; parts that overlap are one. */
    @NonNull
    String masked(@NonNull String text) {
        if (spans.isEmpty()) {
            return text;
        }
        spans.sort(Comparator.comparingInt(Span::begin));
        StringBuilder masked = new StringBuilder(text.length());
        int done = 0;
        int i = 0;
        while (i < spans.size()) {
            int begin = spans.get(i).begin;
            int end = spans.get(i).end;
            for (i++; i < spans.size() && spans.get(i).begin < end; i++) {
                end = Math.max(end, spans.get(i).end);
            }
            masked.append(text, done, begin).append(Redactor.MASK);
            done = end;
        }
        return masked.append(text, done, text.length()).toString();
    }
}

package io.jenkins.plugins.mdoq.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One row of the table.
 *
 * @param what what was measured
 * @param target what was promised, or empty for a figure that only explains another one
 * @param measured what came out
 * @param verdict whether the promise was kept, or empty without one
 */
record Measurement(String what, String target, String measured, String verdict) {

    static Measurement against(String what, String target, String measured, boolean met) {
        return new Measurement(what, target, measured, met ? "met" : "**missed**");
    }

    static Measurement figure(String what, String format, Object... values) {
        return new Measurement(what, "", String.format(Locale.ROOT, format, values), "");
    }

    /** The rows as a table in Markdown, aligned so that it can be read as it is. */
    static String table(List<Measurement> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("measured", "target", "result", "verdict"));
        rows.forEach(row -> cells.add(List.of(row.what, row.target, row.measured, row.verdict)));
        int[] widths = new int[4];
        for (List<String> row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (int r = 0; r < cells.size(); r++) {
            for (int i = 0; i < widths.length; i++) {
                String cell = cells.get(r).get(i);
                table.append("| ").append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
            }
            table.append("|\n");
            if (r == 0) {
                for (int width : widths) {
                    table.append("| ").append("-".repeat(width)).append(' ');
                }
                table.append("|\n");
            }
        }
        return table.toString();
    }
}

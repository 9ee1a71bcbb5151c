package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of plain text, its columns aligned to the left and two spaces apart. It counts whole characters (code points), so
 * that no cut splits one and a character beyond the first plane does not shift the columns. Not safe for concurrent use.
 */
public final class TextTable {

    /** What stands in a cell that has no value. */
    public static final String NONE = "-";

    /**
     * A column.
     *
     * @param head its title
     * @param widest its greatest width in characters, 1 or more; a longer cell is cut and ends in an ellipsis
     */
    public record Column(@NonNull String head, int widest) {

        /** Refuses a column without room for a character. */
        public Column {
            if (widest < 1) {
                throw new IllegalArgumentException(
                        "the column " + head + " is " + widest + " characters wide; give it 1 or more");
            }
        }

        /** A column as wide as its widest cell. */
        @NonNull
        public static Column unbounded(@NonNull String head) {
            return new Column(head, Integer.MAX_VALUE);
        }
    }

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table that has only its titles yet. */
    public TextTable(@NonNull List<Column> columns) {
        this.columns = List.copyOf(columns);
        add(columns.stream().map(Column::head).toList());
    }

    /** The text of a value, or {@link #NONE} for null. */
    @NonNull
    public static String cell(@Nullable Object value) {
        return value == null ? NONE : value.toString();
    }

    /**
     * Adds a row; its cells become {@linkplain PlainText#line plain text}.
     *
     * @throws IllegalArgumentException if there is not one cell for each column
     */
    public void add(@NonNull List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        List<String> row = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            row.add(cut(PlainText.line(cells.get(i)), columns.get(i).widest()));
        }
        rows.add(row);
    }

    /** The lines, the titles first; none ends in a space. */
    @NonNull
    public List<String> lines() {
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            line.append(cell).append(" ".repeat(widths[i] - length(cell) + 2));
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String text, int most) {
        return length(text) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}

package io.jenkins.plugins.mdoq.index;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items what is on it
 * @param number which page it is, from 1
 * @param pages how many there are, 1 at least
 * @param total how many items there are on all of them
 */
public record Page<T>(@NonNull List<T> items, int number, int pages, int total) {

    /**
     * A page of a list.
     *
     * @param number which page is asked for, as it was written; the first one for what is no number, the last one for more
     *     than there are
     * @param size how many items are on a page, 1 or more
     */
    @NonNull
    public static <T> Page<T> of(@NonNull List<T> all, @Nullable String number, int size) {
        int pages = Math.max(1, (all.size() + size - 1) / size);
        int page = Math.min(number(number), pages);
        int from = (page - 1) * size;
        return new Page<>(List.copyOf(all.subList(from, Math.min(all.size(), from + size))), page, pages, all.size());
    }

    /** The same page of something else; an item of which nothing becomes is left out. */
    @NonNull
    public <R> Page<R> map(@NonNull Function<? super T, ? extends R> view) {
        List<R> views = new ArrayList<>(items.size());
        for (T item : items) {
            R each = view.apply(item);
            if (each != null) {
                views.add(each);
            }
        }
        return new Page<>(List.copyOf(views), number, pages, total);
    }

    /** The number of the page before, or 0 if this is the first. */
    public int previous() {
        return number - 1;
    }

    /** The number of the page after, or 0 if this is the last. */
    public int next() {
        return number < pages ? number + 1 : 0;
    }

    private static int number(@Nullable String text) {
        return text != null && text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 1;
    }
}

package io.jenkins.plugins.mdoq.controller;

import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCacheTest {

    private final Facts facts = new Facts();

    @TempDir
    private Path folder;

    private Journal journal(String name) throws IOException {
        Path build = Files.createDirectory(folder.resolve(name));
        Journal journal = Journal.in(() -> build);
        journal.append(List.of(fired(plan("gate", true))));
        return journal;
    }

    @Test
    void shouldReadAJournalOnceAsLongAsItIsTheSame() throws Exception {
        HistoryCache cache = new HistoryCache();
        Journal journal = journal("a");

        History first = cache.of(journal);

        assertThat(first.events()).hasSize(1);
        assertThat(cache.of(journal)).isSameAs(first);
    }

    @Test
    void shouldReadAJournalAgainThatHasGrown() throws Exception {
        HistoryCache cache = new HistoryCache();
        Journal journal = journal("a");
        cache.of(journal);

        journal.append(List.of(facts.progress("gate", "half way")));

        assertThat(cache.of(journal)
                        .events()
                        .iterator()
                        .next()
                        .entries()
                        .iterator()
                        .next()
                        .progress())
                .hasSize(1);
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void shouldKeepNoMoreThanItMay() throws Exception {
        Journal first = journal("a");
        HistoryCache cache = new HistoryCache(2 * Files.size(first.file()));
        History before = cache.of(first);
        cache.of(journal("b"));
        cache.of(journal("c"));

        assertThat(cache.size()).isEqualTo(2);
        assertThat(cache.of(first)).as("was forgotten").isNotSameAs(before);
    }

    @Test
    void shouldTakeAMissingJournalForAnEmptyHistory() throws Exception {
        assertThat(new HistoryCache().of(Journal.in(() -> folder)).events()).isEmpty();
    }
}

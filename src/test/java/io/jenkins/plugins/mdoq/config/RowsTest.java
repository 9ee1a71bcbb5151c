package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowsTest {

    @Test
    void shouldTellRowsThatCouldNotBeReadFromNone() {
        assertThat(Rows.unreadable(null)).isTrue();
        assertThat(Rows.unreadable(new String[] {"a", null})).isTrue();
        assertThat(Rows.unreadable(new String[0])).isFalse();
        assertThat(Rows.unreadable(new String[] {"a"})).isFalse();
    }

    @Test
    void shouldShowNoneOfThoseThatCouldNotBeRead() {
        assertThat(Rows.of(null)).isEmpty();
        assertThat(Rows.of(new String[] {"a", null})).isEmpty();
        assertThat(Rows.of(new String[] {"a", "b"})).containsExactly("a", "b");
    }

    @Test
    void shouldTakeNullForNone() {
        assertThat(Rows.given(null)).isEmpty();
        assertThat(Rows.given(List.of("a"))).containsExactly("a");
    }
}

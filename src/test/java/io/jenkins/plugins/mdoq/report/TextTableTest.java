package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    private static final String ROCKET = "\ud83d\ude80";

    private final TextTable table =
            new TextTable(List.of(new TextTable.Column("NAME", 5), TextTable.Column.unbounded("MESSAGE")));

    @Test
    void shouldAlignItsColumnsAndEndNoLineInASpace() {
        table.add(List.of("a", "first"));
        table.add(List.of("abcde", ""));

        assertThat(table.lines()).containsExactly("NAME   MESSAGE", "a      first", "abcde");
    }

    @Test
    void shouldShowItsTitlesWhereItHasNoRows() {
        assertThat(table.lines()).containsExactly("NAME  MESSAGE");
    }

    @Test
    void shouldCountAndCutWholeCharacters() {
        table.add(List.of(ROCKET.repeat(5), "fits"));
        table.add(List.of(ROCKET.repeat(6), "cut"));

        assertThat(table.lines())
                .containsExactly("NAME   MESSAGE", ROCKET.repeat(5) + "  fits", ROCKET.repeat(4) + "…  cut");
    }

    @Test
    void shouldCutNothingWhereTheColumnIsUnbounded() {
        table.add(List.of("a", "m".repeat(5_000)));

        assertThat(table.lines()).last().asString().endsWith("  " + "m".repeat(5_000));
    }

    @Test
    void shouldKeepARowInItsLine() {
        table.add(List.of("a\nb", "\u001b[31mred\u202e"));

        assertThat(table.lines()).containsExactly("NAME  MESSAGE", "a b   [31mred");
    }

    @Test
    void shouldShowThatAValueIsAbsent() {
        assertThat(TextTable.cell(null)).isEqualTo("-");
        assertThat(TextTable.cell(503)).isEqualTo("503");
    }

    @Test
    void shouldRefuseARowOfAnotherLengthAndAColumnWithoutRoom() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.add(List.of("alone")))
                .withMessage("1 cells for 2 columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TextTable.Column("NAME", 0))
                .withMessage("the column NAME is 0 characters wide; give it 1 or more");
    }

    @Test
    void shouldTakeAColumnOfOneCharacter() {
        TextTable narrow = new TextTable(List.of(new TextTable.Column("N", 1)));
        narrow.add(List.of("7"));
        narrow.add(List.of("42"));

        assertThat(narrow.lines()).containsExactly("N", "7", "…");
    }
}

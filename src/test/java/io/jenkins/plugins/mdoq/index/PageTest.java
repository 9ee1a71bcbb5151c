package io.jenkins.plugins.mdoq.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.report.EntryState;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of a list, and what is looked for in it. */
class PageTest {

    private static final List<Integer> TEN = IntStream.range(0, 10).boxed().toList();

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, 1, 0",
                "'', 1, 0",
                "1, 1, 0",
                "2, 2, 4",
                "3, 3, 8",
                "4, 3, 8",
                "999999999, 3, 8",
                "0, 1, 0",
                "-1, 1, 0",
                "2.5, 1, 0",
                "9999999999, 1, 0",
                "<b>, 1, 0"
            })
    void shouldGiveThePageThatIsAskedForOrTheNearest(String asked, int number, int first) {
        Page<Integer> page = Page.of(TEN, asked, 4);

        assertThat(page.number()).isEqualTo(number);
        assertThat(page.items()).startsWith(first).hasSize(number == 3 ? 2 : 4);
        assertThat(page.pages()).isEqualTo(3);
        assertThat(page.total()).isEqualTo(10);
        assertThat(page.previous()).isEqualTo(number - 1);
        assertThat(page.next()).isEqualTo(number == 3 ? 0 : number + 1);
    }

    @Test
    void shouldHaveOnePageOfNothing() {
        Page<Integer> page = Page.of(List.of(), "7", 4);

        assertThat(page).isEqualTo(new Page<>(List.of(), 1, 1, 0));
        assertThat(page.next()).isZero();
    }

    @Test
    void shouldLeaveOutWhatBecomesNothing() {
        assertThat(Page.of(TEN, "1", 4).map(each -> each == 2 ? null : "n" + each))
                .isEqualTo(new Page<>(List.of("n0", "n1", "n3"), 1, 3, 10));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, null, null, true",
                "'', ' ', '', true",
                "gate, null, null, true",
                "Gate, null, null, false",
                "null, SHOP, null, true",
                "null, team/, null, true",
                "null, ' shop ', null, true",
                "null, shop2, null, false",
                "null, null, error, true",
                "null, null, success, false",
                "null, null, nonsense, true",
                "gate, team, error, true",
                "gate, team, fail, false"
            })
    void shouldFindWhatIsLookedFor(String webhook, String job, String state, boolean found) {
        DeliveryRow row = WebhookStatisticsTest.row(1, "gate", EntryState.ERROR, 5L);

        assertThat(new RowFilter(webhook, job, state).test(row)).isEqualTo(found);
    }

    @Test
    void shouldKnowWhetherItLeavesAnythingOut() {
        assertThat(new RowFilter(" ", "", "nonsense").all()).isTrue();
        assertThat(new RowFilter(null, null, "fail").all()).isFalse();
    }

    @Test
    void shouldHaveNoEmptyPageBehindTheLastFullOne() {
        assertThat(Page.of(TEN, "3", 5).number()).isEqualTo(2);
        assertThat(Page.of(TEN, "2", 5).pages()).isEqualTo(2);
        assertThat(Page.of(TEN, "2", 9).items()).containsExactly(9);
    }
}

package io.jenkins.plugins.mdoq.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.report.EntryState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is counted of a webhook's deliveries, and the picture of them. */
class WebhookStatisticsTest {

    private final List<DeliveryRow> rows = new ArrayList<>();

    private void add(String webhook, EntryState state, Long millis) {
        rows.add(row(rows.size(), webhook, state, millis));
    }

    static DeliveryRow row(int number, String webhook, EntryState state, Long millis) {
        return new DeliveryRow(
                IndexFixture.name(number),
                "msg_" + number,
                webhook,
                "before_release",
                IndexFixture.at(100 - number),
                state,
                millis == null ? null : Duration.ofMillis(millis),
                null,
                state.failed() ? "reason " + number : "");
    }

    @Test
    void shouldCountWhatCameToAResult() {
        add("gate", EntryState.SUCCESS, 10L);
        add("gate", EntryState.FAIL, 30L);
        add("other", EntryState.ERROR, 7L);
        add("gate", EntryState.CANCELLED, null);
        add("gate", EntryState.ABANDONED, null);
        add("gate", EntryState.WAITING, 50L);
        add("gate", EntryState.SUCCESS, 20L);

        WebhookStatistics gate = WebhookStatistics.of(rows).get("gate");

        assertThat(gate.deliveries()).isEqualTo(3);
        assertThat(gate.successes()).isEqualTo(2);
        assertThat(gate.percent()).isEqualTo(66);
        assertThat(gate.median()).as("of 10, 20, 30 and 50 ms").hasMillis(25);
        assertThat(gate.last()).hasSize(6);
        assertThat(gate.failures()).extracting(DeliveryRow::reason).containsExactly("reason 1");
        assertThat(WebhookStatistics.of(rows).get("other").percent()).isZero();
    }

    @Test
    void shouldNotRoundAFailureAway() {
        for (int i = 0; i < 999; i++) {
            add("gate", EntryState.SUCCESS, 10L);
        }
        add("gate", EntryState.EXPIRED, null);

        assertThat(WebhookStatistics.of(rows).get("gate").percent()).isEqualTo(99);
    }

    @Test
    void shouldKeepTheNewestOfEach() {
        for (int i = 0; i < 50; i++) {
            add("gate", EntryState.STOP, 10L);
        }

        WebhookStatistics gate = WebhookStatistics.of(rows).get("gate");

        assertThat(gate.last()).isEqualTo(rows.subList(0, 30));
        assertThat(gate.failures()).isEqualTo(rows.subList(0, 3));
    }

    @Test
    void shouldSayNothingOfAWebhookThatWasSentNothing() {
        assertThat(WebhookStatistics.NONE.percent()).isEqualTo(-1);
        assertThat(WebhookStatistics.NONE.median()).isNull();
    }

    @Test
    void shouldDrawTheOldestFirstAndTheLongerTheTaller() {
        add("gate", EntryState.SUCCESS, 60_000L);
        add("gate", EntryState.FAIL, 1_000L);
        add("gate", EntryState.ERROR, 3_600_000L);
        add("gate", EntryState.SENDING, null);

        Sparkline line = Sparkline.of(rows);

        assertThat(line.bars())
                .extracting(Sparkline.Bar::row)
                .containsExactly(rows.get(3), rows.get(2), rows.get(1), rows.get(0));
        assertThat(line.bars()).extracting(Sparkline.Bar::height).containsExactly(4, 28, 17, 28);
        assertThat(line.bars()).allSatisfy(bar -> {
            assertThat(bar.y() + bar.height()).isEqualTo(line.height());
            assertThat(bar.x() + bar.width()).isLessThanOrEqualTo(line.width());
        });
        assertThat(line.bars()).extracting(Sparkline.Bar::x).isSorted().doesNotHaveDuplicates();
        assertThat(line.bars()).extracting(Sparkline.Bar::state).startsWith(EntryState.SENDING, EntryState.ERROR);
        assertThat(line.width()).as("no gap behind the last").isEqualTo(22);
        assertThat(Sparkline.of(List.of()).bars()).isEmpty();
    }
}

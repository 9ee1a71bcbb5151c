package io.jenkins.plugins.mdoq.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.config.EventConfiguration;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import io.jenkins.plugins.mdoq.index.DeliveryRow;
import io.jenkins.plugins.mdoq.index.ProcessName;
import io.jenkins.plugins.mdoq.index.RowFilter;
import io.jenkins.plugins.mdoq.index.WebhookStatistics;
import io.jenkins.plugins.mdoq.report.EntryState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A webhook, its deliveries and what is looked for among them, in the words of the page. */
class WebhookViewTest {

    private static final Instant NOW = Instant.parse("2026-08-01T10:05:00Z");

    private static DeliveryRow row(EntryState state, Long millis, String decidedBy, String reason) {
        return new DeliveryRow(
                new ProcessName("team/shop", 7),
                "msg_1",
                "gate",
                "before_release",
                NOW.minusSeconds(300),
                state,
                millis == null ? null : Duration.ofMillis(millis),
                decidedBy,
                reason);
    }

    private static RowView view(DeliveryRow row) {
        return RowView.of(row, "team » shop #7", "job/team/job/shop/7/", NOW);
    }

    private static WebhookView view(String url, List<DeliveryRow> rows) {
        WebhookConfiguration webhook = new WebhookConfiguration("gate", url);
        EventConfiguration blocking = new EventConfiguration("beforeRelease");
        blocking.setBlocking("true");
        webhook.setEvents(List.of(blocking, new EventConfiguration("deployed")));
        WebhookStatistics statistics = WebhookStatistics.of(rows).getOrDefault("gate", WebhookStatistics.NONE);
        return WebhookView.of(3, webhook, statistics, WebhookViewTest::view, NOW);
    }

    @Test
    void shouldShowADeliveryInALine() {
        RowView row = view(row(EntryState.ERROR, 1_500L, null, "HTTP status 503"));

        assertThat(row.page()).isEqualTo("job/team/job/shop/7/mdoq/#msg_1");
        assertThat(row.state()).isEqualTo(new StateView("error", Tone.BAD));
        assertThat(row.took()).isEqualTo("1.5 s");
        assertThat(row.message()).isEqualTo("HTTP status 503");
        assertThat(row.firedAt().relative()).isEqualTo("5 min 0 s ago");
    }

    @Test
    void shouldNotPutAnotherWebhooksWordsBesideADeliveryThatWasGivenUp() {
        RowView row = view(row(EntryState.CANCELLED, null, "smoke-test", ""));

        assertThat(row.message()).isEqualTo("Not waited for any longer, since smoke-test had decided.");
        assertThat(row.took()).isEmpty();
    }

    @Test
    void shouldShowHowAWebhookDoes() {
        WebhookView view = view(
                "https://hooks.example.com:8443/T0KEN?secret=hush",
                List.of(
                        row(EntryState.WAITING, 5L, null, ""),
                        row(EntryState.SUCCESS, 20L, null, ""),
                        row(EntryState.ERROR, 35L, null, "HTTP status 503")));

        assertThat(view.name()).isEqualTo("gate");
        assertThat(view.host()).as("never the path").isEqualTo("hooks.example.com:8443");
        assertThat(view.events())
                .containsExactly(
                        new WebhookView.Listens("beforeRelease", true), new WebhookView.Listens("deployed", false));
        assertThat(view.rate()).isEqualTo("50 % of 2");
        assertThat(view.tone()).isEqualTo(Tone.BAD);
        assertThat(view.median()).isEqualTo("20 ms");
        assertThat(view.picture()).isEqualTo("1 of the last 3 deliveries were a success");
        assertThat(view.bars()).extracting(BarView::kind).containsExactly("bad", "good", "doubtful");
        assertThat(view.bars().get(0).title()).isEqualTo("error in 35 ms, 5 min 0 s ago");
        assertThat(view.failures()).extracting(RowView::message).containsExactly("HTTP status 503");
        assertThat(view.query()).isEqualTo("?webhook=gate");
    }

    @Test
    void shouldSayNothingOfAWebhookThatWasSentNothing() {
        WebhookView view = view("", List.of());

        assertThat(view.rate()).isEmpty();
        assertThat(view.tone()).isEqualTo(Tone.PLAIN);
        assertThat(view.median()).isEmpty();
        assertThat(view.host()).isEmpty();
        assertThat(view.bars()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, GOOD", "1, DOUBTFUL", "2, BAD"})
    void shouldCallThatGoodWhichNeverFails(int failures, Tone tone) {
        List<DeliveryRow> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            rows.add(row(i < failures ? EntryState.FAIL : EntryState.SUCCESS, 5L, null, ""));
        }

        assertThat(view("", rows).tone()).isEqualTo(tone);
    }

    @ParameterizedTest
    @EnumSource(EntryState.class)
    void shouldHaveAWordForEachState(EntryState state) {
        assertThat(StateView.of(state).text()).isNotBlank();
    }

    @Test
    void shouldOfferWhatCanBeLookedFor() {
        FilterView filter = FilterView.of(new RowFilter("gate", " Shop ", "fail"), List.of("crm", "gate"));

        assertThat(filter.active()).isTrue();
        assertThat(filter.job()).isEqualTo("Shop");
        assertThat(filter.webhooks())
                .containsExactly(
                        new FilterView.Choice("crm", "crm", false), new FilterView.Choice("gate", "gate", true));
        assertThat(filter.states())
                .filteredOn(FilterView.Choice::chosen)
                .singleElement()
                .satisfies(choice -> {
                    assertThat(choice.value()).isEqualTo("fail");
                    assertThat(choice.text()).isEqualTo("fail");
                });
        assertThat(filter.states()).hasSameSizeAs(EntryState.values());
    }

    @Test
    void shouldWriteWhatIsLookedForIntoTheAddress() {
        assertThat(FilterView.query(new RowFilter(null, "", null), 1, 1)).isEmpty();
        assertThat(FilterView.query(new RowFilter("a&b=\"<i>", "ä ö", "fail"), 3, 2))
                .isEqualTo("?webhook=a%26b%3D%22%3Ci%3E&job=%C3%A4+%C3%B6&state=fail&page=3&waiting=2");
    }
}

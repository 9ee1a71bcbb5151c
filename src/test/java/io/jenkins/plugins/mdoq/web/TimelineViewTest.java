package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static io.jenkins.plugins.mdoq.web.HistoryViewFixture.LOCK;
import static io.jenkins.plugins.mdoq.web.HistoryViewFixture.NOW;
import static io.jenkins.plugins.mdoq.web.HistoryViewFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.protocol.Result;
import org.junit.jupiter.api.Test;

class TimelineViewTest {

    private final HistoryViewFixture fixture = new HistoryViewFixture();

    private TimelineView view(boolean running) {
        return TimelineView.of(History.of(fixture.facts), NOW, running);
    }

    @Test
    void shouldSayTheSameInThePictureAndInTheTable() {
        fixture.firedWithLock();
        fixture.answered(Result.SUCCESS, object().put("message", "being looked at"));

        TimelineView view = view(true);

        assertThat(view.svg()).startsWith("<div class=\"mdoq-timeline\"><svg").contains("gate", "being looked at");
        assertThat(view.rows())
                .filteredOn(row -> row.text().contains("being looked at"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.about()).isEqualTo("gate");
                    assertThat(row.since()).isEqualTo("+2.0 s");
                    assertThat(row.at())
                            .isEqualTo(new TimeView(
                                    START.plusSeconds(2).toString().substring(0, 19) + "Z", "4 min 58 s ago"));
                });
    }

    @Test
    void shouldShowNeitherTheLockNorTheAnswer() {
        fixture.firedWithLock();
        fixture.answered(Result.SUCCESS, object().put("ticket", "OPS-4711"));
        fixture.facts.add(new Fact.AttemptFailed(START.plusSeconds(1), "d1", 1, 500, 3, "HTTP 500", "a body", null));

        assertThat(view(true).toString()).contains("HTTP 500").doesNotContain(LOCK, "OPS-4711", "a body");
    }

    @Test
    void shouldEscapeWhateverAnEndpointSays() {
        fixture.firedWithLock();
        fixture.answered(Result.SUCCESS, object().put("message", "</svg><script>alert(1)</script>\u202e"));

        String svg = view(false).svg();

        assertThat(svg).contains("&lt;script&gt;").doesNotContain("<script", "\u202e", "style=", "onload");
    }
}

package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a planned delivery is kept, and what is read of one of an older journal. */
class PlannedDeliveryTest {

    @Test
    void shouldKeepTheFormatOfAWebhookThatOnlyHears() throws Exception {
        PlannedDelivery chat = new PlanBuilder("chat")
                .id("msg_3")
                .url("https://chat.example.com/services/…")
                .format("SLACK")
                .build();

        String json = Json.MAPPER.writeValueAsString(chat);

        assertThat(json).endsWith(",\"format\":\"SLACK\"}").doesNotContain("decides");
        assertThat(Json.MAPPER.readValue(json, PlannedDelivery.class)).isEqualTo(chat);
        assertThat(chat.decides()).isFalse();
    }

    @Test
    void shouldReadAPlanThatHasOnlyWhatItCannotDoWithout(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve(Journal.FILE_NAME),
                "{'fact':'fired','at':'2026-03-01T10:00:00Z','key':'h','event':'e','parentLog':1,'instance':{},"
                                .replace('\'', '"')
                        + "'deliveries':[{'id':'m','webhook':'w','url':'http://h/','timeoutSeconds':60,'tries':1}]}\n"
                                .replace('\'', '"'));

        EventHistory event = Journal.in(folder).read().event("h");

        assertThat(event.entry("m").plan())
                .isEqualTo(
                        new PlanBuilder("w").id("m").url("http://h/").tries(1).build());
    }

    @Test
    @DisplayName("protocol: what is masked — a journal that holds a whole URL is read, and no more of it is shown")
    void shouldShowNoWholeUrlOfAnOlderJournal(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve(Journal.FILE_NAME),
                "{'fact':'fired','at':'2026-03-01T10:00:00Z','key':'h','event':'e','parentLog':1,'instance':{},"
                                .replace('\'', '"')
                        + "'deliveries':[{'id':'m','webhook':'w','url':'https://h/services/T0AB12CD3?token=x'}]}\n"
                                .replace('\'', '"'));

        EventHistory event = Journal.in(folder).read().event("h");

        assertThat(event.entry("m").plan().url()).isEqualTo("https://h/services/…");
        assertThat(event.fired().toString()).doesNotContain("T0AB12CD3", "token");
    }
}

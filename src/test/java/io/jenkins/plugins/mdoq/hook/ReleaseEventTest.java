package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol: "Before Release", "Before Release Complete", "other events". */
class ReleaseEventTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "before_release",
                "beforeRelease",
                "BeforeRelease",
                "Before Release",
                " before-release ",
                "BEFORE_RELEASE",
                "beforerelease",
                "BEFORE RELEASE"
            })
    @DisplayName("protocol: Before Release — the event, in any spelling")
    void shouldKnowBeforeReleaseInAnySpelling(String name) {
        assertThat(ReleaseEvent.of(name)).isSameAs(ReleaseEvent.BEFORE_RELEASE);
        assertThat(ReleaseEvent.BEFORE_RELEASE.is(name)).isTrue();
        assertThat(ReleaseEvent.BEFORE_RELEASE_COMPLETE.is(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"before_release_complete", "beforeReleaseComplete", "Before Release Complete"})
    @DisplayName("protocol: Before Release Complete — the event, in any spelling")
    void shouldKnowBeforeReleaseCompleteInAnySpelling(String name) {
        assertThat(ReleaseEvent.of(name)).isSameAs(ReleaseEvent.BEFORE_RELEASE_COMPLETE);
    }

    @ParameterizedTest
    @CsvSource({
        "Instance created, Instance created",
        "'  Passed regression testing ', Passed regression testing",
        "beforeReleaseOfDocs, beforeReleaseOfDocs",
        "Größe 漢字, Größe 漢字"
    })
    @DisplayName("protocol: other events — a custom name travels as it was written")
    void shouldSendACustomEventAsItWasWritten(String name, String travels) {
        assertThat(ReleaseEvent.of(name).name()).isEqualTo(travels);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "a\u0000", "\u001b[31m"})
    void shouldRefuseANameThatIsNone(String name) {
        assertThatThrownBy(() -> ReleaseEvent.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write beforeRelease");
    }

    @Test
    @DisplayName("protocol: webhooks and events — each event has its own configuration")
    void shouldHaveEachEventsOwnSettings() {
        EventSettings settings = EventSettings.of(ReleaseEvent.BEFORE_RELEASE);
        assertThat(settings.blocking()).isFalse();
        assertThat(settings.lockTimeout()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "beforerelase,before_release",
        "before_relese,before_release",
        "before-releases,before_release",
        "befor Release,before_release",
        "beforeReleaseComplet,before_release_complete",
        "before_release_completed,before_release_complete",
        "bfore_release_complte,before_release_complete"
    })
    @DisplayName("protocol: event names — within two edits of a release event's: refused, with the name that was meant")
    void shouldRefuseASlip(String name, String meant) {
        assertThatThrownBy(() -> ReleaseEvent.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is nearly " + meant + "; write " + meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"release", "before_build", "after_release", "before_release_docs", "before"})
    @DisplayName("protocol: event names — further away it is a name of its own")
    void shouldLeaveOtherNames(String name) {
        assertThat(ReleaseEvent.of(name).name()).isEqualTo(name);
    }

    @Test
    void shouldLetBlockWhatDoesNotOnlyTell() {
        ReleaseEvent ended = ReleaseEvent.of("releaseEnded");

        assertThat(ended.blockingError(true)).startsWith("the event release_ended only tells what happened");
        assertThat(ended.blockingError(false)).isNull();
        assertThat(ReleaseEvent.of("nightly").blockingError(true)).isNull();
        assertThat(ReleaseEvent.toFire("beforeRelease").blockingError(true)).isNull();
    }
}

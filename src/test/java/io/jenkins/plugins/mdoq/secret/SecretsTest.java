package io.jenkins.plugins.mdoq.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SecretsTest {

    private final Secrets rotating = Secrets.ofTexts("the-new-one", "the-old-one");

    @Test
    @DisplayName("protocol: secret — of several the first is sent")
    void shouldSendTheFirst() {
        assertThat(rotating.first().reveal()).isEqualTo("the-new-one");
        assertThat(rotating.all()).extracting(SharedSecret::reveal).containsExactly("the-new-one", "the-old-one");
    }

    @Test
    @DisplayName("protocol: secret — of several each is accepted")
    void shouldAcceptEach() {
        assertThat(rotating.match("the-new-one")).isTrue();
        assertThat(rotating.match("the-old-one")).isTrue();
        assertThat(rotating.match("the-older-one")).isFalse();
        assertThat(rotating.match("the-new-one the-old-one")).isFalse();
        assertThat(rotating.match("")).isFalse();
    }

    @Test
    void shouldMatchNothingWithoutASecret() {
        assertThat(Secrets.NONE.isEmpty()).isTrue();
        assertThat(Secrets.NONE.match("")).isFalse();
        assertThat(Secrets.NONE.match("anything")).isFalse();
        assertThatIllegalStateException().isThrownBy(Secrets.NONE::first).withMessageContaining("no secret");
    }

    @Test
    void shouldUniteTheSecretsOfSeveralWebhooks() {
        Secrets united = Secrets.union(List.of(rotating, Secrets.NONE, Secrets.ofTexts("another")));

        assertThat(united.all()).hasSize(3);
        assertThat(united.match("another")).isTrue();
        assertThat(united.match("the-old-one")).isTrue();
    }

    @Test
    void shouldRefuseTheWholeListForOneBadSecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secrets.ofTexts("good-one", "bad one"))
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("good-one", "bad one"));
    }
}

package io.jenkins.plugins.mdoq.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockValueTest {

    private static final LockKey KEY = new SecretLockKey(SecretLockKey.random());

    @Test
    @DisplayName("protocol: Lock value — <job full name>#<build number>:<webhook>:<token>")
    void shouldSayWhereItBelongs() {
        LockValue lock = LockValue.mint(KEY, "team/app", 17, "release-gate");

        assertThat(lock.toString()).matches("team/app#17:release-gate:[A-Za-z0-9_-]+");
        assertThat(LockValue.parse(lock.toString())).isEqualTo(lock);
    }

    @Test
    @DisplayName("protocol: Lock value — a token of at least 128 random bits")
    void shouldNotBeGuessable() {
        Set<String> tokens = new HashSet<>();
        byte[] everSet = new byte[18];
        byte[] everClear = new byte[18];
        for (int i = 0; i < 1_000; i++) {
            String token = LockValue.randomToken();
            byte[] bits = Base64.getUrlDecoder().decode(token);
            assertThat(bits.length * 8).isGreaterThanOrEqualTo(128);
            for (int b = 0; b < bits.length; b++) {
                everSet[b] |= bits[b];
                everClear[b] |= (byte) ~bits[b];
            }
            tokens.add(token);
        }

        assertThat(tokens).hasSize(1_000);
        assertThat(everSet).as("every bit varies").containsOnly(0xff);
        assertThat(everClear).as("every bit varies").containsOnly(0xff);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app",
                "a/b/c",
                "with spaces",
                "C#",
                "C# #9:x:AAAAAAAAAAAAAAAAAAAAAAAA",
                "a:b:c",
                "#1",
                "größe/世界 \ud83d\ude80",
                "a\nb",
                "%2F",
                "feature%2Fx",
                "\"quoted\"",
                "a\\b"
            })
    @DisplayName("protocol: Lock value — whatever the job is called, it is found again")
    void shouldFindAnyJobAgain(String job) {
        LockValue lock = LockValue.mint(KEY, job, Long.MAX_VALUE / 10, "hook é #1");

        assertThat(LockValue.parse(lock.toString())).isEqualTo(lock);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "some:lock:value",
                "app#17:gate:short",
                "app#17:gate:AAAAAAAAAAAAAAAAAAAAA",
                "app#17::AAAAAAAAAAAAAAAAAAAAAAAA",
                "#17:gate:AAAAAAAAAAAAAAAAAAAAAAAA",
                "app#:gate:AAAAAAAAAAAAAAAAAAAAAAAA",
                "app#-1:gate:AAAAAAAAAAAAAAAAAAAAAAAA",
                "app#1.5:gate:AAAAAAAAAAAAAAAAAAAAAAAA",
                "app#1234567890123456789:gate:AAAAAAAAAAAAAAAAAAAAAAAA",
                "app#١٧:gate:AAAAAAAAAAAAAAAAAAAAAAAA",
                "app#17:gate:AAAAAAAAAAAAAAAAAAAAAAA=",
                "app#17:gate:AAAAAAAAAAAAAAAAAAAAAAAA ",
                "app#17:gate:AAAAAAAAAAAAAAAAAAAAAAAA\n",
                "app#17:gate:AAAAAAAAAAAAAAAAAAAAAA/+"
            })
    void shouldNotReadWhatIsNoLock(String value) {
        assertThat(LockValue.parse(value)).isNull();
    }

    @Test
    void shouldNotChokeOnALongValue() {
        assertThat(LockValue.parse("#1:x:".repeat(200_000))).isNull();
        assertThat(LockValue.parse("#".repeat(1_000_000))).isNull();
        assertThat(LockValue.parse("a".repeat(1_000_000) + "#1:x:" + "A".repeat(24)))
                .isNull();
        assertThat(LockValue.parse("a".repeat(8_000) + "#1:x:" + "A".repeat(24)).job())
                .hasSize(8_000);
    }

    @Property
    @Label("protocol: lock value — a genuine one is known again, and no other")
    void knowsItsOwnAndNoOther(
            @ForAll @StringLength(min = 1, max = 40) String job,
            @ForAll @LongRange(max = Long.MAX_VALUE / 10) long number,
            @ForAll @AlphaChars @StringLength(min = 1, max = 20) String webhook,
            @ForAll @IntRange(max = 1_000_000) int where,
            @ForAll char instead) {
        // Half a character has no bytes of its own, and none can come out of JSON.
        Assume.that(job.chars().noneMatch(c -> Character.isSurrogate((char) c)) && !Character.isSurrogate(instead));
        LockValue lock = LockValue.mint(KEY, job, number, webhook);
        String value = lock.toString();
        assertThat(LockValue.parse(value).isGenuine(KEY)).isTrue();
        assertThat(lock.isGenuine(new SecretLockKey(SecretLockKey.random()))).isFalse();

        int at = where % value.length();
        String forged = value.substring(0, at) + instead + value.substring(at + 1);
        LockValue other = LockValue.parse(forged);
        assertThat(other != null && other.isGenuine(KEY)).isEqualTo(forged.equals(value));
        LockValue cut = LockValue.parse(value.substring(0, value.length() - 1));
        assertThat(cut != null && cut.isGenuine(KEY)).isFalse();
    }

    @Test
    void shouldReadAValueOfTheLongestAndNoneThatIsLonger() {
        String rest = "#7:gate:" + "t".repeat(24);
        String longest = "j".repeat(LockValue.MAX_CHARS - rest.length()) + rest;

        assertThat(LockValue.parse(longest)).isNotNull();
        assertThat(LockValue.parse("j" + longest)).isNull();
    }

    @Test
    void shouldNotKnowAValueOfAnOlderVersion() {
        assertThat(new LockValue("app", 17, "gate", LockValue.randomToken()).isGenuine(KEY))
                .isFalse();
    }

    @Test
    void shouldTellItsPlaceWithoutItsToken() {
        LockValue lock = LockValue.mint(KEY, "team/app", 17, "release-gate");

        assertThat(lock.place()).isEqualTo("team/app#17:release-gate");
    }
}

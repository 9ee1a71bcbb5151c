package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class JobPatternsTest {

    private static JobPatterns patterns(String list) {
        return new JobPatterns(
                Arrays.stream(list.split(",")).filter(text -> !text.isEmpty()).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                            | anything/at/all       | true",
                "shop/**                       | shop/release          | true",
                "shop/**                       | shop/a/b/c            | true",
                "shop/**                       | shop                  | true",
                "shop/**                       | shopping/release      | false",
                "shop/**                       | a/shop/release        | false",
                "shop/*                        | shop/release          | true",
                "shop/*                        | shop/a/release        | false",
                "shop/*                        | shop                  | false",
                "**/release                    | release               | true",
                "**/release                    | a/b/release           | true",
                "**/release                    | a/release/b           | false",
                "a/**/z                        | a/z                   | true",
                "a/**/z                        | a/b/c/z               | true",
                "a/**/**/z                     | a/z                   | true",
                "a/**/b/**/z                   | a/x/b/y/b/z           | true",
                "a/**/b/**/z                   | a/x/y/z               | false",
                "**                            | a/b                   | true",
                "re?ease                       | release               | true",
                "re?ease                       | reease                | false",
                "re?ease                       | re/ease               | false",
                "rel*-*e                       | release-live          | true",
                "rel*-*e                       | release-test          | false",
                "SHOP/Release                  | shop/release          | true",
                "my folder/*                   | My Folder/release     | true",
                "shop.release                  | shopXrelease          | false",
                // The last one that matches decides.
                "shop/**,!shop/sandbox/**      | shop/release          | true",
                "shop/**,!shop/sandbox/**      | shop/sandbox/try      | false",
                "!shop/sandbox/**,shop/**      | shop/sandbox/try      | true",
                "shop/**,!shop/s/**,shop/s/ok  | shop/s/ok             | true",
                // Only such as leave jobs out: all but those.
                "!shop/sandbox/**              | crm/release           | true",
                "!shop/sandbox/**              | shop/sandbox/try      | false",
                "!a,!b                         | b                     | false",
                // Branches, as Jenkins writes them and as they are.
                "shop/*                        | shop/fix%2F7          | true",
                "shop/fix/*                    | shop/fix%2F7          | true",
                "shop/fix%2F*                  | shop/fix%2F7          | true",
                "shop/fix/8                    | shop/fix%2F7          | false",
                "shop/**,!shop/fix/**          | shop/fix%2F7          | false",
                "shop/caf\u00e9                    | shop/caf%C3%A9        | true",
                "shop/a+b                      | shop/a+b              | true",
                "shop/fix c                    | shop/fix%20c          | true",
                "shop/100%                     | shop/100%             | true",
            })
    @DisplayName("protocol: which releases — by patterns of full names; the last that matches decides")
    void shouldMatchFullNames(String list, String job, boolean heard) {
        assertThat(patterns(list).match(job)).isEqualTo(heard);
    }

    @Test
    void shouldSayWhyAJobIsPassedBy() {
        assertThat(patterns("shop/**,!shop/sandbox/**").passedBy("shop/sandbox/x"))
                .isEqualTo("not for this job, which !shop/sandbox/** leaves out");
        assertThat(patterns("shop/**,crm/*").passedBy("hr/x")).isEqualTo("not for this job, but for shop/**, crm/*");
        assertThat(patterns("shop/**").passedBy("shop/x")).isNull();
    }

    @Test
    void shouldNotGrowWithoutBoundsOnAHostilePattern() {
        String pattern = "a*".repeat(400) + "b";
        String job = "a".repeat(5_000);

        assertThat(new JobPatterns(List.of(pattern, "**/" + pattern + "/**/x")).match(job))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop/**", "!shop/sandbox/**", "**", "!**/x", "a b/c", "re?ease*", "shop/fix%2F*", "job/x"})
    void shouldAcceptAPattern(String pattern) {
        assertThat(JobPatterns.error(pattern)).isNull();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "!", "! "})
    void shouldRefuseAPatternThatIsBlank(String pattern) {
        assertThat(JobPatterns.error(pattern))
                .isEqualTo("a pattern of jobs is blank; write one such as shop/** or !shop/sandbox/**");
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/release, begins or ends with a slash",
        "shop/, begins or ends with a slash",
        "!shop/, begins or ends with a slash",
        "shop//release, two in a row",
        "shop/rel**, write ** alone between slashes",
        "shop/***, write ** alone between slashes",
        "https://jenkins.example.com/job/shop/, is a URL; write the job's full name",
        "/job/shop/job/release, is a URL; write the job's full name",
        "job/shop/job/release/, is a URL; write the job's full name"
    })
    void shouldSayWhatIsWrongWithAPattern(String pattern, String problem) {
        assertThat(JobPatterns.error(pattern)).contains(problem).startsWith("'" + pattern + "' ");
    }

    @Test
    void shouldBoundPatternsAndRefuseControlCharacters() {
        assertThat(JobPatterns.error("a".repeat(1_000))).isNull();
        assertThat(JobPatterns.error("a".repeat(1_001))).contains("over 1000 characters");
        assertThat(JobPatterns.error("a\tb")).contains("control character");
    }

    @ParameterizedTest
    @CsvSource({
        "shop/*, shop/Release, true",
        "!SHOP/**, shop/release, true",
        "crm/**, shop/release, false",
        "!crm/**, shop/release, false",
        "shop/fix/7, shop/fix%2F7, true",
        "shop/fix%2F7, shop/fix%2F7, true"
    })
    void shouldKnowWhetherAPatternSaysAnythingOfAJob(String pattern, String job, boolean concerns) {
        assertThat(JobPatterns.concerns(pattern, job)).isEqualTo(concerns);
    }

    @ParameterizedTest
    @CsvSource({"*, shop/release, false", "*, shop/100%, false", "shop/100%, shop/100%, true", "fix, %66ix, true"})
    void shouldTakeANameThatEncodesNothingAsItIs(String pattern, String job, boolean heard) {
        assertThat(new JobPatterns(List.of(pattern)).match(job)).isEqualTo(heard);
    }
}

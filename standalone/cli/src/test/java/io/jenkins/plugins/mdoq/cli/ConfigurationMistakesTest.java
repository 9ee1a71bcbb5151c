package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a mistake in a configuration is, and what to write instead. */
class ConfigurationMistakesTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "MDOQ_SECRET", "secret-one",
            "ROTATED", "secret-new\n",
            "EMPTY", " ",
            "UMLAUT", "schl\u00fcssel",
            "SEVERAL", "secret-one secret-two",
            "SHORT", "seven-7",
            "NO_KEY", "whsec_not-base64!",
            "SHORT_KEY", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2L=",
            "GATE_URL", "https://chat.example.com/services/T0AB12CD3/x\n",
            "TOKEN", "Quite-Another");

    private static Configuration read(String text) {
        return ConfigurationReader.read("mdoq.yaml", text, ENVIRONMENT);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                // The file as a whole.
                bad("", "1: the file is empty; list at least one webhook under webhooks:"),
                bad("# nothing yet\n", "1: the file is empty; list at least one webhook under webhooks:"),
                bad("webhooks: [\n", "2: this is not YAML: expected the node content, but found '<stream end>'"),
                bad(
                        "webhooks:\n\t- name: x\n",
                        "2: this is not YAML: found character '\\t(TAB)' that cannot start any token."
                                + " (Do not use \\t(TAB) for indentation)"),
                bad("a: 1\n---\nb: 2\n", "2: this is not YAML: but found another document"),
                bad("webhooks:\n  - name: a\7b\n", "2: this is not YAML: it holds a character that is none of text"),
                bad("[]\n", "1: the file is described by keys with values; write webhooks"),
                bad("webhook: []\n", "1: unknown key 'webhook' for the file; did you mean webhooks?"),
                bad("webhooks: {}\n", "1: webhooks takes a list; begin each of its items with a dash"),
                bad("webhooks: []\n", "1: no webhook is configured; list at least one under webhooks:"),
                bad(
                        "webhooks:\n  - a\n",
                        "2: a webhook is described by keys with values; write name, url, format, secret,"
                                + " timeoutSeconds, tries, sign, allowFrom, jobs, events"),
                // A webhook.
                webhook(
                        "colour: red",
                        "5: unknown key 'colour' for a webhook; write one of name, url, format, secret, timeoutSeconds,"
                                + " tries, sign, allowFrom, jobs, events"),
                webhook(
                        "jobs: [shop/**, shop/]",
                        "5: jobs: 'shop/' begins or ends with a slash, or has two in a row; write a pattern such as"
                                + " shop/**"),
                webhook("jobs: shop/**", "5: jobs takes a list; begin each of its items with a dash"),
                webhook(
                        "jobs: ['']",
                        "5: jobs: a pattern of jobs is blank; write one such as shop/** or !shop/sandbox/**"),
                webhook(
                        "jobs: ['${TEAM}/**']",
                        "5: an item of jobs holds ${TEAM}, but environment variables are taken by url and secret only;"
                                + " write the value itself"),
                webhook("nmae: x", "5: unknown key 'nmae' for a webhook; did you mean name?"),
                webhook(
                        "time-out_seconds: 5",
                        "5: unknown key 'time-out_seconds' for a webhook; did you mean timeoutSeconds?"),
                webhook("url: http://b/", "5: the key 'url' stands twice; keep one of them"),
                webhook("format: SLAK", "5: format is 'SLAK'; write one of MDOQ, SLACK, TEAMS"),
                webhook(
                        "format: slack\n    sign: true",
                        "6: a webhook of the format SLACK only hears what happens, so it has no sign;"
                                + " leave sign out, or write format: MDOQ"),
                without("name: gate", "2: a webhook needs a name"),
                with("name: gate", "name: [gate]", "2: name takes a single value, not a list or keys"),
                with(
                        "name: gate",
                        "name: a:b",
                        "2: a webhook's name holds no colon and no control characters; write one"
                                + " such as release-gate"),
                without("url: http://a/", "3: a webhook needs a URL such as https://middleware.example.com/mdoq"),
                with(
                        "    url: http://a/\n",
                        "",
                        "2: a webhook needs a URL such as https://middleware.example.com/mdoq"),
                with("http://a/", "ftp://a/", "3: a webhook's URL begins with http:// or https://"),
                with("http://a/", "a b", "3: this is not a URL; write one such as https://middleware.example.com/mdoq"),
                with(
                        "http://a/",
                        "http://u:p@a/",
                        "3: the URL holds a user name or password, which would end in logs;"
                                + " the webhook's secret says who calls"),
                with(
                        "    secret: ${MDOQ_SECRET}\n",
                        "",
                        "2: the webhook has no secret; write secret: ${MDOQ_SECRET} and set that" + " variable"),
                with(
                        "${MDOQ_SECRET}",
                        "hunter2",
                        "4: a secret must not stand in the file; write secret: ${MDOQ_SECRET} and"
                                + " set that environment variable"),
                with(
                        "${MDOQ_SECRET}",
                        "${MDOQ_SECRET} hunter2",
                        "4: a secret must not stand in the file; write secret:"
                                + " ${MDOQ_SECRET} and set that environment variable"),
                with(
                        "${MDOQ_SECRET}",
                        "${NOWHERE}",
                        "4: the environment variable NOWHERE is not set; set it to the" + " webhook's secret"),
                with(
                        "${MDOQ_SECRET}",
                        "${EMPTY}",
                        "4: the environment variable EMPTY is empty; set it to the webhook's" + " secret"),
                with(
                        "${MDOQ_SECRET}",
                        "${UMLAUT}",
                        "4: the environment variable UMLAUT: character 5 of the secret is not visible ASCII; the"
                                + " secret travels in an HTTP header, so use letters, digits and punctuation only"),
                with(
                        "${MDOQ_SECRET}",
                        "${SEVERAL}",
                        "4: the environment variable SEVERAL: the secret holds a blank; one variable is one secret, so"
                                + " write several as several references: secret: ${NEW} ${OLD}"),
                with(
                        "${MDOQ_SECRET}",
                        "${SHORT}",
                        "4: the environment variable SHORT: the secret has fewer than 8 characters; use at least as"
                                + " many, better 24 random ones"),
                with(
                        "${MDOQ_SECRET}",
                        "${NO_KEY}",
                        "4: the environment variable NO_KEY: the secret begins with whsec_ but is no key of Standard"
                                + " Webhooks; let 24 to 64 bytes in Base64 follow, or use a secret without that prefix"),
                with(
                        "${MDOQ_SECRET}",
                        "${SHORT_KEY}",
                        "4: the environment variable SHORT_KEY: the secret begins with whsec_ but is no key of Standard"
                                + " Webhooks; let 24 to 64 bytes in Base64 follow, or use a secret without that prefix"),
                with(
                        "http://a/",
                        "https://a/hook?token=${NOWHERE}",
                        "3: the environment variable NOWHERE is not set; set it to its part of the webhook's URL"),
                with(
                        "http://a/",
                        "${EMPTY}",
                        "3: the environment variable EMPTY is empty; set it to its part of the webhook's URL"),
                with("http://a/", "${TOKEN}", "3: a webhook's URL begins with http:// or https://"),
                with(
                        "name: gate",
                        "name: gate-${STAGE}",
                        "2: name holds ${STAGE}, but environment variables are taken by url and secret only; write the"
                                + " value itself"),
                webhook(
                        "tries: ${TRIES}",
                        "5: tries holds ${TRIES}, but environment variables are taken by url and secret only; write the"
                                + " value itself"),
                webhook(
                        "allowFrom: [\"${RANGE}\"]",
                        "5: an item of allowFrom holds ${RANGE}, but environment variables are taken by url and secret"
                                + " only; write the value itself"),
                event(
                        "onFail: ${ON_FAIL}",
                        "7: onFail holds ${ON_FAIL}, but environment variables are taken by url and secret only; write"
                                + " the value itself"),
                webhook("timeoutSeconds: 0", "5: timeoutSeconds is 0; write a whole number from 1 to 3600"),
                webhook("timeoutSeconds: 1.5", "5: timeoutSeconds is '1.5'; write a whole number from 1 to 3600"),
                webhook("tries: -3", "5: tries is -3; write a whole number from 1 to 100"),
                webhook("tries: many", "5: tries is 'many'; write a whole number from 1 to 100"),
                webhook(
                        "tries: 99999999999999999999",
                        "5: tries is 9223372036854775807; write a whole number from 1 to" + " 100"),
                webhook("sign: yes", "5: sign is 'yes'; write true or false"),
                webhook("allowFrom: 10.0.0.0/8", "5: allowFrom takes a list; begin each of its items with a dash"),
                webhook(
                        "allowFrom:\n      - 10.0.0.0/8\n      - 10.0.0.0/33",
                        "7: '10.0.0.0/33' is not an address range;"
                                + " the part behind the slash is a number from 0 to 32"),
                webhook(
                        "allowFrom: [build.example.com]",
                        "5: 'build.example.com' is not an address range; write one such"
                                + " as 192.0.2.0/24, 2001:db8::/32 or 192.0.2.7"),
                webhook(
                        "allowFrom:\n      -",
                        "6: an item of allowFrom is empty; write a value behind the dash or take the" + " dash away"),
                bad(
                        ok("") + ok("").replace("webhooks:\n", ""),
                        "7: two webhooks are named 'gate'; give each a name of" + " its own"),
                // Its events.
                with(
                        "    events:\n      - event: before_release\n",
                        "",
                        "2: the webhook listens to no event; list at least"
                                + " one, such as - event: before_release, under events:"),
                event(
                        "when: now",
                        "7: unknown key 'when' for an event; write one of event, blocking,"
                                + " lockTimeout, heartbeat, onLockTimeout, onFail, onDeliveryError"),
                with(
                        "- event: before_release",
                        "- blocking: true",
                        "6: the event has no name; write event:"
                                + " before_release, event: before_release_complete or a name of your own"),
                with(
                        "- event: before_release",
                        "- event: \"a\\tb\"",
                        "6: an event needs a name without control characters; write beforeRelease,"
                                + " beforeReleaseComplete or the name of a custom event"),
                bad(
                        ok("") + "      - event: beforeRelease\n",
                        "7: the webhook listens to before_release twice; keep one" + " of them"),
                event("blocking: 1", "7: blocking is '1'; write true or false"),
                event(
                        "blocking: true\n        lockTimeoutMinutes: -1",
                        "8: lockTimeoutMinutes is -1; write a whole number" + " from 0 to 5256000"),
                event(
                        "lockTimeoutMinutes: 5",
                        "7: lockTimeoutMinutes is set although the event does not block; add"
                                + " blocking: true or leave it out"),
                event(
                        "blocking: true\n        lockTimeout: 5m\n        lockTimeoutMinutes: 5",
                        "9: lockTimeout and lockTimeoutMinutes are both set; keep lockTimeout alone"),
                event(
                        "blocking: true\n        lockTimeout: 30",
                        "8: lockTimeout is 30, a number without a unit; write 30s for seconds, 30m for minutes or 30h"
                                + " for hours"),
                event(
                        "blocking: true\n        heartbeat: 1.5h",
                        "8: heartbeat is '1.5h'; write a whole number and its unit, such as 90s, 30m, 2h or 1d, or 0 for"
                                + " none"),
                event(
                        "heartbeat: 90s",
                        "7: heartbeat is set although the event does not block; add blocking: true or leave it out"),
                event(
                        "lockTimeout: 1h",
                        "7: lockTimeout is set although the event does not block; add blocking: true or leave it out"),
                event(
                        "onLockTimeout: STOP",
                        "7: onLockTimeout is set although the event does not block; add blocking: true or leave it out"),
                event(
                        "blocking: true\n        onLockTimeout: ABORT",
                        "8: onLockTimeout is 'ABORT'; write one of FAIL, STOP, ROLLBACK, UNSTABLE, CONTINUE"),
                event("onFail: STOP", "7: onFail is 'STOP'; write one of CONTINUE, UNSTABLE, FAIL"),
                event("onDeliveryError: UNSTABLE", "7: onDeliveryError is 'UNSTABLE'; write one of FAIL, CONTINUE"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldSayWhereAMistakeIsAndWhatToWriteInstead(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("mdoq.yaml:" + message)
                .message()
                .doesNotContain(
                        "hunter2", "schl\u00fcssel", "secret-two", "seven-7", "not-base64", "MfKQ9r8G", "Quite-Another")
                .doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void shouldSurviveAFileThatIsNestedBeyondMeasure() {
        assertThatThrownBy(() -> read("webhooks: " + "[".repeat(1_000_000)))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .startsWith("mdoq.yaml");
    }

    @Test
    void shouldShortenWhatItRepeats() {
        assertThatThrownBy(() -> read(ok("tries: " + "x".repeat(10_000))))
                .hasMessage("mdoq.yaml:5: tries is '" + "x".repeat(60)
                        + "… (9940 more)'; write a whole number from 1 to" + " 100");
    }

    /** A file with nothing wrong in it, more lines for its webhook from line 5 on. */
    private static String ok(String more) {
        return "webhooks:\n  - name: gate\n    url: http://a/\n    secret: ${MDOQ_SECRET}\n"
                + (more.isEmpty() ? "" : "    " + more + "\n")
                + "    events:\n      - event: before_release\n";
    }

    private static Arguments bad(String text, String message) {
        return Arguments.of(text, message);
    }

    private static Arguments webhook(String line, String message) {
        return bad(ok(line), message);
    }

    private static Arguments event(String line, String message) {
        return bad(ok("") + "        " + line + "\n", message);
    }

    private static Arguments with(String text, String instead, String message) {
        assertThat(ok("")).contains(text);
        return bad(ok("").replace(text, instead), message);
    }

    /** The key without its value, which is as good as no key at all. */
    private static Arguments without(String keyAndValue, String message) {
        return with(keyAndValue, keyAndValue.substring(0, keyAndValue.indexOf(':') + 1), message);
    }
}

package io.jenkins.plugins.mdoq.cli;

import static io.jenkins.plugins.mdoq.cli.MistakenFile.assertRefused;
import static io.jenkins.plugins.mdoq.cli.MistakenFile.bad;
import static io.jenkins.plugins.mdoq.cli.MistakenFile.event;
import static io.jenkins.plugins.mdoq.cli.MistakenFile.ok;
import static io.jenkins.plugins.mdoq.cli.MistakenFile.read;
import static io.jenkins.plugins.mdoq.cli.MistakenFile.webhook;
import static io.jenkins.plugins.mdoq.cli.MistakenFile.with;
import static io.jenkins.plugins.mdoq.cli.MistakenFile.without;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a mistake in a configuration file or its webhooks is, and what to write instead. */
class ConfigurationMistakesTest {

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
                        "7: two webhooks are named 'gate'; give each a name of" + " its own"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldSayWhereAMistakeIsAndWhatToWriteInstead(String text, String message) {
        assertRefused(text, message);
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
}

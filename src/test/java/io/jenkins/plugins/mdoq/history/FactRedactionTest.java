package io.jenkins.plugins.mdoq.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No fact keeps a secret that its redactor knows. */
class FactRedactionTest {

    @Test
    void shouldMaskASecretInEachTextOfAFact() {
        String secret = "hush-hush-now";
        Redactor redactor = Redactor.of(Secrets.ofTexts(secret));
        for (Fact fact : List.of(
                new Fact.AttemptFailed(Facts.START, "msg", 1, 503, 20, secret, secret, null),
                new Fact.Answered(
                        Facts.START,
                        "msg",
                        1,
                        200,
                        15,
                        Result.FAIL,
                        Facts.json("{'m':'" + secret + "'}"),
                        List.of(secret)),
                new Fact.Progressed(Facts.START, "msg", secret, secret, true),
                new Fact.Extended(Facts.START, "msg", Facts.START, secret, secret),
                new Fact.Released(
                        Facts.START,
                        "msg",
                        Facts.json("{'m':'" + secret + "'}"),
                        secret,
                        List.of(secret),
                        true,
                        secret),
                new Fact.Refused(Facts.START, "msg", "release", 410, secret, secret, 1, true),
                new Fact.SentAgain(Facts.START, "msg", 1, secret),
                new Fact.RepliedAgain(
                        Facts.START,
                        "msg",
                        1,
                        200,
                        15,
                        secret,
                        secret,
                        Facts.json("{'m':'" + secret + "'}"),
                        List.of(secret)),
                new Fact.Cancelled(Facts.START, "msg", secret),
                new Fact.Failing(Facts.START, "key", "gate", secret, List.of()),
                new Fact.Settled(Facts.START, "key", Outcome.FAIL, Action.FAIL, "gate", secret, secret))) {
            assertThat(fact.toString()).contains(secret);
            Fact redacted = fact.redacted(redactor);
            assertThat(redacted).hasSameClassAs(fact);
            assertThat(redacted.toString()).contains("****").doesNotContain(secret);
            assertThat(redacted.wasUnseen()).isEqualTo(fact.wasUnseen());
        }
    }
}

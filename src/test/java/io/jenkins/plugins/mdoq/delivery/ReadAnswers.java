package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.nio.charset.StandardCharsets;

/** What the answer reader makes of the bodies of tests, with one secret to be masked. */
final class ReadAnswers {

    static final String SECRET = "a-secret-of-thirty-characters!";

    private ReadAnswers() {}

    /** Reads an answer. */
    static Reply read(int status, byte[] body) {
        return AnswerReader.read(status, body, null, null, Redactor.of(Secrets.ofTexts(SECRET)));
    }

    static Reply read(int status, String body) {
        return read(status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads one that counts. */
    static Reply.Answer answer(int status, String body) {
        Reply reply = read(status, body);
        assertThat(reply).isInstanceOf(Reply.Answer.class);
        return (Reply.Answer) reply;
    }

    /** Reads one that is a delivery error. */
    static Reply.Failure failure(int status, byte[] body) {
        Reply reply = read(status, body);
        assertThat(reply).isInstanceOf(Reply.Failure.class);
        return (Reply.Failure) reply;
    }

    static Reply.Failure failure(int status, String body) {
        return failure(status, body.getBytes(StandardCharsets.UTF_8));
    }
}

package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.cli.Documents.Block;
import io.jenkins.plugins.mdoq.delivery.Signature;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the three snippets of docs/signatures.md that verify a signature, each as it is printed, with the page's own test
 * vector and with what must be refused. A snippet whose interpreter is not on this machine is skipped, which is said.
 */
class SignaturesPageTest {

    private static final String PAGE = "docs/signatures.md";

    /** Another secret; while one is replaced, requests carry a signature of each. */
    private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    private static final String FREE_TEXT = "mdoq-is-awesome";

    @TempDir
    Path folder;

    /** A snippet, and what is put around it: it reads questions, and prints true or false for each. */
    enum Snippet {
        PHP("php", "php", "<?php\n%s\n", """
                foreach (json_decode(file_get_contents('questions.json'), true) as $q) {
                    $genuine = genuine($q['secret'], $q['id'], $q['time'], $q['signatures'], $q['body'], $q['now']);
                    echo $genuine ? "true\\n" : "false\\n";
                }
                """),
        PYTHON("python", "python3", "%s\n", """
                import json
                for q in json.load(open("questions.json", encoding="utf-8")):
                    body = q["body"].encode()
                    print(str(genuine(q["secret"], q["id"], q["time"], q["signatures"], body, q["now"])).lower())
                """),
        JS("js", "node", "%s\n", """
                for (const q of JSON.parse(require('node:fs').readFileSync('questions.json', 'utf8'))) {
                  Date.now = () => q.now * 1000;
                  const headers = { 'webhook-id': q.id, 'webhook-timestamp': q.time, 'webhook-signature': q.signatures };
                  let genuine;
                  try {
                    genuine = JSON.stringify(verified(q.secret, headers, Buffer.from(q.body))) === q.body.replace(' ', '');
                  } catch (e) {
                    genuine = false;
                  }
                  console.log(genuine);
                }
                """);

        final String language;
        final String program;
        final String frame;
        final String driver;

        Snippet(String language, String program, String frame, String driver) {
            this.language = language;
            this.program = program;
            this.frame = frame;
            this.driver = driver;
        }

        String script() throws Exception {
            List<String> found = Documents.blocks(PAGE, Documents.read(PAGE)).stream()
                    .filter(block -> block.language().equals(language))
                    .map(Block::text)
                    .toList();
            assertThat(found).as("blocks in " + language).hasSize(1);
            return frame.formatted(found.get(0)) + driver;
        }
    }

    /** What a snippet is asked. */
    private record Question(String secret, String id, String time, String signatures, String body, long now) {

        Question withSecret(String other) {
            return new Question(other, id, time, signatures, body, now);
        }

        Question withSignatures(String other) {
            return new Question(secret, id, time, other, body, now);
        }

        Question at(long seconds) {
            return new Question(secret, id, time, signatures, body, Long.parseLong(time) + seconds);
        }

        ObjectNode json() {
            return new ObjectMapper()
                    .createObjectNode()
                    .put("secret", secret)
                    .put("id", id)
                    .put("time", time)
                    .put("signatures", signatures)
                    .put("body", body)
                    .put("now", now);
        }
    }

    /** The test vector, as the page's table has it. */
    private static Question vector() throws Exception {
        Map<String, String> rows = new LinkedHashMap<>();
        Pattern.compile("(?m)^\\| `?([\\w-]+)`? \\| `([^`]+)` \\|$")
                .matcher(Documents.read(PAGE))
                .results()
                .forEach(row -> rows.put(row.group(1), row.group(2)));
        String time = rows.get("webhook-timestamp");
        return new Question(
                rows.get("secret"),
                rows.get("webhook-id"),
                time,
                rows.get("webhook-signature"),
                rows.get("body"),
                Long.parseLong(time));
    }

    private static String signed(Question question, String... secrets) {
        return Signature.header(
                Secrets.ofTexts(secrets),
                question.id(),
                Long.parseLong(question.time()),
                question.body().getBytes(StandardCharsets.UTF_8));
    }

    /** What each snippet has to say, by the question in words. */
    private static Map<String, Map.Entry<Question, Boolean>> questions(Snippet snippet) throws Exception {
        Question right = vector();
        String known = right.secret();
        Map<String, Map.Entry<Question, Boolean>> questions = new LinkedHashMap<>();
        questions.put("the vector", Map.entry(right, true));
        questions.put("another body", Map.entry(with(right, "body", "{\"test\": 2432232315}"), false));
        questions.put("another id", Map.entry(with(right, "id", "msg_another"), false));
        questions.put("another time", Map.entry(with(right, "time", "1614265331"), false));
        questions.put("another secret", Map.entry(right.withSecret(OTHER), false));
        questions.put("no signature", Map.entry(right.withSignatures(""), false));
        questions.put("a signature without its version", Map.entry(right.withSignatures(rest(right)), false));
        questions.put("four minutes later", Map.entry(right.at(240), true));
        questions.put("six minutes later", Map.entry(right.at(360), false));
        questions.put("six minutes early", Map.entry(right.at(-360), false));

        Question both = right.withSignatures(signed(right, OTHER, known));
        assertThat(both.signatures().split(" ")).as("one for each").hasSize(2);
        questions.put("while replaced, knows the second secret", Map.entry(both, true));
        questions.put("while replaced, knows the first secret", Map.entry(both.withSecret(OTHER), true));
        questions.put(
                "while replaced, knows neither",
                Map.entry(both.withSecret("whsec_bm9uZS1vZi10aGVzZS1zZWNyZXRz"), false));
        if (snippet != Snippet.JS) { // npm's library takes a key in Base64, as the page says
            Question free = right.withSecret(FREE_TEXT).withSignatures(signed(right, FREE_TEXT));
            questions.put("a secret in free text", Map.entry(free, true));
            questions.put("another secret in free text", Map.entry(free.withSecret("mdoq-is-awesomE"), false));
        }
        return questions;
    }

    private static String rest(Question question) {
        return question.signatures().substring("v1,".length());
    }

    private static Question with(Question question, String field, String value) throws Exception {
        ObjectNode changed = question.json().put(field, value);
        return new Question(
                changed.get("secret").asText(),
                changed.get("id").asText(),
                changed.get("time").asText(),
                changed.get("signatures").asText(),
                changed.get("body").asText(),
                changed.get("now").asLong());
    }

    @Test
    void shouldPrintTheSignatureThatIsSent() throws Exception {
        Question vector = vector();

        assertThat(signed(vector, vector.secret())).isEqualTo(vector.signatures());
    }

    @ParameterizedTest
    @EnumSource
    void shouldVerify(Snippet snippet) throws Exception {
        ExampleEndpoint.assumeProgram(snippet.program, "the snippet in " + snippet.language + " of " + PAGE);
        if (snippet == Snippet.JS) {
            ExampleEndpoint.assumeNodeModule("standardwebhooks", "the snippet in js of " + PAGE);
        }
        Map<String, Map.Entry<Question, Boolean>> questions = questions(snippet);
        List<JsonNode> asked = questions.values().stream()
                .<JsonNode>map(question -> question.getKey().json())
                .toList();
        Files.writeString(
                folder.resolve("questions.json"),
                new ObjectMapper().createArrayNode().addAll(asked).toString());
        Path script = Files.writeString(folder.resolve("script." + snippet.language), snippet.script());

        try (JarRun run = JarRun.command(
                folder,
                Map.of("NODE_PATH", ExampleEndpoint.nodeModules()),
                List.of(snippet.program, script.toString()))) {
            assertThat(run.exitCode()).as(() -> textOf(run)).isZero();
            Map<String, String> said = new LinkedHashMap<>();
            List<String> lines = run.out();
            assertThat(lines).as(() -> textOf(run)).hasSameSizeAs(questions.keySet());
            List<String> names = List.copyOf(questions.keySet());
            for (int i = 0; i < lines.size(); i++) {
                said.put(names.get(i), lines.get(i));
            }
            Map<String, String> expected = new LinkedHashMap<>();
            questions.forEach((name, question) ->
                    expected.put(name, question.getValue().toString()));
            assertThat(said).isEqualTo(expected);
        }
    }

    private static String textOf(JarRun run) {
        try {
            return Stream.concat(run.out().stream(), run.err().stream()).toList().toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}

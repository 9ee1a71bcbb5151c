package io.jenkins.plugins.mdoq.benchmarks;

import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Masking the secrets of many webhooks in the longest answer that is read. */
final class Redactions implements Benchmark {

    private static final int SECRETS = 20;
    private static final int CHARS = 1024 * 1024;
    private static final int TARGET_MILLIS = 30;

    private final Random random = new Random(8);

    @Override
    public List<Measurement> measure(Path folder, boolean quick) {
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < SECRETS; i++) {
            secrets.add(secret());
        }
        Redactor redactor = Redactor.of(Secrets.ofTexts(secrets.toArray(String[]::new)));
        int rounds = quick ? 20 : 100;
        Samples json = time(redactor, json(secrets), rounds);
        Samples escaped = time(redactor, json(secrets).replace("\"", "\\u0022").replace(" ", "%20"), rounds);
        Samples base64 = time(redactor, base64(), rounds);
        return List.of(
                Measurement.against(
                        "masking " + SECRETS + " secrets in an answer of 1 MiB of JSON, median",
                        "at most " + TARGET_MILLIS + " ms",
                        millis(json),
                        json.median() <= TARGET_MILLIS),
                Measurement.figure("the same with every quote and blank escaped", "%s", millis(escaped)),
                Measurement.figure("the same where all of it is one Base64 text", "%s", millis(base64)));
    }

    private static String millis(Samples samples) {
        return String.format(java.util.Locale.ROOT, "%.1f ms (slowest %.1f ms)", samples.median(), samples.most());
    }

    private static Samples time(Redactor redactor, String text, int rounds) {
        double[] millis = new double[rounds];
        for (int i = -rounds; i < rounds; i++) {
            long begun = System.nanoTime();
            String masked = redactor.text(text);
            if (masked.isEmpty()) {
                throw new IllegalStateException("all of the text is gone");
            }
            if (i >= 0) {
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
        }
        return Samples.of(millis);
    }

    private String secret() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A report as a test runner writes it, in which some of the secrets are echoed. */
    private String json(List<String> secrets) {
        StringBuilder json = new StringBuilder("{\"result\": \"success\", \"tests\": [");
        for (int i = 0; json.length() < CHARS - 400; i++) {
            json.append("{\"name\": \"com.example.shop.CheckoutTest.shouldTakeCard")
                    .append(i)
                    .append("\", \"millis\": ")
                    .append(random.nextInt(1000))
                    .append(", \"log\": \"GET https:\\/\\/shop.example.com\\/cart?id=")
                    .append(random.nextInt())
                    .append(" was answered with \\\"200 OK\\\" by worker-")
                    .append(i % 7)
                    .append("\\n\"");
            if (i % 100 == 0) {
                json.append(", \"header\": \"")
                        .append(secrets.get(i / 100 % SECRETS))
                        .append('"');
            }
            json.append("}, ");
        }
        return json.append("]}").toString();
    }

    private String base64() {
        byte[] bytes = new byte[CHARS / 4 * 3];
        random.nextBytes(bytes);
        return new String(Base64.getEncoder().encode(bytes), StandardCharsets.US_ASCII);
    }
}

package io.jenkins.plugins.mdoq.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What endpoints, frameworks and proxies do to a text before they send it back. All of ASCII in, all of ASCII out. */
enum Encoder {
    /** As it is. */
    NONE((text, random) -> text),
    /** Some of its characters percent-encoded, all that a URL has a use for among them. */
    PERCENT((text, random) ->
            each(text, c -> "%&+=#?/ ".indexOf(c) >= 0 || random.nextInt(3) == 0, c -> percent(c, random))),
    /** All of it percent-encoded. */
    PERCENT_ALL((text, random) -> each(text, c -> true, c -> percent(c, random))),
    /** JSON: slashes escaped or not, what means something in HTML by its number; letters, too, where none is a part of an escape. */
    JSON((text, random) -> each(
            text,
            c -> "\"\\<>&'/".indexOf(c) >= 0
                    || text.indexOf('\\') < 0 && text.indexOf('%') < 0 && random.nextInt(5) == 0,
            c -> json(c, random))),
    /** HTML, each character by name or number. */
    HTML((text, random) -> each(text, c -> "&<>\"'".indexOf(c) >= 0 || random.nextInt(5) == 0, c -> html(c, random))),
    /** Backslashes in front of quotes and backslashes, as PHP's addslashes does. */
    SLASHES((text, random) -> each(text, c -> "\"'\\".indexOf(c) >= 0, c -> "\\" + c)),
    /** Base64 of either alphabet, after a user name of any length as in the Authorization header. */
    BASE64((text, random) -> base64(text, random));

    private final BiFunction<String, Random, String> encode;

    Encoder(BiFunction<String, Random, String> encode) {
        this.encode = encode;
    }

    String encode(String text, Random random) {
        return encode.apply(text, random);
    }

    private interface CharPredicate {
        boolean test(char c);
    }

    private interface CharEncoder {
        String encode(char c);
    }

    private static String each(String text, CharPredicate which, CharEncoder how) {
        return text.chars()
                .mapToObj(c -> which.test((char) c) ? how.encode((char) c) : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static String percent(char c, Random random) {
        return String.format(random.nextBoolean() ? "%%%02X" : "%%%02x", (int) c);
    }

    private static String json(char c, Random random) {
        return "\"\\/".indexOf(c) >= 0 && random.nextBoolean()
                ? "\\" + c
                : String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c);
    }

    private static String html(char c, Random random) {
        String zeros = "0".repeat(random.nextInt(4));
        switch (random.nextInt(3)) {
            case 0:
                return "&#" + zeros + (int) c + ";";
            case 1:
                return "&#x" + zeros + Integer.toHexString(c) + ";";
            default:
                return switch (c) {
                    case '&' -> "&amp;";
                    case '<' -> "&lt;";
                    case '>' -> "&gt;";
                    case '"' -> "&quot;";
                    case '\'' -> "&apos;";
                    default -> "&#" + (int) c + ";";
                };
        }
    }

    private static String base64(String text, Random random) {
        String before = random.nextBoolean() ? "" : "u".repeat(random.nextInt(4)) + ":";
        Base64.Encoder encoder = random.nextBoolean() ? Base64.getEncoder() : Base64.getUrlEncoder();
        byte[] bytes = (before + text).getBytes(StandardCharsets.US_ASCII);
        return (random.nextBoolean() ? encoder : encoder.withoutPadding()).encodeToString(bytes);
    }
}

package io.jenkins.plugins.mdoq.protocol;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says why a text is no JSON object, in the words of somebody who wrote what sent it. */
final class UnreadableJson {

    private static final int NEAR_CHARS = 30;
    private static final Pattern SIZE = Pattern.compile("\\((\\d+)\\)");
    private static final String START = "not exactly one JSON object: ";

    private UnreadableJson() {}

    /** What a value is that stands in an object's place. */
    @NonNull
    static String noObject(@NonNull JsonNode node) {
        if (node.isArray() && node.isEmpty()) {
            return START
                    + "it is an empty array [] where an object {} is needed (PHP: encode new stdClass(), not array())";
        }
        if (node.isArray()) {
            return START + "it is an array [ ]; send the object itself, without the brackets around it";
        }
        if (node.isMissingNode()) {
            return START + "there is nothing in it";
        }
        if (node.isTextual() && node.textValue().stripLeading().startsWith("{")) {
            return START + "it is a string that holds JSON; it was encoded twice, encode it once";
        }
        return START + "it is "
                + (node.isNull() ? "null" : "a " + node.getNodeType().name().toLowerCase(Locale.ROOT))
                + " where an object {} is needed";
    }

    /** What goes beyond what is read. */
    @NonNull
    static String beyondLimit(@NonNull StreamConstraintsException e, int depth) {
        String message = e.getOriginalMessage();
        Matcher size = SIZE.matcher(message);
        String number = size.find() ? size.group(1) : "";
        if (message.startsWith("Number")) {
            return "JSON with a number of " + number + " digits; at most 1000 are read, so send it as a string";
        }
        if (message.contains("ame length")) {
            return "JSON with a name of " + number + " characters; at most 50000 are read";
        }
        return "nested too deeply (over " + depth + " levels)";
    }

    /** Where reading stopped, and at what. */
    @NonNull
    static JsonObjectReader.UnreadableException exception(@NonNull JsonProcessingException e, @NonNull String text) {
        if (text.startsWith("<") && !JsonSlips.isPhpMessage(text)) {
            return new JsonObjectReader.UnreadableException(
                    START + (looksLikeHtml(text) ? "it is an HTML page" : "it begins with a tag")
                            + "; is it the right URL, and does no login page or error page stand before it?",
                    null);
        }
        if (text.strip().equalsIgnoreCase("ok")) {
            return new JsonObjectReader.UnreadableException(
                    START + "it is the plain text ok, as the webhooks of chat services answer; an endpoint of a release"
                            + " answers with an object such as {\"result\": \"success\"}",
                    null);
        }
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : " in line " + at.getLineNr() + ", column " + at.getColumnNr();
        if (e instanceof JsonEOFException) {
            return new JsonObjectReader.UnreadableException(
                    START + "it ends too early," + where + "; was it cut off?", near(text, text.length()));
        }
        int offset = at == null ? 0 : (int) Math.min(text.length(), Math.max(0, at.getCharOffset()));
        if (e instanceof MismatchedInputException || JsonObjectReader.isObject(text.substring(0, offset))) {
            return new JsonObjectReader.UnreadableException(
                    START + "more follows the object," + where, near(text, offset));
        }
        String slip = JsonSlips.at(text, offset, e.getOriginalMessage());
        return new JsonObjectReader.UnreadableException(
                START + "it cannot be read any more" + where + (slip == null ? "" : ": " + slip), near(text, offset));
    }

    private static boolean looksLikeHtml(String text) {
        String start = text.substring(0, Math.min(text.length(), 500)).toLowerCase(Locale.ROOT);
        return start.contains("<html") || start.contains("<!doctype html") || start.contains("<body");
    }

    private static String near(String text, int offset) {
        int start = Math.max(0, offset - NEAR_CHARS);
        int end = Math.min(text.length(), offset + NEAR_CHARS);
        String near = text.substring(start, end).replaceAll("\\s+", " ").strip();
        return near.isEmpty() ? null : (start > 0 ? "…" : "") + near + (end < text.length() ? "…" : "");
    }
}

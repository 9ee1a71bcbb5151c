package io.jenkins.plugins.mdoq.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is said of data that came from an endpoint where the protocol decides without a word (protocol: "notes"). A note
 * changes nothing: what is misspelt or wrapped is not obeyed, but nobody has to guess why.
 */
public final class Notes {

    /** How many notes there are on misspelt names, so that an endpoint cannot fill the log. */
    private static final int MOST = 5;

    /** How deep an envelope is looked into. */
    private static final int ENVELOPES = 3;

    private static final int SHOWN_CHARS = 40;

    private static final Map<String, String> SHORT_FORMS = Map.of("stop", Flags.STOP, "rollback", Flags.ROLLBACK);

    private Notes() {}

    /** Notes on what carries an endpoint's word, an answer or the release of a lock; empty if there is nothing to say. */
    @NonNull
    public static List<String> on(@NonNull ObjectNode data) {
        List<String> notes = new ArrayList<>();
        for (String flag : List.of(Flags.STOP, Flags.ROLLBACK)) {
            JsonNode value = data.get(flag);
            if (value != null && !value.isBoolean()) {
                notes.add(flag + " is " + Limits.text(value.toString(), SHOWN_CHARS) + ", not a JSON boolean; read as "
                        + Flags.isTrue(value));
            }
            JsonNode result = data.get("result");
            if (Flags.isTrue(value) && result != null && Result.read(result) == Result.SUCCESS) {
                notes.add(flag + " has no effect without \"result\": \"fail\"");
            }
        }
        notes.addAll(misspelt(data));
        return notes;
    }

    /** Notes on an answer, where a result is expected too. */
    @NonNull
    public static List<String> onAnswer(@NonNull ObjectNode data) {
        List<String> notes = on(data);
        if (data.has("result")) {
            return notes;
        }
        for (String flag : List.of(Flags.STOP, Flags.ROLLBACK)) {
            if (Flags.isTrue(data.get(flag))) {
                notes.add(flag + " has no effect without \"result\": \"fail\"");
            }
        }
        String envelope = envelope(data, ENVELOPES);
        notes.add(
                envelope == null
                        ? "no result in the answer; taken for success"
                        : "no result in the answer itself; taken for success. One stands inside " + envelope
                                + ", which is not looked into: answer without that envelope");
        return notes;
    }

    private static List<String> misspelt(ObjectNode data) {
        Map<String, String> meant = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : data.properties()) {
            if (meant.size() < MOST) {
                String key = meant(field.getKey(), field.getValue(), data);
                if (key != null) {
                    meant.put(field.getKey(), key);
                }
            }
        }
        List<String> notes = new ArrayList<>();
        meant.forEach((written, key) -> notes.add("\"" + Limits.text(written, SHOWN_CHARS) + "\" is not read; if " + key
                + " is meant, write it like that"));
        return notes;
    }

    /** The key of the protocol that a name is nearly, or null. */
    private static String meant(String name, JsonNode value, ObjectNode data) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
        for (String key : List.of("result", Flags.STOP, Flags.ROLLBACK, "message")) {
            if (name.equals(key)) {
                return null;
            }
        }
        for (String key : List.of("result", Flags.STOP, Flags.ROLLBACK, "message")) {
            if (!data.has(key) && plain.equals(key.replace("_", ""))) {
                return key;
            }
        }
        // Such a name is only worth a word if it says something.
        boolean says = value.isBoolean() ? value.booleanValue() : Flags.isTrue(value);
        String shortForm = SHORT_FORMS.get(plain);
        if (shortForm != null) {
            return says && !data.has(shortForm) ? shortForm : null;
        }
        for (String flag : List.of(Flags.STOP, Flags.ROLLBACK)) {
            if (says && !data.has(flag) && Spelling.near(plain, flag.replace("_", ""))) {
                return flag;
            }
        }
        boolean word = value.isTextual() && Result.read(value) != null;
        return word && !data.has("result") && Spelling.near(plain, "result") ? "result" : null;
    }

    /** The path to an object, or to a text of JSON, that has a result inside of data that has none; null if there is none. */
    private static String envelope(JsonNode data, int depth) {
        for (Map.Entry<String, JsonNode> field : data.properties()) {
            String name = "\"" + Limits.text(field.getKey(), SHOWN_CHARS) + "\"";
            JsonNode value = field.getValue();
            JsonNode inner = value.isArray() && value.size() == 1 ? value.get(0) : value;
            if (inner.isObject()) {
                if (inner.has("result") && Result.read(inner.get("result")) != null
                        || Flags.isTrue(inner.get(Flags.STOP))
                        || Flags.isTrue(inner.get(Flags.ROLLBACK))) {
                    return name;
                }
                String deeper = depth > 1 ? envelope(inner, depth - 1) : null;
                if (deeper != null) {
                    return name + " / " + deeper;
                }
            } else if (inner.isTextual() && inner.textValue().stripLeading().startsWith("{")) {
                String text = inner.textValue();
                if (text.contains("\"result\"") || text.contains(Flags.STOP) || text.contains(Flags.ROLLBACK)) {
                    return "the text of " + name;
                }
            }
        }
        return null;
    }
}

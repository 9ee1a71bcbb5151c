package io.jenkins.plugins.mdoq.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.JsonObjectReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the lock API makes of a request's body.
 *
 * @param fields the fields; of a body that is refused for its content type alone they are there all the same, so that its lock
 *     is known, else they are empty
 * @param notes oddities worth showing, or empty
 * @param refusal the answer if the body is not understood, or null
 */
record LockRequestBody(
        @NonNull ObjectNode fields,
        @NonNull List<String> notes,
        @CheckForNull LockAnswer refusal) {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String CHARSET = "charset=";

    /** Reads the body of a request. */
    @NonNull
    static LockRequestBody of(@NonNull LockRequest request) {
        String type = mediaType(request.contentType());
        if (request.body() == null) {
            return refused(LockAnswer.error(413, "the body is over 1 MiB"));
        }
        LockAnswer wrongType = wrongType(type, request.contentType());
        LockRequestBody body = type.equals(JSON) || looksLikeJson(request.body())
                ? json(request.body(), type.equals(FORM))
                : form(request.body());
        if (wrongType == null) {
            return body;
        }
        return new LockRequestBody(body.fields, List.of(), wrongType);
    }

    private static LockRequestBody json(byte[] bytes, boolean announcedAsForm) {
        try {
            JsonObjectReader.Read read = JsonObjectReader.read(JsonObjectReader.decode(bytes));
            List<String> notes = new ArrayList<>(read.notes());
            if (announcedAsForm) {
                // What curl -d does with JSON. No field of a form begins with a brace, so it cannot be meant otherwise.
                notes.add("the body is JSON, but was sent as form fields; send it as " + JSON);
            }
            return new LockRequestBody(read.object(), notes, null);
        } catch (JsonObjectReader.UnreadableException e) {
            return refused(LockAnswer.error(400, "the body is " + e.getMessage()));
        }
    }

    private static LockRequestBody form(byte[] bytes) {
        try {
            JsonObjectReader.Read read = FormFields.read(bytes);
            return new LockRequestBody(read.object(), read.notes(), null);
        } catch (FormFields.UnreadableException e) {
            return refused(LockAnswer.error(400, "the body " + e.getMessage()));
        }
    }

    private static LockAnswer wrongType(String type, String contentType) {
        if (type.equals(FORM)) {
            String charset = charset(contentType);
            return charset.isEmpty() || charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii")
                    ? null
                    : LockAnswer.error(415, "send the form fields in UTF-8");
        }
        if (type.equals("multipart/form-data")) {
            return LockAnswer.error(
                    415,
                    "send the fields as " + FORM
                            + " (PHP: http_build_query($fields); curl: --data-urlencode, not -F), or" + " the body as "
                            + JSON);
        }
        return type.equals(JSON) ? null : LockAnswer.error(415, "send the body as " + JSON + " or as " + FORM);
    }

    private static LockRequestBody refused(LockAnswer answer) {
        return new LockRequestBody(JsonNodeFactory.instance.objectNode(), List.of(), answer);
    }

    private static boolean looksLikeJson(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '{';
            }
        }
        return false;
    }

    private static String mediaType(@CheckForNull String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static String charset(String contentType) {
        for (String parameter : contentType.toLowerCase(Locale.ROOT).split(";")) {
            if (parameter.strip().startsWith(CHARSET)) {
                return parameter
                        .strip()
                        .substring(CHARSET.length())
                        .replace("\"", "")
                        .strip();
            }
        }
        return "";
    }

    /** The value of the lock that is meant, or null. */
    @CheckForNull
    String lock() {
        return text("lock");
    }

    /** The secret in the body, or null. */
    @CheckForNull
    String secret() {
        String secret = text("secret");
        return secret == null || secret.isEmpty() ? null : secret;
    }

    @CheckForNull
    String text(@NonNull String name) {
        JsonNode value = fields.get(name);
        return value == null || !value.isTextual() ? null : value.textValue();
    }
}

package io.jenkins.plugins.mdoq.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces secrets by {@link #MASK} wherever they stand in text or JSON, also in their Base64 and URL-encoded forms, and as
 * they stand inside of JSON and HTML: endpoints echo what they were sent. Immutable and safe for any thread.
 */
public final class Redactor {

    /** What stands in a secret's place. */
    public static final String MASK = "****";

    /** A redactor that knows no secret. */
    public static final Redactor NONE = new Redactor(List.of());

    /**
     * The values that decide a release. They are the protocol's own words, so they reveal nothing, and masking them for a
     * secret that happens to be such a word would change the verdict.
     */
    private static final Set<String> PROTOCOL_WORDS = Set.of("success", "fail", "true", "false", "1", "0");

    private static final Pattern HEX = Pattern.compile("%[0-9A-F]{2}");

    private final List<String> forms;

    private Redactor(List<String> forms) {
        this.forms = forms;
    }

    /** A redactor for the given secrets. */
    @NonNull
    public static Redactor of(@NonNull Secrets secrets) {
        if (secrets.isEmpty()) {
            return NONE;
        }
        Set<String> forms = new LinkedHashSet<>();
        secrets.all().forEach(secret -> forms.addAll(secret.forms()));
        // Longest first: a secret that is a part of another one must not leave the other's rest behind.
        return new Redactor(forms.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    /** Every form in which a secret's text may come back; see {@link SharedSecret#forms}. */
    @NonNull
    static List<String> formsOf(@NonNull String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        Set<String> forms = new LinkedHashSet<>();
        forms.add(value);
        addUrlEncoded(forms, value);
        addEscaped(forms, value);
        forms.add(Base64.getEncoder().encodeToString(bytes));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        return List.copyOf(forms);
    }

    /** As forms and as URLs are encoded, which differ in two characters; some write the hexadecimal digits small. */
    private static void addUrlEncoded(Set<String> forms, String value) {
        String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
        String url = form.replace("*", "%2A").replace("%7E", "~");
        for (String encoded : List.of(form, url)) {
            forms.add(encoded);
            forms.add(HEX.matcher(encoded).replaceAll(hex -> hex.group().toLowerCase(Locale.ROOT)));
        }
    }

    /** As it stands in JSON that is shown as text, PHP's escaped slashes included, and in an error page. */
    private static void addEscaped(Set<String> forms, String value) {
        String json = value.replace("\\", "\\\\").replace("\"", "\\\"");
        forms.add(json);
        forms.add(json.replace("/", "\\/"));
        String html = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        forms.add(html);
        String quoted = html.replace("\"", "&quot;");
        forms.add(quoted);
        forms.add(quoted.replace("'", "&#039;"));
        forms.add(quoted.replace("'", "&#39;"));
    }

    /** The text without the secrets; null stays null. */
    public String text(@CheckForNull String text) {
        if (text == null) {
            return null;
        }
        String result = text;
        for (String form : forms) {
            result = result.replace(form, MASK);
        }
        return result;
    }

    /** The texts without the secrets. */
    @NonNull
    public List<String> texts(@NonNull List<String> texts) {
        return texts.stream().map(this::text).collect(Collectors.toList());
    }

    /**
     * A copy of a JSON object in which neither a name nor a string holds a secret, at any depth; null stays null.
     */
    public ObjectNode object(@CheckForNull ObjectNode object) {
        return object == null || forms.isEmpty() ? object : (ObjectNode) node(object);
    }

    private JsonNode node(JsonNode node) {
        if (node.isTextual()) {
            String text = node.textValue();
            return isProtocolWord(text) ? node : TextNode.valueOf(text(text));
        }
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> copy.set(name(field.getKey()), node(field.getValue())));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(element -> copy.add(node(element)));
            return copy;
        }
        if (node.isNumber()) {
            // A secret made of digits comes back as a number from an endpoint that is careless about types.
            String text = node.asText();
            return isProtocolWord(text) || text.equals(text(text)) ? node : TextNode.valueOf(MASK);
        }
        return node;
    }

    /** In any case, as a result is read in any case. */
    private static boolean isProtocolWord(String text) {
        for (String word : PROTOCOL_WORDS) {
            if (word.equalsIgnoreCase(text)) {
                return true;
            }
        }
        return false;
    }

    private String name(String name) {
        return name.equals("result") || name.equals("stop_release") || name.equals("rollback_release")
                ? name
                : text(name);
    }
}

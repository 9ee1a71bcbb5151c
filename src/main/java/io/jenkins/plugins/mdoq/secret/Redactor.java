package io.jenkins.plugins.mdoq.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Replaces secrets by {@link #MASK} wherever they stand in text or JSON, however they are encoded there: endpoints echo what
 * they were sent. A secret is found by decoding the text, in whatever mixture of percent-encoding, JSON's escapes, HTML's
 * entities, backslashes and Base64 it stands; text that is not the secret stays as it is (protocol: "what is masked").
 * Immutable and safe for any thread.
 */
public final class Redactor {

    /** What stands in a secret's place. */
    public static final String MASK = "****";

    /** A redactor that knows no secret. */
    public static final Redactor NONE = new Redactor(Secrets.NONE, List.of());

    /**
     * The values that decide a release. They are the protocol's own words, so they reveal nothing, and masking them for a
     * secret that happens to be such a word would change the verdict.
     */
    private static final Set<String> PROTOCOL_WORDS = Set.of("success", "fail", "true", "false", "1", "0");

    private final Secrets secrets;
    private final Collection<URI> urls;

    /** Made when first needed, as most answers hold nothing that is to be looked through. Made twice, it is the same. */
    private volatile Needles needles;

    private Redactor(Secrets secrets, Collection<URI> urls) {
        this.secrets = secrets;
        this.urls = urls;
    }

    /** A redactor for the given secrets. */
    @NonNull
    public static Redactor of(@NonNull Secrets secrets) {
        return of(secrets, List.of());
    }

    /** A redactor for the given secrets, and for what is not {@linkplain ShownUrl shown} of the given URLs. */
    @NonNull
    public static Redactor of(@NonNull Secrets secrets, @NonNull Collection<URI> urls) {
        return secrets.isEmpty() && urls.isEmpty() ? NONE : new Redactor(secrets, List.copyOf(urls));
    }

    private Needles needles() {
        Needles made = needles;
        if (made == null) {
            List<Needle> texts = new ArrayList<>();
            secrets.all().forEach(secret -> texts.add(secret.needle()));
            for (URI url : urls) {
                ShownUrl.hiddenParts(url.toString()).forEach(part -> texts.add(Needle.of(part)));
            }
            made = new Needles(texts);
            needles = made;
        }
        return made;
    }

    /** The text without the secrets; null stays null. */
    public String text(@CheckForNull String text) {
        return text == null || needles().isEmpty()
                ? text
                : Search.in(text, needles()).masked(text);
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
        return object == null || needles().isEmpty() ? object : (ObjectNode) node(object);
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

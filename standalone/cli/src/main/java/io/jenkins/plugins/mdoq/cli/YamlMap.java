package io.jenkins.plugins.mdoq.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.WrittenDuration;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping of the configuration file whose keys are known; every complaint about it names file and line. */
final class YamlMap {

    /** What stands for an environment variable. */
    static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /** The keys that take one. */
    private static final List<String> FROM_ENVIRONMENT = List.of("url", "secret");

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int SHOWN_CHARS = 60;

    private final String file;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();

    /**
     * Takes a node for a mapping.
     *
     * @param what what it describes, with its article, for complaints
     * @param keys the keys that it may have
     * @param unnamed keys that it may have as well, but which are not suggested
     */
    YamlMap(String file, Node node, String what, List<String> keys, String... unnamed) {
        this.file = file;
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            throw error(node, what + " is described by keys with values; write " + String.join(", ", keys));
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "[…]";
            if (!keys.contains(key) && !List.of(unnamed).contains(key)) {
                String meant = Suggestion.of(key, keys);
                throw error(
                        tuple.getKeyNode(),
                        "unknown key '" + shown(key) + "' for " + what
                                + (meant == null
                                        ? "; write " + (keys.size() == 1 ? "" : "one of ") + String.join(", ", keys)
                                        : "; did you mean " + meant + "?"));
            }
            if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
                throw error(tuple.getKeyNode(), "the key '" + key + "' stands twice; keep one of them");
            }
        }
    }

    /** A complaint about the mapping as a whole. */
    ConfigurationException error(String message) {
        return error(node, message);
    }

    /** A complaint about the value of a key, or about the mapping if it has no such key. */
    ConfigurationException error(String key, String message) {
        return error(values.getOrDefault(key, node), message);
    }

    ConfigurationException error(Node at, String message) {
        return new ConfigurationException(file, line(at), message);
    }

    /** Complains about the value of a key if there is a problem with it. */
    void refuse(String key, @CheckForNull String problem) {
        if (problem != null) {
            throw error(key, problem);
        }
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    /** The text of a key, or null if the key is absent or has no value. */
    @CheckForNull
    String text(String key) {
        Node value = values.get(key);
        return value == null ? null : text(key, value);
    }

    /** The text of a scalar; null for an absent value. */
    @CheckForNull
    private String text(String key, Node value) {
        if (!(value instanceof ScalarNode scalar)) {
            throw error(value, key + " takes a single value, not a list or keys");
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            return null;
        }
        Matcher reference = REFERENCE.matcher(scalar.getValue());
        if (!FROM_ENVIRONMENT.contains(key) && reference.find()) {
            throw error(
                    value,
                    key + " holds " + reference.group() + ", but environment variables are taken by "
                            + String.join(" and ", FROM_ENVIRONMENT) + " only; write the value itself");
        }
        return scalar.getValue();
    }

    /** The whole number of a key within its bounds. */
    int number(String key, int absent, int least, int most) {
        String text = text(key);
        if (text == null) {
            return absent;
        }
        if (!text.matches("[+-]?\\d+")) {
            throw error(key, key + " is '" + shown(text) + "'; write a whole number from " + least + " to " + most);
        }
        long value = new BigInteger(text).min(MOST).max(MOST.negate()).longValue();
        String problem = Webhook.numberError(key, value, least, most);
        if (problem != null) {
            throw error(key, problem);
        }
        return (int) value;
    }

    /** Whether a key is there, with a value or without. */
    boolean has(String key) {
        return values.containsKey(key);
    }

    /** The duration of a key; zero if the key is absent or has no value. */
    Duration duration(String key) {
        String text = text(key);
        String problem = WrittenDuration.error(text);
        if (problem != null) {
            throw error(key, key + " " + problem);
        }
        return WrittenDuration.parse(text);
    }

    /** The truth of a key. */
    boolean flag(String key) {
        String text = text(key);
        if (text == null || text.equalsIgnoreCase("false")) {
            return false;
        }
        if (!text.equalsIgnoreCase("true")) {
            throw error(key, key + " is '" + shown(text) + "'; write true or false");
        }
        return true;
    }

    /** The choice of a key, in upper or lower case. */
    <E extends Enum<E>> E choice(String key, E absent) {
        String text = text(key);
        if (text == null) {
            return absent;
        }
        E[] choices = absent.getDeclaringClass().getEnumConstants();
        return Arrays.stream(choices)
                .filter(choice -> choice.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> error(
                        key,
                        key + " is '" + shown(text) + "'; write one of "
                                + Arrays.stream(choices).map(Enum::name).collect(Collectors.joining(", "))));
    }

    /** The list of a key; empty if the key is absent or has no value. */
    List<Node> list(String key) {
        Node value = values.get(key);
        if (value == null
                || value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL)) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            throw error(value, key + " takes a list; begin each of its items with a dash");
        }
        return sequence.getValue();
    }

    /** The text of a list's item. */
    String item(String key, Node item) {
        String text = text("an item of " + key, item);
        if (text == null) {
            throw error(item, "an item of " + key + " is empty; write a value behind the dash or take the dash away");
        }
        return text;
    }

    static String shown(String text) {
        return Limits.text(text, SHOWN_CHARS);
    }
}

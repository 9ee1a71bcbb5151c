package io.jenkins.plugins.mdoq.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Maps from a Jenkinsfile that are to become JSON. Only what JSON has is let through: turning an arbitrary object into JSON
 * would call its getters, which a sandboxed script has no right to.
 */
final class JsonMaps {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_DEPTH = 100;

    private JsonMaps() {}

    /**
     * A copy made of maps, lists, texts, numbers and truth values of Java's own.
     *
     * @param where what the map is, for the message
     * @throws IllegalArgumentException naming the place of what cannot be JSON
     */
    static LinkedHashMap<String, Object> copy(@NonNull String where, @NonNull Map<?, ?> map) {
        return map(where, map, 0);
    }

    /** The map as a JSON object; an empty one for null. */
    static ObjectNode toJson(@CheckForNull Map<String, Object> map) {
        return map == null ? MAPPER.createObjectNode() : MAPPER.valueToTree(map);
    }

    private static LinkedHashMap<String, Object> map(String where, Map<?, ?> map, int depth) {
        LinkedHashMap<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            copy.put(String.valueOf(name), value(where + "." + name, value, depth + 1));
        });
        return copy;
    }

    private static Object value(String at, Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("'" + at.substring(0, Math.min(60, at.length())) + "…' is nested over "
                    + MAX_DEPTH + " levels deep, or contains itself");
        }
        if (value == null || value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger
                || value instanceof BigDecimal) {
            return value;
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        if (value instanceof CharSequence || value instanceof Enum) {
            return value.toString();
        }
        if (value instanceof Map<?, ?> map) {
            return map(at, map, depth);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                copy.add(value(at + "[" + i + "]", list.get(i), depth + 1));
            }
            return copy;
        }
        throw new IllegalArgumentException(
                "'" + at + "' is a " + value.getClass().getName()
                        + ", which JSON has no form for; write a text, number, truth value, list or map");
    }
}

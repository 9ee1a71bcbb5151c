package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.mdoq.cli.Documents.Block;
import java.io.IOException;
import java.util.Locale;
import java.util.TreeMap;

/**
 * A request or an answer in full, as a page shows it.
 *
 * @param headers by name in small letters
 * @param body the JSON object
 */
record HttpExample(TreeMap<String, String> headers, JsonNode body) {

    static HttpExample of(Block block) throws IOException {
        String[] parts = block.text().split("\n\n", 2);
        TreeMap<String, String> headers = new TreeMap<>();
        parts[0].lines().skip(1).forEach(line -> {
            String[] header = line.split(": ", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
        });
        return new HttpExample(headers, Schemas.MAPPER.readTree(parts[1]));
    }
}

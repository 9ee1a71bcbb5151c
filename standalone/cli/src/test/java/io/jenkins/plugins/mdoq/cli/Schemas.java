package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The documented schemas: docs/schemas, and docs/openapi.yaml. */
final class Schemas {

    static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Path FOLDER = Documents.ROOT.resolve("docs/schemas");

    private final SchemaRegistry registry;
    private final Map<String, JsonNode> schemas = new HashMap<>();
    private final JsonNode openApi;

    Schemas() throws IOException {
        Map<String, String> byId = new HashMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                JsonNode schema = MAPPER.readTree(file.toFile());
                schemas.put(file.getFileName().toString().replace(".schema.json", ""), schema);
                byId.put(schema.path("$id").asText(), schema.toString());
            }
        }
        registry =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(byId));
        openApi = MAPPER.valueToTree(new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Documents.ROOT.resolve("docs/openapi.yaml"))));
    }

    /** The names of the schemas, such as request. */
    java.util.Set<String> names() {
        return schemas.keySet();
    }

    JsonNode schema(String name) {
        return schemas.get(name);
    }

    /** What is wrong with a schema itself. */
    List<String> problemsOfSchema(String name) {
        Schema meta = registry.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        return texts(meta.validate(schemas.get(name)));
    }

    /** What a schema finds wrong with a document. */
    List<String> problems(String name, JsonNode document) {
        return texts(registry.getSchema(schemas.get(name)).validate(document));
    }

    JsonNode openApi() {
        return openApi;
    }

    /**
     * What the description of the lock API finds wrong with the body of a request to an action.
     *
     * @param type the body's content type
     * @param body what it holds; the fields of a form as texts
     */
    List<String> problemsOfRequest(String action, String type, JsonNode body) {
        return problems(content(action, type).get("schema"), body);
    }

    /** The examples of a body of a request to an action, by name. */
    Map<String, JsonNode> examplesOfRequest(String action, String type) {
        Map<String, JsonNode> examples = new LinkedHashMap<>();
        content(action, type).get("examples").properties().forEach(example -> examples.put(
                example.getKey(), example.getValue().get("value")));
        return examples;
    }

    private JsonNode content(String action, String type) {
        return openApi.at("/paths/~1" + action + "/post/requestBody/content/" + type.replace("/", "~1"));
    }

    /** What the description of the lock API finds wrong with an answer of an action. */
    List<String> problemsOfAnswer(String action, int status, JsonNode body) {
        JsonNode response = resolved(openApi.at("/paths/~1" + action + "/post/responses/" + status));
        return response.isMissingNode()
                ? List.of("no answer " + status + " is described for " + action)
                : problems(response.at("/content/application~1json/schema"), body);
    }

    private List<String> problems(JsonNode schema, JsonNode document) {
        String reference = schema.path("$ref").asText();
        if (reference.startsWith("schemas/")) {
            return problems(reference.substring("schemas/".length()).replace(".schema.json", ""), document);
        }
        return texts(registry.getSchema(withComponents(schema)).validate(document));
    }

    /** A schema of the description, with the others that it may refer to where it expects them. */
    private JsonNode withComponents(JsonNode schema) {
        ObjectNode whole = ((ObjectNode) schema).deepCopy();
        whole.set("components", openApi.get("components"));
        return whole;
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.startsWith("#") ? openApi.at(reference.substring(1)) : node;
    }

    private static List<String> texts(List<Error> errors) {
        return errors.stream().map(Error::toString).toList();
    }
}

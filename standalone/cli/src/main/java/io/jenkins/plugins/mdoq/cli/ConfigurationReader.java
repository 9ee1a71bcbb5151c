package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.delivery.PayloadFormats;
import io.jenkins.plugins.mdoq.hook.JobPatterns;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.lock.AddressRange;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads the configuration file. It is read as a tree of nodes, since only they know their lines; the first thing that is wrong
 * with a webhook ends the reading of that webhook.
 */
final class ConfigurationReader {

    private static final List<String> TOP = List.of("webhooks");
    private static final List<String> WEBHOOK = List.of(
            "name", "url", "format", "secret", "timeoutSeconds", "tries", "sign", "allowFrom", "jobs", "events");

    private final String file;
    private final Map<String, String> environment;
    private final Map<String, Webhook> webhooks = new LinkedHashMap<>();
    private final Map<String, Secrets> secrets = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<String> usedVariables = new LinkedHashSet<>();

    private ConfigurationReader(String file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /**
     * Reads a file.
     *
     * @param environment where secrets come from
     * @throws ConfigurationException if anything in it is wrong, or it cannot be read; what is wrong with other webhooks is
     *     among what it suppressed
     */
    static Configuration read(Path path, Map<String, String> environment) {
        String file = path.toString();
        try {
            return read(file, Files.readString(path), environment);
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(file, 0, "the file is not UTF-8; save it in that encoding");
        } catch (IOException e) {
            throw new ConfigurationException(
                    file, 0, "the configuration file cannot be read: " + IoReasons.of(e) + "; see --config");
        }
    }

    /** Reads the text of a file. */
    static Configuration read(String file, String text, Map<String, String> environment) {
        return new ConfigurationReader(file, environment).configuration(text);
    }

    private Configuration configuration(String text) {
        YamlMap top = new YamlMap(file, node(text), "the file", TOP);
        List<ConfigurationException> problems = new ArrayList<>();
        for (Node item : top.list("webhooks")) {
            try {
                add(new YamlMap(file, item, "a webhook", WEBHOOK));
            } catch (ConfigurationException e) {
                problems.add(e);
            }
        }
        if (!problems.isEmpty()) {
            problems.subList(1, problems.size()).forEach(problems.get(0)::addSuppressed);
            throw problems.get(0);
        }
        if (webhooks.isEmpty()) {
            throw top.error("webhooks", "no webhook is configured; list at least one under webhooks:");
        }
        return new Configuration(
                List.copyOf(webhooks.values()), secrets, List.copyOf(notes), Set.copyOf(usedVariables));
    }

    private void add(YamlMap map) {
        Webhook webhook = webhook(map);
        if (webhooks.putIfAbsent(webhook.name(), webhook) != null) {
            throw map.error("name", "two webhooks are named '" + webhook.name() + "'; give each a name of its own");
        }
    }

    private Node node(String text) {
        try {
            return new Compose(LoadSettings.builder().build())
                    .composeString(text)
                    .orElseThrow(() -> new ConfigurationException(
                            file, 1, "the file is empty; list at least one webhook under webhooks:"));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            throw new ConfigurationException(file, line, "this is not YAML: " + e.getProblem());
        } catch (ReaderException e) {
            int line = 1
                    + (int) text.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            throw new ConfigurationException(file, line, "this is not YAML: it holds a character that is none of text");
        } catch (YamlEngineException e) {
            throw new ConfigurationException(file, 0, "this is not YAML: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            // The parser says so of a tag that it cannot read, and of nothing else.
            throw new ConfigurationException(
                    file, 0, "this is not YAML: a tag, which begins with !, is none; leave it out");
        } catch (StackOverflowError e) {
            // The parser recurses, and has no bound of its own.
            throw new ConfigurationException(file, 0, "this is nested far too deeply; list webhooks under webhooks:");
        }
    }

    private Webhook webhook(YamlMap map) {
        String name = map.text("name");
        map.refuse("name", Webhook.nameError(name));
        String url = url(map);
        map.refuse("url", Webhook.urlError(url));
        String format = format(map);
        List<String> variables = format == null || map.text("secret") != null ? variables(map) : List.of();
        secrets.put(name, secrets(map, variables));
        return new Webhook(
                name,
                WebhookUrl.of(URI.create(url)),
                variables,
                Duration.ofSeconds(
                        map.number("timeoutSeconds", Webhook.DEFAULT_TIMEOUT_SECONDS, 1, Webhook.MAX_TIMEOUT_SECONDS)),
                map.number("tries", Webhook.DEFAULT_TRIES, 1, Webhook.MAX_TRIES),
                sign(map, format),
                ranges(map),
                EventReader.events(file, map, format),
                format,
                jobs(map));
    }

    /** The name of a format; null for the protocol's own. */
    private static String format(YamlMap map) {
        String text = map.text("format");
        String format = PayloadFormats.kept(text == null ? null : text.strip());
        if (format != null) {
            map.refuse("format", PayloadFormats.BUILT_IN.nameError(format));
        }
        return format;
    }

    private static boolean sign(YamlMap map, String format) {
        boolean sign = map.flag("sign");
        map.refuse("sign", PayloadFormats.optionError(format, "sign", sign));
        return sign;
    }

    /** The URL with the values of the environment variables in it: it may be a secret, and differ from stage to stage. */
    private String url(YamlMap map) {
        String text = map.text("url");
        return text == null
                ? null
                : YamlMap.REFERENCE
                        .matcher(text)
                        .replaceAll(reference -> Matcher.quoteReplacement(
                                value(map, "url", reference.group(1), "its part of the webhook's URL")
                                        .strip()));
    }

    /** The value of an environment variable, without the line break at its end that is noted. */
    private String value(YamlMap map, String key, String variable, String what) {
        usedVariables.add(variable);
        String whole = environment.getOrDefault(variable, "");
        if (whole.isBlank()) {
            throw map.error(
                    key,
                    "the environment variable " + variable + " is "
                            + (environment.containsKey(variable) ? "empty" : "not set") + "; set it to " + what);
        }
        String value = SharedSecret.withoutLineBreak(whole);
        if (value.length() < whole.length()) {
            notes.add("the environment variable " + variable + " ends with a line break, which is left out");
        }
        return value;
    }

    /** The variables that a webhook's secrets come from. A secret itself never stands in the file: files get shared. */
    private static List<String> variables(YamlMap map) {
        String text = map.text("secret");
        if (text == null || text.isBlank()) {
            throw map.error("secret", "the webhook has no secret; write secret: ${MDOQ_SECRET} and set that variable");
        }
        List<String> names = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) {
            Matcher reference = YamlMap.REFERENCE.matcher(word);
            if (!reference.matches()) {
                // What stands there may be the secret, so it is not repeated.
                throw map.error(
                        "secret",
                        "a secret must not stand in the file;"
                                + " write secret: ${MDOQ_SECRET} and set that environment variable");
            }
            names.add(reference.group(1));
        }
        return names;
    }

    private Secrets secrets(YamlMap map, List<String> variables) {
        List<SharedSecret> found = new ArrayList<>();
        for (String variable : variables) {
            String value = value(map, "secret", variable, "the webhook's secret");
            String problem = value.chars().anyMatch(Character::isWhitespace)
                    ? "the secret holds a blank; one variable is one secret, so write several as several references:"
                            + " secret: ${NEW} ${OLD}"
                    : SharedSecret.validationError(value);
            if (problem == null) {
                problem = SharedSecret.weakness(value);
            }
            if (problem != null) {
                throw map.error("secret", "the environment variable " + variable + ": " + problem);
            }
            found.add(SharedSecret.of(value));
        }
        return Secrets.of(found);
    }

    private static List<String> ranges(YamlMap map) {
        List<String> ranges = new ArrayList<>();
        for (Node item : map.list("allowFrom")) {
            String range = map.item("allowFrom", item);
            try {
                AddressRange.parse(range);
            } catch (IllegalArgumentException e) {
                throw map.error(item, e.getMessage());
            }
            ranges.add(range);
        }
        return ranges;
    }

    private static JobPatterns jobs(YamlMap map) {
        List<String> patterns = new ArrayList<>();
        for (Node item : map.list("jobs")) {
            String pattern = map.item("jobs", item).strip();
            String problem = JobPatterns.error(pattern);
            if (problem != null) {
                throw map.error(item, "jobs: " + problem);
            }
            patterns.add(pattern);
        }
        return new JobPatterns(patterns);
    }
}

package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The runnable jar says whose code it contains. */
class LicencesIT {

    /** The packages of each library, and its name in THIRD-PARTY.txt. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "com/fasterxml/jackson", "Jackson",
            "org/apache/hc", "Apache HttpClient",
            "org/publicsuffix", "Public Suffix List",
            "org/slf4j", "SLF4J",
            "org/snakeyaml", "SnakeYAML Engine",
            "picocli", "picocli");

    @Test
    void shouldNameEachLibraryThatItContains() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("mdoq.jar"))) {
            String notice = text(jar, "META-INF/THIRD-PARTY.txt");
            TreeSet<String> unknown = new TreeSet<>();
            jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") || name.endsWith(".dat"))
                    .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
                    .filter(name -> !name.startsWith("io/jenkins/plugins/mdoq/"))
                    .filter(name -> LIBRARIES.keySet().stream().noneMatch(prefix -> name.startsWith(prefix + "/")))
                    .forEach(unknown::add);

            assertThat(unknown)
                    .as("name their library here and in THIRD-PARTY.txt")
                    .isEmpty();
            assertThat(LIBRARIES.values())
                    .allSatisfy(library -> assertThat(notice).contains(library));
            assertThat(LIBRARIES.keySet())
                    .allSatisfy(prefix -> assertThat(jar.stream())
                            .as("a library that is not there any more")
                            .anyMatch(entry -> entry.getName().startsWith(prefix + "/")));
            assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
        }
    }

    private static String text(JarFile jar, String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name);
        assertThat(entry).as(name).isNotNull();
        return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
}

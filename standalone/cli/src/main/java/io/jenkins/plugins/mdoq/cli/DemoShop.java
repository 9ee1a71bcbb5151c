package io.jenkins.plugins.mdoq.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What the demo releases: a file with a version in it, which real commands change. In a folder of its own. */
final class DemoShop implements AutoCloseable {

    /** What is served before the release. */
    static final String OLD = "v41";

    /** What is released. */
    static final String NEW = "v42";

    private final Path folder;
    private final Path file;

    DemoShop() throws IOException {
        folder = Files.createTempDirectory("mdoq-demo");
        file = Files.writeString(folder.resolve("shop"), OLD);
    }

    /** A folder in which nothing else lies. */
    Path folder() {
        return folder;
    }

    /** The version that is served now. */
    String version() throws IOException {
        return Files.readString(file).strip();
    }

    /** The command that releases. */
    String release() {
        return serve(NEW);
    }

    /** The command that undoes it. */
    String rollback() {
        return serve(OLD);
    }

    private String serve(String version) {
        return "echo " + version + ">\"" + file + "\" && echo the shop serves " + version + " now";
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}

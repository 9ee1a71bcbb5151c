package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.cli.ExampleEndpoint.Example;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint of docs/examples/endpoints, and releases of the jar that ask it. */
abstract class ExampleFixture {

    static final String KEY = "bWRvcS1yZWxlYXNlLWhvb2stZXhhbXBsZQ==";
    static final String SECRET = "whsec_" + KEY;
    static final String OLD_SECRET = "whsec_" + "b2xkLXJlbGVhc2UtaG9vay1leGFtcGxlLWtleQ==";

    @TempDir
    Path folder;

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void stopAll() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }

    <T extends AutoCloseable> T closing(T resource) {
        toClose.add(0, resource);
        return resource;
    }

    ExampleEndpoint start(Example example, String command) throws Exception {
        example.assumeRunnable();
        // Debian's webhook compares with one secret.
        String secrets = example == Example.WEBHOOK ? SECRET : SECRET + " " + OLD_SECRET;
        return closing(new ExampleEndpoint(example, folder.resolve("gate"), secrets, command));
    }

    JarRun release(ExampleEndpoint endpoint, boolean blocking) throws Exception {
        Files.writeString(folder.resolve("mdoq.yaml"), """
                webhooks:
                  - name: release-gate
                    url: %s
                    secret: ${MDOQ_SECRET}
                    sign: true
                    tries: 100
                    events:
                      - event: before_release
                        blocking: %s
                      - event: before_release_complete
                """.formatted(endpoint.url(), blocking));
        return closing(JarRun.start(
                folder,
                Map.of("MDOQ_SECRET", SECRET),
                List.of("release", "--config", "mdoq.yaml", "--history", "h", "--run", "touch released")));
    }

    boolean isReleased() {
        return Files.exists(folder.resolve("released"));
    }

    static String textOf(JarRun run) {
        try {
            return run.out() + "\n" + run.err();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}

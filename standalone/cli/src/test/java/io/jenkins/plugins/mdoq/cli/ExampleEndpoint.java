package io.jenkins.plugins.mdoq.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** An endpoint of docs/examples/endpoints as a process, if what runs it is on this machine. */
final class ExampleEndpoint implements AutoCloseable {

    /** The environment variable that names a folder node_modules with express and standardwebhooks. */
    static final String NODE_MODULES = "EXAMPLES_NODE_MODULES";

    /** The examples that wait for a command and then release the lock. */
    enum Example {
        PHP("release-gate.php"),
        NODE("release-gate.js"),
        PYTHON("release-gate.py"),
        WEBHOOK("hooks.json"),
        POLLING("polling-gate.py");

        final String file;

        Example(String file) {
            this.file = file;
        }

        Path path() {
            return Path.of("../../docs/examples/endpoints", file).toAbsolutePath();
        }

        /** Skips the test, and says so, where this machine cannot run the example. */
        void assumeRunnable() {
            assumeProgram(line(0).get(0), file);
            if (this == NODE) {
                assumeNodeModule("express", file);
                assumeNodeModule("standardwebhooks", file);
            }
        }

        private List<String> line(int port) {
            return switch (this) {
                case PHP -> List.of("php", "-S", "127.0.0.1:" + port, path().toString());
                case NODE -> List.of("node", path().toString());
                case PYTHON, POLLING -> List.of("python3", path().toString());
                case WEBHOOK ->
                    List.of(
                            "webhook",
                            "-template",
                            "-verbose",
                            "-ip",
                            "127.0.0.1",
                            "-port",
                            String.valueOf(port),
                            "-hooks",
                            path().toString());
            };
        }
    }

    private final Example example;
    private final Path folder;
    private final String secret;
    private final String command;
    private final int port;
    private JarRun process;

    /**
     * Starts an example and waits until it listens.
     *
     * @param folder where it keeps what it was asked
     * @param secret what it takes for its secret, or its secrets
     * @param command what it runs while a release waits
     */
    ExampleEndpoint(Example example, Path folder, String secret, String command) throws Exception {
        this.example = example;
        this.folder = Files.createDirectories(folder);
        this.secret = secret;
        this.command = command;
        this.port = freePort();
        start();
    }

    /** Skips the test, and says so, if a program is not here. */
    static void assumeProgram(String program, String what) {
        if (!isOnPath(program)) {
            skip(what, program + " is not on the PATH");
        }
    }

    /** Skips the test, and says so, if a package of npm is not here. */
    static void assumeNodeModule(String name, String what) {
        if (!Files.isDirectory(Path.of(nodeModules(), name))) {
            skip(what, NODE_MODULES + " names no node_modules folder with " + name);
        }
    }

    private static void skip(String what, String reason) {
        System.out.println("SKIPPED: " + what + " is not run, as " + reason);
        Assumptions.abort(what + " is not run, as " + reason);
    }

    static String nodeModules() {
        return System.getenv().getOrDefault(NODE_MODULES, "");
    }

    static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void start() throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "MDOQ_SECRET",
                secret,
                "GATE_COMMAND",
                command,
                "GATE_FOLDER",
                folder.toString(),
                "GATE_POLL",
                "1",
                "PORT",
                String.valueOf(port),
                "NODE_PATH",
                nodeModules()));
        process = JarRun.command(example.path().getParent(), environment, new ArrayList<>(example.line(port)));
        while (!listens()) {
            if (process.endsWithin(50)) {
                throw new AssertionError(example.file + " does not start: " + process.out() + process.err());
            }
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false; // not yet
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + (example == Example.WEBHOOK ? "/hooks/release-gate" : "/");
    }

    /** Ends it at once, as a crash does, with all that it started. */
    void crash() throws Exception {
        process.close();
        process.exitCode();
    }

    void startAgain() throws Exception {
        start();
    }

    /** The names of the files that it has written. */
    TreeSet<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

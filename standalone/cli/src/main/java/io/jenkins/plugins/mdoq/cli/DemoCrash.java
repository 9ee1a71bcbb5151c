package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A release in a program of its own that is killed and started again. */
final class DemoCrash {

    private final DemoShop shop;
    private final DemoEndpoint endpoint;
    private final SharedSecret secret;
    private final Console console;

    DemoCrash(DemoShop shop, DemoEndpoint endpoint, SharedSecret secret, Console console) {
        this.shop = shop;
        this.endpoint = endpoint;
        this.secret = secret;
        this.console = console;
    }

    /** Plays it; gives the exit code of the second run. */
    ExitCode play() throws IOException {
        Path config = Files.writeString(shop.folder().resolve("mdoq.yaml"), """
                webhooks:
                  - name: %s
                    url: %s
                    secret: ${%s}
                    events:
                      - event: before_release
                        blocking: true
                      - event: before_release_complete
                """.formatted(
                        DemoCommand.WEBHOOK, endpoint.url(), DemoCommand.VARIABLE));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try {
            Process first = start(config, port);
            try {
                endpoint.awaitLock();
            } finally {
                first.destroyForcibly().waitFor();
            }
            console.print(
                    "--- the program was killed; the release command has not run: the shop serves " + shop.version());
            endpoint.killed();
            console.print("--- the same command again, with the same --history and the same --listen");
            int code = start(config, port).waitFor();
            for (ExitCode known : ExitCode.values()) {
                if (known.number() == code) {
                    return known;
                }
            }
            throw new IOException("the program that was started again ended with " + code);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbortedException("the demo was interrupted");
        }
    }

    private Process start(Path config, int port) throws IOException {
        ProcessBuilder program = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "release",
                "--config",
                config.toString(),
                "--run",
                shop.release(),
                "--instance",
                "name=shop",
                "version=" + DemoShop.NEW,
                "--history",
                shop.folder().resolve(DemoCommand.HISTORY).toString(),
                "--listen",
                "127.0.0.1:" + port));
        program.environment().put(DemoCommand.VARIABLE, secret.reveal());
        return program.inheritIO().start();
    }
}

package io.jenkins.plugins.mdoq.kit;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** A secret that stands nowhere in this JVM until it is asked for, and a look at whether it stands there afterwards. */
public final class HeapDump {

    private static final int MASK = 0x55;

    private static final int LOOKS = 10;

    private final byte[] hidden;

    /** A new secret of 32 characters. */
    public HeapDump() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        hidden = Base64.getUrlEncoder().encode(random);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] ^= MASK;
        }
    }

    /** The secret, made anew at each call. */
    public String secret() {
        byte[] plain = hidden.clone();
        for (int i = 0; i < plain.length; i++) {
            plain[i] ^= MASK;
        }
        return new String(plain, StandardCharsets.US_ASCII);
    }

    /**
     * How often the secret stands in what is left on the heap once nothing more can be collected, in one byte a character or
     * in two.
     */
    public int found(Path folder) throws IOException {
        Path file = folder.resolve("heap-" + System.nanoTime() + ".hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        try {
            return count(file, 1) + count(file, 2);
        } finally {
            Files.delete(file);
        }
    }

    /**
     * How often the secret is left when all threads are done with it: looks again while it is found, since a thread that has
     * handed its result over may take a moment to let go of what it worked on.
     */
    public int left(Path folder) throws IOException, InterruptedException {
        int found = found(folder);
        for (int look = 1; found > 0 && look < LOOKS; look++) {
            Thread.sleep(500);
            found = found(folder);
        }
        return found;
    }

    /** A text of letters, digits and two signs begins nowhere within itself but at its first character, or hardly ever. */
    private int count(Path file, int width) throws IOException {
        int found = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            int matched = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == expected(matched, width)) {
                    matched++;
                } else {
                    matched = b == expected(0, width) ? 1 : 0;
                }
                if (matched == hidden.length * width - (width - 1)) {
                    found++;
                    matched = 0;
                }
            }
        }
        return found;
    }

    /** With two bytes a character, the first one is taken to be the letter: what stands before it does not matter. */
    private int expected(int index, int width) {
        return index % width == 0 ? (hidden[index / width] ^ MASK) & 0xff : 0;
    }
}

package io.jenkins.plugins.mdoq.lock;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A lock's value, and who calls with it. The input is the value; the same text is taken for an address, an address range and
 * the header {@code X-Forwarded-For}.
 */
public final class LockValueFuzz {

    private static final LockKey KEY = new SecretLockKey(new byte[32]);

    private LockValueFuzz() {}

    /** Called by Jazzer, and with each input that is kept. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        value(text);
        addresses(text);
    }

    private static void value(String text) {
        LockValue parsed = LockValue.parse(text);
        if (parsed != null && !parsed.toString().equals(text)) {
            throw new AssertionError("read as " + parsed + ": " + text);
        }
        if (parsed != null && parsed.isGenuine(KEY)) {
            throw new AssertionError("made up and taken for genuine: " + text);
        }
        String job = text.isEmpty() ? "job" : text;
        LockValue minted = LockValue.mint(KEY, job, data(text), "gate");
        LockValue again =
                minted.toString().length() > LockValue.MAX_CHARS ? minted : LockValue.parse(minted.toString());
        if (!minted.equals(again) || !again.isGenuine(KEY)) {
            throw new AssertionError("not found again: " + minted);
        }
    }

    private static long data(String text) {
        return Math.floorMod(text.hashCode(), 1_000);
    }

    private static void addresses(String text) {
        String caller = CallerAddress.of("192.0.2.1", List.of(text), List.of("192.0.2.0/24"));
        if (!caller.equals(CallerAddress.UNKNOWN) && AddressRange.bytes(caller.replaceFirst("%.*", "")) == null) {
            throw new AssertionError("an address that is none: " + caller);
        }
        if (!CallerAddress.of("198.51.100.1", List.of(text), List.of("192.0.2.0/24"))
                .equals("198.51.100.1")) {
            throw new AssertionError("a header is believed that no trusted proxy wrote: " + text);
        }
        try {
            AddressRange range = AddressRange.parse(text);
            if (text.indexOf('/') < 0 && !range.contains(text)) {
                throw new AssertionError("an address that is not in its own range: " + text);
            }
        } catch (IllegalArgumentException e) {
            if (e instanceof NumberFormatException || !e.getMessage().contains("is not an address range")) {
                throw new AssertionError("refused without saying what to write: " + text, e);
            }
        }
    }
}

package hudson.console;

/** Signature only; the real type comes with Jenkins. */
public class HyperlinkNote {
    private HyperlinkNote() {}

    public static String encodeTo(String url, String text) {
        throw new UnsupportedOperationException();
    }
}

package hudson.console;

/** Signature only; the real type comes with Jenkins. */
public class HyperlinkNote {
    public static String encodeTo(String url, String text) {
        return null;
    }
}

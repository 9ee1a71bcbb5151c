package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;

/** How wide a text is in a picture, as far as that can be known without its font: rather more than less. */
final class TextWidth {

    private static final double ORDINARY = 0.58;
    private static final double WIDE = 1.05;

    private TextWidth() {}

    /** The width in pixels. */
    static double of(@NonNull String text, double fontSize) {
        return text.codePoints().mapToDouble(TextWidth::of).sum() * fontSize;
    }

    /** The text, or the beginning of it and an ellipsis; empty if not even that fits. */
    @NonNull
    static String fit(@NonNull String text, double fontSize, double width) {
        if (of(text, fontSize) <= width) {
            return text;
        }
        double left = width / fontSize - ORDINARY * 2;
        int end = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            left -= of(c);
            if (left < 0) {
                break;
            }
            end += Character.charCount(c);
        }
        return end == 0 ? "" : text.substring(0, end).stripTrailing() + "…";
    }

    /** In parts of the font's size. Accents that stand over a letter take no width, ideographs and pictures a whole one. */
    private static double of(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        if (c >= 0x1100 && (Character.isIdeographic(c) || c < 0x1160 || c >= 0x2e80)) {
            return WIDE;
        }
        if (c < 0x80 && "iIl.,:;'|!() ".indexOf(c) >= 0) {
            return ORDINARY * 0.55;
        }
        return Character.isUpperCase(c) || c == 'm' || c == 'w' || c == '…' ? ORDINARY * 1.35 : ORDINARY;
    }
}

package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The colours of the style sheets: text stands out by 4.5 to 1, shapes by 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11). */
class PaletteTest {

    private static final Pattern PROPERTY = Pattern.compile("--([a-z-]+):[^;]*?(#[0-9a-f]{6})\\)*;");
    private static final double TEXT = 4.5;
    private static final double SHAPE = 3;

    /** How much of a colour a band, or a span below a label, has; as {@link TimelineSvg} and the style sheet have it. */
    private static final Map<String, Double> TINTS =
            Map.of("mdoq-text", 0.08, "mdoq-wait", 0.16, "mdoq-work", 0.24, "mdoq-bad", 0.2);

    private static String css(String name) {
        try (InputStream in = PaletteTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> palette(String css, boolean dark) {
        int from = dark ? css.indexOf("prefers-color-scheme: dark") : 0;
        Matcher property = PROPERTY.matcher(css.substring(from, css.indexOf('}', from)));
        Map<String, String> palette = new LinkedHashMap<>();
        while (property.find()) {
            palette.put(property.group(1), property.group(2));
        }
        return palette;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSetTheTimelineOffFromWhatIsBehindIt(boolean dark) {
        Map<String, String> palette = palette(css("timeline.css"), dark);
        double[] paper = rgb(palette.get("mdoq-paper"));
        double[] text = rgb(palette.get("mdoq-text"));
        double[] muted = rgb(palette.get("mdoq-muted"));
        double[] band = blend(text, paper, TINTS.get("mdoq-text"));

        assertThat(palette).hasSize(Glyphs.Paint.values().length);
        for (double[] ground : List.of(paper, band)) {
            assertThat(contrast(text, ground)).isGreaterThanOrEqualTo(TEXT);
            assertThat(contrast(muted, ground)).isGreaterThanOrEqualTo(TEXT);
            TINTS.forEach((name, tint) -> assertThat(contrast(text, blend(rgb(palette.get(name)), ground, tint)))
                    .as("text on " + name)
                    .isGreaterThanOrEqualTo(TEXT));
            for (String shape : List.of("good", "warn", "bad", "wait", "work")) {
                assertThat(contrast(rgb(palette.get("mdoq-" + shape)), ground))
                        .as(shape)
                        .isGreaterThanOrEqualTo(SHAPE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSetThePageOffFromWhatIsBehindIt(boolean dark) {
        Map<String, String> palette = palette(css("history-page.css"), dark);

        for (String ground : List.of("page", "card")) {
            for (String text : List.of("text", "muted", "good", "warn", "bad", "open")) {
                assertThat(contrast(rgb(palette.get(text)), rgb(palette.get(ground))))
                        .as(text + " on " + ground)
                        .isGreaterThanOrEqualTo(TEXT);
            }
        }
    }

    /** Where a style sheet is refused, the page is white. */
    @Test
    void shouldHaveTheLightColoursWithoutAStyleSheet() {
        Map<String, String> palette = palette(css("timeline.css"), false);

        for (Glyphs.Paint paint : Glyphs.Paint.values()) {
            assertThat(palette).containsEntry("mdoq-" + paint.word(), paint.colour());
        }
    }

    private static double[] rgb(String hex) {
        double[] rgb = new double[3];
        for (int i = 0; i < 3; i++) {
            rgb[i] = Integer.parseInt(hex.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
        }
        return rgb;
    }

    private static double[] blend(double[] over, double[] under, double share) {
        double[] blended = new double[3];
        for (int i = 0; i < 3; i++) {
            blended[i] = over[i] * share + under[i] * (1 - share);
        }
        return blended;
    }

    private static double contrast(double[] one, double[] other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(double[] rgb) {
        return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}

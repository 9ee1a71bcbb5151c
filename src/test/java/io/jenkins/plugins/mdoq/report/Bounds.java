package io.jenkins.plugins.mdoq.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * The rectangle around something in a picture, in pixels, without the width of its lines.
 *
 * @param text what is written there; empty for a shape
 */
record Bounds(String text, double left, double top, double right, double bottom) {

    private static final Pattern PLACE = Pattern.compile("translate\\((\\S+) (\\S+)\\)");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z]|-?\\d+(?:\\.\\d+)?");

    /** Lengths are written with one digit after the point. */
    private static final double ROUNDED = 0.11;

    /** Of a text, a rectangle, a path or a mark. */
    static Bounds of(Element element) {
        return switch (element.getTagName()) {
            case "text" -> ofText(element);
            case "rect" -> {
                double x = number(element, "x");
                double y = number(element, "y");
                yield new Bounds("", x, y, x + number(element, "width"), y + number(element, "height"));
            }
            case "path" -> ofPath(element.getAttribute("d"));
            case "g" -> ofMark(element);
            default -> throw new IllegalArgumentException(element.getTagName());
        };
    }

    /** Letters reach from a fifth of their size below the line to four fifths above it. */
    private static Bounds ofText(Element element) {
        String text = element.getTextContent();
        double size = number(element, "font-size");
        // Bold letters are a little wider.
        double length =
                TextWidth.of(text, size) * (element.getAttribute("font-weight").isEmpty() ? 1 : 1.06);
        double before =
                switch (element.getAttribute("text-anchor")) {
                    case "middle" -> length / 2;
                    case "end" -> length;
                    default -> 0;
                };
        double left = number(element, "x") - before;
        double line = number(element, "y");
        return new Bounds(text, left, line - 0.8 * size, left + length, line + 0.2 * size);
    }

    private static Bounds ofMark(Element group) {
        Matcher place = PLACE.matcher(group.getAttribute("transform"));
        if (!place.matches()) {
            throw new IllegalArgumentException(group.getAttribute("transform"));
        }
        Bounds shape = Xml.elements(group, "path").stream()
                .map(Bounds::of)
                .reduce(Bounds::with)
                .orElseThrow();
        double x = Double.parseDouble(place.group(1));
        double y = Double.parseDouble(place.group(2));
        return new Bounds("", shape.left + x, shape.top + y, shape.right + x, shape.bottom + y);
    }

    private static Bounds ofPath(String path) {
        Bounds bounds = null;
        double x = 0;
        double y = 0;
        char command = 'M';
        List<Double> numbers = new ArrayList<>();
        Matcher token = TOKEN.matcher(path);
        while (token.find()) {
            if (Character.isLetter(token.group().charAt(0))) {
                command = token.group().charAt(0);
                continue;
            }
            numbers.add(Double.valueOf(token.group()));
            if (numbers.size() < count(command)) {
                continue;
            }
            double fromX = Character.isLowerCase(command) ? x : 0;
            double fromY = Character.isLowerCase(command) ? y : 0;
            double last = numbers.get(numbers.size() - 1);
            double beforeX = x;
            double beforeY = y;
            switch (Character.toLowerCase(command)) {
                case 'h' -> x = fromX + last;
                case 'v' -> y = fromY + last;
                default -> {
                    x = fromX + numbers.get(numbers.size() - 2);
                    y = fromY + last;
                }
            }
            // Arcs are half circles.
            double radius = command == 'a' ? numbers.get(0) : 0;
            double middleX = radius > 0 ? (x + beforeX) / 2 : x;
            double middleY = radius > 0 ? (y + beforeY) / 2 : y;
            Bounds piece = new Bounds("", middleX - radius, middleY - radius, middleX + radius, middleY + radius);
            bounds = bounds == null ? piece : bounds.with(piece);
            numbers.clear();
        }
        return bounds;
    }

    private static int count(char command) {
        return switch (command) {
            case 'M', 'm', 'L', 'l' -> 2;
            case 'H', 'h', 'V', 'v' -> 1;
            case 'a' -> 7;
            default -> throw new IllegalArgumentException("no numbers belong to " + command);
        };
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    /** Around both. */
    Bounds with(Bounds other) {
        return new Bounds(
                text,
                Math.min(left, other.left),
                Math.min(top, other.top),
                Math.max(right, other.right),
                Math.max(bottom, other.bottom));
    }

    double width() {
        return right - left;
    }

    double height() {
        return bottom - top;
    }

    /** Half way between left and right. */
    double middle() {
        return (left + right) / 2;
    }

    /** Half way between top and bottom. */
    double line() {
        return (top + bottom) / 2;
    }

    /** Whether one of both hides a part of the other; half a pixel is none. */
    boolean covers(Bounds other) {
        return left < other.right - 0.5
                && other.left < right - 0.5
                && top < other.bottom - 0.5
                && other.top < bottom - 0.5;
    }

    /** Whether all of the other one lies within this one. */
    boolean holds(Bounds other) {
        return left <= other.left + ROUNDED
                && other.right <= right + ROUNDED
                && top <= other.top + ROUNDED
                && other.bottom <= bottom + ROUNDED;
    }
}

package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** One of the two pictures of a timeline, as whoever looks at it finds what is in it. */
final class Picture {

    private static final String TORN = "l4 5.7-8 5.7 8 5.7";

    private final Element svg;

    private Picture(Element svg) {
        this.svg = svg;
    }

    /** The wide picture, then the narrow one. */
    static List<Picture> both(Timeline timeline) {
        List<Picture> pictures = Xml.elements(Xml.parse(TimelineSvg.draw(timeline, "t")), "svg").stream()
                .map(Picture::new)
                .toList();
        assertThat(pictures).hasSize(2);
        return pictures;
    }

    static Picture wide(Timeline timeline) {
        return both(timeline).get(0);
    }

    static Picture narrow(Timeline timeline) {
        return both(timeline).get(1);
    }

    Element svg() {
        return svg;
    }

    /** All of it. */
    Bounds bounds() {
        String[] box = svg.getAttribute("viewBox").split(" ");
        return new Bounds("", 0, 0, Double.parseDouble(box[2]), Double.parseDouble(box[3]));
    }

    List<String> words() {
        return Xml.texts(svg, "text");
    }

    List<Bounds> texts() {
        return Xml.elements(svg, "text").stream().map(Bounds::of).toList();
    }

    /** Where a text stands; none, if it does not. */
    List<Bounds> texts(String text) {
        return texts().stream().filter(bounds -> bounds.text().equals(text)).toList();
    }

    /** The text that stands in the picture once. */
    Bounds text(String text) {
        assertThat(texts(text)).as(text).hasSize(1);
        return texts(text).get(0);
    }

    /** The groups whose title says something. */
    List<Element> groups(String title) {
        return Xml.elements(svg, "g").stream()
                .filter(group -> Xml.texts(group, "title").equals(List.of(title)))
                .toList();
    }

    /** The group whose title says something; the last one, as the lanes come behind what is behind them. */
    Element group(String title) {
        List<Element> groups = groups(title);
        assertThat(groups).as(title).isNotEmpty();
        return groups.get(groups.size() - 1);
    }

    /** The shapes of the group with a title. */
    List<Bounds> shapes(String title) {
        return shapesIn(group(title)).map(Bounds::of).toList();
    }

    /** The first of them. */
    Bounds shape(String title) {
        return shapes(title).get(0);
    }

    private static Stream<Element> shapesIn(Element group) {
        return children(group).filter(child -> List.of("rect", "path", "g").contains(child.getTagName()));
    }

    /** Rectangles, paths, marks and texts that lie in an element, in their order. */
    static Stream<Element> children(Element parent) {
        return Stream.iterate(parent.getFirstChild(), child -> child != null, Node::getNextSibling)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    /** The edges and the pieces that are taken out where something is torn. */
    List<Bounds> tears() {
        return Xml.elements(svg, "path").stream()
                .filter(path -> path.getAttribute("d").contains(TORN))
                .map(Bounds::of)
                .toList();
    }

    /** The lines of the axis, from left to right. */
    List<Bounds> ticks() {
        return Xml.elements(svg, "path").stream()
                .filter(path -> path.getAttribute("d").matches("M\\S+ 40V\\S+"))
                .map(Bounds::of)
                .toList();
    }

    /** What says what the shapes mean. */
    Element legend() {
        return Xml.elements(svg, "g").stream()
                .filter(group -> group.getAttribute("aria-hidden").equals("true"))
                .findFirst()
                .orElseThrow();
    }
}

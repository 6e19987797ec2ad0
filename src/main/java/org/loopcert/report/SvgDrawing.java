package org.loopcert.report;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A drawing that becomes an {@code svg} element, fit to stand alone and within a page. */
final class SvgDrawing {
    private static final String SVG = "http://www.w3.org/2000/svg";

    /** Digits after the point: a hundredth of a pixel. */
    private static final int PRECISION = 2;

    /** The widths of DejaVu Sans, with which text is measured on most Linux machines, and of Verdana are the same. */
    private static final String FONTS = "'DejaVu Sans', Verdana, Arial, sans-serif";

    /** Attributes of the generator that say nothing, or that HTML does not know. */
    private static final Set<String> NOISE = Set.of(
            "xml:space",
            "color-rendering",
            "image-rendering",
            "shape-rendering",
            "text-rendering",
            "color-interpolation",
            "xmlns:xlink");

    private final String prefix;
    private final SVGGraphics2D graphics;

    SvgDrawing(String prefix) {
        Headless.require();
        this.prefix = prefix;
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setPrecision(PRECISION);
        context.setIDGenerator(new Ids(prefix));
        graphics = new SVGGraphics2D(context, false);
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the class library's XML documents are not usable", e);
        }
    }

    Graphics2D graphics() {
        return graphics;
    }

    /** The element, with a title and a description for those who do not see it. */
    Element finish(String title, String description, int width, int height) {
        graphics.setSVGCanvasSize(new Dimension(width, height));
        Element svg = graphics.getRoot();
        tidy(svg);
        svg.setAttribute("xmlns", SVG);
        svg.setAttribute("viewBox", "0 0 " + width + " " + height);
        svg.setAttribute("font-family", FONTS);
        svg.setAttribute("role", "img");
        svg.setAttribute("aria-labelledby", prefix + "-title " + prefix + "-desc");
        Node first = svg.getFirstChild();
        svg.insertBefore(labelled(svg, "title", title), first);
        svg.insertBefore(labelled(svg, "desc", description), first);
        return svg;
    }

    private Element labelled(Element svg, String name, String text) {
        Element element = svg.getOwnerDocument().createElementNS(SVG, name);
        element.setAttribute("id", prefix + "-" + name);
        element.setTextContent(text);
        return element;
    }

    private static List<String> names(Element element) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            names.add(element.getAttributes().item(i).getNodeName());
        }
        return names;
    }

    private void tidy(Element element) {
        for (String name : names(element)) {
            if (NOISE.contains(name)) {
                element.removeAttribute(name);
            } else if (name.equals("font-family")) {
                element.setAttribute(name, FONTS);
            } else if (name.equals("id") && !element.getAttribute(name).startsWith(prefix + "-")) {
                element.removeAttribute(name); // one that the generator gives to every drawing
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                tidy(inner);
            }
        }
    }

    /** Ids that are unique within a page. */
    private static final class Ids extends SVGIDGenerator {
        private final String prefix;

        Ids(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public String generateID(String name) {
            return prefix + "-" + super.generateID(name);
        }
    }
}

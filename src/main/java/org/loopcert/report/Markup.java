package org.loopcert.report;

import java.io.Writer;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Writes elements and escapes whatever stands in them. Every element but a void one gets its end tag, so that the text
 * is read alike as HTML and as XML.
 */
final class Markup {
    private static final String REPLACEMENT = "\uFFFD";

    private final XMLStreamWriter out;

    Markup(Writer writer) {
        try {
            out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the class library's XML writer is not usable", e);
        }
    }

    /** What stands in an element. */
    @FunctionalInterface
    interface Content {
        void write() throws XMLStreamException;
    }

    /** {@code <name attributes...>content</name>}; attributes are names and values in turn. */
    void element(String name, Content content, String... attributes) throws XMLStreamException {
        out.writeStartElement(name);
        attributes(attributes);
        content.write();
        out.writeCharacters(""); // closes a start tag without content
        out.writeEndElement();
    }

    /** An element with nothing but text in it. */
    void text(String name, String text, String... attributes) throws XMLStreamException {
        element(name, () -> text(text), attributes);
    }

    /** An element that has no end tag in HTML. */
    void voidElement(String name, String... attributes) throws XMLStreamException {
        out.writeEmptyElement(name);
        attributes(attributes);
    }

    /** Text, escaped. */
    void text(String text) throws XMLStreamException {
        out.writeCharacters(legible(text));
    }

    /** The program's own style or script, which HTML reads unescaped. */
    void raw(String element, String code) throws XMLStreamException {
        if (code.indexOf('<') >= 0 || code.indexOf('&') >= 0 || code.indexOf('>') >= 0) {
            throw new IllegalArgumentException("code within an element must do without <, > and &");
        }
        text(element, code);
    }

    void doctype() throws XMLStreamException {
        out.writeDTD("<!DOCTYPE html>");
        newline();
    }

    void newline() throws XMLStreamException {
        out.writeCharacters("\n");
    }

    /** An element of a document, its attributes in alphabetical order. */
    void copy(Element element) throws XMLStreamException {
        TreeMap<String, String> attributes = new TreeMap<>();
        NamedNodeMap given = element.getAttributes();
        for (int i = 0; i < given.getLength(); i++) {
            attributes.put(given.item(i).getNodeName(), given.item(i).getNodeValue());
        }
        String[] flat = attributes.entrySet().stream()
                .flatMap(each -> Stream.of(each.getKey(), each.getValue()))
                .toArray(String[]::new);
        element(element.getNodeName(), () -> copyChildren(element), flat);
    }

    private void copyChildren(Element element) throws XMLStreamException {
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                copy(inner);
            } else if (child.getNodeType() == Node.TEXT_NODE) {
                text(child.getNodeValue());
            }
        }
    }

    void flush() throws XMLStreamException {
        out.flush();
    }

    private void attributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            out.writeAttribute(attributes[i], legible(attributes[i + 1]));
        }
    }

    /** The text with a replacement for every character that neither XML nor HTML may hold. */
    private static String legible(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean noncharacter = (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF;
            boolean control = c < 0x20 && c != '\n' && c != '\t' || c >= 0x7F && c < 0xA0;
            boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
            if (noncharacter || control || surrogate) {
                result.append(REPLACEMENT);
            } else {
                result.appendCodePoint(c);
            }
        });
        return result.toString();
    }
}

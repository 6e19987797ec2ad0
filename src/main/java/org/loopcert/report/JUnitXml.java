package org.loopcert.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Results as JUnit XML, the form that build servers read. Without times: the same results give the same bytes. */
public final class JUnitXml {
    private static final String STEP = "  ";

    private JUnitXml() {}

    /** A file and what was checked in it. */
    public record Suite(String name, List<Case> cases) {
        public Suite {
            cases = List.copyOf(cases);
        }

        private long count(boolean errors) {
            return cases.stream()
                    .flatMap(each -> each.problem().stream())
                    .filter(each -> each.error() == errors)
                    .count();
        }
    }

    /**
     * One thing that was checked.
     *
     * @param owner what it belongs to, a class for programs
     * @param problem empty if it passed
     */
    public record Case(String owner, String name, Optional<Problem> problem) {}

    /**
     * Why a case did not pass.
     *
     * @param error whether it could not be checked, rather than failed
     * @param type the verdict
     * @param message one line
     * @param text all of it
     */
    public record Problem(boolean error, String type, String message, String text) {}

    /**
     * Writes all suites.
     *
     * @throws IOException if the writer fails
     */
    public static void write(Writer writer, String name, List<Suite> suites) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(writer);
            xml.writeStartDocument("UTF-8", "1.0");
            line(xml, 0);
            xml.writeStartElement("testsuites");
            attribute(xml, "name", name);
            counts(xml, suites);
            for (Suite each : suites) {
                write(xml, each);
            }
            line(xml, 0);
            xml.writeEndElement();
            line(xml, 0);
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(e);
        }
    }

    private static void write(XMLStreamWriter xml, Suite suite) throws XMLStreamException {
        line(xml, 1);
        xml.writeStartElement("testsuite");
        attribute(xml, "name", suite.name());
        counts(xml, List.of(suite));
        for (Case each : suite.cases()) {
            line(xml, 2);
            if (each.problem().isEmpty()) {
                xml.writeEmptyElement("testcase");
                named(xml, each);
            } else {
                xml.writeStartElement("testcase");
                named(xml, each);
                write(xml, each.problem().get());
                line(xml, 2);
                xml.writeEndElement();
            }
        }
        line(xml, 1);
        xml.writeEndElement();
    }

    private static void named(XMLStreamWriter xml, Case each) throws XMLStreamException {
        attribute(xml, "name", each.name());
        attribute(xml, "classname", each.owner());
    }

    private static void write(XMLStreamWriter xml, Problem problem) throws XMLStreamException {
        line(xml, 3);
        xml.writeStartElement(problem.error() ? "error" : "failure");
        attribute(xml, "type", problem.type());
        attribute(xml, "message", problem.message());
        xml.writeCharacters(legal(problem.text()));
        xml.writeEndElement();
    }

    private static void counts(XMLStreamWriter xml, List<Suite> suites) throws XMLStreamException {
        attribute(xml, "tests", sum(suites.stream().map(each ->
                (long) each.cases().size())));
        attribute(xml, "failures", sum(suites.stream().map(each -> each.count(false))));
        attribute(xml, "errors", sum(suites.stream().map(each -> each.count(true))));
    }

    private static String sum(java.util.stream.Stream<Long> counts) {
        return Long.toString(counts.mapToLong(Long::longValue).sum());
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + STEP.repeat(depth));
    }

    /** XML has no spelling at all for most control characters and for half of a surrogate pair. */
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean allowed = c == '\n'
                    || c == '\t'
                    || c >= 0x20 && c <= 0xD7FF && !Character.isISOControl(c)
                    || c >= 0xE000 && c <= 0xFFFD
                    || c >= 0x10000;
            if (allowed) {
                legal.appendCodePoint(c);
            } else {
                legal.append("U+%04X".formatted(c));
            }
        });
        return legal.toString();
    }
}

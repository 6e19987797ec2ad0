package org.loopcert.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.loopcert.report.JUnitXml.Case;
import org.loopcert.report.JUnitXml.Problem;
import org.loopcert.report.JUnitXml.Suite;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

public class JUnitXmlTest {
    /** What build servers agree on: the elements, their order, the attributes they require. */
    private static final String SCHEMA = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
              <xs:element name="testsuites"><xs:complexType>
                <xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
                <xs:attribute name="name" type="xs:string"/>
                <xs:attribute name="tests" type="xs:nonNegativeInteger"/>
                <xs:attribute name="failures" type="xs:nonNegativeInteger"/>
                <xs:attribute name="errors" type="xs:nonNegativeInteger"/>
                <xs:attribute name="time" type="xs:decimal"/>
              </xs:complexType></xs:element>
              <xs:element name="testsuite"><xs:complexType>
                <xs:sequence><xs:element ref="testcase" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
                <xs:attribute name="name" type="xs:string" use="required"/>
                <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
                <xs:attribute name="failures" type="xs:nonNegativeInteger"/>
                <xs:attribute name="errors" type="xs:nonNegativeInteger"/>
                <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
                <xs:attribute name="time" type="xs:decimal"/>
              </xs:complexType></xs:element>
              <xs:element name="testcase"><xs:complexType>
                <xs:choice minOccurs="0">
                  <xs:element name="skipped"/>
                  <xs:element name="failure" type="problem"/>
                  <xs:element name="error" type="problem"/>
                </xs:choice>
                <xs:attribute name="name" type="xs:string" use="required"/>
                <xs:attribute name="classname" type="xs:string" use="required"/>
                <xs:attribute name="time" type="xs:decimal"/>
              </xs:complexType></xs:element>
              <xs:complexType name="problem"><xs:simpleContent><xs:extension base="xs:string">
                <xs:attribute name="type" type="xs:string" use="required"/>
                <xs:attribute name="message" type="xs:string"/>
              </xs:extension></xs:simpleContent></xs:complexType>
            </xs:schema>
            """;

    /** Parses JUnit XML, which must be well-formed, follow the schema and count right. */
    public static Document parsed(String xml) throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(new StreamSource(new StringReader(SCHEMA)))
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        requireCounts(document.getDocumentElement());
        for (int i = 0; i < document.getElementsByTagName("testsuite").getLength(); i++) {
            requireCounts((Element) document.getElementsByTagName("testsuite").item(i));
        }
        return document;
    }

    private static void requireCounts(Element element) {
        assertThat(element.getAttribute("tests")).isEqualTo(count(element, "testcase"));
        assertThat(element.getAttribute("failures")).isEqualTo(count(element, "failure"));
        assertThat(element.getAttribute("errors")).isEqualTo(count(element, "error"));
    }

    private static String count(Element element, String tag) {
        return Integer.toString(element.getElementsByTagName(tag).getLength());
    }

    private static String written(Suite... suites) throws IOException {
        StringWriter writer = new StringWriter();
        JUnitXml.write(writer, "all", List.of(suites));
        return writer.toString();
    }

    private static Case failed(boolean error, String text) {
        return new Case(text, text, Optional.of(new Problem(error, text, text, text)));
    }

    @Test
    void suitesAreCounted() throws Exception {
        Document document = parsed(written(
                new Suite("a", List.of(new Case("c", "passes", Optional.empty()), failed(false, "fails"))),
                new Suite("b", List.of(failed(true, "errs"))),
                new Suite("empty", List.of())));
        assertThat(document.getDocumentElement().getAttribute("tests")).isEqualTo("3");
        assertThat(parsed(written()).getDocumentElement().getAttribute("tests")).isEqualTo("0");
    }

    @Test
    void everyCharacterSurvivesOrIsNamed() throws Exception {
        String text = "<&>\"' ]]> \u0000\u001b[31m\r\u0085\ud800 \ufffe Zθ \ud835\udd38";
        Element failure = (Element) parsed(written(new Suite(text, List.of(failed(false, text)))))
                .getElementsByTagName("failure")
                .item(0);
        String shown = "<&>\"' ]]> U+0000U+001B[31mU+000DU+0085U+D800 U+FFFE Zθ \ud835\udd38";
        assertThat(failure.getTextContent()).isEqualTo(shown);
        assertThat(failure.getAttribute("message")).isEqualTo(shown);
    }

    @Test
    void aWriterThatFailsIsHeard() {
        Writer full = new Writer() {
            @Override
            public void write(char[] buffer, int from, int length) throws IOException {
                throw new IOException("no space left on device");
            }

            @Override
            public void flush() throws IOException {
                throw new IOException("no space left on device");
            }

            @Override
            public void close() {}
        };
        assertThatThrownBy(() -> JUnitXml.write(full, "all", List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no space left");
    }
}

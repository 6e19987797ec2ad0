package org.loopcert.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

class PageTest {
    /** As HTML reads it: U+0000 and its like are no characters of a document. */
    private static final String LEGIBLE = SampleReport.HOSTILE.replaceAll("[\u0000\uD800\uFFFE]", "\uFFFD");

    private static Document parsed(String html) {
        Parser parser = Parser.htmlParser().setTrackErrors(1000);
        Document document = parser.parseInput(html, "");
        assertThat(parser.getErrors()).isEmpty();
        return document;
    }

    @Test
    void theParserOfTheseTestsFindsErrors() {
        Parser parser = Parser.htmlParser().setTrackErrors(1000);
        parser.parseInput("<!DOCTYPE html><p><b></p>&nosuch;</i>", "");
        assertThat(parser.getErrors()).isNotEmpty();
    }

    @Test
    void aPageIsHtmlWithoutErrors() {
        Document page = parsed(SampleReport.page().html());
        assertThat(page.documentType()).isNotNull();
        assertThat(page.title()).isEqualTo("Audit of one instance");
        assertThat(page.expectFirst("html").attr("lang")).isEqualTo("en");
        assertThat(page.expectFirst("meta[name=viewport]").attr("content")).contains("width=device-width");
        assertThat(page.select("svg")).hasSize(3);
        assertThat(page.select("figure > figcaption")).hasSize(3);
    }

    @Test
    void nothingIsLoadedFromAnywhere() {
        Document page = parsed(SampleReport.page().html());
        String policy =
                page.expectFirst("meta[http-equiv=Content-Security-Policy]").attr("content");
        assertThat(policy)
                .startsWith("default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:");
        assertThat(page.select("[src], [href], link, iframe, object, embed, form, img, image, use"))
                .isEmpty();
        assertThat(page.expectFirst("style").data()).doesNotContain("url(").doesNotContain("@import");
        for (Element each : page.select("*")) {
            each.attributes().forEach(attribute -> {
                assertThat(attribute.getKey()).doesNotStartWith("on");
                if (attribute.getValue().contains("url(")) {
                    assertThat(attribute.getValue()).startsWith("url(#figure-");
                }
            });
        }
    }

    @Test
    void hostileTextsStayTexts() {
        Document page = parsed(SampleReport.page().html());
        assertThat(page.select("script")).hasSize(1);
        assertThat(page.select("img")).isEmpty();
        assertThat(page.select("h2").last().wholeText()).isEqualTo(LEGIBLE);
        assertThat(page.select("li").stream().map(Element::wholeText)).contains(LEGIBLE);
        assertThat(page.select("td.number").stream().map(Element::wholeText)).contains(LEGIBLE);
        assertThat(page.select("textarea").last().wholeText()).isEqualTo("\n" + LEGIBLE);
    }

    @Test
    void idsAreUniqueAndWhatIsReferredToIsThere() {
        Document page = parsed(SampleReport.page().html());
        List<String> ids = page.select("[id]").eachAttr("id");
        Set<String> known = new HashSet<>(ids);
        assertThat(known).hasSameSizeAs(ids);
        for (String name : List.of("aria-labelledby", "data-copy")) {
            for (String references : page.select("[" + name + "]").eachAttr(name)) {
                assertThat(known).contains(references.split(" "));
            }
        }
        for (String clip : page.select("[clip-path]").eachAttr("clip-path")) {
            assertThat(known).contains(clip.substring("url(#".length(), clip.length() - 1));
        }
    }

    @Test
    void headingsAreInOrder() {
        int previous = 0;
        for (Element heading : parsed(SampleReport.page().html()).select("h1, h2, h3, h4, h5, h6")) {
            int level = heading.tagName().charAt(1) - '0';
            assertThat(level).isLessThanOrEqualTo(previous + 1);
            assertThat(level == 1).isEqualTo(previous == 0);
            previous = level;
        }
        assertThatThrownBy(() -> new Page("title").subsection("too early"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected a section before the subsection too early");
    }

    @Test
    void tablesHaveCaptionsAndHeadersAndNumbersFlushRight() {
        Document page = parsed(SampleReport.page().html());
        assertThat(page.select("table > caption").eachText()).containsExactly("First events, by rounding format");
        assertThat(page.select("thead th[scope=col]")).hasSize(4);
        assertThat(page.select("tbody th[scope=row]")).hasSize(4);
        assertThat(page.select("tbody tr:first-child .number").eachText()).containsExactly("163", "2.22 × 10⁻¹⁶");
        assertThat(page.select("td .badge").eachText())
                .containsExactly("accepted", "rejected", "undecided", "measured");
        assertThatThrownBy(() -> Table.of("c", Table.Column.words("a")).with("1", "2"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textsToCopyKeepEveryLine() {
        for (String text : List.of("", "\n", "\n\n1/3\n", "  1/3  \n\t2/3")) {
            Document page = parsed(new Page("t").copyable("values", text).html());
            assertThat(page.expectFirst("textarea").wholeText()).isEqualTo(text);
        }
    }

    @Test
    void theSameContentGivesTheSameText() {
        assertThat(SampleReport.page().html()).isEqualTo(SampleReport.page().html());
    }

    @Test
    void aFullDiskIsReported() {
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("no space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        assertThatThrownBy(() -> SampleReport.page().writeTo(full))
                .isInstanceOf(IOException.class)
                .hasMessage("no space left on device");
    }

    @Test
    void theValuesOfAPlotAreWrittenExactly() throws IOException {
        Plot plot = SampleReport.tiny();
        StringWriter text = new StringWriter();
        CsvTable.of(plot).writeTo(text);
        List<List<String>> rows = CsvReader.builder().ofCsvRecord(text.toString()).stream()
                .map(each -> each.getFields())
                .toList();
        assertThat(rows).hasSize(1 + 2 * (SampleReport.LOOPS + 1));
        assertThat(rows.get(0)).containsExactly("series", "x", "y lower", "y upper");
        assertThat(rows.get(3)).containsExactly("rate 1/100", "2", "1/10000", "1/10000");
        assertThat(text.toString()).doesNotContain("\r");
        assertThatThrownBy(() -> new CsvTable(List.of("a"), List.of(List.of("1", "2"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1: expected 1 cells, got 2");
    }
}

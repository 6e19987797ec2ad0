package org.loopcert.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.obermuhlner.math.big.BigRational;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.loopcert.report.Placement.Point;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FigureTest {
    private static final List<Coordinate> THREE = Coordinate.range(0, 2);

    private static Plot plot(Axis x, Axis y) {
        return Plot.of("title", "description", x, y);
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> all(Document document, String name) {
        NodeList nodes = document.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
        List<Element> result = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            result.add((Element) nodes.item(i));
        }
        return result;
    }

    private static List<String> texts(Plot plot) throws Exception {
        return all(parsed(new Figure(plot).svg()), "text").stream()
                .map(Element::getTextContent)
                .toList();
    }

    @Test
    void theSameDescriptionGivesTheSameBytes() {
        Figure first = new Figure(SampleReport.convergence());
        Figure second = new Figure(SampleReport.convergence());
        assertThat(first.svg()).isEqualTo(second.svg()).isEqualTo(first.svg());
        assertThat(first.png()).isEqualTo(second.png());
    }

    @Test
    void theLocaleOfTheMachineChangesNothing() {
        Locale before = Locale.getDefault();
        String expected = new Figure(SampleReport.drift()).svg();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(new Figure(SampleReport.drift()).svg()).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void anSvgIsWellFormedTitledAndTellsEverySeriesApart() throws Exception {
        Document svg = parsed(new Figure(SampleReport.convergence()).svg());
        Element root = svg.getDocumentElement();
        assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 720 450");
        assertThat(root.getAttribute("aria-labelledby")).isEqualTo("figure-title figure-desc");
        assertThat(all(svg, "title").get(0).getTextContent())
                .isEqualTo("Error of the looped Transformer on one instance");
        assertThat(all(svg, "desc").get(0).getTextContent())
                .startsWith("The error against the least-squares solution")
                .contains("a: at loop t = 20, bfloat16 stops contracting.");
        assertThat(all(svg, "text").stream().map(Element::getTextContent))
                .contains(
                        "exact",
                        "binary64",
                        "bfloat16",
                        "bound (1 − ημ)ᵗ",
                        "ten trials, exact",
                        "a",
                        "b",
                        "loop t",
                        "10⁻²⁰");
        assertThat(all(svg, "script")).isEmpty();
        assertThat(all(svg, "image")).isEmpty();
    }

    @Test
    void dashesRunAlongTheWholeLine() throws Exception {
        Document svg = parsed(new Figure(SampleReport.convergence()).svg());
        List<Element> dashed = all(svg, "path").stream()
                .filter(path -> path.getAttribute("d").split("L").length > 150)
                .filter(path -> style(path, "stroke-dasharray").equals("7,4"))
                .toList();
        assertThat(dashed).hasSize(1);
    }

    /** An attribute of an element or of the nearest one around it that has it. */
    private static String style(Element element, String name) {
        for (Element each = element; ; each = (Element) each.getParentNode()) {
            if (each.hasAttribute(name)) {
                return each.getAttribute(name);
            }
        }
    }

    @Test
    void aPngHasTwoPixelsForOneAndTheColoursOfTheSeries() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(new Figure(SampleReport.convergence()).png()));
        assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(1440, 900);
        Set<Integer> colours = new HashSet<>();
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                colours.add(image.getRGB(x, y) & 0xFFFFFF);
            }
        }
        assertThat(colours).contains(0x0072B2, 0xD55E00, 0x009E73, 0x000000, 0xFFFFFF);
    }

    @Test
    void valuesBelowTheLeastDoubleHaveTheirPlace() {
        Placement placement = new Placement(SampleReport.tiny());
        List<Point> points = placement.series().get(0).runs().get(0).points();
        assertThat(points).hasSize(SampleReport.LOOPS + 1);
        for (int t = 0; t <= SampleReport.LOOPS; t++) {
            assertThat(points.get(t).lower()).isCloseTo(-2.0 * t, within(1e-9));
        }
        assertThat(placement.yExtent().lower()).isLessThan(-400);
    }

    @Test
    void zeroAndNegativeNumbersOnALogarithmicAxisAreLeftOutAndCounted() {
        Plot plot = plot(Axis.linear("t"), Axis.log10("error"))
                .with(Series.line("a", Coordinate.range(0, 4), Coordinate.rounded(1, 0, 2, 3, -4)));
        Figure figure = new Figure(plot);
        assertThat(figure.notes())
                .containsExactly(
                        "a: 1 of 5 values is zero and not drawn, for a logarithmic axis has no place for it.",
                        "a: 1 of 5 values is negative and not drawn, for a logarithmic axis has no place for it.");
        assertThat(new Placement(plot).series().get(0).runs())
                .extracting(run -> run.start() + "+" + run.points().size())
                .containsExactly("0+1", "2+2");
        assertThat(figure.svg()).contains("<desc id=\"figure-desc\">description a: 1 of 5");
    }

    @Test
    void aSeriesEndsWhereItIsNoLongerFinite() {
        Plot plot = plot(Axis.linear("t"), Axis.linear("error"))
                .with(Series.line("a", Coordinate.range(0, 3), Coordinate.rounded(1, 2, Double.POSITIVE_INFINITY, 4)));
        assertThat(new Figure(plot).notes()).containsExactly("a ends before t = 2, where the value is Infinity.");
        assertThat(new Placement(plot).series().get(0).runs().get(0).points()).hasSize(2);
    }

    @Test
    void aFloorIsStated() {
        BigRational floor = BigRational.TEN.pow(60).reciprocal();
        Plot plot = plot(Axis.linear("t"), Axis.log10("error").withFloor(floor))
                .with(Series.line(
                        "a",
                        THREE,
                        Coordinate.exact(List.of(
                                BigRational.ONE, floor, BigRational.TEN.pow(400).reciprocal()))));
        assertThat(new Figure(plot).notes()).containsExactly("a: 1 of 3 values is smaller than 1E-60 and drawn there.");
        assertThat(new Placement(plot)
                        .series()
                        .get(0)
                        .runs()
                        .get(0)
                        .points()
                        .get(2)
                        .lower())
                .isCloseTo(-60, within(1e-9));
    }

    @Test
    void whatNoLinearAxisHoldsIsLeftOut() {
        Plot plot = plot(Axis.linear("t"), Axis.linear("error"))
                .with(Series.line(
                        "a",
                        THREE,
                        Coordinate.exact(List.of(BigRational.ONE, BigRational.TEN.pow(400), BigRational.TWO))));
        assertThat(new Figure(plot).notes())
                .containsExactly("a: 1 of 3 values is not drawn, for the magnitude exceeds 1e300.");
    }

    @Test
    void anEventWithoutAPlaceIsStillTold() {
        Plot plot = plot(Axis.log10("n"), Axis.linear("error"))
                .with(Series.points("a", Coordinate.range(1, 3), THREE))
                .with(new Event(Coordinate.of(0), "nothing happens"));
        assertThat(new Figure(plot).notes())
                .containsExactly("Not marked, for n = 0 has no place on the axis: nothing happens.");
    }

    @Test
    void aPlotWithoutValuesIsDrawnAndSaysSo() {
        Plot none = plot(Axis.linear("t"), Axis.log10("error"));
        Plot zeros = none.with(Series.line("a", THREE, Coordinate.rounded(0, 0, 0)));
        for (Plot plot : List.of(none, zeros)) {
            Figure figure = new Figure(plot);
            assertThat(figure.notes()).contains("Nothing is drawn: no value has a place on these axes.");
            assertThat(figure.svg()).contains("</svg>");
            assertThat(figure.png()).isNotEmpty();
        }
    }

    @Test
    void marksAreLabelledOverAnyRange() throws Exception {
        Plot few = plot(Axis.log10("n"), Axis.linear("drift"))
                .with(Series.points("a", Coordinate.rounded(16, 128), Coordinate.rounded(-3e-17, 4e-17)));
        assertThat(texts(few)).contains("20", "50", "100", "0", "2×10⁻¹⁷", "−2×10⁻¹⁷");
        Plot same = plot(Axis.linear("t"), Axis.linear("error"))
                .with(Series.points("a", THREE, Coordinate.rounded(1, 1, 1)));
        assertThat(texts(same)).contains("0", "1", "2", "0.92", "1.08").doesNotContain("0.5");
        Plot large = plot(Axis.linear("t"), Axis.linear("error"))
                .with(Series.points("a", THREE, Coordinate.rounded(0, 1e299, -1e299)));
        assertThat(texts(large)).contains("5×10²⁹⁸");
    }

    @Test
    void hostileTextsStayTexts() throws Exception {
        Document svg = parsed(new Figure(SampleReport.drift()).svg());
        assertThat(all(svg, "img")).isEmpty();
        assertThat(all(svg, "script")).isEmpty();
        assertThat(all(svg, "title").get(0).getTextContent()).contains("<img src=x onerror=\"alert(1)\">");
    }

    @Test
    void descriptionsThatMakeNoSenseAreRefused() {
        Plot plot = plot(Axis.linear("t"), Axis.linear("error"));
        Series a = Series.line("a", THREE, THREE);
        assertThatThrownBy(() -> plot.with(a).with(a))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a name for every series, got [a, a]");
        assertThatThrownBy(() -> new Figure(plot.with(a.inColourOf("b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("series a: no series with a colour of its own is named b");
        assertThatThrownBy(() -> Series.band("a", THREE, THREE, Coordinate.range(0, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("series a: expected 3 ordinates, got 3 lower and 4 upper ones");
        assertThatThrownBy(() -> Axis.linear("t").withFloor(BigRational.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Axis.log10("t").withFloor(BigRational.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

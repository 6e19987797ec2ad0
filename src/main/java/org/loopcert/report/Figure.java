package org.loopcert.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.stream.XMLStreamException;

/**
 * A plot, drawn. The same plot gives the same bytes on the same machine: nothing in them tells when or where they were
 * made. Text is measured with the machine's sans-serif font.
 */
public final class Figure {
    /** The width in CSS pixels: a little over the text of an A4 page. */
    public static final int WIDTH = 720;

    /** The height in CSS pixels. */
    public static final int HEIGHT = 450;

    /** Pixels of a PNG for each of the figure's. */
    private static final int SCALE = 2;

    private final Plot plot;
    private final Placement placement;

    /**
     * Places the values of a plot.
     *
     * @throws IllegalArgumentException if a series takes its colour from one that is not there or has none of its own
     */
    public Figure(Plot plot) {
        this.plot = plot;
        requireColours(plot);
        this.placement = new Placement(plot);
    }

    private static void requireColours(Plot plot) {
        List<String> coloured = plot.series().stream()
                .filter(each -> each.like().isEmpty())
                .map(Series::name)
                .toList();
        for (Series each : plot.series()) {
            if (each.like().isPresent() && !coloured.contains(each.like().get())) {
                throw new IllegalArgumentException(
                        "series " + each.name() + ": no series with a colour of its own is named "
                                + each.like().get());
            }
        }
    }

    /** The plot. */
    public Plot plot() {
        return plot;
    }

    /**
     * What a reader must know beside the drawing, in sentences: the events behind the letters, and how many values of
     * which series are not drawn where they are, and why.
     */
    public List<String> notes() {
        return List.copyOf(placement.notes());
    }

    /**
     * A complete SVG 1.1 document.
     *
     * @throws FontsUnavailableException if the machine has no font to measure text with
     */
    public String svg() {
        StringWriter text = new StringWriter();
        try {
            Markup markup = new Markup(text);
            writeTo(markup, "figure");
            markup.newline();
            markup.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write to memory", e);
        }
        return text.toString();
    }

    /** Writes the {@code svg} element; the prefix keeps its ids apart from others in one page. */
    void writeTo(Markup markup, String prefix) throws XMLStreamException {
        SvgDrawing drawing = new SvgDrawing(prefix);
        draw(drawing.graphics());
        markup.copy(drawing.finish(plot.title(), description(), WIDTH, HEIGHT));
    }

    private String description() {
        return plot.description() + (notes().isEmpty() ? "" : " " + String.join(" ", notes()));
    }

    /**
     * A PNG with two pixels for each of the figure's, 1440 x 900.
     *
     * @throws FontsUnavailableException if the machine has no font to draw text with
     */
    public byte[] png() {
        Headless.require();
        BufferedImage image = new BufferedImage(SCALE * WIDTH, SCALE * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        draw(graphics);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false); // in memory; otherwise a temporary file
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return bytes.toByteArray();
    }

    private void draw(Graphics2D graphics) {
        Chart.of(plot, placement).draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    }
}

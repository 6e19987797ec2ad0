package org.loopcert.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * How series differ: by colour, by mark and by dash, so that they stay apart in grey and for the colour-blind. The
 * colours are those of M. Okabe and K. Ito, "Color Universal Design" (2008), without their yellow, which is too pale on
 * white; the darker ones come first.
 */
final class Palette {
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0x000000),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9));

    private static final float WIDTH = 1.8f;

    /** Coprime in number to the colours, so that 35 dashed series differ before one repeats. */
    private static final List<float[]> DASHES =
            List.of(new float[] {7, 4}, new float[] {2, 3}, new float[] {9, 3, 2, 3}, new float[] {14, 4}, new float[] {
                6, 3, 2, 3, 2, 3
            });

    private static final int AREA_OPACITY = 64;

    private Palette() {}

    static Color colour(int index) {
        return COLOURS.get(index % COLOURS.size());
    }

    static Color area(int index) {
        Color colour = colour(index);
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), AREA_OPACITY);
    }

    static BasicStroke solid() {
        return new BasicStroke(WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    static BasicStroke dashed(int index) {
        float[] dash = DASHES.get(index % DASHES.size());
        return new BasicStroke(WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
    }

    /** One of six marks of about the same area, around the origin. */
    static Shape mark(int index) {
        return switch (index % 6) {
            case 0 -> new Ellipse2D.Double(-3.5, -3.5, 7, 7);
            case 1 -> new Rectangle2D.Double(-3.1, -3.1, 6.2, 6.2);
            case 2 -> polygon(0, -4.4, 4.2, 3.1, -4.2, 3.1);
            case 3 -> polygon(0, -4.6, 4.6, 0, 0, 4.6, -4.6, 0);
            case 4 -> polygon(0, 4.4, 4.2, -3.1, -4.2, -3.1);
            default ->
                polygon(
                        -1.3, -4, 1.3, -4, 1.3, -1.3, 4, -1.3, 4, 1.3, 1.3, 1.3, 1.3, 4, -1.3, 4, -1.3, 1.3, -4, 1.3,
                        -4, -1.3, -1.3, -1.3);
        };
    }

    private static Shape polygon(double... coordinates) {
        Path2D path = new Path2D.Double();
        path.moveTo(coordinates[0], coordinates[1]);
        for (int i = 2; i < coordinates.length; i += 2) {
            path.lineTo(coordinates[i], coordinates[i + 1]);
        }
        path.closePath();
        return path;
    }
}

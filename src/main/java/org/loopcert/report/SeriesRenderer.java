package org.loopcert.report;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.LegendItem;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.loopcert.report.Placement.PlacedSeries;
import org.loopcert.report.Placement.Point;
import org.loopcert.report.Placement.Run;
import org.loopcert.report.Series.Style;

/** A series as the library wants it: a data set with one entry for each run, a renderer, an entry of the legend. */
record SeriesRenderer(XYDataset data, XYItemRenderer renderer, LegendItem legend) {
    /** Half the length of a line in the legend: enough for the longest dash pattern to repeat. */
    private static final double LEGEND_LINE = 20;

    /**
     * The renderer of a series.
     *
     * @param colour the index of its colour
     * @param index its index among those of its kind, which gives it its mark or its dashes
     */
    static SeriesRenderer of(PlacedSeries placed, int colour, int index) {
        return placed.series().style() == Style.BAND
                ? band(placed, colour)
                : line(placed, Palette.colour(colour), index);
    }

    private static SeriesRenderer band(PlacedSeries placed, int colour) {
        YIntervalSeriesCollection data = new YIntervalSeriesCollection();
        for (Run run : placed.runs()) {
            YIntervalSeries series = new YIntervalSeries(run.start(), false, true);
            for (Point point : run.points()) {
                series.add(point.x(), (point.lower() + point.upper()) / 2, point.lower(), point.upper());
            }
            data.addSeries(series);
        }
        DeviationRenderer renderer = new DeviationRenderer(false, false);
        renderer.setAutoPopulateSeriesFillPaint(false);
        renderer.setDefaultFillPaint(Palette.area(colour));
        renderer.setAlpha(1); // the paint has its own
        Rectangle2D box = new Rectangle2D.Double(-LEGEND_LINE, -5, 2 * LEGEND_LINE, 10);
        return new SeriesRenderer(
                data, renderer, new LegendItem(placed.series().name(), null, null, null, box, Palette.area(colour)));
    }

    private static SeriesRenderer line(PlacedSeries placed, Color colour, int index) {
        Style style = placed.series().style();
        XYSeriesCollection data = new XYSeriesCollection();
        for (Run run : placed.runs()) {
            XYSeries series = new XYSeries(run.start(), false, true);
            run.points().forEach(point -> series.add(point.x(), point.lower()));
            data.addSeries(series);
        }
        MarkedLines renderer = new MarkedLines(placed, index);
        renderer.setAutoPopulateSeriesPaint(false);
        renderer.setAutoPopulateSeriesStroke(false);
        renderer.setAutoPopulateSeriesShape(false);
        renderer.setDefaultPaint(colour);
        renderer.setDefaultStroke(style == Style.DASHED ? Palette.dashed(index) : Palette.solid());
        renderer.setDefaultShape(Palette.mark(index));
        renderer.setDrawSeriesLineAsPath(true); // or every segment would begin its dashes anew
        LegendItem legend = new LegendItem(
                placed.series().name(),
                null,
                null,
                null,
                style != Style.DASHED,
                Palette.mark(index),
                true,
                colour,
                false,
                colour,
                Palette.solid(),
                style != Style.POINTS,
                new Line2D.Double(-LEGEND_LINE, 0, LEGEND_LINE, 0),
                renderer.getDefaultStroke(),
                colour);
        return new SeriesRenderer(data, renderer, legend);
    }

    /** Lines with marks at some of their values; a value that is joined to none is always marked. */
    private static final class MarkedLines extends XYLineAndShapeRenderer {
        private static final long serialVersionUID = 1;
        private static final int MARKS = 12;

        private final boolean all;
        private final boolean none;
        private final int step;
        private final int phase;
        private final int[] starts;
        private final boolean[] alone;

        MarkedLines(PlacedSeries placed, int index) {
            super(placed.series().style() != Style.POINTS, true);
            List<Run> runs = placed.runs();
            all = placed.series().style() == Style.POINTS;
            none = placed.series().style() == Style.DASHED;
            step = Math.max(1, placed.series().x().size() / MARKS);
            phase = index * Math.max(1, step / 3) % step; // marks of lines that coincide lie side by side
            starts = runs.stream().mapToInt(Run::start).toArray();
            alone = new boolean[runs.size()];
            for (int i = 0; i < alone.length; i++) {
                alone[i] = runs.get(i).points().size() == 1;
            }
        }

        @Override
        public boolean getItemShapeVisible(int series, int item) {
            return all || alone[series] || !none && (starts[series] + item) % step == phase;
        }
    }
}

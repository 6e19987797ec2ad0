package org.loopcert.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.loopcert.report.Placement.PlacedEvent;
import org.loopcert.report.Placement.PlacedSeries;
import org.loopcert.report.Series.Style;

/** A placed plot as a chart of the library; legend below the data, never over them. */
final class Chart {
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private static final Color INK = new Color(0x222222);
    private static final Color GRID = new Color(0xDDDDDD);
    private static final BasicStroke HAIRLINE = new BasicStroke(0.8f);
    private static final BasicStroke EVENT =
            new BasicStroke(1.1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {1.5f, 2.5f}, 0);

    private Chart() {}

    static JFreeChart of(Plot description, Placement placement) {
        XYPlot plot = new XYPlot(
                null,
                styled(new TickAxis(description.x(), placement.xExtent(), placement.isIntegral())),
                sparse(styled(new TickAxis(description.y(), placement.yExtent(), false))),
                null);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlinePaint(INK);
        plot.setOutlineStroke(HAIRLINE);
        plot.setDomainGridlinePaint(GRID);
        plot.setRangeGridlinePaint(GRID);
        plot.setDomainGridlineStroke(HAIRLINE);
        plot.setRangeGridlineStroke(HAIRLINE);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        draw(plot, placement.series());
        placement.events().forEach(event -> plot.addDomainMarker(marker(event), Layer.BACKGROUND));
        JFreeChart chart = new JFreeChart(null, TEXT, plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(8, 8, 6, 14));
        if (!description.title().isEmpty()) {
            chart.setTitle(title(description.title()));
        }
        if (!description.series().isEmpty()) {
            chart.addLegend(legend(plot));
        }
        return chart;
    }

    /** Areas first, so that no line is hidden by one. */
    private static void draw(XYPlot plot, List<PlacedSeries> series) {
        Map<String, Integer> colours = new HashMap<>();
        for (PlacedSeries each : series) {
            if (each.series().like().isEmpty()) {
                colours.put(each.series().name(), colours.size());
            }
        }
        LegendItemCollection legend = new LegendItemCollection();
        Map<Style, Integer> kinds = new EnumMap<>(Style.class);
        int areas = 0;
        int lines = (int) series.stream()
                .filter(each -> each.series().style() == Style.BAND)
                .count();
        for (int i = 0; i < series.size(); i++) {
            Series given = series.get(i).series();
            // lines and points share the marks, dashed lines have the dashes
            Style kind = given.style() == Style.POINTS ? Style.LINE : given.style();
            int among = kinds.merge(kind, 1, Integer::sum) - 1;
            int colour = colours.get(given.like().orElse(given.name()));
            SeriesRenderer rendered = SeriesRenderer.of(series.get(i), colour, among);
            int place = given.style() == Style.BAND ? areas++ : lines++;
            plot.setDataset(place, rendered.data());
            plot.setRenderer(place, rendered.renderer());
            legend.add(rendered.legend());
        }
        plot.setFixedLegendItems(legend);
    }

    private static NumberAxis styled(NumberAxis axis) {
        axis.setLabelFont(TEXT);
        axis.setTickLabelFont(TEXT);
        axis.setLabelPaint(INK);
        axis.setTickLabelPaint(INK);
        axis.setAxisLinePaint(INK);
        axis.setTickMarkPaint(INK);
        axis.setTickMarkStroke(HAIRLINE);
        axis.setAxisLineStroke(HAIRLINE);
        axis.setTickMarkOutsideLength(4);
        axis.setMinorTickMarksVisible(true);
        axis.setMinorTickMarkOutsideLength(2);
        axis.setMinorTickCount(1); // those of a logarithmic axis are given, a linear one has none
        return axis;
    }

    /** Fewer marks than there is room for: a label for every fourth line or so. */
    private static NumberAxis sparse(NumberAxis vertical) {
        vertical.setTickLabelInsets(new RectangleInsets(8, 4, 8, 4));
        return vertical;
    }

    private static ValueMarker marker(PlacedEvent event) {
        ValueMarker marker = new ValueMarker(event.x(), INK, EVENT);
        marker.setAlpha(1);
        marker.setLabel(event.letter());
        marker.setLabelFont(TEXT);
        marker.setLabelPaint(INK);
        marker.setLabelBackgroundColor(Color.WHITE);
        marker.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
        marker.setLabelTextAnchor(TextAnchor.TOP_LEFT);
        return marker;
    }

    private static TextTitle title(String text) {
        TextTitle title = new TextTitle(text, TITLE);
        title.setPaint(INK);
        title.setHorizontalAlignment(HorizontalAlignment.LEFT);
        title.setTextAlignment(HorizontalAlignment.LEFT);
        title.setExpandToFitSpace(true);
        title.setPadding(2, 4, 8, 4);
        return title;
    }

    private static LegendTitle legend(XYPlot plot) {
        LegendTitle legend = new LegendTitle(plot);
        legend.setPosition(RectangleEdge.BOTTOM);
        legend.setItemFont(TEXT);
        legend.setItemPaint(INK);
        legend.setFrame(BlockBorder.NONE);
        legend.setItemLabelPadding(new RectangleInsets(3, 4, 3, 14));
        legend.setPadding(6, 0, 0, 0);
        return legend;
    }
}

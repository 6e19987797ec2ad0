package org.loopcert.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.loopcert.report.Placement.Extent;

/**
 * An axis over places (see {@link Placement}): on a logarithmic one they are exponents of ten, so that numbers beyond
 * the doubles have theirs. Labels are the same in every locale.
 */
final class TickAxis extends NumberAxis {
    private static final long serialVersionUID = 1;

    /** Marks at 2, ..., 9 times a power of ten are drawn over at most so many decades. */
    private static final double DECADES_WITH_ALL_MARKS = 7;

    /** Over at most so many decades those at 2 and 5 times a power of ten are labelled, too. */
    private static final double DECADES_WITH_ALL_LABELS = 2;

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final char MINUS = '\u2212';
    private static final char SUPERSCRIPT_MINUS = '⁻';

    private final boolean logarithmic;

    TickAxis(Axis axis, Extent extent, boolean integral) {
        super(axis.title());
        logarithmic = axis.isLogarithmic();
        setStandardTickUnits(new NumberTickUnitSource(logarithmic || integral, new Label()));
        setAutoRangeIncludesZero(false);
        setRange(extent.lower(), extent.upper());
        setAutoTickUnitSelection(true);
    }

    /** The marks of the library; on a logarithmic axis of few decades also those between powers of ten. */
    @Override
    @SuppressWarnings("rawtypes") // as overridden
    public List refreshTicks(Graphics2D g2, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
        List<Object> ticks = new ArrayList<>();
        double span = getRange().getLength();
        boolean allLabels = logarithmic && span <= DECADES_WITH_ALL_LABELS;
        for (Object tick : super.refreshTicks(g2, state, dataArea, edge)) {
            if (!allLabels) {
                ticks.add(tick);
            }
        }
        if (logarithmic && span <= DECADES_WITH_ALL_MARKS) {
            TextAnchor anchor = RectangleEdge.isTopOrBottom(edge) ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
            int last = (int) Math.floor(getRange().getUpperBound());
            for (int decade = (int) Math.floor(getRange().getLowerBound()); decade <= last; decade++) {
                for (int digit = allLabels ? 1 : 2; digit <= 9; digit++) {
                    double place = decade + Math.log10(digit);
                    if (getRange().contains(place)) {
                        boolean labelled = allLabels && (digit == 1 || digit == 2 || digit == 5);
                        String label = labelled ? text(BigDecimal.valueOf(digit).scaleByPowerOfTen(decade)) : "";
                        TickType type = labelled ? TickType.MAJOR : TickType.MINOR;
                        ticks.add(new NumberTick(type, place, label, anchor, anchor, 0));
                    }
                }
            }
        }
        return ticks;
    }

    /** The text at a mark: 0.25, 1500, 3×10⁻¹⁷, or 10⁻⁴⁰⁰ for the exponent -400. */
    private String text(double place) {
        if (logarithmic) {
            return powerOfTen(Math.round(place));
        }
        // a sum of units has digits beyond the unit only by rounding
        int scale = -(int) Math.floor(Math.log10(getTickUnit().getSize()) + 1e-9);
        BigDecimal value =
                new BigDecimal(place).setScale(scale, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return text(value);
    }

    private static String text(BigDecimal value) {
        int exponent = value.precision() - value.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return value.toPlainString().replace('-', MINUS);
        }
        String mantissa = value.movePointLeft(exponent).toPlainString().replace('-', MINUS);
        return mantissa + "×" + powerOfTen(exponent);
    }

    private static String powerOfTen(long exponent) {
        StringBuilder text = new StringBuilder("10");
        if (exponent < 0) {
            text.append(SUPERSCRIPT_MINUS);
        }
        for (char digit : Long.toString(Math.abs(exponent)).toCharArray()) {
            text.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return text.toString();
    }

    /** Hands the library's marks to {@link #text}. */
    private final class Label extends NumberFormat {
        private static final long serialVersionUID = 1;

        @Override
        public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
            return to.append(text(number));
        }

        @Override
        public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
            return to.append(text(number));
        }

        @Override
        public Number parse(String source, ParsePosition position) {
            throw new UnsupportedOperationException("labels are only written");
        }
    }
}

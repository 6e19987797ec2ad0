package org.loopcert.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one entry of the legend stands for.
 *
 * @param name the entry
 * @param style how it is drawn
 * @param x the abscissas, in the order in which they are joined
 * @param lower the ordinates; for a band its lower edge
 * @param upper the same list; for a band its upper edge
 * @param like the name of the series whose colour this one takes, so that a mean and its spread belong together
 */
public record Series(
        String name,
        Style style,
        List<Coordinate> x,
        List<Coordinate> lower,
        List<Coordinate> upper,
        Optional<String> like) {
    /** How a series is drawn. */
    public enum Style {
        /** A solid line with a few marks on it. */
        LINE,
        /** A dashed line, as for bounds. */
        DASHED,
        /** Marks, one for each value. */
        POINTS,
        /** The area between a lower and an upper edge. */
        BAND
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if their lengths differ
     */
    public Series {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(style, "style");
        Objects.requireNonNull(like, "like");
        x = List.copyOf(x);
        lower = List.copyOf(lower);
        upper = List.copyOf(upper);
        if (lower.size() != x.size() || upper.size() != x.size()) {
            throw new IllegalArgumentException("series " + name + ": expected " + x.size() + " ordinates, got "
                    + lower.size() + (style == Style.BAND ? " lower and " + upper.size() + " upper ones" : ""));
        }
    }

    /** A solid line. */
    public static Series line(String name, List<Coordinate> x, List<Coordinate> y) {
        return new Series(name, Style.LINE, x, y, y, Optional.empty());
    }

    /** A dashed line. */
    public static Series dashed(String name, List<Coordinate> x, List<Coordinate> y) {
        return new Series(name, Style.DASHED, x, y, y, Optional.empty());
    }

    /** Unjoined marks. */
    public static Series points(String name, List<Coordinate> x, List<Coordinate> y) {
        return new Series(name, Style.POINTS, x, y, y, Optional.empty());
    }

    /** An area between two edges. */
    public static Series band(String name, List<Coordinate> x, List<Coordinate> lower, List<Coordinate> upper) {
        return new Series(name, Style.BAND, x, lower, upper, Optional.empty());
    }

    /** The same series in the colour of another one of the plot. */
    public Series inColourOf(String other) {
        return new Series(name, style, x, lower, upper, Optional.of(other));
    }
}

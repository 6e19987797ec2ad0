package org.loopcert.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a plot shows; {@link Figure} draws it. Immutable: every {@code with} gives another description.
 *
 * @param title drawn above the plot
 * @param description the plot in words, for readers who cannot see it
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series what is drawn, in the order of the legend
 * @param events vertical lines, in their order
 */
public record Plot(String title, String description, Axis x, Axis y, List<Series> series, List<Event> events) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if two series have one name
     */
    public Plot {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(y, "y");
        series = List.copyOf(series);
        events = List.copyOf(events);
        if (series.stream().map(Series::name).distinct().count() < series.size()) {
            throw new IllegalArgumentException("expected a name for every series, got "
                    + series.stream().map(Series::name).toList());
        }
    }

    /** A plot without series yet. */
    public static Plot of(String title, String description, Axis x, Axis y) {
        return new Plot(title, description, x, y, List.of(), List.of());
    }

    /** The same with one more series. */
    public Plot with(Series added) {
        return new Plot(title, description, x, y, appended(series, added), events);
    }

    /** The same with one more event. */
    public Plot with(Event added) {
        return new Plot(title, description, x, y, series, appended(events, added));
    }

    private static <T> List<T> appended(List<T> list, T added) {
        List<T> result = new ArrayList<>(list);
        result.add(added);
        return result;
    }
}

package org.loopcert.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.loopcert.report.Series.Style;

/**
 * Where the values of a plot lie on its axes: themselves on a linear axis, their decimal logarithms on a logarithmic
 * one. What has no place is left out and counted in the notes.
 */
final class Placement {
    /** Beyond this the width of a linear axis could overflow. */
    private static final double LARGEST = 1e300;

    /** A logarithmic axis shows at least so many decades, and with them a labelled mark. */
    private static final double LEAST_DECADES = 0.8;

    /** Room on both sides of the data, as a part of their extent, so that no mark is cut. */
    private static final double MARGIN = 0.04;

    /** Room above the data, as a part of their height, for the letters of events. */
    private static final double EVENT_MARGIN = 0.08;

    /** Values that are joined, and the index of the first among those of the series. */
    record Run(int start, List<Point> points) {}

    record Point(double x, double lower, double upper) {}

    record PlacedSeries(Series series, List<Run> runs) {}

    record PlacedEvent(String letter, double x) {}

    /** The least and the greatest place shown. */
    record Extent(double lower, double upper) {}

    private final Plot plot;
    private final List<PlacedSeries> series = new ArrayList<>();
    private final List<PlacedEvent> events = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Extent xExtent;
    private final Extent yExtent;

    Placement(Plot plot) {
        this.plot = plot;
        for (Event event : plot.events()) {
            place(event);
        }
        plot.series().forEach(each -> series.add(new Placing(each).placed()));
        List<Point> points = series.stream()
                .flatMap(each -> each.runs().stream())
                .flatMap(run -> run.points().stream())
                .toList();
        List<Double> xs = new ArrayList<>(points.stream().map(Point::x).toList());
        events.forEach(event -> xs.add(event.x()));
        List<Double> ys = new ArrayList<>(points.stream().map(Point::lower).toList());
        points.forEach(point -> ys.add(point.upper()));
        if (points.isEmpty()) {
            notes.add("Nothing is drawn: no value has a place on these axes.");
        }
        xExtent = extent(plot.x(), xs);
        Extent data = extent(plot.y(), ys);
        double room = events.isEmpty() ? 0 : EVENT_MARGIN * (data.upper() - data.lower());
        yExtent = new Extent(data.lower(), data.upper() + room);
    }

    List<PlacedSeries> series() {
        return series;
    }

    List<PlacedEvent> events() {
        return events;
    }

    List<String> notes() {
        return notes;
    }

    Extent xExtent() {
        return xExtent;
    }

    Extent yExtent() {
        return yExtent;
    }

    /** Whether all abscissas are integers, so that no mark should lie between two of them. */
    boolean isIntegral() {
        return plot.series().stream().flatMap(each -> each.x().stream()).allMatch(Coordinate::isInteger);
    }

    private static Extent extent(Axis axis, List<Double> places) {
        double lower = places.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double upper = places.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        double least = axis.isLogarithmic() ? LEAST_DECADES : 0;
        if (upper - lower < least) {
            double half = (least - (upper - lower)) / 2;
            return new Extent(lower - half, upper + half);
        }
        if (lower == upper) {
            double half = lower == 0 ? 1 : Math.abs(lower) / 10;
            return new Extent(lower - half, upper + half);
        }
        double margin = MARGIN * (upper - lower);
        return new Extent(lower - margin, upper + margin);
    }

    private void place(Event event) {
        String letter = letter(events.size());
        OptionalDouble x = event.x().isFinite() ? place(plot.x(), event.x()) : OptionalDouble.empty();
        String at = plot.x().title() + " = " + event.x().brief();
        if (x.isPresent()) {
            events.add(new PlacedEvent(letter, x.getAsDouble()));
            notes.add(letter + ": at " + at + ", " + event.text() + ".");
        } else {
            notes.add("Not marked, for " + at + " has no place on the axis: " + event.text() + ".");
        }
    }

    /** a, ..., z, aa, ab, ... */
    private static String letter(int index) {
        String last = Character.toString((char) ('a' + index % 26));
        return index < 26 ? last : letter(index / 26 - 1) + last;
    }

    /** The place of a finite number; empty where it has none. */
    private static OptionalDouble place(Axis axis, Coordinate value) {
        if (axis.isLogarithmic()) {
            return value.signum() > 0
                    ? OptionalDouble.of(Math.max(value.log10(), floor(axis)))
                    : OptionalDouble.empty();
        }
        double place = value.toDouble();
        return Math.abs(place) <= LARGEST ? OptionalDouble.of(place) : OptionalDouble.empty();
    }

    private static double floor(Axis axis) {
        return axis.floor().map(floor -> Coordinate.of(floor).log10()).orElse(Double.NEGATIVE_INFINITY);
    }

    private static boolean isBelowFloor(Axis axis, Coordinate value) {
        return axis.floor().isPresent()
                && value.signum() > 0
                && value.value().orElseThrow().compareTo(axis.floor().get()) < 0;
    }

    /** The places of one series. */
    private final class Placing {
        private final Series given;
        private final List<Run> runs = new ArrayList<>();
        private List<Point> open = new ArrayList<>();
        private int zeros;
        private int negatives;
        private int outsized;
        private int floored;

        Placing(Series given) {
            this.given = given;
        }

        PlacedSeries placed() {
            int size = given.x().size();
            int end = 0;
            while (end < size && isFinite(end)) {
                add(end);
                end++;
            }
            close(end);
            describe(end);
            return new PlacedSeries(given, List.copyOf(runs));
        }

        private boolean isFinite(int i) {
            return given.x().get(i).isFinite()
                    && given.lower().get(i).isFinite()
                    && given.upper().get(i).isFinite();
        }

        private void add(int i) {
            Coordinate x = given.x().get(i);
            Coordinate lower = given.lower().get(i);
            Coordinate upper = given.upper().get(i);
            OptionalDouble placeX = place(plot.x(), x);
            OptionalDouble placeLower = place(plot.y(), lower);
            OptionalDouble placeUpper = place(plot.y(), upper);
            if (placeX.isPresent() && placeLower.isPresent() && placeUpper.isPresent()) {
                open.add(new Point(placeX.getAsDouble(), placeLower.getAsDouble(), placeUpper.getAsDouble()));
                if (isBelowFloor(plot.x(), x) || isBelowFloor(plot.y(), lower)) {
                    floored++;
                }
                return;
            }
            close(i);
            Coordinate reason = placeX.isEmpty() ? x : placeLower.isEmpty() ? lower : upper;
            boolean logarithmic = (placeX.isEmpty() ? plot.x() : plot.y()).isLogarithmic();
            if (!logarithmic) {
                outsized++;
            } else if (reason.signum() == 0) {
                zeros++;
            } else {
                negatives++;
            }
        }

        private void close(int next) {
            if (!open.isEmpty()) {
                runs.add(new Run(next - open.size(), List.copyOf(open)));
                open = new ArrayList<>();
            }
        }

        private void describe(int end) {
            int size = given.x().size();
            note(zeros, "zero and not drawn, for a logarithmic axis has no place for it");
            note(negatives, "negative and not drawn, for a logarithmic axis has no place for it");
            note(outsized, "not drawn, for the magnitude exceeds 1e300");
            if (floored > 0) {
                Axis axis = plot.y().floor().isPresent() ? plot.y() : plot.x();
                note(
                        floored,
                        "smaller than "
                                + Coordinate.of(axis.floor().orElseThrow()).brief() + " and drawn there");
            }
            if (end < size) {
                Coordinate first = given.lower().get(end).isFinite()
                        ? given.upper().get(end)
                        : given.lower().get(end);
                notes.add(given.name() + " ends before " + plot.x().title() + " = "
                        + given.x().get(end).brief() + ", where the value is " + first.brief() + ".");
            }
        }

        private void note(int count, String what) {
            if (count > 0) {
                String values = given.style() == Style.BAND ? "pairs of edges" : "values";
                notes.add(given.name() + ": " + count + " of " + given.x().size() + " " + values
                        + (count == 1 ? " is " : " are ") + what + ".");
            }
        }
    }
}

package org.loopcert.reproduce;

import java.util.List;
import org.loopcert.ring.Dyadic;
import org.loopcert.ring.Interval;

/**
 * Some numbers in short.
 *
 * @param mean the arithmetic mean
 * @param deviation the sample standard deviation, with divisor count - 1; 0 for one number
 * @param least an enclosure of the least
 * @param greatest an enclosure of the greatest
 */
record Spread(Interval mean, Interval deviation, Interval least, Interval greatest) {
    static Spread of(List<Interval> values) {
        Interval mean = Reals.mean(values);
        Interval squares = Reals.ZERO;
        Interval least = values.get(0);
        Interval greatest = values.get(0);
        for (Interval value : values) {
            Interval off = Reals.abs(Reals.subtract(value, mean));
            squares = Reals.add(squares, Reals.multiply(off, off));
            least = new Interval(min(least.lower(), value.lower()), min(least.upper(), value.upper()));
            greatest = new Interval(max(greatest.lower(), value.lower()), max(greatest.upper(), value.upper()));
        }
        Interval deviation = values.size() == 1
                ? Reals.ZERO
                : Reals.sqrt(Reals.notNegative(Reals.divide(squares, Reals.of(values.size() - 1L))));
        return new Spread(mean, deviation, least, greatest);
    }

    private static Dyadic min(Dyadic a, Dyadic b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Dyadic max(Dyadic a, Dyadic b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}

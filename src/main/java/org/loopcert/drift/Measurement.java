package org.loopcert.drift;

import java.math.BigInteger;
import org.loopcert.ring.RoundingFormat;

/** The distance of one rounded iterate from the true one, not yet reduced. */
record Measurement(int loop, Measured absolute, int absoluteEntry, Measured ulps, int ulpsEntry, Dyad[] squared) {

    static Measurement of(double[] rounded, ReferencePoint truth, RoundingFormat format) {
        Measured absolute = null;
        Measured ulps = null;
        int absoluteEntry = 0;
        int ulpsEntry = 0;
        Dyad[] squared = {Dyad.ZERO, Dyad.ZERO};
        Divisor divisor = new Divisor(truth.denominator());
        for (int j = 0; j < rounded.length; j++) {
            Measured distance = distance(Dyad.of(rounded[j]), truth, divisor, j);
            Measured inUlps = inUlps(distance, truth, j, format);
            if (absolute == null || distance.exceeds(absolute)) {
                absolute = distance;
                absoluteEntry = j;
            }
            if (ulps == null || inUlps.exceeds(ulps)) {
                ulps = inUlps;
                ulpsEntry = j;
            }
            Dyad low = distance.lower();
            Dyad high = distance.upper();
            squared[0] = squared[0].add(low.multiply(low)).down(Measured.BITS);
            squared[1] = squared[1].add(high.multiply(high)).up(Measured.BITS);
        }
        return new Measurement(Math.toIntExact(truth.loop()), absolute, absoluteEntry, ulps, ulpsEntry, squared);
    }

    static Measured distance(Dyad rounded, ReferencePoint truth, Divisor divisor, int entry) {
        int exponent = Math.min(rounded.exponent(), 0);
        BigInteger value =
                rounded.signum() == 0 ? BigInteger.ZERO : rounded.at(exponent).multiply(truth.denominator());
        BigInteger difference =
                value.subtract(truth.numerators()[entry].shiftLeft(-exponent)).abs();
        Measured distance = Measured.exact(difference, divisor, exponent);
        Dyad radius = truth.radius()[entry];
        if (radius.signum() == 0) {
            return distance;
        }
        return Measured.between(
                Dyad.max(Dyad.ZERO, distance.lower().subtract(radius)).down(Measured.BITS),
                distance.upper().add(radius).up(Measured.BITS));
    }

    static Measured inUlps(Measured distance, ReferencePoint truth, int entry, RoundingFormat format) {
        BigInteger magnitude = truth.numerators()[entry].abs();
        int ulp = format.ulpExponent(magnitude, truth.denominator());
        if (distance.isExact()) {
            return new Measured(
                    Measured.shifted(distance.lower(), -ulp),
                    Measured.shifted(distance.upper(), -ulp),
                    distance.numerator(),
                    distance.denominator(),
                    distance.shift() - ulp);
        }
        Dyad radius = truth.radius()[entry];
        Dyad least = Dyad.down(magnitude, truth.denominator(), Measured.BITS).subtract(radius);
        Dyad most = Dyad.up(magnitude, truth.denominator(), Measured.BITS).add(radius);
        return Measured.between(
                Measured.shifted(distance.lower(), -ulpExponent(most, format)),
                Measured.shifted(distance.upper(), -ulpExponent(Dyad.max(Dyad.ZERO, least), format)));
    }

    private static int ulpExponent(Dyad magnitude, RoundingFormat format) {
        return magnitude.signum() == 0
                ? format.leastExponent()
                : Math.max(
                        magnitude.exponent() + magnitude.mantissa().bitLength() - format.precision(),
                        format.leastExponent());
    }

    DriftRecord record() {
        return new DriftRecord(
                loop,
                absolute.enclosure(),
                absoluteEntry,
                ulps.enclosure(),
                ulpsEntry,
                Enclosure.of(squared[0], squared[1]));
    }
}

package org.loopcert.drift;

import org.loopcert.ring.RoundingFormat;

/**
 * An upper bound of the magnitude of an exactly computed value and of the error of its rounded
 * twin.
 *
 * @param magnitude at least |v|, v computed exactly
 * @param error at least |v^ - v|, v^ computed in a rounding format
 */
record Ranged(Dyad magnitude, Dyad error) {
    static final int BITS = AffineStep.BITS;

    /** The empty sum; adding to it is exact. */
    static final Ranged EMPTY = new Ranged(Dyad.ZERO, Dyad.ZERO);

    /** At least |v^|. */
    Dyad rounded() {
        return magnitude.add(error).up(BITS);
    }

    Ranged scale(Dyad factor) {
        return new Ranged(
                magnitude.multiply(factor).up(BITS), error.multiply(factor).up(BITS));
    }

    Ranged plus(Ranged other) {
        return new Ranged(
                magnitude.add(other.magnitude).up(BITS), error.add(other.error).up(BITS));
    }

    /**
     * The standard model of rounding in a format of p bits: fl(a op b) = (a op b)(1 + delta) + eps with |delta| <= u =
     * 2^-p, and |eps| at most half the smallest positive number for products, fused operations and conversions, 0 for
     * sums and differences of values of the format (HIGHAM2002, sections 2.2 and 2.4). It holds where nothing
     * overflows; {@link #takeLargest} tells how large a rounded result can get.
     */
    static final class Model implements Operations<Ranged> {
        private final Dyad unit;
        private final Dyad tiny;
        private final Dyad perLargest;
        private boolean underflow = true;
        private Dyad largest = Dyad.ZERO;

        Model(RoundingFormat format) {
            unit = Dyad.powerOfTwo(-format.precision());
            tiny = Dyad.powerOfTwo(format.leastExponent() - 1);
            perLargest = Dyad.powerOfTwo(-format.maximumExponent());
        }

        /** Half a unit in the last place of 1: the relative rounding error. */
        Dyad unit() {
            return unit;
        }

        /** Half the smallest positive number: the absolute error of a product that underflows. */
        Dyad tiny() {
            return tiny;
        }

        /** Leaves out the constants eps, to run the linear part of a program alone. */
        void linearOnly() {
            underflow = false;
        }

        /** The largest bound of a rounded result since the last call, in units of the format's largest power of two. */
        Dyad takeLargest() {
            Dyad result = largest.multiply(perLargest);
            largest = Dyad.ZERO;
            return result;
        }

        @Override
        public Ranged zero() {
            return EMPTY;
        }

        @Override
        public Ranged add(Ranged left, Ranged right, Operation operation, int row, int column) {
            // by identity, not by value: the bounds must stay linear in the operands
            return left == EMPTY ? right : sum(left, right);
        }

        @Override
        public Ranged subtract(Ranged left, Ranged right, Operation operation, int row, int column) {
            return sum(left, right);
        }

        @Override
        public Ranged multiply(Ranged left, Ranged right, Operation operation, int row, int column) {
            return rounded(product(left, right), true);
        }

        @Override
        public Ranged multiplyAdd(Ranged left, Ranged right, Ranged addend, Operation operation, int row, int column) {
            return rounded(product(left, right).plus(addend), true);
        }

        @Override
        public Ranged multiplySubtract(
                Ranged left, Ranged right, Ranged minuend, Operation operation, int row, int column) {
            return rounded(product(left, right).plus(minuend), true);
        }

        @Override
        public Ranged convert(Ranged value, Operation operation, int row, int column) {
            return rounded(value, true);
        }

        private Ranged sum(Ranged left, Ranged right) {
            return rounded(left.plus(right), false);
        }

        /** The bounds of the exact product of two rounded values. */
        private static Ranged product(Ranged left, Ranged right) {
            Dyad inherited = left.rounded().multiply(right.error).add(right.magnitude.multiply(left.error));
            return new Ranged(left.magnitude.multiply(right.magnitude).up(BITS), inherited.up(BITS));
        }

        private Ranged rounded(Ranged exact, boolean mayUnderflow) {
            Dyad error = exact.error.add(exact.rounded().multiply(unit)).up(BITS);
            Ranged result = new Ranged(
                    exact.magnitude, underflow && mayUnderflow ? error.add(tiny).up(BITS) : error);
            largest = Dyad.max(largest, result.rounded());
            return result;
        }
    }
}

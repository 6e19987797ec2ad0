package org.loopcert.drift;

/**
 * An upper bound of the magnitude of an exactly computed value and of the error of its rounded
 * twin.
 *
 * @param magnitude at least |v|, v computed exactly
 * @param error at least |v^ - v|, v^ computed in binary64
 */
record Ranged(Dyad magnitude, Dyad error) {
    static final int BITS = AffineStep.BITS;

    /** The empty sum; adding to it is exact. */
    static final Ranged EMPTY = new Ranged(Dyad.ZERO, Dyad.ZERO);

    /** Half a unit in the last place of 1: the relative rounding error u = 2^-53. */
    static final Dyad UNIT = Dyad.powerOfTwo(-Binary64.PRECISION);

    /** Half the smallest positive double: the absolute error of a product that underflows. */
    static final Dyad TINY = Dyad.powerOfTwo(Binary64.MINIMUM_EXPONENT - 1);

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
     * The standard model of rounding: fl(a op b) = (a op b)(1 + delta) + eps with |delta| <= u, and
     * |eps| <= 2^-1075 for products, 0 for sums and differences (HIGHAM2002, sections 2.2 and 2.4).
     * It holds where nothing overflows; {@link #largest} tells how large a rounded result can get.
     */
    static final class Model implements Operations<Ranged> {
        private boolean underflow = true;
        private Dyad largest = Dyad.ZERO;

        /** Leaves out the constant 2^-1075, to run the linear part of a program alone. */
        void linearOnly() {
            underflow = false;
        }

        /** The largest bound of a rounded result since the last call. */
        Dyad takeLargest() {
            Dyad result = largest;
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
            return product(left, right);
        }

        private Ranged sum(Ranged left, Ranged right) {
            Dyad rounding = left.rounded().add(right.rounded()).multiply(UNIT);
            return seen(new Ranged(
                    left.magnitude.add(right.magnitude).up(BITS),
                    left.error.add(right.error).add(rounding).up(BITS)));
        }

        Ranged product(Ranged left, Ranged right) {
            Dyad inherited = left.rounded().multiply(right.error).add(right.magnitude.multiply(left.error));
            Dyad rounding = left.rounded().multiply(right.rounded()).multiply(UNIT);
            Dyad error = inherited.add(rounding).up(BITS);
            return seen(new Ranged(
                    left.magnitude.multiply(right.magnitude).up(BITS),
                    underflow ? error.add(TINY).up(BITS) : error));
        }

        private Ranged seen(Ranged result) {
            largest = Dyad.max(largest, result.rounded());
            return result;
        }
    }
}

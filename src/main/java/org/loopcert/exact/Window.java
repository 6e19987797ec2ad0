package org.loopcert.exact;

/**
 * Which digits of a sum of products are kept: those from {@code position} on, and one guard digit below them while the
 * products are added up.
 *
 * @param format of the factors and of the result
 * @param position of the lowest digit of the result
 * @param lowest the lowest position that products are added up at
 * @param product the position of the lowest digit of the whole product
 * @param positions from the lowest one on that the sum and the carries out of it need
 * @param carried what the sum is off however it is rounded
 */
record Window(DigitFormat format, long position, long lowest, long product, int positions, Bound carried) {
    /** Beyond a radius of 2^{@value} of the lowest digit, whose square is a double, digits mean nothing and are given up. */
    private static final int WIDEST = 480;

    private static final int KEPT = 400;

    /** Positions stay within 2^40, so that sums and products of few of them and the width are far below 2^63. */
    private static final long FARTHEST = 1L << 40;

    /**
     * The window of a sum.
     *
     * @param highest no digit of a summand has this position or a higher one
     * @param bound of the absolute value of every entry
     * @param carried what the sum is off by what its summands are off
     * @throws ArithmeticException if entries may be beyond 2^(2^40), as powers of a matrix of norm above 1 become
     */
    static Window of(DigitFormat format, long product, long highest, Bound bound, Bound carried) {
        // entries stay below a quarter of what the digits hold, which leaves room for signs and rounding
        long position = bound.position()
                + Math.floorDiv(Upward.exponent(bound.value()) + 1 + format.width(), (long) format.width())
                - format.count();
        long radius = carried.exponent(format, position);
        if (carried.value() != 0 && radius > WIDEST) {
            position += (radius - KEPT) / format.width();
        }
        if (position > FARTHEST) {
            throw new ArithmeticException("expected numbers below 2^(2^40), got a bound of about 2^"
                    + Math.multiplyExact(position, (long) format.width()));
        }
        // smaller ones are left to the radius
        position = Math.max(position, -FARTHEST);
        long lowest = Math.max(product, position - 1);
        long positions = Math.max(highest, position + format.count()) + 1 - lowest;
        return new Window(format, position, lowest, product, Math.toIntExact(positions), carried);
    }

    /** The digits of the product that are left out, at most all. */
    int low() {
        return (int) Math.min(lowest - product, 2L * format.count());
    }

    /** The position of the result's lowest digit among those of the sum; negative where it lies below all. */
    int first() {
        return Math.toIntExact(position - lowest);
    }

    /** The radius of the result in units of its lowest digit. */
    double radius(double rounding) {
        return Upward.add(carried.at(format, position), rounding);
    }
}

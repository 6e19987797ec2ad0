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
 * @param carried what the sum is off however it is rounded, in units of position {@code unit}
 */
record Window(DigitFormat format, long position, long lowest, long product, int positions, double carried, long unit) {
    /** Beyond this radius, in units of the lowest digit, digits mean nothing any more and are given up. */
    private static final double WIDEST = 0x1p600;

    private static final int KEPT = 500;

    /**
     * The window of a sum.
     *
     * @param highest no digit of a summand has this position or a higher one
     * @param bound of the absolute value of every entry, in units of position {@code top}
     * @param carried what the sum is off by what its summands are off, in units of position {@code unit}
     */
    static Window of(
            DigitFormat format, long product, long highest, double bound, long top, double carried, long unit) {
        // entries stay below a quarter of what the digits hold, which leaves room for signs and rounding
        long position = top
                + Math.floorDiv(Upward.exponent(bound) + 1 + format.width(), (long) format.width())
                - format.count();
        double radius = format.shift(carried, unit, position);
        if (radius > WIDEST) {
            position += (Upward.exponent(radius) - KEPT) / format.width();
        }
        long lowest = Math.max(product, position - 1);
        long positions = Math.max(highest, position + format.count()) + 1 - lowest;
        return new Window(format, position, lowest, product, Math.toIntExact(positions), carried, unit);
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
        return Upward.add(format.shift(carried, unit, position), rounding);
    }
}

package org.loopcert.exact;

/**
 * A bound in units of a digit's position. A double alone would not do: what is added here may differ by more than the
 * range of its exponents.
 *
 * @param value at least 0
 */
record Bound(double value, long position) {
    /** Of what is not there. */
    static final Bound NOTHING = new Bound(0, Long.MIN_VALUE);

    /** At least the sum. Taken at the higher position, where the other one can only underflow, which is rounded up. */
    Bound add(DigitFormat format, Bound other) {
        if (value == 0 || other.value == 0) {
            return value == 0 ? other : this;
        }
        long higher = Math.max(position, other.position);
        return new Bound(Upward.add(at(format, higher), other.at(format, higher)), higher);
    }

    /** In units of another position; infinite where no double bounds it. */
    double at(DigitFormat format, long unit) {
        return format.shift(value, position, unit);
    }

    /** An e such that it is at most 2^e in units of another position. */
    long exponent(DigitFormat format, long unit) {
        return Upward.exponent(value) + (position - unit) * format.width();
    }
}

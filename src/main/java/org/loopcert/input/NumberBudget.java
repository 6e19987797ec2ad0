package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.util.Objects;

/** Converts texts of one file to numbers and keeps account of the memory they take together. */
final class NumberBudget {
    /** Object headers and fields of one BigRational, rounded up; an estimate, not a promise. */
    private static final int BYTES_PER_NUMBER = 160;

    private final InputLimits limits;
    private long spent;

    NumberBudget(InputLimits limits) {
        this.limits = Objects.requireNonNull(limits);
    }

    /**
     * The number a text spells.
     *
     * @throws ExactDecimal.RefusedException as {@link ExactDecimal#parse}
     * @throws ExhaustedException if all numbers of the file would need too much memory
     */
    BigRational parse(String text) throws ExhaustedException {
        BigRational value = ExactDecimal.parse(text, limits);
        spend(value);
        return value;
    }

    /** What so many numbers take at least. */
    static long atLeast(long count) {
        return count > Long.MAX_VALUE / 2 / BYTES_PER_NUMBER ? Long.MAX_VALUE / 2 : count * BYTES_PER_NUMBER;
    }

    /** Whether so many numbers fit, were they all short. */
    boolean affords(long count) {
        return count <= limits.maxValueBytes() / BYTES_PER_NUMBER;
    }

    /**
     * Counts a number.
     *
     * @throws ExhaustedException if all numbers of the file need too much memory
     */
    void spend(BigRational value) throws ExhaustedException {
        spent += BYTES_PER_NUMBER
                + (value.getNumeratorBigInteger().bitLength()
                                + (long) value.getDenominatorBigInteger().bitLength())
                        / 8;
        if (spent > limits.maxValueBytes()) {
            throw new ExhaustedException(limits, spent);
        }
    }

    /** All numbers of a file together exceed {@link InputLimits#maxValueBytes()}. */
    static final class ExhaustedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String expected;
        private final transient InputException.Limit limit;

        private ExhaustedException(InputLimits limits, long spent) {
            super("numbers exceed " + limits.maxValueBytes() + " bytes");
            this.expected = "numbers that fit in " + limits.maxValueBytes() + " bytes together";
            this.limit = limits.beyondValueBytes(spent);
        }

        InputException at(InputException.Builder place) {
            return place.beyond(limit)
                    .expected(expected)
                    .found("more")
                    .cause(this)
                    .build();
        }
    }
}

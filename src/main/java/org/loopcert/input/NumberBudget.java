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
            throw new ExhaustedException(limits);
        }
    }

    /** All numbers of a file together exceed {@link InputLimits#maxValueBytes()}. */
    static final class ExhaustedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String expected;

        private ExhaustedException(InputLimits limits) {
            super("numbers exceed " + limits.maxValueBytes() + " bytes");
            this.expected = "numbers that fit in " + limits.maxValueBytes() + " bytes together";
        }

        InputException at(InputException.Builder place) {
            return place.beyondLimit()
                    .expected(expected)
                    .found("more")
                    .cause(this)
                    .build();
        }
    }
}

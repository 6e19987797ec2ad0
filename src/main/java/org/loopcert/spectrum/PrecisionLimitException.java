package org.loopcert.spectrum;

/**
 * A search gave up because no witness verified at the highest precision it may use. Nothing is
 * known then: the question is undecided, not answered with no.
 */
public final class PrecisionLimitException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    private static final int LIMIT = 1 << 17;

    private PrecisionLimitException(int precision) {
        super("no witness verified at " + precision + " bits; the limit is " + LIMIT + " bits");
    }

    /**
     * Passes for a precision that is allowed.
     *
     * @throws PrecisionLimitException beyond the limit
     */
    static void require(int precision) {
        if (precision > LIMIT) {
            throw new PrecisionLimitException(precision);
        }
    }

    /**
     * The next precision to try.
     *
     * @throws PrecisionLimitException beyond the limit
     */
    static int twice(int precision) {
        if (precision > LIMIT / 2) {
            throw new PrecisionLimitException(precision);
        }
        return 2 * precision;
    }
}

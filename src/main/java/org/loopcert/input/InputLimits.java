package org.loopcert.input;

/**
 * What a reader accepts before it gives up. Exceeding a limit is not a defect of the input: such an
 * {@link InputException} has the kind {@link InputException.Kind#BEYOND_LIMIT}.
 *
 * @param maxBytes size of one file, in bytes
 * @param maxRows number of examples n, or of entries of a vector
 * @param maxColumns number of columns of a table, or of entries of one row
 * @param maxDigits digits in the text of one number (numerator and denominator, or mantissa)
 * @param maxExponent magnitude of a decimal exponent
 * @param maxValueBytes estimated memory of all numbers of one file together; short texts such as
 *     {@code 1e9999} stand for long numbers, so a limit on bytes read would not bound it
 */
public record InputLimits(
        int maxBytes, int maxRows, int maxColumns, int maxDigits, int maxExponent, long maxValueBytes) {

    /** 64 MiB of text, a million rows, 10,000 columns, digits and exponent, 1 GiB of numbers. */
    public static final InputLimits DEFAULT = new InputLimits(1 << 26, 1_000_000, 10_000, 10_000, 10_000, 1L << 30);

    /**
     * Requires every limit to be positive.
     *
     * @throws IllegalArgumentException if a limit is zero or negative
     */
    public InputLimits {
        if (maxBytes < 1 || maxRows < 1 || maxColumns < 1 || maxDigits < 1 || maxExponent < 1 || maxValueBytes < 1) {
            throw new IllegalArgumentException("expected positive input limits");
        }
        if (maxBytes == Integer.MAX_VALUE || maxDigits > Integer.MAX_VALUE / 4) {
            throw new IllegalArgumentException("input limits are too large to be kept");
        }
    }

    /** The same limits with other caps on the text of one number. */
    public InputLimits withNumberCaps(int digits, int exponent) {
        return new InputLimits(maxBytes, maxRows, maxColumns, digits, exponent, maxValueBytes);
    }

    /** The same limits with another cap on the bytes of one file. */
    public InputLimits withMaxBytes(int bytes) {
        return new InputLimits(bytes, maxRows, maxColumns, maxDigits, maxExponent, maxValueBytes);
    }

    /** The same limits with other caps on the shape. */
    public InputLimits withShape(int rows, int columns) {
        return new InputLimits(maxBytes, rows, columns, maxDigits, maxExponent, maxValueBytes);
    }

    /** The same limits with another cap on the memory of all numbers. */
    public InputLimits withMaxValueBytes(long bytes) {
        return new InputLimits(maxBytes, maxRows, maxColumns, maxDigits, maxExponent, bytes);
    }
}

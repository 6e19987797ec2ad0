package org.loopcert.input;

/**
 * What a reader accepts before it gives up. Exceeding a limit is not a defect of the input: such an
 * {@link InputException} has the kind {@link InputException.Kind#BEYOND_LIMIT} and names the limit as the command
 * line does.
 *
 * @param maxBytes {@code max-bytes}: size of one file, or of one unpacked member, in bytes
 * @param maxRows {@code max-rows}: number of examples n, or of entries of a vector
 * @param maxColumns {@code max-columns}: number of columns of a table, or of entries of one row
 * @param maxDigits {@code max-digits}: digits in the text of one number (numerator and denominator, or mantissa)
 * @param maxExponent magnitude of a decimal exponent, which is named {@code max-digits} too: 1e9 has ten digits
 * @param maxArrays {@code max-arrays}: members of an archive, or tensors of a file
 * @param maxRatio {@code max-ratio}: what a long member of an archive may unpack to, a multiple of its packed size
 * @param maxValueBytes estimated memory of all numbers of one file together, half of {@code max-memory}; short texts
 *     such as {@code 1e9999} stand for long numbers, so a limit on bytes read would not bound it
 * @param maxMemory {@code max-memory}: bytes of memory; a file is held several times while it is read, so that it may
 *     have an {@value #COPIES}th of it
 */
public record InputLimits(
        int maxBytes,
        int maxRows,
        int maxColumns,
        int maxDigits,
        int maxExponent,
        int maxArrays,
        int maxRatio,
        long maxValueBytes,
        long maxMemory) {

    /** How often a file may be in memory at the same time: its bytes, its text, tokens and texts of numbers. */
    private static final int COPIES = 8;

    /** The share of the memory that numbers may take. */
    private static final int NUMBERS = 2;

    /**
     * 64 MiB of text, a million rows, 10,000 columns, digits and exponent, 4096 arrays, 250 bytes for each packed byte,
     * 1 GiB of numbers.
     */
    public static final InputLimits DEFAULT =
            new InputLimits(1 << 26, 1_000_000, 10_000, 10_000, 10_000, 4096, 250, 1L << 30, 1L << 31);

    /**
     * Requires every limit to be positive.
     *
     * @throws IllegalArgumentException if a limit is zero or negative
     */
    public InputLimits {
        if (maxBytes < 1 || maxRows < 1 || maxColumns < 1 || maxDigits < 1 || maxExponent < 1 || maxArrays < 1) {
            throw new IllegalArgumentException("expected positive input limits");
        }
        if (maxRatio < 1 || maxValueBytes < 1 || maxMemory < 1) {
            throw new IllegalArgumentException("expected positive input limits");
        }
        if (maxBytes == Integer.MAX_VALUE || maxDigits > Integer.MAX_VALUE / 4) {
            throw new IllegalArgumentException("input limits are too large to be kept");
        }
    }

    /** The same limits with other caps on the text of one number. */
    public InputLimits withNumberCaps(int digits, int exponent) {
        return new InputLimits(
                maxBytes, maxRows, maxColumns, digits, exponent, maxArrays, maxRatio, maxValueBytes, maxMemory);
    }

    /** The same limits with another cap on the bytes of one file. */
    public InputLimits withMaxBytes(int bytes) {
        return new InputLimits(
                bytes, maxRows, maxColumns, maxDigits, maxExponent, maxArrays, maxRatio, maxValueBytes, maxMemory);
    }

    /** The same limits with other caps on the shape. */
    public InputLimits withShape(int rows, int columns) {
        return new InputLimits(
                maxBytes, rows, columns, maxDigits, maxExponent, maxArrays, maxRatio, maxValueBytes, maxMemory);
    }

    /** The same limits with other caps on what an archive or a file of tensors holds. */
    public InputLimits withArchive(int arrays, int ratio) {
        return new InputLimits(
                maxBytes, maxRows, maxColumns, maxDigits, maxExponent, arrays, ratio, maxValueBytes, maxMemory);
    }

    /** The same limits with another cap on the memory of all numbers. */
    public InputLimits withMaxValueBytes(long bytes) {
        return new InputLimits(
                maxBytes, maxRows, maxColumns, maxDigits, maxExponent, maxArrays, maxRatio, bytes, maxMemory);
    }

    /** The same limits with another memory, for files and numbers. */
    public InputLimits withMaxMemory(long bytes) {
        return new InputLimits(
                maxBytes,
                maxRows,
                maxColumns,
                maxDigits,
                maxExponent,
                maxArrays,
                maxRatio,
                Math.max(1, bytes / NUMBERS),
                bytes);
    }

    /** The bytes of one file or unpacked member that both limits allow. */
    int fileBytes() {
        return (int) Math.min(maxBytes, maxMemory / COPIES);
    }

    /** The limit that a file of so many bytes exceeds. */
    InputException.Limit beyondFileBytes(long bytes) {
        return bytes > maxBytes
                ? new InputException.Limit("max-bytes", maxBytes, bytes)
                : new InputException.Limit("max-memory", maxMemory, Math.multiplyExact(bytes, COPIES));
    }

    /** The limit that numbers of so many bytes exceed. */
    InputException.Limit beyondValueBytes(long bytes) {
        return new InputException.Limit("max-memory", NUMBERS * maxValueBytes, NUMBERS * bytes);
    }
}

package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.loopcert.ring.Dyadic;
import org.loopcert.ring.RoundingFormat;

/** The real numbers that binary array files store; each finite one is a dyadic rational. */
enum NumericType {
    /** IEEE 754 binary16. */
    FLOAT16(RoundingFormat.BINARY16),
    /** The upper half of a binary32. */
    BFLOAT16(RoundingFormat.BFLOAT16),
    /** IEEE 754 binary32. */
    FLOAT32(RoundingFormat.BINARY32),
    /** IEEE 754 binary64. */
    FLOAT64(RoundingFormat.BINARY64),
    /** Two's complement integers. */
    INT8(1, true),
    INT16(2, true),
    INT32(4, true),
    INT64(8, true),
    /** Unsigned integers. */
    UINT8(1, false),
    UINT16(2, false),
    UINT32(4, false),
    UINT64(8, false);

    private static final long MOST_EXACT = 1L << 53;

    private final int size;
    private final boolean signed;

    /** The format of floating-point numbers; null for integers. */
    private final RoundingFormat format;

    NumericType(int size, boolean signed) {
        this.size = size;
        this.signed = signed;
        this.format = null;
    }

    NumericType(RoundingFormat format) {
        this.size = format.width() / 8;
        this.signed = true;
        this.format = format;
    }

    /** The bytes of one entry. */
    int size() {
        return size;
    }

    /** The bits of the entry at an offset, zero-extended, in the byte order of the view. */
    long bits(ByteBuffer view, int offset) {
        return switch (size) {
            case 1 -> view.get(offset) & 0xffL;
            case 2 -> view.getShort(offset) & 0xffffL;
            case 4 -> view.getInt(offset) & 0xffff_ffffL;
            default -> view.getLong(offset);
        };
    }

    /** What the bits stand for where that is no number: NaN, infinity, -infinity; else null. */
    String notFinite(long bits) {
        if (format == null || Double.isFinite(format.decode(bits))) {
            return null;
        }
        double value = format.decode(bits);
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return value < 0 ? "-infinity" : "infinity";
    }

    /**
     * The exact value of the bits, reduced.
     *
     * @throws ArithmeticException if they stand for NaN or an infinity
     */
    BigRational value(long bits) {
        if (format == null) {
            return BigRational.valueOf(integer(bits));
        }
        String special = notFinite(bits);
        if (special != null) {
            throw new ArithmeticException("expected a finite number, got " + special);
        }
        return Dyadic.of(format.decode(bits)).toRational();
    }

    /** The double that the bits stand for, or next to the integer of eight bytes that they stand for. */
    double nearest(long bits) {
        if (this == FLOAT64) {
            return Double.longBitsToDouble(bits);
        }
        if (this == FLOAT32) {
            return Float.intBitsToFloat((int) bits);
        }
        if (format != null) {
            return format.decode(bits);
        }
        int unused = Long.SIZE - 8 * size;
        return !signed && bits < 0 ? integer(bits).doubleValue() : signed ? bits << unused >> unused : bits;
    }

    /** Whether entries are integers that need not be doubles. */
    boolean isLong() {
        return format == null && size == Long.BYTES;
    }

    /** Whether an integer of eight bytes is the double next to it; small ones alone are taken for it. */
    boolean isExact(long bits) {
        return bits >= 0 && bits <= MOST_EXACT || signed && bits < 0 && bits >= -MOST_EXACT;
    }

    private BigInteger integer(long bits) {
        if (signed) {
            int unused = Long.SIZE - 8 * size;
            return BigInteger.valueOf(bits << unused >> unused);
        }
        BigInteger half = BigInteger.valueOf(bits >>> 1);
        return half.add(half).add(BigInteger.valueOf(bits & 1));
    }
}

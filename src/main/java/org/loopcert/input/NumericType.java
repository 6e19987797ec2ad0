package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.loopcert.ring.Dyadic;

/** The real numbers that binary array files store; each finite one is a dyadic rational. */
enum NumericType {
    /** IEEE 754 binary16. */
    FLOAT16(2, 5, 10),
    /** The upper half of a binary32. */
    BFLOAT16(2, 8, 7),
    /** IEEE 754 binary32. */
    FLOAT32(4, 8, 23),
    /** IEEE 754 binary64. */
    FLOAT64(8, 11, 52),
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

    private final int size;
    private final int exponentBits;
    private final int fractionBits;
    private final boolean signed;

    NumericType(int size, boolean signed) {
        this.size = size;
        this.exponentBits = 0;
        this.fractionBits = 0;
        this.signed = signed;
    }

    NumericType(int size, int exponentBits, int fractionBits) {
        this.size = size;
        this.exponentBits = exponentBits;
        this.fractionBits = fractionBits;
        this.signed = true;
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
        if (exponentBits == 0 || exponent(bits) != exponentMask()) {
            return null;
        }
        if (fraction(bits) != 0) {
            return "NaN";
        }
        return isNegative(bits) ? "-infinity" : "infinity";
    }

    /**
     * The exact value of the bits, reduced.
     *
     * @throws ArithmeticException if they stand for NaN or an infinity
     */
    BigRational value(long bits) {
        if (exponentBits == 0) {
            return BigRational.valueOf(integer(bits));
        }
        String special = notFinite(bits);
        if (special != null) {
            throw new ArithmeticException("expected a finite number, got " + special);
        }
        int biased = exponent(bits);
        long magnitude = biased == 0 ? fraction(bits) : fraction(bits) | 1L << fractionBits;
        int bias = exponentMask() >> 1;
        int power = Math.max(biased, 1) - bias - fractionBits;
        return new Dyadic(BigInteger.valueOf(isNegative(bits) ? -magnitude : magnitude), power).toRational();
    }

    private BigInteger integer(long bits) {
        if (signed) {
            int unused = Long.SIZE - 8 * size;
            return BigInteger.valueOf(bits << unused >> unused);
        }
        BigInteger half = BigInteger.valueOf(bits >>> 1);
        return half.add(half).add(BigInteger.valueOf(bits & 1));
    }

    private int exponentMask() {
        return (1 << exponentBits) - 1;
    }

    private int exponent(long bits) {
        return (int) (bits >>> fractionBits) & exponentMask();
    }

    private long fraction(long bits) {
        return bits & (1L << fractionBits) - 1;
    }

    private boolean isNegative(long bits) {
        return (bits >>> 8 * size - 1 & 1) != 0;
    }
}

package org.loopcert.kernel;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Integer vectors and matrices as plain arrays, and vectors of fractions. */
final class Vectors {
    private Vectors() {}

    static BigInteger[] zero(int size) {
        BigInteger[] result = new BigInteger[size];
        Arrays.fill(result, BigInteger.ZERO);
        return result;
    }

    static BigInteger dot(BigInteger[] a, BigInteger[] b) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < a.length; i++) {
            if (a[i].signum() != 0 && b[i].signum() != 0) {
                sum = sum.add(a[i].multiply(b[i]));
            }
        }
        return sum;
    }

    static BigInteger[] multiply(BigInteger[][] a, BigInteger[] v) {
        BigInteger[] result = new BigInteger[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = dot(a[i], v);
        }
        return result;
    }

    /**
     * A'B, exactly, for matrices of as many rows. Entries are cut into digits of base 2^24, of which the highest one has
     * the sign: all are at most 2^24 in size, and sums of 2^14 products of two of them at most 2^62. More rows are taken
     * in turn, and fewer at once where they are long, so that no more than 2^21 digits are held beside those of a row.
     */
    static BigInteger[][] transposedTimes(BigInteger[][] a, BigInteger[][] b, Limits.Meter meter) throws Refusal {
        int columns = b[0].length;
        int left = bits(a) / 24 + 1;
        int right = bits(b) / 24 + 1;
        meter.memory(a[0].length, columns, (bits(a) + (long) bits(b)) / 64 + 1);
        // sixteen products of digits take no longer than one of words and what is around it; cutting entries and
        // putting them together takes no longer than more rows and columns do
        meter.units(BigInteger.valueOf((long) left * right / 16 + 1), a.length + 16L, a[0].length + 12L, columns + 12L);
        BigInteger[][] result = new BigInteger[a[0].length][];
        for (int i = 0; i < result.length; i++) {
            result[i] = zero(columns);
        }
        int rows = Math.max(1, Math.min(1 << 14, (1 << 21) / (a[0].length * left + columns * right)));
        for (int from = 0; from < a.length; from += rows) {
            long[][] x = digits(a, from, Math.min(a.length, from + rows), left);
            long[][] y = digits(b, from, Math.min(a.length, from + rows), right);
            for (int i = 0; i < result.length; i++) {
                long[] row = new long[Math.multiplyExact(columns, left + right)];
                for (int s = 0; s < left; s++) {
                    long[] sums = new long[columns * right];
                    for (int k = 0; k < x.length; k++) {
                        addMultiple(x[k][i * left + s], y[k], sums);
                    }
                    addCarrying(sums, right, row, s, left + right);
                }
                for (int j = 0; j < columns; j++) {
                    result[i][j] = result[i][j].add(integer(row, j * (left + right), left + right));
                }
            }
        }
        return result;
    }

    /** Rows of matrices with so many digits of base 2^24 in the place of each entry, the lowest one first. */
    private static long[][] digits(BigInteger[][] a, int from, int to, int count) {
        long[][] result = new long[to - from][Math.multiplyExact(a[0].length, count)];
        for (int i = from; i < to; i++) {
            for (int j = 0; j < a[i].length; j++) {
                byte[] bytes = a[i][j].toByteArray(); // of base 2^8, the highest one first, and with the sign
                for (int k = 0; k < bytes.length; k++) {
                    int place = bytes.length - 1 - k;
                    long digit = k == 0 ? bytes[k] : Byte.toUnsignedInt(bytes[k]);
                    result[i - from][j * count + place / 3] += digit << 8 * (place % 3);
                }
            }
        }
        return result;
    }

    private static void addMultiple(long factor, long[] row, long[] sums) {
        if (factor != 0) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += factor * row[j];
            }
        }
    }

    /**
     * Adds 2^(24 s) times what so many sums for each entry stand for to the digits of each entry. What is added to a sum
     * of at most 2^62 in size, a digit or an earlier carry and a carry, is less than 2^40 in size; so are all carries.
     */
    private static void addCarrying(long[] sums, int count, long[] digits, int s, int length) {
        for (int j = 0; j < sums.length / count; j++) {
            long carry = 0;
            for (int r = 0; r < count; r++) {
                long digit = digits[j * length + s + r] + sums[j * count + r] + carry;
                digits[j * length + s + r] = digit & 0xffffff;
                carry = digit >> 24; // rounded down, so that digit = 2^24 carry + (digit & 0xffffff)
            }
            digits[j * length + s + count] = carry;
        }
    }

    /** The integer with these digits of base 2^24, the lowest one first, the highest one of any size and sign. */
    private static BigInteger integer(long[] digits, int from, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(3 * count + 5);
        for (int t = 0; t < count; t++) {
            // eight bytes, highest first, of which the next digit covers all but the three that hold this one
            bytes.putLong(3 * (count - 1 - t), digits[from + t]);
        }
        return new BigInteger(bytes.array());
    }

    static boolean isZero(BigInteger[] v) {
        return Arrays.equals(v, zero(v.length));
    }

    /** The largest bit length of an entry of these vectors; 0 where there is none. */
    static int bits(BigInteger[]... rows) {
        int bits = 0;
        for (BigInteger[] row : rows) {
            for (BigInteger entry : row) {
                bits = Math.max(bits, entry.bitLength());
            }
        }
        return bits;
    }

    static BigInteger lcm(BigInteger a, BigInteger b, Limits.Meter meter) throws Refusal {
        meter.denominator(a);
        if (a.mod(b).signum() == 0) {
            return a;
        }
        BigInteger common = a.divide(a.gcd(b)).multiply(b);
        meter.denominator(common);
        return common;
    }

    static Fraction dot(List<Fraction> a, List<Fraction> b, Limits.Meter meter) throws Refusal {
        BigInteger[] x = overCommonDenominator(a, meter);
        BigInteger[] y = overCommonDenominator(b, meter);
        int words = (bits(x) + bits(y)) / 64 + 1;
        meter.work(words, words, 4L * a.size() + 60); // and a greatest common divisor
        BigInteger denominator = x[a.size()].multiply(y[b.size()]);
        return Fraction.of(dot(x, y).subtract(denominator), denominator);
    }

    static List<Fraction> subtract(List<Fraction> a, List<Fraction> b, Limits.Meter meter) throws Refusal {
        BigInteger[] x = overCommonDenominator(a, meter);
        BigInteger[] y = overCommonDenominator(b, meter);
        int words = (bits(x) + bits(y)) / 64 + 1;
        meter.work(words, words, a.size());
        List<Fraction> result = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            result.add(a.get(i).subtract(b.get(i)));
        }
        return result;
    }

    /** The numerators of the entries over the common denominator, which is returned last. */
    static BigInteger[] overCommonDenominator(List<Fraction> v, Limits.Meter meter) throws Refusal {
        BigInteger common = BigInteger.ONE;
        int longest = 1;
        Map<BigInteger, BigInteger> cofactors = new HashMap<>();
        for (Fraction entry : v) {
            if (cofactors.put(entry.denominator(), BigInteger.ONE) == null) {
                common = lcm(common, entry.denominator(), meter);
            }
            longest = Math.max(longest, entry.numerator().bitLength());
        }
        int words = (common.bitLength() + longest) / 64 + 1;
        meter.memory(v.size(), words);
        meter.work(words, words, v.size());
        for (Map.Entry<BigInteger, BigInteger> each : cofactors.entrySet()) {
            each.setValue(common.divide(each.getKey()));
        }
        BigInteger[] result = new BigInteger[v.size() + 1];
        for (int i = 0; i < v.size(); i++) {
            result[i] = v.get(i).numerator().multiply(cofactors.get(v.get(i).denominator()));
        }
        result[v.size()] = common;
        return result;
    }
}

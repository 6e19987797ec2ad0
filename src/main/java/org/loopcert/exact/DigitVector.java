package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Arrays;

/** A vector of long integers, each a row of reduced digits; all are zero from {@link #length} on. */
final class DigitVector {
    final double[][] rows;
    private int length;
    private int written;

    /** Zero, in arrays of zeros. */
    DigitVector(double[]... rows) {
        this.rows = rows;
    }

    /** How many digits the longest entry has. */
    int length() {
        return length;
    }

    void set(IntegerVector values) {
        for (int i = 0; i < rows.length; i++) {
            Arrays.fill(rows[i], 0, length, 0);
        }
        length = 0;
        for (int i = 0; i < rows.length; i++) {
            length = Math.max(length, Digits.write(values.get(i), rows[i], 0));
        }
        trim(length);
    }

    /** Digits from here on were never other than zero. */
    int written() {
        return written;
    }

    /** Finds the length after so many digits of each row have been written. */
    void trim(int most) {
        written = Math.max(written, most);
        int longest = 0;
        for (double[] row : rows) {
            int top = most;
            while (top > longest && row[top - 1] == 0) {
                top--;
            }
            longest = top;
        }
        length = longest;
    }

    IntegerVector toVector() {
        BigInteger[] values = new BigInteger[rows.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Digits.read(rows[i], length);
        }
        return IntegerVector.of(values);
    }

    /** Whether the two hold the same integers. */
    boolean equal(DigitVector other) {
        int most = Math.max(length, other.length);
        for (int i = 0; i < rows.length; i++) {
            // reduced digits are not unique; where they differ the integers are compared
            if (!Arrays.equals(rows[i], 0, most, other.rows[i], 0, most)
                    && !Digits.read(rows[i], most).equals(Digits.read(other.rows[i], most))) {
                return false;
            }
        }
        return true;
    }
}

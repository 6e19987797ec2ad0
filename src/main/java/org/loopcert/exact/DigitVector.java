package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A vector of long integers, each a row of reduced digits, low and high ones apart; all are zero from {@link #length} on.
 * With v_0 the low and v_1 the high digits, products also need the values v_0 + v_1 z at z = 1 and -1, which
 * {@link Room#reduce} and {@link Room#evaluate} form.
 */
final class DigitVector {
    final double[][] low;
    final double[][] high;

    /** v_0 + v_1 and v_0 - v_1, where the vector has room for them. */
    final double[][] sum;

    final double[][] difference;

    /** The low and then the high digits of {@link #stride} places each, where the vector has room for them. */
    final double[][] joined;

    private int stride;
    private int length;
    private int written;

    /** Zero, in arrays of zeros: so many rows of low and of high digits, and of sums and differences if there are more arrays. */
    DigitVector(int rows, double[]... arrays) {
        this(rows, new double[0][], arrays);
    }

    /** As the other, with room for the joined digits of each entry, twice as long. */
    DigitVector(int rows, double[][] joined, double[]... arrays) {
        this.joined = joined;
        low = Arrays.copyOfRange(arrays, 0, rows);
        high = Arrays.copyOfRange(arrays, rows, 2 * rows);
        sum = arrays.length > 2 * rows ? Arrays.copyOfRange(arrays, 2 * rows, 3 * rows) : new double[0][];
        difference = arrays.length > 3 * rows ? Arrays.copyOfRange(arrays, 3 * rows, 4 * rows) : new double[0][];
    }

    int rows() {
        return low.length;
    }

    /** How many places the longest entry has. */
    int length() {
        return length;
    }

    void set(IntegerVector values) {
        clear();
        int most = 0;
        for (int i = 0; i < low.length; i++) {
            most = Math.max(most, Digits.write(values.get(i), low[i], high[i], 0));
        }
        trim(most);
    }

    /** Makes all entries zero. */
    void clear() {
        for (int i = 0; i < low.length; i++) {
            clear(i, 0);
        }
        length = 0;
    }

    /** Makes an entry zero, of which so many places at most were written by others. */
    void clear(int i, int places) {
        int end = Digits.FRONT + Math.max(written, places);
        Arrays.fill(low[i], Digits.FRONT, end, 0);
        Arrays.fill(high[i], Digits.FRONT, end, 0);
    }

    /** Places from here on were never other than zero. */
    int written() {
        return written;
    }

    /** Finds the length after so many places of each row have been written. */
    void trim(int most) {
        written = Math.max(written, most);
        int longest = 0;
        for (int i = 0; i < low.length; i++) {
            int top = Digits.FRONT + most;
            while (top > Digits.FRONT + longest && low[i][top - 1] == 0 && high[i][top - 1] == 0) {
                top--;
            }
            longest = top - Digits.FRONT;
        }
        length = longest;
    }

    /** How many places of each kind are joined. */
    int stride() {
        return stride;
    }

    /** Joins the digits of an entry, as many places of each as of all others. */
    void join(int i, int places) {
        stride = places;
        double[] to = joined[i];
        System.arraycopy(low[i], Digits.FRONT, to, Digits.FRONT, places);
        System.arraycopy(high[i], Digits.FRONT, to, Digits.FRONT + places, places);
        // more may have been there, which loops would read
        int end = Digits.FRONT + 2 * places;
        Arrays.fill(to, end, end + Room.LANES, 0);
    }

    /** Digit k of an entry, the low and the high ones counted. */
    double digit(int i, int k) {
        return k / 2 < length ? ((k & 1) == 0 ? low : high)[i][Digits.FRONT + k / 2] : 0;
    }

    BigInteger get(int i) {
        return Digits.read(low[i], high[i], length);
    }

    IntegerVector toVector() {
        BigInteger[] values = new BigInteger[low.length];
        Arrays.setAll(values, this::get);
        return IntegerVector.of(values);
    }

    /** Whether the two hold the same integers. */
    boolean equal(DigitVector other) {
        int most = Math.max(length, other.length);
        for (int i = 0; i < low.length; i++) {
            if (!Digits.equal(low[i], high[i], other.low[i], other.high[i], most)) {
                return false;
            }
        }
        return true;
    }
}

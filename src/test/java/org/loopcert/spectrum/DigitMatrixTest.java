package org.loopcert.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import net.jqwik.api.Example;
import org.loopcert.exact.IntegerMatrix;

class DigitMatrixTest {
    /** Rows so long, of digits so large, that a sum of products of digits needs more than 63 bits. */
    @Example
    void longEntriesOfTheLargestDigits() {
        int d = 64;
        int digits = 1100;
        BigInteger entry = BigInteger.ONE.shiftLeft(DigitMatrix.DIGIT * digits).subtract(BigInteger.ONE);
        byte[] bytes = new byte[3 * digits];
        for (int k = 0; k < bytes.length; k += 3) {
            bytes[k] = 0x7f;
            bytes[k + 1] = (byte) 0xff;
            bytes[k + 2] = (byte) 0xff;
        }
        BigInteger factor = new BigInteger(1, bytes);
        BigInteger[][] matrix = new BigInteger[d][d];
        for (BigInteger[] row : matrix) {
            Arrays.fill(row, entry);
        }
        BigInteger[] vector = new BigInteger[d];
        Arrays.fill(vector, factor);
        BigInteger expected = entry.multiply(factor).multiply(BigInteger.valueOf(d));
        assertThat(DigitMatrix.of(SymmetricWords.of(IntegerMatrix.of(matrix))).multiply(vector))
                .containsOnly(expected);
    }
}

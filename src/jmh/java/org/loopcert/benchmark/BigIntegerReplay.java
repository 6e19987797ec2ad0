package org.loopcert.benchmark;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Task R as a Java programmer would do it fast: integers over D 2^k in {@link BigInteger}, without any gcd. The programs
 * for GMP and FLINT in {@code peers/replay.c} do the same.
 */
final class BigIntegerReplay {
    private final BenchmarkTask task;

    BigIntegerReplay(BenchmarkTask task) {
        this.task = task;
    }

    long run() {
        BigInteger[][] x = task.integers();
        int n = x.length;
        int d = x[0].length;
        BigInteger[][] columns = new BigInteger[d][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                columns[j][i] = x[i][j];
            }
        }
        BigInteger[] star = new BigInteger[d];
        Arrays.setAll(star, j -> BigInteger.valueOf(task.star()[j]));
        BigInteger[] labels = multiply(x, star);
        BigInteger[][] gram = new BigInteger[d][];
        Arrays.setAll(gram, j -> multiply(columns, columns[j]));
        BigInteger[] moment = multiply(columns, labels);
        BigInteger step = BigInteger.valueOf(task.stepNumerator());
        int growth = 2 * task.scale() + task.stepExponent();
        int power = 0;
        BigInteger[] q = new BigInteger[d];
        Arrays.fill(q, BigInteger.ZERO);
        BigInteger[] theta = q.clone();
        BoundCheck bound = new BoundCheck(task);
        for (int t = 0; ; t++) {
            BigInteger denominator = BigInteger.valueOf(task.starDenominator()).shiftLeft(power);
            for (int j = 0; j < d; j++) {
                if (!q[j].equals(theta[j].negate())) {
                    throw new IllegalStateException("attention is not gradient descent");
                }
            }
            bound.require(theta, denominator);
            if (t == task.size().loops()) {
                return BenchmarkTask.checksum(theta, denominator);
            }
            BigInteger[] scores = multiply(x, q);
            for (int i = 0; i < n; i++) {
                scores[i] = scores[i].add(labels[i].shiftLeft(power));
            }
            BigInteger[] attention = multiply(columns, scores);
            BigInteger[] gradient = multiply(gram, theta);
            for (int j = 0; j < d; j++) {
                q[j] = q[j].shiftLeft(growth).subtract(attention[j].multiply(step));
                theta[j] = theta[j].shiftLeft(growth)
                        .subtract(
                                gradient[j].subtract(moment[j].shiftLeft(power)).multiply(step));
            }
            power += growth;
            bound.advance();
        }
    }

    private static BigInteger[] multiply(BigInteger[][] matrix, BigInteger[] vector) {
        BigInteger[] product = new BigInteger[matrix.length];
        for (int i = 0; i < product.length; i++) {
            BigInteger sum = BigInteger.ZERO;
            for (int j = 0; j < vector.length; j++) {
                sum = sum.add(matrix[i][j].multiply(vector[j]));
            }
            product[i] = sum;
        }
        return product;
    }
}

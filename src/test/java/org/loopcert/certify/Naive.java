package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loopcert.kernel.Fraction;
import org.loopcert.ring.RationalField;

/**
 * Schoolbook linear algebra over BigRational arrays, written for the oracle only: it shares no code with the kernel or
 * the exact engine.
 */
public final class Naive {
    public static final BigRational ZERO = BigRational.ZERO;
    public static final BigRational ONE = BigRational.ONE;

    private static final RationalField Q = RationalField.INSTANCE;

    private Naive() {}

    public static BigRational rational(Fraction value) {
        return RationalField.of(value.numerator(), value.denominator());
    }

    public static BigRational[] rationals(List<Fraction> values) {
        return values.stream().map(Naive::rational).toArray(BigRational[]::new);
    }

    public static BigRational rational(String text) {
        String[] parts = text.split("/", 2);
        return RationalField.of(
                new BigInteger(parts[0]), parts.length == 1 ? BigInteger.ONE : new BigInteger(parts[1]));
    }

    public static BigRational integer(long value) {
        return RationalField.of(value, 1);
    }

    public static BigRational add(BigRational a, BigRational b) {
        return Q.add(a, b);
    }

    public static BigRational subtract(BigRational a, BigRational b) {
        return Q.subtract(a, b);
    }

    public static BigRational multiply(BigRational a, BigRational b) {
        return Q.multiply(a, b);
    }

    public static BigRational divide(BigRational a, BigRational b) {
        return Q.divide(a, b);
    }

    public static BigRational negate(BigRational a) {
        return Q.negate(a);
    }

    public static BigRational abs(BigRational a) {
        return a.signum() < 0 ? negate(a) : a;
    }

    public static BigRational square(BigRational a) {
        return multiply(a, a);
    }

    public static int compare(BigRational a, BigRational b) {
        return Q.compare(a, b);
    }

    public static boolean atMost(BigRational a, BigRational b) {
        return compare(a, b) <= 0;
    }

    public static boolean equal(BigRational a, BigRational b) {
        return compare(a, b) == 0;
    }

    public static BigRational power(BigRational base, long exponent) {
        BigRational result = ONE;
        for (long k = 0; k < exponent; k++) {
            result = multiply(result, base);
        }
        return result;
    }

    public static BigRational[] zero(int size) {
        BigRational[] result = new BigRational[size];
        Arrays.fill(result, ZERO);
        return result;
    }

    public static BigRational dot(BigRational[] a, BigRational[] b) {
        BigRational sum = ZERO;
        for (int i = 0; i < a.length; i++) {
            sum = add(sum, multiply(a[i], b[i]));
        }
        return sum;
    }

    public static BigRational[] subtract(BigRational[] a, BigRational[] b) {
        BigRational[] result = new BigRational[a.length];
        Arrays.setAll(result, i -> subtract(a[i], b[i]));
        return result;
    }

    public static BigRational[] scale(BigRational factor, BigRational[] v) {
        return Arrays.stream(v).map(entry -> multiply(factor, entry)).toArray(BigRational[]::new);
    }

    public static boolean equal(BigRational[] a, BigRational[] b) {
        boolean equal = a.length == b.length;
        for (int i = 0; equal && i < a.length; i++) {
            equal = equal(a[i], b[i]);
        }
        return equal;
    }

    public static BigRational[][] transpose(BigRational[][] a) {
        BigRational[][] result = new BigRational[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                result[j][i] = a[i][j];
            }
        }
        return result;
    }

    public static BigRational[] multiply(BigRational[][] a, BigRational[] v) {
        return Arrays.stream(a).map(row -> dot(row, v)).toArray(BigRational[]::new);
    }

    public static BigRational[][] multiply(BigRational[][] a, BigRational[][] b) {
        BigRational[][] columns = transpose(b);
        return Arrays.stream(a).map(row -> multiply(columns, row)).toArray(BigRational[][]::new);
    }

    /** x A + y B. */
    public static BigRational[][] combine(BigRational x, BigRational[][] a, BigRational y, BigRational[][] b) {
        BigRational[][] result = new BigRational[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                result[i][j] = add(multiply(x, a[i][j]), multiply(y, b[i][j]));
            }
        }
        return result;
    }

    public static BigRational[][] identity(int size) {
        BigRational[][] result = new BigRational[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                result[i][j] = i == j ? ONE : ZERO;
            }
        }
        return result;
    }

    /** The reduced row echelon form without its zero rows. */
    public static List<BigRational[]> rowEchelon(BigRational[][] matrix) {
        List<BigRational[]> rest = new ArrayList<>();
        for (BigRational[] row : matrix) {
            rest.add(row.clone());
        }
        List<BigRational[]> done = new ArrayList<>();
        for (int column = 0; column < matrix[0].length; column++) {
            int c = column;
            BigRational[] pivot = rest.stream()
                    .filter(row -> row[c].signum() != 0)
                    .findFirst()
                    .orElse(null);
            if (pivot != null) {
                rest.remove(pivot);
                BigRational[] unit = scale(divide(ONE, pivot[c]), pivot);
                rest.replaceAll(row -> subtract(row, scale(row[c], unit)));
                done.replaceAll(row -> subtract(row, scale(row[c], unit)));
                done.add(unit);
            }
        }
        return done;
    }

    public static int rank(BigRational[][] matrix) {
        return rowEchelon(matrix).size();
    }

    /** Whether the vector is a combination of the rows. */
    public static boolean inRowSpace(BigRational[][] matrix, BigRational[] vector) {
        BigRational[][] extended = Arrays.copyOf(matrix, matrix.length + 1);
        extended[matrix.length] = vector;
        return rank(extended) == rank(matrix);
    }

    /** The solution of A x = b with x in the row space of the symmetric matrix A, by A (A w) = b. */
    public static BigRational[] leastNormSolution(BigRational[][] a, BigRational[] b) {
        int d = b.length;
        BigRational[][] square = multiply(a, a);
        BigRational[][] system = new BigRational[d][];
        for (int i = 0; i < d; i++) {
            system[i] = Arrays.copyOf(square[i], d + 1);
            system[i][d] = b[i];
        }
        BigRational[] w = zero(d);
        for (BigRational[] row : rowEchelon(system)) {
            int lead = 0;
            while (row[lead].signum() == 0) {
                lead++;
            }
            if (lead == d) {
                throw new IllegalArgumentException("b is not in the range of A");
            }
            w[lead] = row[d];
        }
        return multiply(a, w);
    }
}

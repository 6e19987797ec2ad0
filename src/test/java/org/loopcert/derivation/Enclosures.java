package org.loopcert.derivation;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Term;

/**
 * What terms denote at rational values, by the definition of each operation: an interval of rationals for every entry,
 * a point where the value is rational. Roots, exponentials, logarithms and eigenvalues are enclosed to about ten
 * digits. Nothing of the rules is used.
 */
final class Enclosures {
    private static final Fraction SCALE = Fraction.of(BigInteger.ONE.shiftLeft(36));
    private static final int TERMS = 60;

    private final Map<String, Fraction[][]> matrices;
    private final Map<String, Integer> integers;

    /** A closed interval. */
    record Range(Fraction low, Fraction high) {
        static Range of(Fraction value) {
            return new Range(value, value);
        }

        boolean isPoint() {
            return low.equals(high);
        }

        Range add(Range other) {
            return new Range(low.add(other.low), high.add(other.high));
        }

        Range negate() {
            return new Range(high.negate(), low.negate());
        }

        Range multiply(Range other) {
            List<Fraction> ends = List.of(
                    low.multiply(other.low),
                    low.multiply(other.high),
                    high.multiply(other.low),
                    high.multiply(other.high));
            return new Range(
                    ends.stream().reduce(Fraction::min).orElseThrow(),
                    ends.stream().reduce(Fraction::max).orElseThrow());
        }

        Range abs() {
            return low.signum() >= 0
                    ? this
                    : high.signum() <= 0
                            ? negate()
                            : new Range(Fraction.ZERO, low.negate().max(high));
        }
    }

    Enclosures(Map<String, Fraction[][]> matrices, Map<String, Integer> integers) {
        this.matrices = matrices;
        this.integers = integers;
    }

    /** Whether a formula is true (1), false (-1), or the enclosures are too wide to tell (0). */
    int decide(Formula formula) {
        if (formula instanceof Formula.Invertible invertible) {
            return isRegular(point(value(invertible.term()))) ? 1 : -1;
        }
        Comparison comparison = (Comparison) formula;
        Range[][] difference = add(value(comparison.right()), negate(value(comparison.left())));
        Range only = difference[0][0];
        return switch (comparison.relation()) {
            case AT_MOST -> only.low.signum() >= 0 ? 1 : only.high.signum() < 0 ? -1 : 0;
            case BELOW -> only.low.signum() > 0 ? 1 : only.high.signum() <= 0 ? -1 : 0;
            case EQUAL -> same(difference, 1);
            case DIFFERENT -> -same(difference, 1);
            case LOEWNER -> loewner(difference);
        };
    }

    private static int same(Range[][] difference, int yes) {
        boolean all = true;
        for (Range[] row : difference) {
            for (Range each : row) {
                if (each.low.signum() > 0 || each.high.signum() < 0) {
                    return -yes;
                }
                all &= each.isPoint();
            }
        }
        return all ? yes : 0;
    }

    /** The difference has points for entries, or a multiple of I that is enclosed. */
    private static int loewner(Range[][] difference) {
        Fraction[][] low = fill(difference.length, difference.length, (i, j) -> difference[i][j].low);
        Fraction[][] high = fill(difference.length, difference.length, (i, j) -> difference[i][j].high);
        for (int i = 0; i < low.length; i++) {
            for (int j = 0; j < i; j++) {
                if (!difference[i][j].isPoint() || !difference[j][i].isPoint()) {
                    throw new IllegalArgumentException("an enclosed entry off the diagonal");
                }
                if (!low[i][j].equals(low[j][i])) {
                    return -1;
                }
            }
        }
        return isSemidefinite(low) ? 1 : isSemidefinite(high) ? 0 : -1;
    }

    private int number(LinearForm form) {
        BigInteger sum = form.constant();
        for (String each : form.variables()) {
            sum = sum.add(form.coefficient(each).multiply(BigInteger.valueOf(integers.get(each))));
        }
        return sum.intValueExact();
    }

    Range[][] value(Term term) {
        int rows = number(term.shape().rows());
        int columns = number(term.shape().columns());
        List<Term> parts = term.arguments();
        return switch (term.kind()) {
            case NUMBER -> single(Range.of(term.value()));
            case INTEGER -> single(Range.of(Fraction.of(number(term.index(0)))));
            case SYMBOL -> ranges(matrices.get(term.name()));
            case ZERO -> ranges(fill(rows, columns, (i, j) -> Fraction.ZERO));
            case IDENTITY -> ranges(fill(rows, columns, (i, j) -> i == j ? Fraction.ONE : Fraction.ZERO));
            case SUM -> parts.stream().map(this::value).reduce(Enclosures::add).orElseThrow();
            case PRODUCT ->
                parts.stream().map(this::value).reduce(Enclosures::multiply).orElseThrow();
            case TRANSPOSE -> transpose(value(parts.get(0)));
            case POWER -> {
                Range[][] power = ranges(fill(rows, rows, (i, j) -> i == j ? Fraction.ONE : Fraction.ZERO));
                for (int i = 0; i < number(term.index(0)); i++) {
                    power = multiply(power, value(parts.get(0)));
                }
                yield power;
            }
            case QUOTIENT -> {
                Range divisor = value(parts.get(1))[0][0];
                if (divisor.low.signum() * divisor.high.signum() <= 0) {
                    throw new IllegalArgumentException("a divisor that may be zero");
                }
                yield multiply(
                        single(new Range(Fraction.ONE.divide(divisor.high), Fraction.ONE.divide(divisor.low))),
                        value(parts.get(0)));
            }
            case EXP -> {
                Range at = value(parts.get(0))[0][0];
                yield single(new Range(exponential(at.low).low, exponential(at.high).high));
            }
            case LOG -> {
                Range at = value(parts.get(0))[0][0];
                yield single(new Range(logarithm(at.low).low, logarithm(at.high).high));
            }
            case SQRT -> single(root(value(parts.get(0))[0][0]));
            case ABS -> single(value(parts.get(0))[0][0].abs());
            case NORM -> {
                Range sum = Range.of(Fraction.ZERO);
                for (Range[] row : value(parts.get(0))) {
                    for (Range each : row) {
                        sum = sum.add(each.abs().multiply(each.abs()));
                    }
                }
                yield single(root(sum));
            }
            case NORM_INF -> {
                Range most = Range.of(Fraction.ZERO);
                for (Range[] row : value(parts.get(0))) {
                    for (Range each : row) {
                        most = new Range(most.low.max(each.abs().low), most.high.max(each.abs().high));
                    }
                }
                yield single(most);
            }
            case SPECTRAL_NORM -> {
                Fraction[][] matrix = point(value(parts.get(0)));
                yield single(root(largestEigenvalue(point(multiply(transpose(ranges(matrix)), ranges(matrix))))));
            }
            case LAMBDA_MAX -> single(largestEigenvalue(point(value(parts.get(0)))));
            case LAMBDA_MIN ->
                single(largestEigenvalue(point(negate(value(parts.get(0))))).negate());
            default -> throw new IllegalArgumentException(term.toString());
        };
    }

    /** Between numbers t for which t I - A is not, and is, positive semidefinite. */
    static Range largestEigenvalue(Fraction[][] matrix) {
        Fraction high = Fraction.ONE;
        for (Fraction[] row : matrix) {
            for (Fraction each : row) {
                high = high.add(each.abs());
            }
        }
        Fraction low = high.negate();
        while (high.subtract(low).multiply(SCALE).compareTo(Fraction.ONE) > 0) {
            Fraction middle = low.add(high).divide(Fraction.TWO);
            boolean above = isSemidefinite(fill(
                    matrix.length,
                    matrix.length,
                    (i, j) -> i == j ? middle.subtract(matrix[i][i]) : matrix[i][j].negate()));
            high = above ? middle : high;
            low = above ? low : middle;
        }
        return new Range(low, high);
    }

    /** Symmetric elimination: a pivot below zero, or of zero in a row that is not, tells that it is not. */
    static boolean isSemidefinite(Fraction[][] matrix) {
        int n = matrix.length;
        Fraction[][] rest = fill(n, n, (i, j) -> matrix[i][j]);
        for (int k = 0; k < n; k++) {
            if (rest[k][k].signum() < 0) {
                return false;
            }
            for (int i = k + 1; i < n; i++) {
                if (rest[k][k].signum() == 0) {
                    if (rest[i][k].signum() != 0) {
                        return false;
                    }
                    continue;
                }
                Fraction factor = rest[i][k].divide(rest[k][k]);
                for (int j = k + 1; j < n; j++) {
                    rest[i][j] = rest[i][j].subtract(factor.multiply(rest[k][j]));
                }
            }
        }
        return true;
    }

    static boolean isRegular(Fraction[][] matrix) {
        int n = matrix.length;
        Fraction[][] rest = fill(n, n, (i, j) -> matrix[i][j]);
        for (int k = 0; k < n; k++) {
            int pivot = k;
            while (pivot < n && rest[pivot][k].signum() == 0) {
                pivot++;
            }
            if (pivot == n) {
                return false;
            }
            Fraction[] row = rest[pivot];
            rest[pivot] = rest[k];
            rest[k] = row;
            for (int i = k + 1; i < n; i++) {
                Fraction factor = rest[i][k].divide(row[k]);
                for (int j = k; j < n; j++) {
                    rest[i][j] = rest[i][j].subtract(factor.multiply(row[j]));
                }
            }
        }
        return true;
    }

    static Range root(Range square) {
        return new Range(
                floorOfRoot(square.low.max(Fraction.ZERO)),
                isSquare(square.high)
                        ? floorOfRoot(square.high)
                        : floorOfRoot(square.high).add(step(square.high)));
    }

    private static boolean isSquare(Fraction value) {
        Fraction root = floorOfRoot(value);
        return root.multiply(root).equals(value);
    }

    /** A number of which the square is at most this, and exceeds it when a step is added. */
    private static Fraction floorOfRoot(Fraction value) {
        BigInteger denominator = value.denominator();
        BigInteger scaled =
                value.numerator().multiply(denominator).shiftLeft(80).sqrt();
        return Fraction.of(scaled, denominator.shiftLeft(40));
    }

    private static Fraction step(Fraction value) {
        return Fraction.of(BigInteger.ONE, value.denominator().shiftLeft(40));
    }

    /** By the series, for numbers of at most eight or so; the rest is at most twice the last term. */
    static Range exponential(Fraction value) {
        if (value.signum() < 0) {
            Range other = exponential(value.negate());
            return new Range(Fraction.ONE.divide(other.high), Fraction.ONE.divide(other.low));
        }
        if (value.compareTo(Fraction.of(20)) > 0) {
            throw new IllegalArgumentException("too large for the series: " + value);
        }
        Fraction sum = Fraction.ZERO;
        Fraction term = Fraction.ONE;
        for (int i = 1; i <= TERMS; i++) {
            sum = sum.add(term);
            term = term.multiply(value).divide(Fraction.of(i));
        }
        return new Range(sum, sum.add(term.multiply(Fraction.TWO)));
    }

    /** By the series of 2 artanh((x - 1)/(x + 1)). */
    static Range logarithm(Fraction value) {
        Fraction z = value.subtract(Fraction.ONE).divide(value.add(Fraction.ONE));
        Fraction square = z.multiply(z);
        Fraction sum = Fraction.ZERO;
        Fraction power = z;
        for (int i = 0; i < TERMS; i++) {
            sum = sum.add(power.divide(Fraction.of(2L * i + 1)));
            power = power.multiply(square);
        }
        Fraction rest = power.abs().divide(Fraction.ONE.subtract(square));
        return new Range(
                sum.subtract(rest).multiply(Fraction.TWO), sum.add(rest).multiply(Fraction.TWO));
    }

    private static Range[][] single(Range value) {
        return new Range[][] {{value}};
    }

    private static Range[][] ranges(Fraction[][] values) {
        Range[][] all = new Range[values.length][values[0].length];
        for (int i = 0; i < all.length; i++) {
            for (int j = 0; j < all[0].length; j++) {
                all[i][j] = Range.of(values[i][j]);
            }
        }
        return all;
    }

    private static Fraction[][] point(Range[][] values) {
        return fill(values.length, values[0].length, (i, j) -> {
            if (!values[i][j].isPoint()) {
                throw new IllegalArgumentException("of a matrix that is only enclosed");
            }
            return values[i][j].low;
        });
    }

    private static Range[][] add(Range[][] left, Range[][] right) {
        Range[][] sum = new Range[left.length][left[0].length];
        for (int i = 0; i < sum.length; i++) {
            for (int j = 0; j < sum[0].length; j++) {
                sum[i][j] = left[i][j].add(right[i][j]);
            }
        }
        return sum;
    }

    private static Range[][] negate(Range[][] values) {
        return multiply(single(Range.of(Fraction.of(-1))), values);
    }

    private static Range[][] transpose(Range[][] values) {
        Range[][] all = new Range[values[0].length][values.length];
        for (int i = 0; i < all.length; i++) {
            for (int j = 0; j < all[0].length; j++) {
                all[i][j] = values[j][i];
            }
        }
        return all;
    }

    private static Range[][] multiply(Range[][] left, Range[][] right) {
        if (left.length == 1 && left[0].length == 1 || right.length == 1 && right[0].length == 1) {
            boolean first = left.length == 1 && left[0].length == 1;
            Range factor = first ? left[0][0] : right[0][0];
            Range[][] of = first ? right : left;
            Range[][] all = new Range[of.length][of[0].length];
            for (int i = 0; i < all.length; i++) {
                for (int j = 0; j < all[0].length; j++) {
                    all[i][j] = factor.multiply(of[i][j]);
                }
            }
            return all;
        }
        Range[][] all = new Range[left.length][right[0].length];
        for (int i = 0; i < all.length; i++) {
            for (int j = 0; j < all[0].length; j++) {
                Range sum = Range.of(Fraction.ZERO);
                for (int k = 0; k < right.length; k++) {
                    sum = sum.add(left[i][k].multiply(right[k][j]));
                }
                all[i][j] = sum;
            }
        }
        return all;
    }

    /** An entry by its place, from 0. */
    interface Entry {
        Fraction at(int row, int column);
    }

    static Fraction[][] fill(int rows, int columns, Entry entry) {
        Fraction[][] matrix = new Fraction[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix[i][j] = entry.at(i, j);
            }
        }
        return matrix;
    }
}

package org.loopcert.kernel.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Variable;

/**
 * What a term denotes when every declared name has a rational value, by the definition of each operation and no law.
 * exp(x) is read as 2^x and log as its inverse, which satisfy the same laws. An operation outside its domain denotes an
 * odd number of its own, so that a law used there by mistake shows. A value that is not rational is {@link #UNKNOWN}.
 */
final class TermValues {
    private static final int MAX_EXPONENT = 60;

    /** Not a rational number: no test can be made. */
    @SuppressWarnings("serial")
    static final class Unknown extends RuntimeException {
        private Unknown() {
            super("not rational", null, false, false);
        }
    }

    static final Unknown UNKNOWN = new Unknown();

    /** The value of a declared function at integer or scalar arguments. */
    interface Function {
        Fraction[][] at(List<Fraction> arguments, int rows, int columns);
    }

    private final Context context;
    private final Map<String, Integer> integers;
    private final Map<String, Fraction[][]> symbols;
    private final Map<String, Function> functions;

    TermValues(
            Context context,
            Map<String, Integer> integers,
            Map<String, Fraction[][]> symbols,
            Map<String, Function> functions) {
        this.context = context;
        this.integers = new HashMap<>(integers);
        this.symbols = new HashMap<>(symbols);
        this.functions = functions;
    }

    /** The values, for a report. */
    String describe() {
        StringBuilder text = new StringBuilder(new java.util.TreeMap<>(integers).toString());
        new java.util.TreeMap<>(symbols)
                .forEach((name, value) ->
                        text.append(" ").append(name).append("=").append(java.util.Arrays.deepToString(value)));
        return text.toString();
    }

    /** The value of an integer form. */
    int value(LinearForm form) {
        BigInteger sum = form.constant();
        for (String each : form.variables()) {
            sum = sum.add(form.coefficient(each).multiply(BigInteger.valueOf(integers.get(each))));
        }
        return sum.intValueExact();
    }

    boolean holds(Formula formula) {
        if (formula instanceof Formula.Invertible invertible) {
            return inverse(value(invertible.term())).isPresent();
        }
        Comparison comparison = (Comparison) formula;
        Fraction[][] left = value(comparison.left());
        Fraction[][] right = value(comparison.right());
        return switch (comparison.relation()) {
            case EQUAL -> equal(left, right);
            case DIFFERENT -> !equal(left, right);
            case AT_MOST -> left[0][0].atMost(right[0][0]);
            case BELOW -> left[0][0].below(right[0][0]);
            case LOEWNER -> throw UNKNOWN;
        };
    }

    static boolean equal(Fraction[][] left, Fraction[][] right) {
        if (left.length != right.length) {
            return false;
        }
        for (int i = 0; i < left.length; i++) {
            if (!List.of(left[i]).equals(List.of(right[i]))) {
                return false;
            }
        }
        return true;
    }

    Fraction[][] value(Term term) {
        int rows = value(term.shape().rows());
        int columns = value(term.shape().columns());
        if (rows < 1 || columns < 1) {
            throw UNKNOWN;
        }
        List<Term> parts = term.arguments();
        return switch (term.kind()) {
            case NUMBER -> scalar(term.value());
            case INTEGER -> scalar(Fraction.of(value(term.index(0))));
            case SYMBOL, APPLY -> named(term, rows, columns);
            case ZERO -> fill(rows, columns, (i, j) -> Fraction.ZERO);
            case IDENTITY -> fill(rows, columns, (i, j) -> i == j ? Fraction.ONE : Fraction.ZERO);
            case ONES -> fill(rows, columns, (i, j) -> Fraction.ONE);
            case UNIT -> {
                int at = value(term.index(0));
                yield at < 1 || at > rows
                        ? odd(rows, columns, 37)
                        : fill(rows, 1, (i, j) -> i == at - 1 ? Fraction.ONE : Fraction.ZERO);
            }
            case SUM -> {
                Fraction[][] sum = value(parts.get(0));
                for (Term each : parts.subList(1, parts.size())) {
                    sum = add(sum, value(each));
                }
                yield sum;
            }
            case PRODUCT -> {
                Fraction[][] product = value(parts.get(0));
                for (Term each : parts.subList(1, parts.size())) {
                    product = multiply(product, value(each));
                }
                yield product;
            }
            case HADAMARD -> {
                Fraction[][] a = value(parts.get(0));
                Fraction[][] b = value(parts.get(1));
                yield fill(rows, columns, (i, j) -> a[i][j].multiply(b[i][j]));
            }
            case TRANSPOSE -> transpose(value(parts.get(0)));
            case QUOTIENT -> {
                Fraction[][] dividend = value(parts.get(0));
                Fraction divisor = value(parts.get(1))[0][0];
                yield divisor.signum() == 0
                        ? odd(rows, columns, 17)
                        : fill(rows, columns, (i, j) -> dividend[i][j].divide(divisor));
            }
            case INVERSE -> inverse(value(parts.get(0))).orElse(odd(rows, columns, 19));
            case POWER -> power(value(parts.get(0)), value(term.index(0)));
            case BLOCKS -> assemble(term, rows, columns);
            case SLICE -> {
                Fraction[][] whole = value(parts.get(0));
                int top = value(term.index(0));
                int left = value(term.index(2));
                boolean inside = top >= 1
                        && left >= 1
                        && value(term.index(1)) <= whole.length
                        && value(term.index(3)) <= whole[0].length;
                yield inside ? fill(rows, columns, (i, j) -> whole[top - 1 + i][left - 1 + j]) : odd(rows, columns, 41);
            }
            case INDEX_SUM -> indexSum(term, rows, columns);
            case EXP -> scalar(exponential(value(parts.get(0))[0][0]));
            case EXP_ENTRYWISE -> {
                Fraction[][] a = value(parts.get(0));
                yield fill(rows, columns, (i, j) -> exponential(a[i][j]));
            }
            case LOG -> scalar(logarithm(value(parts.get(0))[0][0]));
            case SQRT -> scalar(root(value(parts.get(0))[0][0]));
            case ABS -> scalar(value(parts.get(0))[0][0].abs());
            case NORM -> scalar(norm(value(parts.get(0))));
            case NORM_INF -> {
                Fraction largest = Fraction.ZERO;
                for (Fraction[] row : value(parts.get(0))) {
                    for (Fraction each : row) {
                        largest = largest.max(each.abs());
                    }
                }
                yield scalar(largest);
            }
            case SPECTRAL_NORM -> {
                Fraction[][] a = value(parts.get(0));
                yield scalar(a.length == 1 || a[0].length == 1 ? norm(a) : root(largest(multiply(transpose(a), a), 1)));
            }
            case TRACE -> {
                Fraction sum = Fraction.ZERO;
                Fraction[][] a = value(parts.get(0));
                for (int i = 0; i < a.length; i++) {
                    sum = sum.add(a[i][i]);
                }
                yield scalar(sum);
            }
            case DIAG -> {
                Fraction[][] a = value(parts.get(0));
                yield fill(rows, columns, (i, j) -> i == j ? a[i][0] : Fraction.ZERO);
            }
            case LAMBDA_MAX, LAMBDA_MIN -> {
                Fraction[][] a = value(parts.get(0));
                yield equal(a, transpose(a))
                        ? scalar(largest(a, term.kind() == Term.Kind.LAMBDA_MAX ? 1 : -1))
                        : odd(1, 1, 31);
            }
        };
    }

    private Fraction[][] named(Term term, int rows, int columns) {
        if (context.declaration(term.name()).orElse(null) instanceof Declaration.Definition definition) {
            Map<String, Integer> inner = new HashMap<>(integers);
            Map<String, Fraction[][]> values = new HashMap<>(symbols);
            for (int i = 0; i < definition.parameters().size(); i++) {
                Variable parameter = definition.parameters().get(i);
                Fraction[][] value = value(term.argument(i));
                if (parameter.isInteger()) {
                    inner.put(parameter.name(), value[0][0].numerator().intValueExact());
                } else {
                    values.put(parameter.name(), value);
                }
            }
            return new TermValues(context, inner, values, functions).value(definition.body());
        }
        if (term.kind() == Term.Kind.SYMBOL) {
            return symbols.containsKey(term.name())
                    ? symbols.get(term.name())
                    : scalar(Fraction.of(integers.get(term.name())));
        }
        List<Fraction> arguments = new ArrayList<>();
        for (Term each : term.arguments()) {
            for (Fraction[] row : value(each)) {
                arguments.addAll(List.of(row));
            }
        }
        return functions.get(term.name()).at(arguments, rows, columns);
    }

    private Fraction[][] assemble(Term term, int rows, int columns) {
        Fraction[][] whole = new Fraction[rows][columns];
        int top = 0;
        for (List<Term> line : term.blockRows()) {
            int left = 0;
            int height = 0;
            for (Term each : line) {
                Fraction[][] block = value(each);
                for (int i = 0; i < block.length; i++) {
                    System.arraycopy(block[i], 0, whole[top + i], left, block[i].length);
                }
                left += block[0].length;
                height = block.length;
            }
            top += height;
        }
        return whole;
    }

    private Fraction[][] indexSum(Term term, int rows, int columns) {
        Fraction[][] sum = fill(rows, columns, (i, j) -> Fraction.ZERO);
        int last = value(term.index(1));
        for (int k = value(term.index(0)); k <= last; k++) {
            Map<String, Integer> inner = new HashMap<>(integers);
            inner.put(term.name(), k);
            sum = add(sum, new TermValues(context, inner, symbols, functions).value(term.argument(0)));
        }
        return sum;
    }

    private static Fraction[][] power(Fraction[][] base, int exponent) {
        if (Math.abs(exponent) > MAX_EXPONENT) {
            throw UNKNOWN;
        }
        if (exponent < 0) {
            return inverse(base).map(each -> power(each, -exponent)).orElse(odd(base.length, base.length, 43));
        }
        Fraction[][] product = fill(base.length, base.length, (i, j) -> i == j ? Fraction.ONE : Fraction.ZERO);
        for (int i = 0; i < exponent; i++) {
            product = multiply(product, base);
        }
        return product;
    }

    private static Fraction exponential(Fraction exponent) {
        if (!exponent.denominator().equals(BigInteger.ONE)
                || exponent.numerator().bitLength() > 6) {
            throw UNKNOWN;
        }
        return power(scalar(Fraction.TWO), exponent.numerator().intValueExact())[0][0];
    }

    private static Fraction logarithm(Fraction value) {
        if (value.signum() <= 0) {
            return Fraction.of(29);
        }
        boolean large = value.denominator().equals(BigInteger.ONE);
        BigInteger power = large ? value.numerator() : value.denominator();
        boolean exact = power.bitCount() == 1 && (large || value.numerator().equals(BigInteger.ONE));
        if (!exact) {
            throw UNKNOWN;
        }
        return Fraction.of(large ? power.bitLength() - 1L : 1L - power.bitLength());
    }

    private static Fraction root(Fraction value) {
        if (value.signum() < 0) {
            return Fraction.of(23);
        }
        BigInteger numerator = value.numerator().sqrt();
        BigInteger denominator = value.denominator().sqrt();
        Fraction root = Fraction.of(numerator, denominator);
        if (!root.multiply(root).equals(value)) {
            throw UNKNOWN;
        }
        return root;
    }

    private static Fraction norm(Fraction[][] vector) {
        Fraction sum = Fraction.ZERO;
        for (Fraction[] row : vector) {
            for (Fraction each : row) {
                sum = sum.add(each.multiply(each));
            }
        }
        return root(sum);
    }

    /** The largest (sign 1) or smallest (sign -1) eigenvalue of a symmetric matrix that is diagonal or 2 x 2. */
    private static Fraction largest(Fraction[][] a, int sign) {
        boolean diagonal = true;
        Fraction best = a[0][0];
        for (int i = 0; i < a.length; i++) {
            best = sign > 0 ? best.max(a[i][i]) : best.min(a[i][i]);
            for (int j = 0; j < i; j++) {
                diagonal &= a[i][j].signum() == 0;
            }
        }
        if (diagonal) {
            return best;
        }
        if (a.length != 2) {
            throw UNKNOWN;
        }
        Fraction half = Fraction.of(BigInteger.ONE, BigInteger.TWO);
        Fraction mean = a[0][0].add(a[1][1]).multiply(half);
        Fraction distance = a[0][0].subtract(a[1][1]).multiply(half);
        Fraction radius = root(distance.multiply(distance).add(a[0][1].multiply(a[0][1])));
        return sign > 0 ? mean.add(radius) : mean.subtract(radius);
    }

    /** By Gauss-Jordan elimination; empty where the matrix is singular. */
    static Optional<Fraction[][]> inverse(Fraction[][] matrix) {
        int n = matrix.length;
        Fraction[][] work = fill(n, 2 * n, (i, j) -> j < n ? matrix[i][j] : j - n == i ? Fraction.ONE : Fraction.ZERO);
        for (int column = 0; column < n; column++) {
            int pivot = column;
            while (pivot < n && work[pivot][column].signum() == 0) {
                pivot++;
            }
            if (pivot == n) {
                return Optional.empty();
            }
            Fraction[] row = work[pivot];
            work[pivot] = work[column];
            Fraction lead = row[column];
            for (int j = 0; j < 2 * n; j++) {
                row[j] = row[j].divide(lead);
            }
            work[column] = row;
            for (int i = 0; i < n; i++) {
                Fraction factor = work[i][column];
                for (int j = 0; i != column && j < 2 * n; j++) {
                    work[i][j] = work[i][j].subtract(factor.multiply(row[j]));
                }
            }
        }
        return Optional.of(fill(n, n, (i, j) -> work[i][n + j]));
    }

    static Fraction[][] scalar(Fraction value) {
        return new Fraction[][] {{value}};
    }

    private static Fraction[][] odd(int rows, int columns, long value) {
        return fill(rows, columns, (i, j) -> Fraction.of(value + 2L * i + 6L * j));
    }

    static Fraction[][] add(Fraction[][] a, Fraction[][] b) {
        return fill(a.length, a[0].length, (i, j) -> a[i][j].add(b[i][j]));
    }

    static Fraction[][] transpose(Fraction[][] a) {
        return fill(a[0].length, a.length, (i, j) -> a[j][i]);
    }

    /** The matrix product, or the multiple where a factor is 1 x 1. */
    static Fraction[][] multiply(Fraction[][] a, Fraction[][] b) {
        if (a.length == 1 && a[0].length == 1) {
            return fill(b.length, b[0].length, (i, j) -> a[0][0].multiply(b[i][j]));
        }
        if (b.length == 1 && b[0].length == 1) {
            return fill(a.length, a[0].length, (i, j) -> b[0][0].multiply(a[i][j]));
        }
        return fill(a.length, b[0].length, (i, j) -> {
            Fraction sum = Fraction.ZERO;
            for (int k = 0; k < b.length; k++) {
                sum = sum.add(a[i][k].multiply(b[k][j]));
            }
            return sum;
        });
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

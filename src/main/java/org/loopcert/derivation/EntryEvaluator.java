package org.loopcert.derivation;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;
import org.loopcert.matrix.Matrix;
import org.loopcert.ring.RationalField;

/**
 * Values of terms and truth of formulas at one rational point, exactly. Follows the definition of every operation and
 * knows no law: a second implementation beside {@link EntryExpansion}, which decides whether an equation is refuted.
 */
final class EntryEvaluator {
    private static final int LARGEST_EXPONENT = 1000;

    private final RationalField field = RationalField.INSTANCE;
    private final Context context;
    private final Map<String, LinearForm> integers;
    private final Map<String, BigRational> assignment;
    private final Set<String> constant;

    /** With values of the declared integers and of entries, spelled as {@link EntryNames} says. */
    EntryEvaluator(Context context, Map<String, Integer> integers, Map<String, BigRational> assignment) {
        this(context, integers, assignment, Set.of());
    }

    /** With the named sequences constant from each value that is given to the next. */
    EntryEvaluator(
            Context context, Map<String, Integer> integers, Map<String, BigRational> assignment, Set<String> constant) {
        this.context = context;
        this.integers = EntryTerms.forms(integers);
        this.assignment = assignment;
        this.constant = Set.copyOf(constant);
    }

    /**
     * The value of a term in declared names.
     *
     * @throws EntryFailure if it is undefined, not rational, or needs an entry that has no value
     */
    Matrix<BigRational> evaluate(Term term) {
        return value(EntryTerms.substituted(term, integers, Map.of()));
    }

    /**
     * Whether a formula without quantifiers holds.
     *
     * @throws EntryFailure if one of its terms has no value
     */
    boolean holds(Formula formula) {
        if (formula instanceof Formula.Invertible invertible) {
            return field.signum(determinant(evaluate(invertible.term()))) != 0;
        }
        if (!(formula instanceof Formula.Comparison comparison)) {
            throw EntryFailure.unsupported("a quantifier");
        }
        Matrix<BigRational> left = evaluate(comparison.left());
        Matrix<BigRational> right = evaluate(comparison.right());
        return switch (comparison.relation()) {
            case EQUAL -> left.equal(field, right);
            case DIFFERENT -> !left.equal(field, right);
            case AT_MOST -> field.compare(left.get(0, 0), right.get(0, 0)) <= 0;
            case BELOW -> field.compare(left.get(0, 0), right.get(0, 0)) < 0;
            case LOEWNER -> isPositiveSemidefinite(right.subtract(field, left));
        };
    }

    /** Symmetric, and every principal minor is at least zero. */
    private boolean isPositiveSemidefinite(Matrix<BigRational> matrix) {
        if (!matrix.equal(field, matrix.transpose(field))) {
            return false;
        }
        for (int set = 1; set < 1 << matrix.rows(); set++) {
            List<Integer> chosen = new ArrayList<>();
            for (int i = 0; i < matrix.rows(); i++) {
                if ((set >> i & 1) == 1) {
                    chosen.add(i);
                }
            }
            Matrix<BigRational> minor =
                    Matrix.of(chosen.size(), chosen.size(), (i, j) -> matrix.get(chosen.get(i), chosen.get(j)));
            if (field.signum(determinant(minor)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** By elimination. */
    private BigRational determinant(Matrix<BigRational> matrix) {
        BigRational determinant = field.one();
        List<List<BigRational>> rows = rows(matrix);
        for (int i = 0; i < matrix.rows(); i++) {
            int pivot = i;
            while (pivot < rows.size() && field.isZero(rows.get(pivot).get(i))) {
                pivot++;
            }
            if (pivot == rows.size()) {
                return field.zero();
            }
            if (pivot != i) {
                determinant = field.negate(determinant);
                rows.add(i, rows.remove(pivot));
            }
            determinant = field.multiply(determinant, rows.get(i).get(i));
            for (int k = i + 1; k < rows.size(); k++) {
                eliminate(rows, i, k, i);
            }
        }
        return determinant;
    }

    /** Gauss and Jordan on the matrix beside the identity. */
    private Matrix<BigRational> inverse(Matrix<BigRational> matrix) {
        int size = matrix.rows();
        List<List<BigRational>> rows = rows(Matrix.blockMatrix(List.of(List.of(matrix, Matrix.identity(field, size)))));
        for (int i = 0; i < size; i++) {
            int pivot = i;
            while (pivot < size && field.isZero(rows.get(pivot).get(i))) {
                pivot++;
            }
            if (pivot == size) {
                throw EntryFailure.undefined("the inverse of a singular matrix");
            }
            rows.add(i, rows.remove(pivot));
            for (int k = 0; k < size; k++) {
                if (k != i) {
                    eliminate(rows, i, k, i);
                }
            }
        }
        return Matrix.of(
                size,
                size,
                (i, j) -> field.divide(rows.get(i).get(size + j), rows.get(i).get(i)));
    }

    private static List<List<BigRational>> rows(Matrix<BigRational> matrix) {
        List<List<BigRational>> rows = new ArrayList<>();
        matrix.toLists().forEach(row -> rows.add(new ArrayList<>(row)));
        return rows;
    }

    /** Subtracts a multiple of the pivot's row from another, so that its entry in the column is zero. */
    private void eliminate(List<List<BigRational>> rows, int pivot, int row, int column) {
        BigRational factor =
                field.divide(rows.get(row).get(column), rows.get(pivot).get(column));
        for (int j = 0; j < rows.get(row).size(); j++) {
            BigRational subtrahend = field.multiply(factor, rows.get(pivot).get(j));
            rows.get(row).set(j, field.subtract(rows.get(row).get(j), subtrahend));
        }
    }

    private Matrix<BigRational> value(Term term) {
        int rows = EntryTerms.size(term.shape().rows());
        int columns = EntryTerms.size(term.shape().columns());
        return switch (term.kind()) {
            case NUMBER -> scalar(number(term.value()));
            case INTEGER -> throw EntryFailure.unsupported("an integer that is not declared: " + term);
            case SYMBOL, APPLY -> named(term, rows, columns);
            case ZERO -> Matrix.zero(field, rows, columns);
            case IDENTITY -> Matrix.identity(field, rows);
            case ONES -> Matrix.of(rows, columns, (i, j) -> field.one());
            case UNIT -> {
                int index = EntryTerms.number(term.index(0));
                require(index >= 1 && index <= rows, "an index outside");
                yield Matrix.of(rows, 1, (i, j) -> i + 1 == index ? field.one() : field.zero());
            }
            case SUM ->
                term.arguments().stream()
                        .map(this::value)
                        .reduce((left, right) -> left.add(field, right))
                        .orElseThrow();
            case PRODUCT ->
                term.arguments().stream().map(this::value).reduce(this::product).orElseThrow();
            case HADAMARD -> value(term.argument(0)).hadamard(field, value(term.argument(1)));
            case TRANSPOSE -> value(term.argument(0)).transpose(field);
            case QUOTIENT -> {
                BigRational divisor = single(term.argument(1));
                require(!field.isZero(divisor), "division by zero");
                yield value(term.argument(0)).map(each -> field.divide(each, divisor));
            }
            case INVERSE -> inverse(value(term.argument(0)));
            case POWER -> power(value(term.argument(0)), EntryTerms.number(term.index(0)));
            case BLOCKS -> {
                List<List<Matrix<BigRational>>> blocks = new ArrayList<>();
                for (List<Term> row : term.blockRows()) {
                    blocks.add(row.stream().map(this::value).toList());
                }
                yield Matrix.blockMatrix(blocks);
            }
            case SLICE -> {
                Matrix<BigRational> argument = value(term.argument(0));
                int fromRow = EntryTerms.number(term.index(0));
                int fromColumn = EntryTerms.number(term.index(2));
                boolean inside = fromRow >= 1
                        && fromColumn >= 1
                        && EntryTerms.number(term.index(1)) <= argument.rows()
                        && EntryTerms.number(term.index(3)) <= argument.columns();
                require(inside, "rows or columns outside the matrix");
                yield Matrix.of(rows, columns, (i, j) -> argument.get(fromRow - 1 + i, fromColumn - 1 + j));
            }
            case INDEX_SUM -> {
                Matrix<BigRational> sum = Matrix.zero(field, rows, columns);
                for (int i = EntryTerms.number(term.index(0)); i <= EntryTerms.number(term.index(1)); i++) {
                    Map<String, LinearForm> index = Map.of(term.name(), LinearForm.of(i));
                    sum = sum.add(field, value(EntryTerms.substituted(term.argument(0), index, Map.of())));
                }
                yield sum;
            }
            case EXP, EXP_ENTRYWISE -> value(term.argument(0)).map(each -> known(each, field.zero(), field.one()));
            case LOG -> value(term.argument(0)).map(each -> known(each, field.one(), field.zero()));
            case SQRT -> scalar(root(single(term.argument(0))));
            case ABS -> scalar(absolute(single(term.argument(0))));
            case NORM -> scalar(root(squares(value(term.argument(0)))));
            case NORM_INF -> {
                BigRational largest = field.zero();
                for (List<BigRational> row : value(term.argument(0)).toLists()) {
                    for (BigRational each : row) {
                        largest = maximum(largest, absolute(each));
                    }
                }
                yield scalar(largest);
            }
            case SPECTRAL_NORM -> {
                Matrix<BigRational> argument = value(term.argument(0));
                Matrix<BigRational> gram = argument.rows() == 1
                        ? product(argument, argument.transpose(field))
                        : product(argument.transpose(field), argument);
                yield scalar(root(extreme(gram, true)));
            }
            case TRACE -> {
                Matrix<BigRational> argument = value(term.argument(0));
                BigRational sum = field.zero();
                for (int i = 0; i < argument.rows(); i++) {
                    sum = field.add(sum, argument.get(i, i));
                }
                yield scalar(sum);
            }
            case DIAG -> Matrix.diagonal(field, value(term.argument(0)).column(0));
            case LAMBDA_MAX -> scalar(extreme(value(term.argument(0)), true));
            case LAMBDA_MIN -> scalar(extreme(value(term.argument(0)), false));
        };
    }

    private static void require(boolean defined, String otherwise) {
        if (!defined) {
            throw EntryFailure.undefined(otherwise);
        }
    }

    private static Matrix<BigRational> scalar(BigRational value) {
        return Matrix.of(1, 1, (i, j) -> value);
    }

    private BigRational single(Term term) {
        return value(term).get(0, 0);
    }

    private BigRational number(Fraction value) {
        return RationalField.of(value.numerator(), value.denominator());
    }

    private Matrix<BigRational> named(Term term, int rows, int columns) {
        if (context.declaration(term.name()).orElse(null) instanceof Declaration.Definition definition) {
            return value(EntryTerms.unfold(definition, term, integers));
        }
        Shape declared = EntryNames.declared(context, term.name());
        if (declared == null) {
            throw EntryFailure.unsupported("a name that is not declared: " + term.name());
        }
        String node = EntryNames.node(
                term.name(), term.arguments().stream().map(this::value).toList());
        if (!assignment.containsKey(EntryNames.entry(node, declared, 1, 1)) && constant.contains(term.name())) {
            int last = EntryTerms.number(term.argument(0).asInteger().orElseThrow());
            for (int i = last; i >= 0; i--) {
                String earlier = EntryNames.node(term.name(), List.of(scalar(field.fromLong(i))));
                if (assignment.containsKey(EntryNames.entry(earlier, declared, 1, 1))) {
                    node = earlier;
                    break;
                }
            }
        }
        String found = node;
        return Matrix.of(rows, columns, (i, j) -> {
            String name = EntryNames.entry(found, declared, i + 1, j + 1);
            BigRational value = assignment.get(name);
            if (value == null) {
                throw EntryFailure.unsupported("no value of " + name);
            }
            return value;
        });
    }

    private Matrix<BigRational> product(Matrix<BigRational> left, Matrix<BigRational> right) {
        if (left.columns() == right.rows()) {
            return left.multiply(field, right);
        }
        boolean scalarLeft = left.rows() == 1 && left.columns() == 1;
        BigRational factor = scalarLeft ? left.get(0, 0) : right.get(0, 0);
        return (scalarLeft ? right : left).scale(field, factor);
    }

    private Matrix<BigRational> power(Matrix<BigRational> base, int exponent) {
        require(Math.abs(exponent) <= LARGEST_EXPONENT, "an exponent beyond what is evaluated");
        Matrix<BigRational> factor = exponent < 0 ? inverse(base) : base;
        Matrix<BigRational> power = Matrix.identity(field, base.rows());
        for (int i = 0; i < Math.abs(exponent); i++) {
            power = power.multiply(field, factor);
        }
        return power;
    }

    private BigRational known(BigRational argument, BigRational where, BigRational value) {
        if (!field.equal(argument, where)) {
            throw EntryFailure.irrational("an exponential or logarithm");
        }
        return value;
    }

    private BigRational absolute(BigRational value) {
        return field.signum(value) < 0 ? field.negate(value) : value;
    }

    private BigRational maximum(BigRational left, BigRational right) {
        return field.compare(left, right) < 0 ? right : left;
    }

    private BigRational squares(Matrix<BigRational> vector) {
        BigRational sum = field.zero();
        for (List<BigRational> row : vector.toLists()) {
            for (BigRational each : row) {
                sum = field.add(sum, field.multiply(each, each));
            }
        }
        return sum;
    }

    /** The root of a rational that is a square. */
    static BigRational root(BigRational value) {
        BigRational canonical = RationalField.canonical(value);
        require(canonical.getNumeratorBigInteger().signum() >= 0, "the root of a negative number");
        BigInteger above = canonical.getNumeratorBigInteger().sqrt();
        BigInteger below = canonical.getDenominatorBigInteger().sqrt();
        BigRational root = RationalField.of(above, below);
        if (!RationalField.INSTANCE.equal(RationalField.INSTANCE.multiply(root, root), canonical)) {
            throw EntryFailure.irrational("the root of a number that is no square");
        }
        return root;
    }

    /** An extreme eigenvalue of a symmetric matrix that is diagonal or of two rows. */
    private BigRational extreme(Matrix<BigRational> matrix, boolean largest) {
        require(matrix.equal(field, matrix.transpose(field)), "an eigenvalue of a matrix that is not symmetric");
        boolean diagonal = true;
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < i; j++) {
                diagonal &= field.isZero(matrix.get(i, j));
            }
        }
        if (diagonal) {
            BigRational extreme = matrix.get(0, 0);
            for (int i = 1; i < matrix.rows(); i++) {
                boolean further = field.compare(matrix.get(i, i), extreme) > 0 == largest;
                extreme = further ? matrix.get(i, i) : extreme;
            }
            return extreme;
        }
        if (matrix.rows() > 2) {
            throw EntryFailure.irrational("an eigenvalue of a matrix of more than two rows");
        }
        // (trace +- sqrt((a - d)^2 + 4 b^2)) / 2
        BigRational trace = field.add(matrix.get(0, 0), matrix.get(1, 1));
        BigRational gap = field.subtract(matrix.get(0, 0), matrix.get(1, 1));
        BigRational twice = field.add(matrix.get(0, 1), matrix.get(0, 1));
        BigRational root = root(field.add(field.multiply(gap, gap), field.multiply(twice, twice)));
        BigRational sum = largest ? field.add(trace, root) : field.subtract(trace, root);
        return field.divide(sum, field.fromLong(2));
    }
}

package org.loopcert.derivation;

import cc.redberry.rings.bigint.BigInteger;
import cc.redberry.rings.poly.multivar.Monomial;
import cc.redberry.rings.poly.multivar.MultivariatePolynomial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Term.Kind;
import org.loopcert.matrix.Matrix;

/**
 * Terms at one choice of all integers, as matrices of rational functions: every entry of a declared symbol is an
 * indeterminate, unless an equation among what is known determines it. Roots, absolute values, exponentials and
 * eigenvalues are auxiliary indeterminates, one per argument, with the polynomial relations that define them where there
 * are any. Functions of an argument that is the same rational function share their indeterminates; undefined operations
 * are refused.
 */
final class EntryExpansion {
    private static final int ROUNDS = 12;
    private static final int LARGEST_MINORS = 4;
    private static final int LARGEST_EXPONENT = 64;

    private final Context context;
    private final Map<String, LinearForm> integers;
    private final EntryField field;
    private final EntryMeter meter;
    private final int auxiliary;
    private final EntryRules rules;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, Entry> determined = new LinkedHashMap<>();
    private final Set<String> nonnegative = new HashSet<>();
    private final Set<String> circular = new HashSet<>();
    private final Set<Formula> ignored = new HashSet<>();

    private EntryRelations reduction;

    // one round's work
    private final Map<Term, Matrix<Entry>> expanded = new HashMap<>();
    private final Map<String, Matrix<Entry>> values = new HashMap<>();
    private final Set<String> inProgress = new HashSet<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Entry> auxiliaries = new HashMap<>();
    private final Set<Integer> positive = new HashSet<>();
    private final Map<MultivariatePolynomial<BigInteger>, Entry> exponents = new HashMap<>();
    private final List<MultivariatePolynomial<BigInteger>> relations = new ArrayList<>();
    private final List<MultivariatePolynomial<BigInteger>> nonzero = new ArrayList<>();

    /**
     * A declared symbol, or function at arguments, that the expansion has met, after those it depends on.
     *
     * @param term with all integers fixed
     * @param replacement what it is equal to by a hypothesis; null if it is free
     */
    record Node(Term term, Term replacement, Matrix<Entry> value) {}

    /** A node was needed for its own value: the equation that was tried does not determine it. */
    @SuppressWarnings("serial")
    private static final class Circular extends RuntimeException {
        private final String node;

        Circular(String node) {
            super(node, null, false, false);
            this.node = node;
        }
    }

    /**
     * An expansion in {@code indeterminates} indeterminates, of which a quarter are auxiliary.
     *
     * @param known formulas with all declared integers fixed
     */
    EntryExpansion(
            Context context, Map<String, Integer> integers, List<Formula> known, int indeterminates, EntryMeter meter) {
        this.context = context;
        this.integers = EntryTerms.forms(integers);
        this.meter = meter;
        this.field = new EntryField(indeterminates, meter);
        this.auxiliary = indeterminates / 4;
        this.rules = new EntryRules(context, known);
    }

    /** Reads what is known, as substitutions where it determines entries and as relations otherwise. */
    void assume(long workPerFormula, int horizon, int pairs) {
        boolean changed = true;
        for (int round = 0; changed && round < ROUNDS; round++) {
            changed = round(workPerFormula, horizon);
        }
        List<MultivariatePolynomial<BigInteger>> amongEntries =
                relations.stream().filter(this::isAmongEntries).toList();
        if (!amongEntries.isEmpty()) {
            // once more, with arguments of roots and functions that are equal by the relations seen to be equal
            meter.allow(workPerFormula);
            reduction = new EntryRelations(amongEntries, auxiliary, pairs, meter);
            round(workPerFormula, horizon);
        }
    }

    private boolean isAmongEntries(MultivariatePolynomial<BigInteger> value) {
        int[] degrees = value.degrees();
        for (int i = 0; i < auxiliary; i++) {
            if (degrees[i] > 0) {
                return false;
            }
        }
        return true;
    }

    private boolean round(long workPerFormula, int horizon) {
        expanded.clear();
        values.clear();
        nodes.clear();
        auxiliaries.clear();
        positive.clear();
        exponents.clear();
        relations.clear();
        nonzero.clear();
        Round news = new Round();
        for (Formula each : rules.instances(horizon)) {
            try {
                meter.allow(workPerFormula);
                news.assume(each);
            } catch (EntryFailure failure) {
                if (failure.kind() == EntryFailure.Cause.CAPACITY) {
                    throw failure;
                }
                ignored.add(each);
            }
        }
        return news.changed;
    }

    /** The argument of a root or function in the one form that all equal ones have, as far as the relations carry. */
    private Entry normal(Entry value) {
        Entry reduced = field.reduced(value);
        if (reduction == null || !reduced.isPolynomial()) {
            return reduced;
        }
        Entry normal = field.rational(reduction.normalForm(reduced.numerator()));
        return field.divide(normal, constant(reduced.constant()));
    }

    /** What one pass over the hypotheses finds. */
    private final class Round {
        private final Set<Integer> used = new HashSet<>();
        private boolean changed;

        private void assume(Formula formula) {
            if (formula instanceof Formula.Invertible invertible) {
                nonzero.add(determinant(expand(invertible.term())).numerator());
            }
            if (!(formula instanceof Formula.Comparison comparison)) {
                return;
            }
            Matrix<Entry> left = expand(comparison.left());
            Matrix<Entry> difference = expand(comparison.right()).subtract(field, left);
            for (List<Entry> row : difference.toLists()) {
                for (Entry each : row) {
                    assume(comparison.relation(), each);
                }
            }
            squares(comparison);
            otherSide(comparison.left(), comparison.right());
            otherSide(comparison.right(), comparison.left());
        }

        /** A B = I for square matrices says B A = I as well, which a Groebner basis finds only slowly. */
        private void otherSide(Term product, Term identity) {
            boolean square = product.kind() == Kind.PRODUCT
                    && identity.kind() == Kind.IDENTITY
                    && product.arguments().stream()
                            .allMatch(each -> each.shape().equals(product.shape()));
            if (square) {
                List<Term> turned = new ArrayList<>(product.arguments());
                turned.add(0, turned.remove(turned.size() - 1));
                Matrix<Entry> difference = product(turned, false).subtract(field, expand(identity));
                difference.toLists().stream()
                        .flatMap(List::stream)
                        .filter(each -> !each.isZero())
                        .forEach(each -> relations.add(each.numerator()));
            }
        }

        private void assume(Relation relation, Entry difference) {
            switch (relation) {
                case EQUAL -> {
                    if (!difference.isZero()) {
                        equation(difference.numerator());
                    }
                }
                case DIFFERENT -> nonzero.add(difference.numerator());
                case BELOW, AT_MOST -> {
                    if (relation == Relation.BELOW) {
                        nonzero.add(difference.numerator());
                    }
                    boolean news = difference.isPolynomial() && !isNonnegative(difference.numerator());
                    changed |= news && nonnegative.add(sign(difference.numerator()));
                }
                case LOEWNER -> {}
            }
        }

        /** For root = number, the square of the root: the relation among entries, without the root. */
        private void squares(Formula.Comparison comparison) {
            boolean root =
                    comparison.left().kind() == Kind.NORM || comparison.left().kind() == Kind.SQRT;
            if (comparison.relation() == Relation.EQUAL && root) {
                Entry value = expand(comparison.right()).get(0, 0);
                Matrix<Entry> argument = expand(comparison.left().argument(0));
                Entry radicand = comparison.left().kind() == Kind.SQRT ? argument.get(0, 0) : sumOfSquares(argument);
                Entry difference = field.subtract(radicand, field.multiply(value, value));
                if (!difference.isZero()) {
                    relations.add(difference.numerator());
                }
            }
        }

        private void equation(MultivariatePolynomial<BigInteger> zero) {
            relations.add(zero);
            int[] degrees = zero.degrees();
            int solved = -1;
            for (int i = 0; i < degrees.length; i++) {
                if (degrees[i] > 0 && (i < auxiliary || used.contains(i))) {
                    return;
                }
                if (degrees[i] == 1 && zero.coefficientOf(i, 1).isConstant()) {
                    solved = i;
                }
            }
            if (solved >= 0) {
                Entry coefficient = field.polynomial(zero.coefficientOf(solved, 1));
                Entry rest = field.polynomial(zero.coefficientOf(solved, 0));
                determined.put(solved, field.negate(field.divide(rest, coefficient)));
                // an older value may contain the entry that is solved for now
                Map<Integer, Entry> older = new LinkedHashMap<>(determined);
                older.forEach((number, value) -> determined.put(number, substituted(value)));
                for (int i = 0; i < degrees.length; i++) {
                    if (degrees[i] > 0) {
                        used.add(i);
                    }
                }
                changed = true;
            }
        }
    }

    /** The polynomial function of entries with the entries that are determined replaced. */
    private Entry substituted(Entry value) {
        int[] degrees = value.numerator().degrees();
        boolean affected = determined.keySet().stream().anyMatch(each -> degrees[each] > 0);
        if (!affected) {
            return value;
        }
        Entry sum = field.zero();
        for (Monomial<BigInteger> each : value.numerator()) {
            Entry product = field.polynomial(value.numerator().createConstant(each.coefficient));
            for (int i = 0; i < each.exponents.length; i++) {
                if (each.exponents[i] > 0) {
                    Entry factor = determined.getOrDefault(i, field.indeterminate(i));
                    product = field.multiply(product, field.power(factor, each.exponents[i]));
                }
            }
            sum = field.add(sum, product);
        }
        return field.multiply(sum, new Entry(value.numerator().createOne(), value.constant(), value.factors()));
    }

    /** A polynomial without its positive content. */
    private static String sign(MultivariatePolynomial<BigInteger> value) {
        return value.isZero()
                ? "0"
                : value.clone().divideExact(value.content().abs()).toString();
    }

    private boolean isNonnegative(MultivariatePolynomial<BigInteger> value) {
        if (value.isZero() || nonnegative.contains(sign(value))) {
            return true;
        }
        for (Monomial<BigInteger> each : value) {
            if (each.coefficient.signum() < 0) {
                return false;
            }
            for (int i = 0; i < each.exponents.length; i++) {
                boolean odd = each.exponents[i] % 2 != 0;
                if (odd && !positive.contains(i) && !nonnegative.contains(sign(value.createMonomial(i, 1)))) {
                    return false;
                }
            }
        }
        return true;
    }

    EntryRules rules() {
        return rules;
    }

    EntryField field() {
        return field;
    }

    /** How many indeterminates, from the first, are no entries. */
    int auxiliary() {
        return auxiliary;
    }

    /** Polynomials that are zero by what is known and by the definition of the auxiliary indeterminates. */
    List<MultivariatePolynomial<BigInteger>> relations() {
        return List.copyOf(relations);
    }

    /** Polynomials that are not zero wherever the hypotheses hold and every operation is defined. */
    List<MultivariatePolynomial<BigInteger>> nonzero() {
        return List.copyOf(nonzero);
    }

    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** The formulas that could not be expanded. */
    Set<Formula> ignored() {
        return Set.copyOf(ignored);
    }

    /** The entries of a term in which all declared integers are fixed. */
    Matrix<Entry> expand(Term term) {
        Matrix<Entry> found = expanded.get(term);
        if (found == null) {
            found = compute(term);
            expanded.put(term, found);
        }
        return found;
    }

    private Matrix<Entry> compute(Term term) {
        int rows = EntryTerms.size(term.shape().rows());
        int columns = EntryTerms.size(term.shape().columns());
        return switch (term.kind()) {
            case NUMBER -> scalar(number(term));
            case INTEGER -> throw EntryFailure.unsupported("an integer that is not declared: " + term);
            case SYMBOL, APPLY -> named(term);
            case ZERO -> Matrix.zero(field, rows, columns);
            case IDENTITY -> Matrix.identity(field, rows);
            case ONES -> Matrix.of(rows, columns, (i, j) -> field.one());
            case UNIT -> unit(rows, EntryTerms.number(term.index(0)));
            case SUM -> {
                Matrix<Entry> sum = expand(term.argument(0));
                for (Term each : term.arguments().subList(1, term.arguments().size())) {
                    sum = sum.add(field, expand(each));
                }
                yield sum;
            }
            case PRODUCT -> product(term.arguments(), columns == 1);
            case HADAMARD -> expand(term.argument(0)).hadamard(field, expand(term.argument(1)));
            case TRANSPOSE -> expand(term.argument(0)).transpose(field);
            case QUOTIENT -> {
                Entry divisor = expand(term.argument(1)).get(0, 0);
                nonzero.add(divisor.numerator());
                yield expand(term.argument(0)).scale(field, field.invert(divisor));
            }
            case INVERSE -> inverse(expand(term.argument(0)));
            case POWER -> power(expand(term.argument(0)), EntryTerms.number(term.index(0)));
            case BLOCKS ->
                Matrix.blockMatrix(term.blockRows().stream()
                        .map(row -> row.stream().map(this::expand).toList())
                        .toList());
            case SLICE -> slice(term);
            case INDEX_SUM -> indexSum(term, rows, columns);
            case TRACE -> {
                Matrix<Entry> argument = expand(term.argument(0));
                Entry sum = field.zero();
                for (int i = 0; i < argument.rows(); i++) {
                    sum = field.add(sum, argument.get(i, i));
                }
                yield scalar(sum);
            }
            case DIAG -> Matrix.diagonal(field, expand(term.argument(0)).column(0));
            case EXP, EXP_ENTRYWISE -> expand(term.argument(0)).map(this::exponential);
            case LOG -> expand(term.argument(0)).map(this::logarithm);
            case SQRT -> expand(term.argument(0)).map(this::root);
            case ABS -> expand(term.argument(0)).map(this::absolute);
            case NORM -> scalar(root(sumOfSquares(expand(term.argument(0)))));
            case NORM_INF, LAMBDA_MAX, LAMBDA_MIN, SPECTRAL_NORM ->
                scalar(extreme(term.kind(), expand(term.argument(0))));
        };
    }

    private static Matrix<Entry> scalar(Entry value) {
        return Matrix.of(1, 1, (i, j) -> value);
    }

    private Entry number(Term term) {
        return field.divide(
                field.fromInteger(term.value().numerator()),
                field.fromInteger(term.value().denominator()));
    }

    private Matrix<Entry> unit(int rows, int index) {
        if (index < 1 || index > rows) {
            throw EntryFailure.undefined("a unit vector of length " + rows + " with its one at " + index);
        }
        return Matrix.of(rows, 1, (i, j) -> i == index - 1 ? field.one() : field.zero());
    }

    private Matrix<Entry> product(List<Term> factors, boolean fromTheRight) {
        List<Matrix<Entry>> matrices = factors.stream().map(this::expand).toList();
        int last = matrices.size() - 1;
        Matrix<Entry> product = matrices.get(fromTheRight ? last : 0);
        for (int i = 1; i <= last; i++) {
            product = fromTheRight ? multiply(matrices.get(last - i), product) : multiply(product, matrices.get(i));
        }
        return product;
    }

    /** The product of matrices, where either may be a scalar. */
    private Matrix<Entry> multiply(Matrix<Entry> left, Matrix<Entry> right) {
        if (left.columns() == right.rows()) {
            return left.multiply(field, right);
        }
        return left.rows() == 1 && left.columns() == 1
                ? right.scale(field, left.get(0, 0))
                : left.scale(field, right.get(0, 0));
    }

    private Matrix<Entry> power(Matrix<Entry> base, int exponent) {
        if (Math.abs(exponent) > LARGEST_EXPONENT) {
            throw new EntryFailure(EntryFailure.Cause.BUDGET, "an exponent beyond what is expanded: " + exponent);
        }
        Matrix<Entry> factor = exponent < 0 ? inverse(base) : base;
        Matrix<Entry> power = Matrix.identity(field, base.rows());
        for (int i = 0; i < Math.abs(exponent); i++) {
            power = power.multiply(field, factor);
        }
        return power;
    }

    /** The adjugate over the determinant. */
    private Matrix<Entry> inverse(Matrix<Entry> matrix) {
        Entry determinant = determinant(matrix);
        nonzero.add(determinant.numerator());
        Entry factor = field.invert(determinant);
        int size = matrix.rows();
        if (size == 1) {
            return scalar(factor);
        }
        return Matrix.of(size, size, (i, j) -> {
            Entry minor = determinant(without(matrix, j, i));
            return field.multiply((i + j) % 2 == 0 ? minor : field.negate(minor), factor);
        });
    }

    private static Matrix<Entry> without(Matrix<Entry> matrix, int row, int column) {
        return Matrix.of(
                matrix.rows() - 1,
                matrix.columns() - 1,
                (i, j) -> matrix.get(i < row ? i : i + 1, j < column ? j : j + 1));
    }

    private Entry determinant(Matrix<Entry> matrix) {
        if (matrix.rows() > LARGEST_MINORS) {
            throw new EntryFailure(EntryFailure.Cause.BUDGET, "the inverse of a matrix of " + matrix.rows() + " rows");
        }
        if (matrix.rows() == 1) {
            return matrix.get(0, 0);
        }
        Entry sum = field.zero();
        for (int j = 0; j < matrix.columns(); j++) {
            Entry product = field.multiply(matrix.get(0, j), determinant(without(matrix, 0, j)));
            sum = j % 2 == 0 ? field.add(sum, product) : field.subtract(sum, product);
        }
        return sum;
    }

    private Matrix<Entry> slice(Term term) {
        Matrix<Entry> argument = expand(term.argument(0));
        int fromRow = EntryTerms.number(term.index(0)) - 1;
        int toRow = EntryTerms.number(term.index(1));
        int fromColumn = EntryTerms.number(term.index(2)) - 1;
        int toColumn = EntryTerms.number(term.index(3));
        if (fromRow < 0 || fromColumn < 0 || toRow > argument.rows() || toColumn > argument.columns()) {
            throw EntryFailure.undefined("rows or columns outside the matrix: " + term);
        }
        return argument.block(fromRow, toRow, fromColumn, toColumn);
    }

    private Matrix<Entry> indexSum(Term term, int rows, int columns) {
        Matrix<Entry> sum = Matrix.zero(field, rows, columns);
        int to = EntryTerms.number(term.index(1));
        for (int i = EntryTerms.number(term.index(0)); i <= to; i++) {
            meter.spend(1);
            sum = sum.add(
                    field,
                    expand(EntryTerms.substituted(term.argument(0), Map.of(term.name(), LinearForm.of(i)), Map.of())));
        }
        return sum;
    }

    private Matrix<Entry> named(Term term) {
        Declaration declaration = context.declaration(term.name())
                .orElseThrow(() -> EntryFailure.unsupported("a name that is not declared: " + term.name()));
        if (declaration instanceof Declaration.Definition definition) {
            return expand(EntryTerms.unfold(definition, term, integers));
        }
        List<String> keys = new ArrayList<>();
        for (Term each : term.arguments()) {
            keys.add(key(expand(each)));
        }
        String node = term.name() + keys;
        Matrix<Entry> value = values.get(node);
        if (value == null) {
            value = node(term, node);
            values.put(node, value);
        }
        return value;
    }

    private Matrix<Entry> node(Term term, String node) {
        if (inProgress.contains(node)) {
            throw new Circular(node);
        }
        Term replacement = circular.contains(node) ? null : rules.replacement(term, this::equal);
        if (replacement != null) {
            inProgress.add(node);
            try {
                Matrix<Entry> value = expand(replacement);
                nodes.add(new Node(term, replacement, value));
                return value;
            } catch (Circular failure) {
                if (!failure.node.equals(node)) {
                    throw failure;
                }
                circular.add(node);
            } finally {
                inProgress.remove(node);
            }
        }
        Matrix<Entry> value = Matrix.of(
                EntryTerms.size(term.shape().rows()),
                EntryTerms.size(term.shape().columns()),
                (i, j) -> entry(node + i + "," + j));
        nodes.add(new Node(term, null, value));
        return value;
    }

    private boolean equal(Term left, Term right) {
        return expand(left).equal(field, expand(right));
    }

    private Entry entry(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            number = auxiliary + numbers.size();
            if (number >= field.indeterminates()) {
                throw new EntryFailure(EntryFailure.Cause.CAPACITY, "more indeterminates");
            }
            numbers.put(name, number);
        }
        Entry value = determined.get(number);
        return value != null ? value : field.indeterminate(number);
    }

    private String key(Matrix<Entry> matrix) {
        return matrix.toLists().stream()
                .map(row -> row.stream().map(each -> field.key(normal(each))).collect(Collectors.joining(",")))
                .collect(Collectors.joining(";", "[", "]"));
    }

    private Entry auxiliary(String key, boolean atLeastZero) {
        Entry found = auxiliaries.get(key);
        if (found == null) {
            int number = auxiliaries.size();
            if (number >= auxiliary) {
                throw new EntryFailure(EntryFailure.Cause.CAPACITY, "more auxiliary indeterminates");
            }
            found = field.indeterminate(number);
            auxiliaries.put(key, found);
            if (atLeastZero) {
                positive.add(number);
            }
        }
        return found;
    }

    /** A norm or extreme eigenvalue: an indeterminate where it is no root, one for arguments that have it in common. */
    private Entry extreme(Kind kind, Matrix<Entry> argument) {
        boolean eigenvalue = kind == Kind.LAMBDA_MAX || kind == Kind.LAMBDA_MIN;
        if (argument.rows() == 1 && argument.columns() == 1) {
            return eigenvalue ? argument.get(0, 0) : absolute(argument.get(0, 0));
        }
        if (kind == Kind.SPECTRAL_NORM && (argument.rows() == 1 || argument.columns() == 1)) {
            return root(sumOfSquares(argument));
        }
        List<Matrix<Entry>> same = new ArrayList<>(List.of(argument, argument.transpose(field)));
        if (!eigenvalue) {
            same.add(argument.negate(field));
            same.add(argument.transpose(field).negate(field));
        }
        String key = same.stream().map(this::key).min(String::compareTo).orElseThrow();
        return auxiliary(kind + key, !eigenvalue);
    }

    private Entry sumOfSquares(Matrix<Entry> vector) {
        Entry sum = field.zero();
        for (List<Entry> row : vector.toLists()) {
            for (Entry each : row) {
                sum = field.add(sum, field.multiply(each, each));
            }
        }
        return sum;
    }

    /** sqrt(f^2 g / d) = |f| sqrt(g d) / |d|; the root of a square-free polynomial is an indeterminate. */
    private Entry root(Entry value) {
        Entry reduced = normal(value);
        if (reduced.isZero()) {
            return field.zero();
        }
        Entry below = field.polynomial(field.denominator(reduced));
        EntryField.Powers powers = field.squareFree(field.product(reduced.numerator(), below.numerator()));
        Entry outside = field.one();
        Entry inside = field.one();
        for (Map.Entry<MultivariatePolynomial<BigInteger>, Integer> each :
                powers.factors().entrySet()) {
            Entry factor = field.polynomial(each.getKey());
            outside = field.multiply(outside, field.power(absolute(factor), each.getValue() / 2));
            inside = each.getValue() % 2 == 0 ? inside : field.multiply(inside, factor);
        }
        // sqrt(c / k) = sqrt(c k) / k
        java.math.BigInteger content = new java.math.BigInteger(
                powers.constant().multiply(reduced.constant()).toByteArray());
        java.math.BigInteger rest = content.abs();
        java.math.BigInteger square = java.math.BigInteger.ONE;
        java.math.BigInteger exact = rest.sqrt();
        if (exact.multiply(exact).equals(rest)) {
            square = exact;
            rest = java.math.BigInteger.ONE;
        }
        for (int prime = 2; prime < 100; prime++) {
            java.math.BigInteger squared = java.math.BigInteger.valueOf((long) prime * prime);
            while (rest.mod(squared).signum() == 0) {
                rest = rest.divide(squared);
                square = square.multiply(java.math.BigInteger.valueOf(prime));
            }
        }
        Entry result = field.multiply(outside, field.fromInteger(square));
        if (content.signum() < 0) {
            inside = field.negate(inside);
        }
        if (inside.numerator().isConstant() && inside.numerator().cc().signum() < 0) {
            throw EntryFailure.undefined("the root of a negative number");
        }
        result = field.multiply(
                result, field.multiply(indivisibleRoot(field.fromInteger(rest)), indivisibleRoot(inside)));
        return field.divide(result, field.multiply(constant(reduced.constant()), absolute(below)));
    }

    private Entry constant(BigInteger value) {
        return field.polynomial(field.zero().numerator().createConstant(value));
    }

    private Entry indivisibleRoot(Entry radicand) {
        if (field.equal(radicand, field.one())) {
            return radicand;
        }
        int before = auxiliaries.size();
        Entry root = auxiliary("root" + field.key(radicand), true);
        if (auxiliaries.size() > before) {
            relations.add(field.subtract(field.multiply(root, root), radicand).numerator());
        }
        return root;
    }

    private Entry absolute(Entry value) {
        Entry reduced = normal(value);
        if (reduced.isZero()) {
            return reduced;
        }
        Entry above = absolute(reduced.numerator());
        Entry below = absolute(field.denominator(reduced));
        return field.divide(above, field.multiply(below, constant(reduced.constant())));
    }

    private Entry absolute(MultivariatePolynomial<BigInteger> value) {
        if (isNonnegative(value)) {
            return field.polynomial(value);
        }
        if (isNonnegative(value.clone().negate())) {
            return field.polynomial(value.clone().negate());
        }
        EntryField.Powers powers = field.squareFree(value);
        Entry product = field.polynomial(value.createConstant(powers.constant().abs()));
        for (Map.Entry<MultivariatePolynomial<BigInteger>, Integer> each :
                powers.factors().entrySet()) {
            Entry factor = field.polynomial(each.getKey());
            int odd = each.getValue() % 2;
            product = field.multiply(product, field.power(factor, each.getValue() - odd));
            if (odd == 1) {
                product = field.multiply(product, indivisibleAbsolute(each.getKey()));
            }
        }
        return product;
    }

    private Entry indivisibleAbsolute(MultivariatePolynomial<BigInteger> value) {
        Entry argument = field.polynomial(value);
        if (isNonnegative(value)) {
            return argument;
        }
        if (isNonnegative(value.clone().negate())) {
            return field.negate(argument);
        }
        int before = auxiliaries.size();
        Entry absolute = auxiliary("abs" + field.key(argument), true);
        if (auxiliaries.size() > before) {
            Entry squares = field.subtract(field.multiply(absolute, absolute), field.multiply(argument, argument));
            relations.add(squares.numerator());
        }
        return absolute;
    }

    /** exp(sum of c m / k) is the product of exp(m / k)^c over the monomials m. */
    private Entry exponential(Entry value) {
        Entry reduced = normal(value);
        Entry product = field.one();
        for (Map.Entry<Entry, BigInteger> each : field.monomials(reduced)) {
            BigInteger common = each.getValue().gcd(reduced.constant()).abs();
            BigInteger exponent = each.getValue().divideExact(common);
            BigInteger root = reduced.constant().divideExact(common);
            if (exponent.bitLength() > 6 || root.bitLength() > 6) {
                throw new EntryFailure(
                        EntryFailure.Cause.BUDGET, "an exponential with the factor " + exponent + "/" + root);
            }
            Entry base = exponential(field.key(each.getKey()), root.intValueExact());
            Entry exponentOfBase = field.divide(each.getKey(), constant(root));
            exponents.put(base.numerator(), exponentOfBase);
            Entry power = field.power(base, exponent.abs().intValueExact());
            product = field.multiply(product, exponent.signum() < 0 ? field.invert(power) : power);
        }
        return product;
    }

    private Entry exponential(String monomial, int root) {
        int before = auxiliaries.size();
        Entry exponential = auxiliary("exp" + monomial + "/" + root, true);
        boolean fresh = auxiliaries.size() > before;
        if (fresh && root > 1) {
            for (int divisor = 1; divisor < root; divisor++) {
                if (root % divisor == 0) {
                    Entry other = exponential(monomial, divisor);
                    relations.add(field.subtract(field.power(exponential, root / divisor), other)
                            .numerator());
                }
            }
        }
        return exponential;
    }

    private Entry logarithm(Entry argument) {
        Entry value = normal(argument);
        if (field.equal(value, field.one())) {
            return field.zero();
        }
        Entry exponent = exponents.get(value.numerator());
        boolean exponential =
                exponent != null && value.isPolynomial() && value.constant().isOne();
        return exponential ? exponent : auxiliary("log" + field.key(value), false);
    }

    /** The numbers of the free entries that the expansion has met. */
    List<Integer> entries() {
        return numbers.values().stream()
                .filter(each -> !determined.containsKey(each))
                .sorted()
                .toList();
    }
}

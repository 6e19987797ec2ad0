package org.loopcert.derivation;

import cc.redberry.rings.Rational;
import cc.redberry.rings.Rings;
import cc.redberry.rings.bigint.BigInteger;
import cc.redberry.rings.poly.multivar.Monomial;
import cc.redberry.rings.poly.multivar.MultivariatePolynomial;
import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Term;
import org.loopcert.matrix.Matrix;
import org.loopcert.ring.RationalField;

/**
 * Searches for a small rational point that satisfies everything that is known and at which two terms differ. The search
 * follows the expansion; that a point counts is decided by {@link EntryEvaluator} alone. Deterministic.
 */
final class EntryPoints {
    private static final long SEED = 20240501;
    private static final List<List<Rational<BigInteger>>> POOLS = List.of(
            pool(1, 1, 2, 1, -1, 1, 3, 1, 0, 1, -2, 1),
            pool(0, 1, 1, 1, 1, 2, 1, 4, 2, 1, 4, 1, 1, 3),
            pool(0, 1, 3, 5, 4, 5, 1, 3, 2, 3, 1, 1, -4, 5, 3, 1, 4, 1),
            pool(0, 1, 1, 1, -1, 1, 4, 1, 9, 1, 1, 9));

    private final Context context;
    private final Map<String, Integer> integers;
    private final List<Formula> known;
    private final EntryExpansion expansion;
    private final EntryRelations relations;
    private final Random random = new Random(SEED);

    /** A point and where the terms differ there, counted from one. */
    record Point(int row, int column, BigRational difference, Map<String, BigRational> assignment) {}

    EntryPoints(
            Context context,
            Map<String, Integer> integers,
            List<Formula> known,
            EntryExpansion expansion,
            EntryRelations relations) {
        this.context = context;
        this.integers = integers;
        this.known = known;
        this.expansion = expansion;
        this.relations = relations;
    }

    private static List<Rational<BigInteger>> pool(int... fractions) {
        List<Rational<BigInteger>> pool = new ArrayList<>();
        for (int i = 0; i < fractions.length; i += 2) {
            pool.add(rational(BigInteger.valueOf(fractions[i]), BigInteger.valueOf(fractions[i + 1])));
        }
        return List.copyOf(pool);
    }

    private static Rational<BigInteger> rational(BigInteger above, BigInteger below) {
        return new Rational<>(Rings.Z, above, below);
    }

    private static BigRational exact(Rational<BigInteger> value) {
        return RationalField.of(exact(value.numerator()), exact(value.denominator()));
    }

    private static java.math.BigInteger exact(BigInteger value) {
        return new java.math.BigInteger(value.toByteArray());
    }

    /** A formula among what is known that finitely many values cannot satisfy. */
    Optional<Formula> obstacle() {
        return known.stream()
                .filter(each ->
                        each instanceof ForAll all && expansion.rules().extension(all) == EntryRules.Extension.NONE)
                .findFirst();
    }

    /** A point at which both sides have a value and differ. */
    Optional<Point> search(Term left, Term right, int attempts) {
        for (int attempt = 0; attempt < attempts; attempt++) {
            Optional<Point> point = attempt(left, right, attempt);
            if (point.isPresent()) {
                return point;
            }
        }
        return Optional.empty();
    }

    private Optional<Point> attempt(Term left, Term right, int attempt) {
        List<Integer> order = new ArrayList<>(expansion.entries());
        if (attempt % 2 == 1) {
            Collections.shuffle(order, random);
        }
        Map<Integer, Rational<BigInteger>> values = solve(order, POOLS.get(attempt / 2 % POOLS.size()));
        if (values == null) {
            return Optional.empty();
        }
        try {
            Map<String, BigRational> assignment = assignment(values);
            EntryEvaluator evaluator = new EntryEvaluator(context, integers, assignment);
            Matrix<BigRational> difference =
                    evaluator.evaluate(left).subtract(RationalField.INSTANCE, evaluator.evaluate(right));
            for (int i = 0; i < difference.rows(); i++) {
                for (int j = 0; j < difference.columns(); j++) {
                    boolean differs = !RationalField.INSTANCE.isZero(difference.get(i, j));
                    if (differs && satisfies(assignment, evaluator)) {
                        return Optional.of(new Point(i + 1, j + 1, difference.get(i, j), assignment));
                    }
                    if (differs) {
                        return Optional.empty();
                    }
                }
            }
            return Optional.empty();
        } catch (EntryFailure noValue) {
            return Optional.empty();
        }
    }

    private boolean satisfies(Map<String, BigRational> assignment, EntryEvaluator evaluator) {
        EntryEvaluator extended = new EntryEvaluator(
                context, integers, assignment, expansion.rules().free());
        for (Formula each : known) {
            if (!(each instanceof ForAll all)) {
                if (!evaluator.holds(each)) {
                    return false;
                }
                continue;
            }
            int last = lastIndex() + 1;
            if (expansion.rules().extension(all) == EntryRules.Extension.CONSTANT) {
                for (Formula instance : EntryRules.instances(all, last)) {
                    if (!extended.holds(instance)) {
                        return false;
                    }
                }
            } else if (all.variables().get(0).isInteger() && !agrees(all, last, assignment, evaluator)) {
                return false;
            }
        }
        return true;
    }

    /** The largest integer argument of a value that is given: after it every sequence is constant. */
    private int lastIndex() {
        return expansion.nodes().stream()
                .flatMap(each -> each.term().arguments().stream())
                .flatMap(each -> each.asInteger().stream())
                .mapToInt(EntryTerms::number)
                .max()
                .orElse(0);
    }

    /** Whether a recursion holds wherever the value that it defines is given, perhaps by another equation. */
    private boolean agrees(ForAll all, int last, Map<String, BigRational> assignment, EntryEvaluator evaluator) {
        for (Map.Entry<Term, Formula> each :
                expansion.rules().definitions(all, last).entrySet()) {
            Term defined = each.getKey();
            String name = EntryNames.node(
                    defined.name(),
                    defined.arguments().stream().map(evaluator::evaluate).toList());
            String entry = EntryNames.entry(name, EntryNames.declared(context, defined.name()), 1, 1);
            if (assignment.containsKey(entry) && !evaluator.holds(each.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** The values of everything that the expansion has met, in the order in which they depend on each other. */
    private Map<String, BigRational> assignment(Map<Integer, Rational<BigInteger>> values) {
        Map<String, BigRational> assignment = new LinkedHashMap<>();
        EntryEvaluator evaluator = new EntryEvaluator(context, integers, assignment);
        for (EntryExpansion.Node each : expansion.nodes()) {
            String name = EntryNames.node(
                    each.term().name(),
                    each.term().arguments().stream().map(evaluator::evaluate).toList());
            Matrix<BigRational> value = each.replacement() == null
                    ? each.value().map(entry -> value(entry, values))
                    : evaluator.evaluate(each.replacement());
            for (int i = 0; i < value.rows(); i++) {
                for (int j = 0; j < value.columns(); j++) {
                    String entry = EntryNames.entry(
                            name, EntryNames.declared(context, each.term().name()), i + 1, j + 1);
                    BigRational before = assignment.putIfAbsent(entry, value.get(i, j));
                    if (before != null && !RationalField.INSTANCE.equal(before, value.get(i, j))) {
                        throw EntryFailure.undefined("two values of " + entry);
                    }
                }
            }
        }
        return assignment;
    }

    private static BigRational value(Entry entry, Map<Integer, Rational<BigInteger>> values) {
        RationalField field = RationalField.INSTANCE;
        BigRational below = BigRational.valueOf(exact(entry.constant()));
        for (Map.Entry<MultivariatePolynomial<BigInteger>, Integer> each :
                entry.factors().entrySet()) {
            for (int i = 0; i < each.getValue(); i++) {
                below = field.multiply(below, value(each.getKey(), values));
            }
        }
        if (field.isZero(below)) {
            throw EntryFailure.undefined("division by zero");
        }
        return field.divide(value(entry.numerator(), values), below);
    }

    private static BigRational value(
            MultivariatePolynomial<BigInteger> polynomial, Map<Integer, Rational<BigInteger>> values) {
        RationalField field = RationalField.INSTANCE;
        BigRational sum = field.zero();
        for (Monomial<BigInteger> each : polynomial) {
            BigRational product = BigRational.valueOf(exact(each.coefficient));
            for (int i = 0; i < each.exponents.length; i++) {
                for (int k = 0; k < each.exponents[i]; k++) {
                    product = field.multiply(product, exact(values.get(i)));
                }
            }
            sum = field.add(sum, product);
        }
        return sum;
    }

    /** Values that satisfy the relations among entries; null where the choices made lead nowhere. */
    private Map<Integer, Rational<BigInteger>> solve(List<Integer> order, List<Rational<BigInteger>> pool) {
        List<MultivariatePolynomial<Rational<BigInteger>>> left = new ArrayList<>(relations.amongEntries());
        Map<Integer, Rational<BigInteger>> values = new HashMap<>();
        Map<Integer, MultivariatePolynomial<Rational<BigInteger>>> solved = new TreeMap<>();
        List<Integer> solvedOrder = new ArrayList<>();
        List<Integer> open = new ArrayList<>(order);
        while (true) {
            left.removeIf(MultivariatePolynomial::isZero);
            if (left.stream().anyMatch(MultivariatePolynomial::isConstant)) {
                return null;
            }
            boolean progress = false;
            for (MultivariatePolynomial<Rational<BigInteger>> each : left) {
                int linear = linear(each);
                if (linear >= 0) {
                    MultivariatePolynomial<Rational<BigInteger>> value = each.coefficientOf(linear, 0)
                            .negate()
                            .divideExact(each.coefficientOf(linear, 1).cc());
                    solved.put(linear, value);
                    solvedOrder.add(linear);
                    open.remove((Integer) linear);
                    left.replaceAll(other -> other.substitute(linear, value));
                    progress = true;
                    break;
                }
                if (each.nUsedVariables() == 1) {
                    int variable = each.univariateVariable();
                    Rational<BigInteger> root = quadraticRoot(each, variable);
                    if (root == null) {
                        return null;
                    }
                    assign(variable, root, values, open, left);
                    progress = true;
                    break;
                }
            }
            if (!progress) {
                if (open.isEmpty()) {
                    break;
                }
                assign(open.get(0), pool.get(random.nextInt(pool.size())), values, open, left);
            }
        }
        for (int i = solvedOrder.size() - 1; i >= 0; i--) {
            MultivariatePolynomial<Rational<BigInteger>> value = solved.get(solvedOrder.get(i));
            for (Map.Entry<Integer, Rational<BigInteger>> each : values.entrySet()) {
                value = value.evaluate(each.getKey(), each.getValue());
            }
            if (!value.isConstant()) {
                return null;
            }
            values.put(solvedOrder.get(i), value.cc());
        }
        return values;
    }

    private static void assign(
            int variable,
            Rational<BigInteger> value,
            Map<Integer, Rational<BigInteger>> values,
            List<Integer> open,
            List<MultivariatePolynomial<Rational<BigInteger>>> left) {
        values.put(variable, value);
        open.remove((Integer) variable);
        left.replaceAll(each -> each.evaluate(variable, value));
    }

    /** An indeterminate that occurs only with a constant coefficient, or -1. */
    private static int linear(MultivariatePolynomial<Rational<BigInteger>> polynomial) {
        int[] degrees = polynomial.degrees();
        for (int i = 0; i < degrees.length; i++) {
            if (degrees[i] == 1 && polynomial.coefficientOf(i, 1).isConstant()) {
                return i;
            }
        }
        return -1;
    }

    /** Either rational root of a quadratic polynomial in one indeterminate; null if there is none. */
    private Rational<BigInteger> quadraticRoot(MultivariatePolynomial<Rational<BigInteger>> polynomial, int variable) {
        if (polynomial.degree(variable) != 2) {
            return null;
        }
        RationalField field = RationalField.INSTANCE;
        BigRational a = exact(polynomial.coefficientOf(variable, 2).cc());
        BigRational b = exact(polynomial.coefficientOf(variable, 1).cc());
        BigRational c = exact(polynomial.coefficientOf(variable, 0).cc());
        BigRational four = field.fromLong(4);
        try {
            BigRational root = EntryEvaluator.root(
                    field.subtract(field.multiply(b, b), field.multiply(four, field.multiply(a, c))));
            BigRational sum = random.nextBoolean() ? field.subtract(root, b) : field.negate(field.add(root, b));
            BigRational value = field.divide(sum, field.add(a, a));
            return rational(
                    new BigInteger(value.getNumeratorBigInteger()), new BigInteger(value.getDenominatorBigInteger()));
        } catch (EntryFailure notRational) {
            return null;
        }
    }
}

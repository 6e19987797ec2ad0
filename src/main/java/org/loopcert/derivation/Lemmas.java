package org.loopcert.derivation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context.Declaration.IntegerVariable;
import org.loopcert.kernel.proof.EqualityRules;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Invertible;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LemmaRules.Lemma;
import org.loopcert.kernel.proof.LemmaRules.Name;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.NotProved;
import org.loopcert.kernel.proof.OrderRules;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Term.Kind;
import org.loopcert.kernel.proof.Theorem;

/** The named lemmas, at the terms for which a goal gives occasion. */
final class Lemmas {
    private static final int MAX_COLUMNS = 8;
    private static final int MAX_SQUARES = 6;
    private static final int MAX_NORMS = 4;
    private static final long[] EXPONENTIAL_STEPS = {4, 32, 256};

    private final Inequalities search;

    Lemmas(Inequalities search) {
        this.search = search;
    }

    /** Inequalities about what occurs in a goal. */
    List<Theorem> at(Comparison goal, Term left, Term right, int depth) throws IllTyped {
        List<Theorem> found = new ArrayList<>();
        Set<Term> parts = parts(left, right);
        Set<Term> columns = columns(parts);
        for (Term each : sizes(search.orders(false))) {
            if (!parts.contains(each)) {
                add(found, lemma(Name.ABSOLUTE, each.argument(0)));
                add(found, lemma(Name.ABSOLUTE, Term.negate(each.argument(0))));
            }
        }
        found.addAll(convexity(parts));
        for (Term each : parts) {
            switch (each.kind()) {
                case EXP -> add(found, lemma(Name.TANGENT, each.argument(0)));
                case LOG -> {
                    Term inner = each.argument(0);
                    Optional<Theorem> positive = search.less(Relation.BELOW, Term.number(0), inner, 0);
                    if (positive.isPresent()) {
                        add(found, lemma(List.of(positive.get()), Name.LOGARITHM, inner));
                    }
                }
                case ABS -> {
                    add(found, lemma(Name.ABSOLUTE, each.argument(0)));
                    add(found, lemma(Name.ABSOLUTE, Term.negate(each.argument(0))));
                }
                case NORM -> norms(found, each, goal, depth);
                case NORM_INF -> {
                    add(found, lemma(Name.MAXIMUM_NORM, each.argument(0)));
                    norms(found, each, goal, depth);
                }
                case SPECTRAL_NORM -> {
                    spectralNorms(found, each.argument(0));
                    if (depth > 0
                            && each.equals(left)
                            && each.argument(0).shape().isSquare()) {
                        spectralBound(found, each.argument(0), right, depth - 1);
                    }
                }
                case INTEGER -> add(found, integerBound(each));
                default -> {}
            }
        }
        for (Term each : parts) {
            if (each.shape().isScalar() && each.kind() == Kind.PRODUCT) {
                innerProducts(found, each);
            }
        }
        found.addAll(triangles(parts));
        List<Theorem> matrices = new ArrayList<>(search.orders(true));
        matrices.addAll(matrixOrders(parts, left, right, depth));
        matrices.addAll(commutingProducts());
        matrices.addAll(matrixCongruences(matrices, parts));
        found.addAll(matrices);
        found.addAll(congruences(matrices, columns));
        found.addAll(eigenvalues(parts, matrices));
        found.addAll(enclosures());
        return found;
    }

    /** The absolute values in facts. */
    private static Set<Term> sizes(List<Theorem> facts) {
        Set<Term> found = new LinkedHashSet<>();
        for (Theorem each : facts) {
            Comparison order = (Comparison) each.formula();
            parts(order.left(), order.right()).stream()
                    .filter(part -> part.kind() == Kind.ABS)
                    .forEach(found::add);
        }
        return found;
    }

    /** exp(s x + (1 - s) y) &lt;= s exp(x) + (1 - s) exp(y) for exponentials in the goal and an s between 0 and 1. */
    private List<Theorem> convexity(Set<Term> parts) throws IllTyped {
        List<Term> arguments = parts.stream()
                .filter(each -> each.kind() == Kind.EXP)
                .map(each -> each.argument(0))
                .distinct()
                .toList();
        List<Theorem> found = new ArrayList<>();
        if (arguments.size() != 3) {
            return found;
        }
        for (Term weight : parts) {
            boolean symbol = weight.shape().isScalar()
                    && (weight.kind() == Kind.SYMBOL || weight.kind() == Kind.QUOTIENT || weight.kind() == Kind.NUMBER);
            Optional<Theorem> low =
                    symbol ? search.less(Relation.AT_MOST, Term.number(0), weight, 0) : Optional.empty();
            Optional<Theorem> high =
                    low.isPresent() ? search.less(Relation.AT_MOST, weight, Term.number(1), 0) : Optional.empty();
            for (Term first : high.isPresent() ? arguments : List.<Term>of()) {
                for (Term second : arguments) {
                    if (!first.equals(second)) {
                        add(found, lemma(List.of(low.get(), high.get()), Name.CONVEXITY, weight, first, second));
                    }
                }
            }
        }
        return found;
    }

    private static void add(List<Theorem> found, Optional<Theorem> theorem) {
        theorem.ifPresent(found::add);
    }

    private Optional<Theorem> lemma(Name name, Term... terms) throws IllTyped {
        return lemma(List.of(), name, terms);
    }

    private Optional<Theorem> lemma(List<Theorem> premises, Name name, Term... terms) throws IllTyped {
        return search.attempt(new Lemma(name, List.of(terms)), premises);
    }

    private static Set<Term> parts(Term... terms) {
        Set<Term> parts = new LinkedHashSet<>();
        for (Term each : terms) {
            Terms.walk(each, parts::add);
        }
        return parts;
    }

    /** An integer is at least what its variables' declarations say. */
    private Optional<Theorem> integerBound(Term integer) throws IllTyped {
        BigInteger least = integer.index(0).constant();
        for (String each : integer.index(0).variables()) {
            boolean bounded = search.context().declaration(each).orElse(null) instanceof IntegerVariable;
            BigInteger coefficient = integer.index(0).coefficient(each);
            if (!bounded || coefficient.signum() < 0) {
                return Optional.empty();
            }
            IntegerVariable variable =
                    (IntegerVariable) search.context().declaration(each).get();
            least = least.add(coefficient.multiply(variable.lower()));
        }
        Term bound = Term.number(Fraction.of(least));
        return search.attempt(new OrderRules.Sign(Relation.AT_MOST, bound, integer), List.of());
    }

    /** The columns of which norms and forms are made. */
    private Set<Term> columns(Set<Term> parts) throws IllTyped {
        Set<Term> columns = new LinkedHashSet<>();
        for (Term each : parts) {
            if (each.kind() == Kind.NORM && Terms.isColumn(each.argument(0))) {
                columns.add(each.argument(0));
                List<Term> word = Terms.matrices(each.argument(0));
                columns.add(word.get(word.size() - 1));
            }
            if (each.kind() == Kind.PRODUCT && each.shape().isScalar()) {
                List<Term> word = Terms.matrices(each);
                if (!word.isEmpty() && Terms.isColumn(word.get(word.size() - 1))) {
                    columns.add(word.get(word.size() - 1));
                }
            }
        }
        columns.removeIf(each -> !Terms.isColumn(each));
        if (columns.size() == 2) {
            List<Term> both = List.copyOf(columns);
            if (both.get(0).shape().equals(both.get(1).shape())) {
                columns.add(Term.sum(both));
                columns.add(Term.subtract(both.get(0), both.get(1)));
            }
        }
        return new LinkedHashSet<>(columns.stream().limit(MAX_COLUMNS).toList());
    }

    /** |u +- v| &lt;= |u| + |v| for the vectors, and scalars, whose sizes occur. */
    private List<Theorem> triangles(Set<Term> parts) throws IllTyped {
        List<Term> sized = parts.stream()
                .filter(each -> each.kind() == Kind.NORM || each.kind() == Kind.ABS)
                .map(each -> each.argument(0))
                .distinct()
                .limit(MAX_NORMS)
                .toList();
        List<Theorem> found = new ArrayList<>();
        for (Term each : sized) {
            for (Term other : sized) {
                if (!each.equals(other) && each.shape().equals(other.shape())) {
                    add(found, lemma(Name.TRIANGLE, each, other));
                    add(found, lemma(Name.TRIANGLE, each, Term.negate(other)));
                }
            }
        }
        return found;
    }

    /** |A v| &lt;= ||A|| |v|, |u + v| &lt;= |u| + |v|; and ||A|| &lt;= r where the other side suggests an r. */
    private void norms(List<Theorem> found, Term norm, Comparison goal, int depth) throws IllTyped {
        Term vector = norm.argument(0);
        for (Term rest = vector; rest.kind() == Kind.SUM; ) {
            List<Term> summands = rest.arguments();
            Term tail = Term.sum(summands.subList(1, summands.size()));
            add(found, lemma(Name.TRIANGLE, summands.get(0), tail));
            rest = tail;
        }
        List<Term> word = Terms.matrices(vector);
        for (int i = 1; i < word.size(); i++) {
            for (int j = i + 1; j < word.size(); j++) {
                Term inner = Term.product(word.subList(i, j));
                add(found, lemma(Name.NORM_COMPATIBLE, inner, Term.product(word.subList(j, word.size()))));
            }
            Term matrix = Term.product(word.subList(0, i));
            add(found, lemma(Name.NORM_COMPATIBLE, matrix, Term.product(word.subList(i, word.size()))));
            if (depth > 0 && matrix.shape().isSquare()) {
                for (Term each : Terms.factors(Terms.unfolded(search.context(), goal.right()))) {
                    if (each.shape().isScalar() && each.kind() != Kind.NORM) {
                        spectralBound(found, matrix, each, depth - 1);
                    }
                }
            }
        }
    }

    private void spectralBound(List<Theorem> found, Term matrix, Term bound, int depth) throws IllTyped {
        Term unit = Term.identity(matrix.shape().rows());
        Optional<Theorem> below =
                search.less(Relation.LOEWNER, Term.product(List.of(Term.negate(bound), unit)), matrix, depth);
        if (below.isPresent()) {
            Optional<Theorem> above = search.less(Relation.LOEWNER, matrix, Term.product(List.of(bound, unit)), depth);
            if (above.isPresent()) {
                add(found, lemma(List.of(below.get(), above.get()), Name.SPECTRAL_BOUND, matrix, bound));
            }
        }
    }

    private void spectralNorms(List<Theorem> found, Term matrix) throws IllTyped {
        List<Term> word = Terms.matrices(matrix);
        for (int i = 1; i < word.size(); i++) {
            Term head = Term.product(word.subList(0, i));
            add(found, lemma(Name.SUBMULTIPLICATIVE, head, Term.product(word.subList(i, word.size()))));
        }
        if (matrix.kind() == Kind.SUM) {
            Term rest =
                    Term.sum(matrix.arguments().subList(1, matrix.arguments().size()));
            add(found, lemma(Name.SPECTRAL_TRIANGLE, matrix.argument(0), rest));
        }
    }

    /** Cauchy-Schwarz for every way to read a scalar product as u'v, and for forms of known semidefinite matrices. */
    private void innerProducts(List<Theorem> found, Term product) throws IllTyped {
        List<Term> word = Terms.matrices(product);
        for (int i = 1; i < word.size(); i++) {
            Term row = Term.product(word.subList(0, i));
            Term column = Term.product(word.subList(i, word.size()));
            if (row.shape().rows().isOne() && Terms.isColumn(column)) {
                Term left = row.kind() == Kind.TRANSPOSE ? row.argument(0) : Term.transpose(row);
                cauchySchwarz(found, Term.identity(column.shape().rows()), left, column);
            }
        }
        for (int i = 1; i + 1 < word.size(); i++) {
            for (int j = i + 1; j < word.size(); j++) {
                Term row = Term.product(word.subList(0, i));
                Term column = Term.product(word.subList(j, word.size()));
                Term matrix = Term.product(word.subList(i, j));
                if (row.shape().rows().isOne()
                        && Terms.isColumn(column)
                        && matrix.shape().isSquare()) {
                    Term left = row.kind() == Kind.TRANSPOSE ? row.argument(0) : Term.transpose(row);
                    cauchySchwarz(found, matrix, left, column);
                }
            }
        }
    }

    private void cauchySchwarz(List<Theorem> found, Term matrix, Term u, Term v) throws IllTyped {
        Optional<Theorem> semidefinite = nonNegative(matrix);
        if (semidefinite.isEmpty()) {
            return;
        }
        Term zero = Term.zero(matrix.shape());
        List<Theorem> premises = new ArrayList<>(List.of(semidefinite.get()));
        for (Term each : List.of(u, v)) {
            if (matrix.kind() == Kind.IDENTITY) {
                add(premises, lemma(Name.SQUARE, each));
            } else {
                add(premises, lemma(List.of(semidefinite.get()), Name.CONGRUENCE, zero, matrix, each));
            }
        }
        Optional<Theorem> bound = lemma(premises, Name.CAUCHY_SCHWARZ, matrix, u, v);
        if (bound.isPresent() && matrix.kind() == Kind.IDENTITY) {
            Comparison roots = (Comparison) bound.get().formula();
            Term norms = Term.product(List.of(Term.function(Kind.NORM, u), Term.function(Kind.NORM, v)));
            Optional<Theorem> same = search.attempt(new EqualityRules.Algebra(roots.right(), norms), premises);
            bound = same.isEmpty() ? same : chain(List.of(bound.get(), same.get()));
        }
        if (bound.isPresent()) {
            found.add(bound.get());
            squared(bound.get(), premises).ifPresent(found::add);
            Term form = Term.product(List.of(Term.transpose(u), matrix, v));
            add(found, lemma(Name.ABSOLUTE, form));
            add(found, lemma(Name.ABSOLUTE, Term.negate(form)));
        }
    }

    /** (u'A v)^2 &lt;= u'A u v'A v, without roots and absolute values. */
    private Optional<Theorem> squared(Theorem bound, List<Theorem> premises) throws IllTyped {
        Optional<Theorem> power = power(bound, 2, premises);
        if (power.isEmpty()) {
            return power;
        }
        Comparison powers = (Comparison) power.get().formula();
        Comparison sides = (Comparison) bound.formula();
        Term form = sides.left().argument(0);
        List<Term> roots = sides.right().arguments();
        List<Term> squares = new ArrayList<>();
        for (Term each : roots) {
            Term inner = each.argument(0);
            squares.add(each.kind() == Kind.SQRT ? inner : Term.product(List.of(Term.transpose(inner), inner)));
        }
        Optional<Theorem> before =
                search.attempt(new EqualityRules.Algebra(Term.power(form, LinearForm.of(2)), powers.left()), premises);
        Optional<Theorem> after =
                search.attempt(new EqualityRules.Algebra(powers.right(), Term.product(squares)), premises);
        return before.isEmpty() || after.isEmpty()
                ? Optional.empty()
                : chain(List.of(before.get(), power.get(), after.get()));
    }

    private Optional<Theorem> chain(List<Theorem> links) throws IllTyped {
        try {
            return Optional.of(Theorem.derive(search.context(), new OrderRules.Chain(), links));
        } catch (NotProved impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** 0 &lt;&lt;= A where a square, an identity, a fact or a power of one of these says so at once. */
    private Optional<Theorem> nonNegative(Term matrix) throws IllTyped {
        return search.less(Relation.LOEWNER, Term.zero(matrix.shape()), matrix, 0);
    }

    /** 0 &lt;&lt;= I. */
    Optional<Theorem> unit(Shape shape) throws IllTyped {
        return search.attempt(
                new OrderRules.Sign(Relation.LOEWNER, Term.zero(shape), Term.identity(shape.rows())), List.of());
    }

    /** Squares, eigenvalue bounds, powers and commuting products among the matrices of a goal. */
    private List<Theorem> matrixOrders(Set<Term> parts, Term left, Term right, int depth) throws IllTyped {
        List<Theorem> found = new ArrayList<>();
        for (Term each : parts) {
            List<Term> word = Terms.matrices(each);
            if (each.kind() == Kind.PRODUCT && !each.shape().isScalar()
                    || each.kind() == Kind.PRODUCT && word.size() > 2) {
                for (int i = 0; i < word.size(); i++) {
                    for (int j = i + 2; j <= word.size(); j += 2) {
                        Term half = Term.product(word.subList((i + j) / 2, j));
                        Term other = Term.product(word.subList(i, (i + j) / 2));
                        if (half.shape().equals(other.shape().transpose())
                                && other.shape().rows().equals(half.shape().columns())) {
                            squareIf(found, other, half);
                        }
                    }
                }
            }
            if (each.kind() == Kind.LAMBDA_MIN) {
                add(found, lemma(Name.RAYLEIGH_MIN, each.argument(0)));
            } else if (each.kind() == Kind.LAMBDA_MAX) {
                add(found, lemma(Name.RAYLEIGH_MAX, each.argument(0)));
            }
            if (each.kind() == Kind.POWER && !each.shape().isScalar() && depth > 0) {
                powers(found, each, parts, depth - 1);
            }
        }
        return found;
    }

    /** 0 &lt;&lt;= A'A where the first factor is the transpose of the second. */
    private void squareIf(List<Theorem> found, Term first, Term second) throws IllTyped {
        boolean transposed = search.attempt(new EqualityRules.Algebra(first, Term.transpose(second)), List.of())
                .isPresent();
        if (transposed) {
            add(found, lemma(Name.SQUARE, second));
        }
    }

    private void powers(List<Theorem> found, Term power, Set<Term> parts, int depth) throws IllTyped {
        Term base = power.argument(0);
        Term exponent = Term.integer(power.index(0));
        Term zero = Term.zero(base.shape());
        Term unit = Term.identity(base.shape().rows());
        Optional<Theorem> semidefinite = search.less(Relation.LOEWNER, zero, base, depth);
        if (semidefinite.isEmpty()) {
            return;
        }
        Optional<Theorem> nonNegative = lemma(List.of(semidefinite.get()), Name.POWER_NONNEGATIVE, base, exponent);
        add(found, nonNegative);
        Set<Term> bounds = new LinkedHashSet<>();
        for (Term each : parts) {
            if (each.kind() == Kind.POWER
                    && each.shape().isScalar()
                    && each.index(0).equals(power.index(0))) {
                bounds.add(each.argument(0));
            }
        }
        for (Term each : bounds) {
            Optional<Theorem> above = search.less(Relation.LOEWNER, base, Term.product(List.of(each, unit)), depth);
            if (above.isPresent()) {
                add(found, lemma(List.of(semidefinite.get(), above.get()), Name.POWER_BOUND, base, each, exponent));
            }
        }
        Term rest = Term.subtract(unit, base);
        Optional<Theorem> contraction = search.less(Relation.LOEWNER, zero, rest, depth);
        if (nonNegative.isPresent() && contraction.isPresent()) {
            Optional<Theorem> commute = search.attempt(
                    new EqualityRules.Algebra(Term.product(List.of(power, rest)), Term.product(List.of(rest, power))),
                    List.of());
            if (commute.isPresent()) {
                List<Theorem> premises = List.of(nonNegative.get(), contraction.get(), commute.get());
                add(found, lemma(premises, Name.COMMUTING, power, rest));
            }
        }
        for (Term each : columns(parts)) {
            if (each.shape().rows().equals(base.shape().rows())) {
                Optional<Theorem> normed = search.attempt(
                        new EqualityRules.Algebra(Term.product(List.of(Term.transpose(each), each)), Term.number(1)),
                        List.of());
                if (normed.isPresent()) {
                    add(found, lemma(List.of(semidefinite.get(), normed.get()), Name.JENSEN, base, each, exponent));
                }
            }
        }
    }

    /** v'A v &lt;= v'B v for A &lt;&lt;= B and the columns of a goal. */
    private List<Theorem> congruences(List<Theorem> matrices, Set<Term> columns) throws IllTyped {
        List<Theorem> found = new ArrayList<>();
        for (Theorem each : matrices) {
            Comparison order = (Comparison) each.formula();
            for (Term column : columns) {
                if (column.shape().rows().equals(order.left().shape().rows())) {
                    add(found, lemma(List.of(each), Name.CONGRUENCE, order.left(), order.right(), column));
                }
            }
        }
        return found;
    }

    /** C'A C &lt;&lt;= C'B C for A &lt;&lt;= B and what products of the goal end in. */
    private List<Theorem> matrixCongruences(List<Theorem> matrices, Set<Term> parts) throws IllTyped {
        Set<Term> ends = new LinkedHashSet<>();
        for (Term each : parts) {
            List<Term> word = Terms.matrices(each);
            if (word.size() > 2 && !Terms.isColumn(word.get(word.size() - 1))) {
                ends.add(word.get(word.size() - 1));
            }
        }
        List<Theorem> found = new ArrayList<>();
        for (Theorem each : matrices) {
            Comparison order = (Comparison) each.formula();
            for (Term end : ends.stream().limit(MAX_NORMS).toList()) {
                if (end.shape().rows().equals(order.left().shape().rows())) {
                    add(found, lemma(List.of(each), Name.CONGRUENCE, order.left(), order.right(), end));
                }
            }
        }
        return found;
    }

    /** 0 &lt;&lt;= (A - c I)(e I - A) for c I &lt;&lt;= A &lt;&lt;= e I, and for c = 0 where A is known to be semidefinite. */
    private List<Theorem> commutingProducts() throws IllTyped {
        List<Theorem> found = new ArrayList<>();
        for (Theorem above : search.orders(true)) {
            Comparison high = (Comparison) above.formula();
            Term matrix = high.left();
            if (matrix.shape().isScalar()
                    || !isMultiple(high.right(), Term.identity(matrix.shape().rows()))) {
                continue;
            }
            Term upper = Term.subtract(high.right(), matrix);
            Term zero = Term.zero(matrix.shape());
            Optional<Theorem> gap = moved(zero, upper, above);
            for (Theorem below : search.orders(true)) {
                Comparison low = (Comparison) below.formula();
                if (low.right().equals(matrix)) {
                    Term lower = Term.subtract(matrix, low.left());
                    commuting(found, moved(zero, lower, below), gap, lower, upper);
                }
            }
            List<Theorem> square = new ArrayList<>();
            List<Term> word = Terms.matrices(matrix);
            if (word.size() % 2 == 0) {
                int half = word.size() / 2;
                squareIf(square, Term.product(word.subList(0, half)), Term.product(word.subList(half, word.size())));
            }
            if (!square.isEmpty()) {
                commuting(found, moved(zero, matrix, square.get(0)), gap, matrix, upper);
            }
        }
        return found;
    }

    /** An order written with zero on its left. */
    private Optional<Theorem> moved(Term zero, Term difference, Theorem order) throws IllTyped {
        return search.attempt(
                new OrderRules.Sign(
                        Relation.LOEWNER, zero, difference, List.of(new OrderRules.Product(Fraction.ONE, List.of(0)))),
                List.of(order));
    }

    private void commuting(List<Theorem> found, Optional<Theorem> first, Optional<Theorem> second, Term low, Term high)
            throws IllTyped {
        Optional<Theorem> commute = search.attempt(
                new EqualityRules.Algebra(Term.product(List.of(low, high)), Term.product(List.of(high, low))),
                List.of());
        if (first.isPresent() && second.isPresent() && commute.isPresent()) {
            add(found, lemma(List.of(first.get(), second.get(), commute.get()), Name.COMMUTING, low, high));
        }
    }

    /** Signs and order of extreme eigenvalues, and their bounds by the orders of matrices that are known. */
    List<Theorem> eigenvalues(Set<Term> parts, List<Theorem> matrices) throws IllTyped {
        List<Theorem> found = new ArrayList<>();
        Set<Term> arguments = new LinkedHashSet<>();
        for (Term each : parts) {
            if (each.kind() == Kind.LAMBDA_MAX || each.kind() == Kind.LAMBDA_MIN) {
                arguments.add(each.argument(0));
                List<Term> summands = Terms.summands(each.argument(0)).stream()
                        .filter(summand ->
                                !Terms.matrices(summand).stream().allMatch(factor -> factor.kind() == Kind.IDENTITY))
                        .toList();
                if (!summands.isEmpty()) {
                    arguments.add(Term.sum(summands));
                }
            }
        }
        for (Term each : arguments) {
            Term unit = Term.identity(each.shape().rows());
            add(found, lemma(Name.EIGENVALUES, each));
            Optional<Theorem> semidefinite = nonNegative(each);
            if (semidefinite.isPresent()) {
                Term none = Term.product(List.of(Term.number(0), unit));
                Optional<Theorem> spelled = search.attempt(
                        new OrderRules.Sign(
                                Relation.LOEWNER,
                                none,
                                each,
                                List.of(new OrderRules.Product(Fraction.ONE, List.of(0)))),
                        List.of(semidefinite.get()));
                if (spelled.isPresent()) {
                    add(found, lemma(List.of(spelled.get()), Name.LEAST_EIGENVALUE, each, Term.number(0)));
                }
                for (Theorem fact : search.facts()) {
                    if (fact.formula() instanceof Invertible invertible
                            && invertible.term().equals(each)) {
                        add(found, lemma(List.of(semidefinite.get(), fact), Name.POSITIVE_DEFINITE, each));
                    }
                }
            }
            for (Theorem fact : matrices) {
                Comparison order = (Comparison) fact.formula();
                if (order.right().equals(each) && isMultiple(order.left(), unit)) {
                    add(found, lemma(List.of(fact), Name.LEAST_EIGENVALUE, each, multiplier(order.left())));
                } else if (order.left().equals(each) && isMultiple(order.right(), unit)) {
                    add(found, lemma(List.of(fact), Name.LARGEST_EIGENVALUE, each, multiplier(order.right())));
                }
            }
        }
        return found;
    }

    /** c &lt;= e for every c I &lt;&lt;= A, A &lt;&lt;= e I that are known. */
    private List<Theorem> enclosures() throws IllTyped {
        List<Theorem> found = new ArrayList<>();
        for (Theorem below : search.orders(true)) {
            for (Theorem above : search.orders(true)) {
                Comparison low = (Comparison) below.formula();
                Comparison high = (Comparison) above.formula();
                Term matrix = low.right();
                Term unit = Term.identity(matrix.shape().rows());
                if (matrix.equals(high.left()) && isMultiple(low.left(), unit) && isMultiple(high.right(), unit)) {
                    Optional<Theorem> least =
                            lemma(List.of(below), Name.LEAST_EIGENVALUE, matrix, multiplier(low.left()));
                    Optional<Theorem> order = lemma(Name.EIGENVALUES, matrix);
                    Optional<Theorem> largest =
                            lemma(List.of(above), Name.LARGEST_EIGENVALUE, matrix, multiplier(high.right()));
                    if (least.isPresent() && order.isPresent() && largest.isPresent()) {
                        add(found, chain(List.of(least.get(), order.get(), largest.get())));
                    }
                }
            }
        }
        return found;
    }

    /** c of c I as a lemma spells it; I alone is not spelled so. */
    private static Term multiplier(Term multiple) {
        return multiple.kind() == Kind.PRODUCT ? multiple.argument(0) : Term.number(1);
    }

    private static boolean isMultiple(Term term, Term unit) {
        return term.equals(unit)
                || term.kind() == Kind.PRODUCT
                        && term.arguments().size() == 2
                        && term.argument(1).equals(unit);
    }

    /**
     * What holds of norms and eigenvalues in a goal and can be used in its normal forms: their signs, and that the
     * spectral norm of a semidefinite matrix is its largest eigenvalue.
     */
    List<Theorem> auxiliary(Term left, Term right) throws IllTyped {
        Set<Term> parts = parts(Terms.unfolded(search.context(), left), Terms.unfolded(search.context(), right));
        List<Theorem> found = new ArrayList<>();
        boolean signs = parts.stream().anyMatch(each -> each.kind() == Kind.ABS || each.kind() == Kind.SQRT);
        if (signs) {
            found.addAll(congruences(search.orders(true), columns(parts)));
        }
        List<Theorem> orders = eigenvalues(parts, search.orders(true));
        found.addAll(orders);
        for (Term each : parts) {
            if (each.kind() == Kind.SPECTRAL_NORM && each.argument(0).shape().isSquare()) {
                Optional<Theorem> semidefinite = nonNegative(each.argument(0));
                if (semidefinite.isPresent()) {
                    add(found, lemma(List.of(semidefinite.get()), Name.SPECTRAL_VALUE, each.argument(0)));
                }
            }
        }
        return found;
    }

    /** 0 &lt;= x for the sums x of which powers with variables in the exponent occur, where that is not known yet. */
    List<Theorem> bases(Term left, Term right) throws IllTyped {
        List<Theorem> found = new ArrayList<>();
        for (Term each : parts(left, right)) {
            if (each.kind() == Kind.POWER
                    && each.shape().isScalar()
                    && !each.index(0).isConstant()
                    && each.argument(0).kind() == Kind.SUM
                    && search.nonNegative(each).isEmpty()) {
                Optional<Theorem> base = search.less(Relation.AT_MOST, Term.number(0), each.argument(0), 0);
                if (base.isPresent()) {
                    found.add(base.get());
                    Term exponent = Term.integer(each.index(0));
                    add(found, lemma(List.of(base.get()), Name.POWER_NONNEGATIVE, each.argument(0), exponent));
                }
            }
        }
        return found;
    }

    /** A matrix is invertible that is at least a positive multiple of I. */
    Optional<Theorem> invertible(Term matrix) throws IllTyped {
        Term unit = Term.identity(matrix.shape().rows());
        Set<Term> multiples = new LinkedHashSet<>();
        for (Theorem each : search.orders(true)) {
            Comparison order = (Comparison) each.formula();
            if (isMultiple(order.left(), unit)) {
                multiples.add(multiplier(order.left()));
            }
        }
        for (Term each : Terms.summands(Terms.unfolded(search.context(), matrix))) {
            if (isMultiple(each, unit)) {
                multiples.add(multiplier(each));
            }
        }
        for (Term each : multiples) {
            Optional<Theorem> positive = search.less(Relation.BELOW, Term.number(0), each, 1);
            Optional<Theorem> below = positive.isEmpty()
                    ? positive
                    : search.less(Relation.LOEWNER, Term.product(List.of(each, unit)), matrix, 1);
            if (below.isPresent()) {
                return lemma(List.of(positive.get(), below.get()), Name.INVERTIBLE, matrix, each);
            }
        }
        return Optional.empty();
    }

    /** Increasing functions of what is below, for those that occur on the two sides. */
    List<Theorem> increasing(Term left, Term right, int depth) throws IllTyped {
        List<Theorem> found = new ArrayList<>();
        for (Term low : parts(left)) {
            for (Term high : parts(right)) {
                increasing(found, low, high, depth);
                increasing(found, high, low, depth);
            }
        }
        return found;
    }

    /** f(a) R f(b) where the goal has f(a) on one side and f(b) on the other. */
    private void increasing(List<Theorem> found, Term low, Term high, int depth) throws IllTyped {
        if (low.equals(high) || !low.shape().isScalar() || !high.shape().isScalar()) {
            return;
        }
        if (low.kind() == Kind.POWER) {
            Optional<Term> root = root(high, low.index(0));
            if (root.isPresent()) {
                increasing(found, Kind.POWER, low.index(0), low.argument(0), root.get(), depth);
            }
        } else if (high.kind() == Kind.POWER) {
            Optional<Term> root = root(low, high.index(0));
            if (root.isPresent()) {
                increasing(found, Kind.POWER, high.index(0), root.get(), high.argument(0), depth);
            }
        } else if (low.kind() == high.kind()
                && (low.kind() == Kind.EXP || low.kind() == Kind.LOG || low.kind() == Kind.SQRT)) {
            increasing(found, low.kind(), LinearForm.ONE, low.argument(0), high.argument(0), depth);
        }
    }

    /** What to the exponent is the term: the base of a power, or an exponential whose argument has it as a factor. */
    private static Optional<Term> root(Term term, LinearForm exponent) throws IllTyped {
        if (term.kind() == Kind.POWER && term.index(0).equals(exponent)) {
            return Optional.of(term.argument(0));
        }
        if (term.equals(Term.number(1))) {
            return Optional.of(term);
        }
        if (term.kind() != Kind.EXP) {
            return Optional.empty();
        }
        Optional<Term> rest = without(term.argument(0), Term.integer(exponent));
        return rest.isEmpty() ? Optional.empty() : Optional.of(Term.function(Kind.EXP, rest.get()));
    }

    private static Optional<Term> without(Term product, Term factor) throws IllTyped {
        if (product.equals(factor)) {
            return Optional.of(Term.number(1));
        }
        if (product.kind() == Kind.QUOTIENT) {
            Optional<Term> rest = without(product.argument(0), factor);
            return rest.isEmpty() ? rest : Optional.of(Term.quotient(rest.get(), product.argument(1)));
        }
        if (product.kind() == Kind.PRODUCT) {
            for (int i = 0; i < product.arguments().size(); i++) {
                Optional<Term> rest = without(product.argument(i), factor);
                if (rest.isPresent()) {
                    List<Term> factors = new ArrayList<>(product.arguments());
                    factors.set(i, rest.get());
                    return Optional.of(Term.product(factors));
                }
            }
        }
        return Optional.empty();
    }

    private void increasing(List<Theorem> found, Kind function, LinearForm exponent, Term low, Term high, int depth)
            throws IllTyped {
        // a fixed power is a product, which is sought for itself
        int below = function == Kind.POWER && exponent.isConstant() ? 0 : depth;
        Optional<Theorem> inner = search.less(Relation.AT_MOST, low, high, below);
        if (inner.isEmpty()) {
            return;
        }
        List<Theorem> premises = new ArrayList<>();
        if (function != Kind.EXP) {
            Relation sign = function == Kind.LOG ? Relation.BELOW : Relation.AT_MOST;
            Optional<Theorem> domain = search.less(sign, Term.number(0), low, below);
            if (domain.isEmpty()) {
                return;
            }
            premises.add(domain.get());
        }
        premises.add(inner.get());
        switch (function) {
            case EXP -> add(found, lemma(premises, Name.MONOTONE_EXP, low, high));
            case LOG -> add(found, lemma(premises, Name.MONOTONE_LOG, low, high));
            case SQRT -> add(found, lemma(premises, Name.MONOTONE_SQRT, low, high));
            default -> add(found, lemma(premises, Name.MONOTONE_POWER, low, high, Term.integer(exponent)));
        }
    }

    /** 0 &lt;= v'v for columns, and for sums and differences of scalars and of columns in the goal. */
    List<Theorem> squares(Term left, Term right) throws IllTyped {
        Set<Term> parts = parts(left, right);
        List<Theorem> found = new ArrayList<>();
        for (Term each : columns(parts)) {
            add(found, lemma(Name.SQUARE, each));
        }
        for (Term each : parts) {
            boolean even = each.kind() == Kind.POWER
                    && each.shape().isScalar()
                    && each.index(0).equals(LinearForm.of(2));
            if (even) {
                add(found, lemma(Name.SQUARE, each.argument(0)));
            }
        }
        List<Term> symbols = new ArrayList<>(parts.stream()
                .filter(each -> (each.kind() == Kind.SYMBOL || each.kind() == Kind.APPLY)
                        && (each.shape().isScalar() || Terms.isColumn(each)))
                .limit(MAX_SQUARES)
                .toList());
        symbols.add(Term.number(1));
        for (int i = 0; i < symbols.size(); i++) {
            for (int j = i + 1; j < symbols.size(); j++) {
                if (symbols.get(i).shape().equals(symbols.get(j).shape())) {
                    add(found, lemma(Name.SQUARE, Term.subtract(symbols.get(i), symbols.get(j))));
                    add(found, lemma(Name.SQUARE, Term.sum(List.of(symbols.get(i), symbols.get(j)))));
                }
            }
        }
        List<Term> scales = parts.stream()
                .filter(each -> each.kind() == Kind.QUOTIENT)
                .flatMap(each -> Terms.factors(each.argument(1)).stream())
                .filter(each -> each.kind() == Kind.SYMBOL)
                .distinct()
                .limit(2)
                .toList();
        for (Term scale : scales) {
            for (Term each : symbols) {
                for (Term other : symbols) {
                    if (!each.equals(other)
                            && each.shape().equals(other.shape())
                            && !scale.equals(each)
                            && !scale.equals(other)) {
                        Term scaled = Term.product(List.of(scale, each));
                        add(found, lemma(Name.SQUARE, Term.subtract(scaled, other)));
                        add(found, lemma(Name.SQUARE, Term.sum(List.of(scaled, other))));
                    }
                }
            }
        }
        return found;
    }

    /** The orders, those with a division multiplied by what they divide by where that is positive. */
    List<Theorem> cleared(List<Theorem> orders) throws IllTyped {
        List<Theorem> found = new ArrayList<>();
        for (Theorem each : orders) {
            Comparison order = (Comparison) each.formula();
            Optional<Term> divisor = parts(order.left(), order.right()).stream()
                    .filter(part -> part.kind() == Kind.QUOTIENT
                            && Terms.number(part.argument(1)).isEmpty())
                    .map(part -> part.argument(1))
                    .findFirst();
            Optional<Theorem> positive = divisor.isEmpty()
                    ? Optional.empty()
                    : search.less(Relation.BELOW, Term.number(0), divisor.get(), 0);
            if (positive.isEmpty()) {
                found.add(each);
            } else {
                List<Term> one = List.of(divisor.get());
                add(
                        found,
                        search.attempt(
                                new OrderRules.Sign(
                                        order.relation(),
                                        Terms.cleared(order.left(), one),
                                        Terms.cleared(order.right(), one),
                                        List.of(new OrderRules.Product(Fraction.ONE, List.of(0, 1)))),
                                List.of(positive.get(), each)));
            }
        }
        return found;
    }

    /** Where no combination was found: bounds of an absolute value, and roots of both sides. */
    Optional<Theorem> otherwise(Comparison goal, int depth) throws IllTyped {
        Term left = goal.left();
        Term right = goal.right();
        if (goal.relation() == Relation.LOEWNER) {
            return cleared(goal, depth);
        }
        if (left.kind() == Kind.ABS && goal.relation() == Relation.AT_MOST) {
            Term inner = left.argument(0);
            Optional<Theorem> below = search.less(Relation.AT_MOST, Term.negate(right), inner, depth - 1);
            if (below.isPresent()) {
                Optional<Theorem> above = search.less(Relation.AT_MOST, inner, right, depth - 1);
                if (above.isPresent()) {
                    return lemma(List.of(below.get(), above.get()), Name.ABSOLUTE_BOUND, inner, right);
                }
            }
        }
        Term low = Terms.unfolded(search.context(), left);
        Term high = Terms.unfolded(search.context(), right);
        List<List<Theorem>> products = new ArrayList<>(exponentials(parts(low, high)));
        products.addAll(new PolynomialSigns(search).products(low, high));
        Optional<Theorem> found = products.isEmpty() ? Optional.empty() : search.combine(goal, products);
        if (found.isEmpty()) {
            found = roots(goal, depth);
        }
        return found.isPresent() ? found : cleared(goal, depth);
    }

    /** Bounds of the exponential at numbers: (1 + q/k)^k &lt;= exp(q), and (1 - q/k)^k exp(q) &lt;= 1. */
    private List<List<Theorem>> exponentials(Set<Term> parts) throws IllTyped {
        List<List<Theorem>> found = new ArrayList<>();
        for (Term each : parts) {
            Optional<Fraction> value = each.kind() == Kind.EXP ? Terms.number(each.argument(0)) : Optional.empty();
            if (value.isEmpty()) {
                continue;
            }
            Optional<Theorem> positive = search.nonNegative(each);
            for (long count : EXPONENTIAL_STEPS) {
                Fraction step = value.get().divide(Fraction.of(count));
                powerOfTangent(step, count).ifPresent(below -> found.add(List.of(below)));
                Optional<Theorem> above = powerOfTangent(step.negate(), count);
                if (above.isPresent() && positive.isPresent()) {
                    found.add(List.of(positive.get(), above.get()));
                }
            }
        }
        return found;
    }

    /** The order of powers, for a left side of at least zero; the support shows that both sides are defined. */
    private Optional<Theorem> power(Theorem order, long exponent, List<Theorem> support) throws IllTyped {
        Comparison comparison = (Comparison) order.formula();
        Optional<Theorem> sign =
                search.attempt(new OrderRules.Sign(Relation.AT_MOST, Term.number(0), comparison.left()), support);
        if (sign.isEmpty()) {
            return sign;
        }
        List<Theorem> premises = new ArrayList<>(List.of(sign.get(), order));
        premises.addAll(support);
        return lemma(premises, Name.MONOTONE_POWER, comparison.left(), comparison.right(), Term.number(exponent));
    }

    private Optional<Theorem> powerOfTangent(Fraction step, long count) throws IllTyped {
        Optional<Theorem> tangent = lemma(Name.TANGENT, Term.number(step));
        return tangent.isEmpty() ? tangent : power(tangent.get(), count, List.of());
    }

    /** a R b from 0 R m (b - a), m being the product of the denominators, which are to be positive. */
    private Optional<Theorem> cleared(Comparison goal, int depth) throws IllTyped {
        Term left = Terms.unfolded(search.context(), goal.left());
        Term right = Terms.unfolded(search.context(), goal.right());
        Set<Term> divisors = new LinkedHashSet<>();
        for (Term each : parts(left, right)) {
            if (each.kind() == Kind.QUOTIENT && Terms.number(each.argument(1)).isEmpty()) {
                divisors.add(each.argument(1));
            }
        }
        List<Theorem> premises = new ArrayList<>();
        for (Term each : divisors) {
            Term reciprocal = Term.quotient(Term.number(1), each);
            Optional<Theorem> positive = search.less(Relation.BELOW, Term.number(0), reciprocal, 0);
            if (positive.isEmpty()) {
                return Optional.empty();
            }
            premises.add(positive.get());
        }
        if (divisors.isEmpty()) {
            return Optional.empty();
        }
        List<Term> all = List.copyOf(divisors);
        Optional<Theorem> multiplied =
                search.less(goal.relation(), Terms.cleared(left, all), Terms.cleared(right, all), depth - 1);
        if (multiplied.isEmpty()) {
            return Optional.empty();
        }
        premises.add(multiplied.get());
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < premises.size(); i++) {
            numbers.add(i);
        }
        return search.attempt(
                new OrderRules.Sign(
                        goal.relation(),
                        goal.left(),
                        goal.right(),
                        List.of(new OrderRules.Product(Fraction.ONE, numbers))),
                premises);
    }

    /** a &lt;= b from a^2 &lt;= b^2, for b of at least zero. */
    private Optional<Theorem> roots(Comparison goal, int depth) throws IllTyped {
        Term none = Term.number(0);
        boolean squares = goal.left().kind() == Kind.POWER && goal.right().kind() == Kind.POWER;
        if (goal.relation() != Relation.AT_MOST || goal.left().equals(none) || squares) {
            return Optional.empty();
        }
        Optional<Theorem> sign = search.less(Relation.AT_MOST, none, goal.right(), 0);
        if (sign.isEmpty()) {
            return Optional.empty();
        }
        Term low = Term.power(goal.left(), LinearForm.of(2));
        Term high = Term.power(goal.right(), LinearForm.of(2));
        Optional<Theorem> squared = search.less(Relation.AT_MOST, low, high, depth - 1);
        return squared.isEmpty()
                ? Optional.empty()
                : lemma(List.of(sign.get(), squared.get()), Name.ROOT, goal.left(), goal.right());
    }
}

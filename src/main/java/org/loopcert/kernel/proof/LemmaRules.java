package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.NotProved.require;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.NotProved.Reason;
import org.loopcert.kernel.proof.Term.Kind;

/** Inequalities of analysis and linear algebra, at given terms. */
public final class LemmaRules {
    private static final Term ONE = Term.number(1);

    private LemmaRules() {}

    /**
     * Which inequality. x, y, c, r, s are scalars, u, v columns, A, B, C matrices, k an integer of at least zero; A
     * &lt;&lt;= B says that B - A is symmetric and positive semidefinite.
     */
    public enum Name {
        /** x &lt;= |x|. */
        ABSOLUTE(x -> List.of(atMost(x, of(Kind.ABS, x)))),
        /** -c &lt;= x, x &lt;= c: |x| &lt;= c. */
        ABSOLUTE_BOUND((x, c) -> List.of(atMost(Term.negate(c), x), atMost(x, c), atMost(of(Kind.ABS, x), c))),
        /** 1 + x &lt;= exp(x), for all real x: exp is convex, and this is its tangent at 0. */
        TANGENT(x -> List.of(atMost(plus(ONE, x), of(Kind.EXP, x)))),
        /** 0 &lt; x: log(x) &lt;= x - 1, the tangent at log x. */
        LOGARITHM(x -> List.of(positive(x), atMost(of(Kind.LOG, x), Term.subtract(x, ONE)))),
        /** 0 &lt;= s, s &lt;= 1: exp(s x + (1 - s) y) &lt;= s exp(x) + (1 - s) exp(y), the convexity of exp. */
        CONVEXITY((s, x, y) -> List.of(
                nonNegative(s),
                atMost(s, ONE),
                atMost(of(Kind.EXP, mean(s, x, y)), mean(s, of(Kind.EXP, x), of(Kind.EXP, y))))),
        /** x &lt;= y: exp(x) &lt;= exp(y). */
        MONOTONE_EXP((x, y) -> List.of(atMost(x, y), atMost(of(Kind.EXP, x), of(Kind.EXP, y)))),
        /** 0 &lt; x, x &lt;= y: log(x) &lt;= log(y). */
        MONOTONE_LOG((x, y) -> List.of(positive(x), atMost(x, y), atMost(of(Kind.LOG, x), of(Kind.LOG, y)))),
        /** 0 &lt;= x, x &lt;= y: sqrt(x) &lt;= sqrt(y). */
        MONOTONE_SQRT((x, y) -> List.of(nonNegative(x), atMost(x, y), atMost(of(Kind.SQRT, x), of(Kind.SQRT, y)))),
        /** 0 &lt;= x, x &lt;= y: x^k &lt;= y^k. */
        MONOTONE_POWER((x, y, k) -> List.of(nonNegative(x), atMost(x, y), atMost(power(x, k), power(y, k)))),
        /** 0 &lt;= c, x^2 &lt;= c^2: x &lt;= c. */
        ROOT((x, c) -> List.of(nonNegative(c), atMost(square(x), square(c)), atMost(x, c))),
        /** |u + v| &lt;= |u| + |v| (Minkowski), of scalars too. */
        TRIANGLE((u, v) -> List.of(atMost(norm(plus(u, v)), plus(norm(u), norm(v))))),
        /** 0 &lt;&lt;= A: |u'A v| &lt;= sqrt(u'A u) sqrt(v'A v); with A = I it is |u'v| &lt;= |u| |v|. */
        CAUCHY_SCHWARZ((a, u, v) -> List.of(
                semidefinite(a),
                atMost(
                        of(Kind.ABS, form(u, a, v)),
                        times(of(Kind.SQRT, form(u, a, u)), of(Kind.SQRT, form(v, a, v)))))),
        /** |A v| &lt;= ||A|| |v|, by the definition of the spectral norm. */
        NORM_COMPATIBLE((a, v) -> List.of(atMost(norm(times(a, v)), times(spectral(a), norm(v))))),
        /** ||A B|| &lt;= ||A|| ||B||. */
        SUBMULTIPLICATIVE((a, b) -> List.of(atMost(spectral(times(a, b)), times(spectral(a), spectral(b))))),
        /** ||A + B|| &lt;= ||A|| + ||B||. */
        SPECTRAL_TRIANGLE((a, b) -> List.of(atMost(spectral(plus(a, b)), plus(spectral(a), spectral(b))))),
        /** -r I &lt;&lt;= A, A &lt;&lt;= r I: ||A|| &lt;= r; the eigenvalues of A lie in [-r, r]. */
        SPECTRAL_BOUND(
                (a, r) -> List.of(below(unit(Term.negate(r), a), a), below(a, unit(r, a)), atMost(spectral(a), r))),
        /** 0 &lt;&lt;= A: ||A|| = lambda_max(A). */
        SPECTRAL_VALUE(a -> List.of(semidefinite(a), Formula.equal(spectral(a), of(Kind.LAMBDA_MAX, a)))),
        /** |v|_inf &lt;= |v|. */
        MAXIMUM_NORM(v -> List.of(atMost(of(Kind.NORM_INF, v), norm(v)))),
        /** lambda_min(A) I &lt;&lt;= A, for symmetric A (Rayleigh). */
        RAYLEIGH_MIN(a -> List.of(below(unit(of(Kind.LAMBDA_MIN, a), a), a))),
        /** A &lt;&lt;= lambda_max(A) I, for symmetric A (Rayleigh). */
        RAYLEIGH_MAX(a -> List.of(below(a, unit(of(Kind.LAMBDA_MAX, a), a)))),
        /** lambda_min(A) &lt;= lambda_max(A), for symmetric A. */
        EIGENVALUES(a -> List.of(atMost(of(Kind.LAMBDA_MIN, a), of(Kind.LAMBDA_MAX, a)))),
        /** c I &lt;&lt;= A: c &lt;= lambda_min(A). */
        LEAST_EIGENVALUE((a, c) -> List.of(below(unit(c, a), a), atMost(c, of(Kind.LAMBDA_MIN, a)))),
        /** A &lt;&lt;= c I: lambda_max(A) &lt;= c. */
        LARGEST_EIGENVALUE((a, c) -> List.of(below(a, unit(c, a)), atMost(of(Kind.LAMBDA_MAX, a), c))),
        /** 0 &lt;&lt;= A, A invertible: 0 &lt; lambda_min(A). */
        POSITIVE_DEFINITE(a -> List.of(semidefinite(a), Formula.invertible(a), positive(of(Kind.LAMBDA_MIN, a)))),
        /** 0 &lt; c, c I &lt;&lt;= A: A invertible. */
        INVERTIBLE((a, c) -> List.of(positive(c), below(unit(c, a), a), Formula.invertible(a))),
        /** 0 &lt;&lt;= A'A, which reads 0 &lt;= v'v for a column. */
        SQUARE(a -> List.of(semidefinite(times(Term.transpose(a), a)))),
        /** A &lt;&lt;= B: C'A C &lt;&lt;= C'B C, which reads v'A v &lt;= v'B v for a column. */
        CONGRUENCE((a, b, c) -> List.of(Formula.compare(Relation.LOEWNER, a, b), below(form(c, a, c), form(c, b, c)))),
        /** 0 &lt;&lt;= A: 0 &lt;&lt;= A^k; the eigenvalues of A^k are powers of those of A. */
        POWER_NONNEGATIVE((a, k) -> List.of(semidefinite(a), semidefinite(power(a, k)))),
        /** 0 &lt;&lt;= A, 0 &lt;&lt;= B, A B = B A: 0 &lt;&lt;= A B; commuting symmetric matrices share eigenvectors. */
        COMMUTING((a, b) -> List.of(
                semidefinite(a), semidefinite(b), Formula.equal(times(a, b), times(b, a)), semidefinite(times(a, b)))),
        /** 0 &lt;&lt;= A, A &lt;&lt;= c I: A^k &lt;&lt;= c^k I. */
        POWER_BOUND(
                (a, c, k) -> List.of(semidefinite(a), below(a, unit(c, a)), below(power(a, k), unit(power(c, k), a)))),
        /** 0 &lt;&lt;= A, v'v = 1: (v'A v)^k &lt;= v'A^k v (Jensen, for the weights that v gives the eigenvalues). */
        JENSEN((a, v, k) -> List.of(
                semidefinite(a),
                Formula.equal(times(Term.transpose(v), v), ONE),
                atMost(power(form(v, a, v), k), form(v, power(a, k), v))));

        private final int terms;
        private final Three statement;

        Name(One statement) {
            this(1, (a, b, c) -> statement.of(a));
        }

        Name(Two statement) {
            this(2, (a, b, c) -> statement.of(a, b));
        }

        Name(Three statement) {
            this(3, statement);
        }

        Name(int terms, Three statement) {
            this.terms = terms;
            this.statement = statement;
        }
    }

    /** What is presupposed of a term, then the inequality. */
    private interface One {
        List<Formula> of(Term a) throws NotProved, IllTyped;
    }

    /** The same of two terms. */
    private interface Two {
        List<Formula> of(Term a, Term b) throws NotProved, IllTyped;
    }

    /** The same of three terms. */
    private interface Three {
        List<Formula> of(Term a, Term b, Term c) throws NotProved, IllTyped;
    }

    /**
     * A named inequality.
     *
     * <pre>
     *   what it presupposes    facts
     *   ----------------------------- its name
     *        the inequality
     * </pre>
     *
     * The first premises are what is presupposed, as written above, in order; the facts that follow show both sides to be
     * defined and k to be at least zero. Soundness-critical.
     */
    public record Lemma(Name lemma, List<Term> terms) implements Theorem.Rule {
        public Lemma {
            terms = List.copyOf(terms);
        }

        @Override
        public String name() {
            return lemma.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public Formula conclude(Theorem.Given given) throws NotProved, IllTyped {
            require(terms.size() == lemma.terms, Reason.PREMISE, lemma.terms + " terms", terms.size());
            Term last = terms.get(terms.size() - 1);
            List<Formula> statement = lemma.statement.of(terms.get(0), terms.get(Math.min(1, terms.size() - 1)), last);
            int presupposed = statement.size() - 1;
            Formula conclusion = statement.get(presupposed);
            given.context().check(conclusion);
            for (int i = 0; i < presupposed; i++) {
                given.requirePremise(i, statement.get(i));
            }
            Normalizer normalizer = new Normalizer(given.context(), given.facts(0));
            if (conclusion instanceof Formula.Comparison comparison) {
                normalizer.difference(comparison.left(), comparison.right());
            }
            if (EnumSet.of(Name.MONOTONE_POWER, Name.POWER_NONNEGATIVE, Name.POWER_BOUND, Name.JENSEN)
                    .contains(lemma)) {
                LinearForm exponent = integer(last);
                boolean defined = normalizer.signs().isNonNegative(exponent);
                require(defined, Reason.RANGE, "an exponent of at least zero", exponent);
            }
            return conclusion;
        }
    }

    private static Formula atMost(Term left, Term right) throws IllTyped {
        return Formula.compare(Relation.AT_MOST, left, right);
    }

    private static Formula nonNegative(Term scalar) throws IllTyped {
        return atMost(Term.number(0), scalar);
    }

    private static Formula positive(Term scalar) throws IllTyped {
        return Formula.compare(Relation.BELOW, Term.number(0), scalar);
    }

    /** The Loewner order; of scalars it is written as theirs. */
    private static Formula below(Term left, Term right) throws IllTyped {
        Relation relation = right.shape().isScalar() ? Relation.AT_MOST : Relation.LOEWNER;
        return Formula.compare(relation, left, right);
    }

    private static Formula semidefinite(Term matrix) throws IllTyped {
        return below(Term.zero(matrix.shape()), matrix);
    }

    private static Term of(Kind function, Term term) throws IllTyped {
        return Term.function(function, term);
    }

    private static Term norm(Term vector) throws IllTyped {
        return of(vector.shape().isScalar() ? Kind.ABS : Kind.NORM, vector);
    }

    private static Term spectral(Term term) throws IllTyped {
        return of(Kind.SPECTRAL_NORM, term);
    }

    private static Term square(Term term) throws IllTyped {
        return Term.power(term, LinearForm.of(2));
    }

    private static Term times(Term... factors) throws IllTyped {
        return Term.product(List.of(factors));
    }

    private static Term plus(Term left, Term right) throws IllTyped {
        return Term.sum(List.of(left, right));
    }

    /** u'A v. */
    private static Term form(Term left, Term matrix, Term right) throws IllTyped {
        return times(Term.transpose(left), matrix, right);
    }

    /** c I, of the size of a matrix. */
    private static Term unit(Term scalar, Term matrix) throws IllTyped {
        return times(scalar, Term.identity(matrix.shape().rows()));
    }

    /** s a + (1 - s) b. */
    private static Term mean(Term weight, Term a, Term b) throws IllTyped {
        return plus(times(weight, a), times(Term.subtract(ONE, weight), b));
    }

    private static Term power(Term base, Term exponent) throws NotProved, IllTyped {
        return Term.power(base, integer(exponent));
    }

    private static LinearForm integer(Term exponent) throws NotProved {
        return exponent.asInteger().orElseThrow(() -> NotProved.of(Reason.PREMISE, "an integer exponent", exponent));
    }
}

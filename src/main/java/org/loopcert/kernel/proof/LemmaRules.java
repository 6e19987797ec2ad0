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
    private LemmaRules() {}

    /**
     * Which inequality. x, y, c, r, s are scalars, u, v columns, A, B, C matrices, k an integer of at least zero; A
     * &lt;&lt;= B says that B - A is symmetric and positive semidefinite.
     */
    public enum Name {
        /** x &lt;= |x|. */
        ABSOLUTE(1),
        /** -c &lt;= x, x &lt;= c: |x| &lt;= c. */
        ABSOLUTE_BOUND(2),
        /** 1 + x &lt;= exp(x), for all real x: exp is convex, and this is its tangent at 0. */
        TANGENT(1),
        /** 0 &lt; x: log(x) &lt;= x - 1, the tangent at log x. */
        LOGARITHM(1),
        /** 0 &lt;= s, s &lt;= 1: exp(s x + (1 - s) y) &lt;= s exp(x) + (1 - s) exp(y), the convexity of exp. */
        CONVEXITY(3),
        /** x &lt;= y: exp(x) &lt;= exp(y). */
        MONOTONE_EXP(2),
        /** 0 &lt; x, x &lt;= y: log(x) &lt;= log(y). */
        MONOTONE_LOG(2),
        /** 0 &lt;= x, x &lt;= y: sqrt(x) &lt;= sqrt(y). */
        MONOTONE_SQRT(2),
        /** 0 &lt;= x, x &lt;= y: x^k &lt;= y^k. */
        MONOTONE_POWER(3),
        /** 0 &lt;= c, x^2 &lt;= c^2: x &lt;= c. */
        ROOT(2),
        /** |u + v| &lt;= |u| + |v| (Minkowski). */
        TRIANGLE(2),
        /** 0 &lt;&lt;= A: |u'A v| &lt;= sqrt(u'A u) sqrt(v'A v); with A = I it is |u'v| &lt;= |u| |v|. */
        CAUCHY_SCHWARZ(3),
        /** |A v| &lt;= ||A|| |v|, by the definition of the spectral norm. */
        NORM_COMPATIBLE(2),
        /** ||A B|| &lt;= ||A|| ||B||. */
        SUBMULTIPLICATIVE(2),
        /** ||A + B|| &lt;= ||A|| + ||B||. */
        SPECTRAL_TRIANGLE(2),
        /** -r I &lt;&lt;= A, A &lt;&lt;= r I: ||A|| &lt;= r; the eigenvalues of A lie in [-r, r]. */
        SPECTRAL_BOUND(2),
        /** 0 &lt;&lt;= A: ||A|| = lambda_max(A). */
        SPECTRAL_VALUE(1),
        /** |v|_inf &lt;= |v|. */
        MAXIMUM_NORM(1),
        /** lambda_min(A) I &lt;&lt;= A, for symmetric A (Rayleigh). */
        RAYLEIGH_MIN(1),
        /** A &lt;&lt;= lambda_max(A) I, for symmetric A (Rayleigh). */
        RAYLEIGH_MAX(1),
        /** lambda_min(A) &lt;= lambda_max(A), for symmetric A. */
        EIGENVALUES(1),
        /** c I &lt;&lt;= A: c &lt;= lambda_min(A). */
        LEAST_EIGENVALUE(2),
        /** A &lt;&lt;= c I: lambda_max(A) &lt;= c. */
        LARGEST_EIGENVALUE(2),
        /** 0 &lt;&lt;= A, A invertible: 0 &lt; lambda_min(A). */
        POSITIVE_DEFINITE(1),
        /** 0 &lt; c, c I &lt;&lt;= A: A invertible. */
        INVERTIBLE(2),
        /** 0 &lt;&lt;= A'A, which reads 0 &lt;= v'v for a column. */
        SQUARE(1),
        /** A &lt;&lt;= B: C'A C &lt;&lt;= C'B C, which reads v'A v &lt;= v'B v for a column. */
        CONGRUENCE(3),
        /** 0 &lt;&lt;= A: 0 &lt;&lt;= A^k; the eigenvalues of A^k are powers of those of A. */
        POWER_NONNEGATIVE(2),
        /** 0 &lt;&lt;= A, 0 &lt;&lt;= B, A B = B A: 0 &lt;&lt;= A B; commuting symmetric matrices share eigenvectors. */
        COMMUTING(2),
        /** 0 &lt;&lt;= A, A &lt;&lt;= c I: A^k &lt;&lt;= c^k I. */
        POWER_BOUND(3),
        /** 0 &lt;&lt;= A, v'v = 1: (v'A v)^k &lt;= v'A^k v (Jensen, for the weights that v gives the eigenvalues). */
        JENSEN(3);

        private final int terms;

        Name(int terms) {
            this.terms = terms;
        }
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
            List<Formula> statement = statement();
            int presupposed = statement.size() - 1;
            Formula conclusion = statement.get(presupposed);
            given.context().check(conclusion);
            for (int i = 0; i < presupposed; i++) {
                Formula found = given.premise(i).formula();
                require(
                        statement.get(i).equals(found),
                        Reason.PREMISE,
                        statement.get(i).toString(),
                        found);
            }
            Normalizer normalizer = new Normalizer(given.context(), given.facts(0));
            if (conclusion instanceof Formula.Comparison comparison) {
                normalizer.difference(comparison.left(), comparison.right());
            }
            if (EnumSet.of(Name.MONOTONE_POWER, Name.POWER_NONNEGATIVE, Name.POWER_BOUND, Name.JENSEN)
                    .contains(lemma)) {
                boolean defined = normalizer.signs().isNonNegative(exponent());
                require(defined, Reason.RANGE, "an exponent of at least zero", exponent());
            }
            return conclusion;
        }

        private LinearForm exponent() throws NotProved {
            Term last = terms.get(terms.size() - 1);
            require(last.asInteger().isPresent(), Reason.PREMISE, "an integer exponent", last);
            return last.asInteger().get();
        }

        /** What is presupposed, then the inequality. */
        private List<Formula> statement() throws NotProved, IllTyped {
            Term a = terms.get(0);
            Term b = terms.get(Math.min(1, terms.size() - 1));
            Term c = terms.get(terms.size() - 1);
            Term one = Term.number(1);
            Term rest = lemma == Name.CONVEXITY ? Term.subtract(one, a) : one;
            return switch (lemma) {
                case ABSOLUTE -> List.of(atMost(a, of(Kind.ABS, a)));
                case ABSOLUTE_BOUND -> List.of(atMost(Term.negate(b), a), atMost(a, b), atMost(of(Kind.ABS, a), b));
                case TANGENT -> List.of(atMost(plus(one, a), of(Kind.EXP, a)));
                case LOGARITHM -> List.of(positive(a), atMost(of(Kind.LOG, a), Term.subtract(a, one)));
                case CONVEXITY ->
                    List.of(
                            nonNegative(a),
                            atMost(a, one),
                            atMost(
                                    of(Kind.EXP, plus(times(a, b), times(rest, c))),
                                    plus(times(a, of(Kind.EXP, b)), times(rest, of(Kind.EXP, c)))));
                case MONOTONE_EXP -> List.of(atMost(a, b), atMost(of(Kind.EXP, a), of(Kind.EXP, b)));
                case MONOTONE_LOG -> List.of(positive(a), atMost(a, b), atMost(of(Kind.LOG, a), of(Kind.LOG, b)));
                case MONOTONE_SQRT -> List.of(nonNegative(a), atMost(a, b), atMost(of(Kind.SQRT, a), of(Kind.SQRT, b)));
                case MONOTONE_POWER ->
                    List.of(nonNegative(a), atMost(a, b), atMost(Term.power(a, exponent()), Term.power(b, exponent())));
                case ROOT -> List.of(nonNegative(b), atMost(square(a), square(b)), atMost(a, b));
                case TRIANGLE -> List.of(atMost(norm(plus(a, b)), plus(norm(a), norm(b))));
                case CAUCHY_SCHWARZ ->
                    List.of(
                            semidefinite(a),
                            atMost(
                                    of(Kind.ABS, form(b, a, c)),
                                    times(of(Kind.SQRT, form(b, a, b)), of(Kind.SQRT, form(c, a, c)))));
                case NORM_COMPATIBLE -> List.of(atMost(norm(times(a, b)), times(spectral(a), norm(b))));
                case SUBMULTIPLICATIVE -> List.of(atMost(spectral(times(a, b)), times(spectral(a), spectral(b))));
                case SPECTRAL_TRIANGLE -> List.of(atMost(spectral(plus(a, b)), plus(spectral(a), spectral(b))));
                case SPECTRAL_BOUND ->
                    List.of(below(unit(Term.negate(b), a), a), below(a, unit(b, a)), atMost(spectral(a), b));
                case SPECTRAL_VALUE -> List.of(semidefinite(a), Formula.equal(spectral(a), of(Kind.LAMBDA_MAX, a)));
                case MAXIMUM_NORM -> List.of(atMost(of(Kind.NORM_INF, a), norm(a)));
                case RAYLEIGH_MIN -> List.of(below(unit(of(Kind.LAMBDA_MIN, a), a), a));
                case RAYLEIGH_MAX -> List.of(below(a, unit(of(Kind.LAMBDA_MAX, a), a)));
                case EIGENVALUES -> List.of(atMost(of(Kind.LAMBDA_MIN, a), of(Kind.LAMBDA_MAX, a)));
                case LEAST_EIGENVALUE -> List.of(below(unit(b, a), a), atMost(b, of(Kind.LAMBDA_MIN, a)));
                case LARGEST_EIGENVALUE -> List.of(below(a, unit(b, a)), atMost(of(Kind.LAMBDA_MAX, a), b));
                case POSITIVE_DEFINITE ->
                    List.of(semidefinite(a), Formula.invertible(a), positive(of(Kind.LAMBDA_MIN, a)));
                case INVERTIBLE -> List.of(positive(b), below(unit(b, a), a), Formula.invertible(a));
                case SQUARE -> List.of(semidefinite(times(Term.transpose(a), a)));
                case CONGRUENCE ->
                    List.of(Formula.compare(Relation.LOEWNER, a, b), below(form(c, a, c), form(c, b, c)));
                case POWER_NONNEGATIVE -> List.of(semidefinite(a), semidefinite(Term.power(a, exponent())));
                case COMMUTING ->
                    List.of(
                            semidefinite(a),
                            semidefinite(b),
                            Formula.equal(times(a, b), times(b, a)),
                            semidefinite(times(a, b)));
                case POWER_BOUND ->
                    List.of(
                            semidefinite(a),
                            below(a, unit(b, a)),
                            below(Term.power(a, exponent()), unit(Term.power(b, exponent()), a)));
                case JENSEN ->
                    List.of(
                            semidefinite(a),
                            Formula.equal(times(Term.transpose(b), b), one),
                            atMost(Term.power(form(b, a, b), exponent()), form(b, Term.power(a, exponent()), b)));
            };
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
            return of(Kind.NORM, vector);
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
    }
}

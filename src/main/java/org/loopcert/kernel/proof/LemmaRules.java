package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.Formula.Relation.AT_MOST;
import static org.loopcert.kernel.proof.Formula.Relation.BELOW;
import static org.loopcert.kernel.proof.Formula.Relation.EQUAL;
import static org.loopcert.kernel.proof.Formula.Relation.LOEWNER;
import static org.loopcert.kernel.proof.NotProved.require;

import java.util.ArrayList;
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
            List<Formula> presupposed = new ArrayList<>();
            Formula conclusion = statement(presupposed);
            given.context().check(conclusion);
            for (int i = 0; i < presupposed.size(); i++) {
                Formula found = given.premise(i).formula();
                require(
                        presupposed.get(i).equals(found),
                        Reason.PREMISE,
                        presupposed.get(i).toString(),
                        found);
            }
            Normalizer normalizer = new Normalizer(given.context(), given.facts(0));
            if (conclusion instanceof Formula.Comparison comparison) {
                normalizer.difference(comparison.left(), comparison.right());
            }
            if (lemma == Name.POWER_NONNEGATIVE || lemma == Name.POWER_BOUND || lemma == Name.JENSEN) {
                LinearForm exponent = exponent();
                boolean defined = normalizer.signs().isNonNegative(exponent);
                require(defined, Reason.RANGE, "an exponent of at least zero", exponent);
            }
            return conclusion;
        }

        private LinearForm exponent() throws NotProved {
            Term last = terms.get(terms.size() - 1);
            require(last.asInteger().isPresent(), Reason.PREMISE, "an integer exponent", last);
            return last.asInteger().get();
        }

        private Formula statement(List<Formula> presupposed) throws NotProved, IllTyped {
            Term a = terms.get(0);
            Term b = terms.get(Math.min(1, terms.size() - 1));
            Term c = terms.get(terms.size() - 1);
            Term none = Term.number(0);
            return switch (lemma) {
                case ABSOLUTE -> compare(a, AT_MOST, of(Kind.ABS, a));
                case ABSOLUTE_BOUND -> {
                    presupposed.add(compare(Term.negate(b), AT_MOST, a));
                    presupposed.add(compare(a, AT_MOST, b));
                    yield compare(of(Kind.ABS, a), AT_MOST, b);
                }
                case TANGENT -> compare(plus(Term.number(1), a), AT_MOST, of(Kind.EXP, a));
                case LOGARITHM -> {
                    presupposed.add(compare(none, BELOW, a));
                    yield compare(of(Kind.LOG, a), AT_MOST, Term.subtract(a, Term.number(1)));
                }
                case CONVEXITY -> {
                    presupposed.add(compare(none, AT_MOST, a));
                    presupposed.add(compare(a, AT_MOST, Term.number(1)));
                    Term rest = Term.subtract(Term.number(1), a);
                    Term mean = plus(times(a, b), times(rest, c));
                    Term means = plus(times(a, of(Kind.EXP, b)), times(rest, of(Kind.EXP, c)));
                    yield compare(of(Kind.EXP, mean), AT_MOST, means);
                }
                case ROOT -> {
                    LinearForm two = LinearForm.of(2);
                    presupposed.add(compare(none, AT_MOST, b));
                    presupposed.add(compare(Term.power(a, two), AT_MOST, Term.power(b, two)));
                    yield compare(a, AT_MOST, b);
                }
                case TRIANGLE -> compare(of(Kind.NORM, plus(a, b)), AT_MOST, plus(of(Kind.NORM, a), of(Kind.NORM, b)));
                case CAUCHY_SCHWARZ -> {
                    presupposed.add(compare(Term.zero(a.shape()), LOEWNER, a));
                    Term product = times(of(Kind.SQRT, form(b, a, b)), of(Kind.SQRT, form(c, a, c)));
                    yield compare(of(Kind.ABS, form(b, a, c)), AT_MOST, product);
                }
                case NORM_COMPATIBLE ->
                    compare(of(Kind.NORM, times(a, b)), AT_MOST, times(of(Kind.SPECTRAL_NORM, a), of(Kind.NORM, b)));
                case SUBMULTIPLICATIVE -> compare(spectral(times(a, b)), AT_MOST, times(spectral(a), spectral(b)));
                case SPECTRAL_TRIANGLE -> compare(spectral(plus(a, b)), AT_MOST, plus(spectral(a), spectral(b)));
                case SPECTRAL_BOUND -> {
                    presupposed.add(compare(unit(Term.negate(b), a), LOEWNER, a));
                    presupposed.add(compare(a, LOEWNER, unit(b, a)));
                    yield compare(spectral(a), AT_MOST, b);
                }
                case SPECTRAL_VALUE -> {
                    presupposed.add(compare(Term.zero(a.shape()), LOEWNER, a));
                    yield compare(spectral(a), EQUAL, of(Kind.LAMBDA_MAX, a));
                }
                case MAXIMUM_NORM -> compare(of(Kind.NORM_INF, a), AT_MOST, of(Kind.NORM, a));
                case RAYLEIGH_MIN -> compare(unit(of(Kind.LAMBDA_MIN, a), a), LOEWNER, a);
                case RAYLEIGH_MAX -> compare(a, LOEWNER, unit(of(Kind.LAMBDA_MAX, a), a));
                case EIGENVALUES -> compare(of(Kind.LAMBDA_MIN, a), AT_MOST, of(Kind.LAMBDA_MAX, a));
                case LEAST_EIGENVALUE -> {
                    presupposed.add(compare(unit(b, a), LOEWNER, a));
                    yield compare(b, AT_MOST, of(Kind.LAMBDA_MIN, a));
                }
                case LARGEST_EIGENVALUE -> {
                    presupposed.add(compare(a, LOEWNER, unit(b, a)));
                    yield compare(of(Kind.LAMBDA_MAX, a), AT_MOST, b);
                }
                case POSITIVE_DEFINITE -> {
                    presupposed.add(compare(Term.zero(a.shape()), LOEWNER, a));
                    presupposed.add(Formula.invertible(a));
                    yield compare(none, BELOW, of(Kind.LAMBDA_MIN, a));
                }
                case INVERTIBLE -> {
                    presupposed.add(compare(none, BELOW, b));
                    presupposed.add(compare(unit(b, a), LOEWNER, a));
                    yield Formula.invertible(a);
                }
                case SQUARE -> order(none, times(Term.transpose(a), a));
                case CONGRUENCE -> {
                    presupposed.add(compare(a, LOEWNER, b));
                    yield order(form(c, a, c), form(c, b, c));
                }
                case POWER_NONNEGATIVE -> {
                    presupposed.add(compare(Term.zero(a.shape()), LOEWNER, a));
                    yield compare(Term.zero(a.shape()), LOEWNER, Term.power(a, exponent()));
                }
                case COMMUTING -> {
                    presupposed.add(compare(Term.zero(a.shape()), LOEWNER, a));
                    presupposed.add(compare(Term.zero(b.shape()), LOEWNER, b));
                    presupposed.add(compare(times(a, b), EQUAL, times(b, a)));
                    yield compare(Term.zero(a.shape()), LOEWNER, times(a, b));
                }
                case POWER_BOUND -> {
                    presupposed.add(compare(Term.zero(a.shape()), LOEWNER, a));
                    presupposed.add(compare(a, LOEWNER, unit(b, a)));
                    yield compare(Term.power(a, exponent()), LOEWNER, unit(Term.power(b, exponent()), a));
                }
                case JENSEN -> {
                    presupposed.add(compare(Term.zero(a.shape()), LOEWNER, a));
                    presupposed.add(compare(times(Term.transpose(b), b), EQUAL, Term.number(1)));
                    yield compare(
                            Term.power(form(b, a, b), exponent()), AT_MOST, form(b, Term.power(a, exponent()), b));
                }
            };
        }

        private static Formula compare(Term left, Relation relation, Term right) throws IllTyped {
            return Formula.compare(relation, left, right);
        }

        /** The order of scalars where both are, else the one of matrices; a plain 0 stands for the zero matrix. */
        private static Formula order(Term left, Term right) throws IllTyped {
            Term low = left.equals(Term.number(0)) ? Term.zero(right.shape()) : left;
            return Formula.compare(right.shape().isScalar() ? AT_MOST : LOEWNER, low, right);
        }

        private static Term of(Kind function, Term term) throws IllTyped {
            return Term.function(function, term);
        }

        private static Term spectral(Term term) throws IllTyped {
            return Term.function(Kind.SPECTRAL_NORM, term);
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

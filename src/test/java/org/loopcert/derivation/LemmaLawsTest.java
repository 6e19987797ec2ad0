package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.loopcert.derivation.Enclosures.fill;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LemmaRules.Lemma;
import org.loopcert.kernel.proof.LemmaRules.Name;
import org.loopcert.kernel.proof.NotProved;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Theorem;

/**
 * The conclusion of every named lemma holds at random rational values that satisfy what it presupposes: scalars,
 * singular and regular matrices of order one to three, exponents from zero. Both are decided by enclosures.
 */
class LemmaLawsTest {
    private static final String DECLARED = "derivation laws\ndimension m, n\ninteger k >= 0\n"
            + "matrix A, B, C in R^{n x n}, X in R^{m x n}\nvector u, v in R^n\nscalar c, r, s, x, y\n";

    /** What is assumed, line by line, and the terms. */
    private record Use(List<String> hypotheses, List<String> terms) {}

    private static final Map<Name, Use> USES = uses();

    /** Where equality is the only case of the other direction, or the conclusion has none. */
    private static final Set<Name> NO_CONVERSE = EnumSet.of(Name.INVERTIBLE, Name.SPECTRAL_VALUE);

    /** Where an enclosure never tells, since the smallest eigenvalue of the difference is zero. */
    private static final Set<Name> TIGHT = EnumSet.of(Name.RAYLEIGH_MIN, Name.RAYLEIGH_MAX);

    private static Use use(List<String> hypotheses, String... terms) {
        return new Use(hypotheses, List.of(terms));
    }

    private static Map<Name, Use> uses() {
        Map<Name, Use> uses = new EnumMap<>(Name.class);
        uses.put(Name.ABSOLUTE, use(List.of(), "x"));
        uses.put(Name.ABSOLUTE_BOUND, use(List.of("-c <= x", "x <= c"), "x", "c"));
        uses.put(Name.TANGENT, use(List.of(), "x"));
        uses.put(Name.LOGARITHM, use(List.of("0 < x"), "x"));
        uses.put(Name.CONVEXITY, use(List.of("0 <= s", "s <= 1"), "s", "x", "y"));
        uses.put(Name.MONOTONE_EXP, use(List.of("x <= y"), "x", "y"));
        uses.put(Name.MONOTONE_LOG, use(List.of("0 < x", "x <= y"), "x", "y"));
        uses.put(Name.MONOTONE_SQRT, use(List.of("0 <= x", "x <= y"), "x", "y"));
        uses.put(Name.MONOTONE_POWER, use(List.of("0 <= x", "x <= y"), "x", "y", "k"));
        uses.put(Name.ROOT, use(List.of("0 <= c", "x^2 <= c^2"), "x", "c"));
        uses.put(Name.TRIANGLE, use(List.of(), "u", "v"));
        uses.put(Name.CAUCHY_SCHWARZ, use(List.of("0 <<= A", "0 <= u'A u", "0 <= v'A v"), "A", "u", "v"));
        uses.put(Name.NORM_COMPATIBLE, use(List.of(), "X", "v"));
        uses.put(Name.SUBMULTIPLICATIVE, use(List.of(), "X", "C"));
        uses.put(Name.SPECTRAL_TRIANGLE, use(List.of(), "C", "A"));
        uses.put(Name.SPECTRAL_BOUND, use(List.of("(-r) I <<= A", "A <<= r I"), "A", "r"));
        uses.put(Name.SPECTRAL_VALUE, use(List.of("0 <<= A", "A symmetric"), "A"));
        uses.put(Name.MAXIMUM_NORM, use(List.of(), "v"));
        uses.put(Name.RAYLEIGH_MIN, use(List.of("A symmetric"), "A"));
        uses.put(Name.RAYLEIGH_MAX, use(List.of("A symmetric"), "A"));
        uses.put(Name.EIGENVALUES, use(List.of("A symmetric"), "A"));
        uses.put(Name.LEAST_EIGENVALUE, use(List.of("c I <<= A", "A symmetric"), "A", "c"));
        uses.put(Name.LARGEST_EIGENVALUE, use(List.of("A <<= c I", "A symmetric"), "A", "c"));
        uses.put(Name.POSITIVE_DEFINITE, use(List.of("0 <<= A", "A invertible", "A symmetric"), "A"));
        uses.put(Name.INVERTIBLE, use(List.of("0 < c", "c I <<= A"), "A", "c"));
        uses.put(Name.SQUARE, use(List.of(), "X"));
        uses.put(Name.CONGRUENCE, use(List.of("A <<= B"), "A", "B", "X'"));
        uses.put(Name.POWER_NONNEGATIVE, use(List.of("0 <<= A"), "A", "k"));
        uses.put(Name.COMMUTING, use(List.of("0 <<= A", "0 <<= B", "A B = B A"), "A", "B"));
        uses.put(Name.POWER_BOUND, use(List.of("0 <<= A", "A <<= c I"), "A", "c", "k"));
        uses.put(Name.JENSEN, use(List.of("0 <<= A", "v'v = 1"), "A", "v", "k"));
        return uses;
    }

    private static Theorem theorem(Name lemma) throws DerivationSyntaxException, NotProved, IllTyped {
        StringBuilder text = new StringBuilder(DECLARED);
        USES.get(lemma)
                .hypotheses()
                .forEach(each -> text.append("assume ").append(each).append("\n"));
        Context context = DerivationReader.read("laws", text + "claim 0 = 0").context();
        List<Term> terms = new ArrayList<>();
        for (String each : USES.get(lemma).terms()) {
            terms.add(DerivationReader.readTerm(context, each).value().orElseThrow());
        }
        List<Theorem> premises = new ArrayList<>();
        for (int i = 0; i < context.hypotheses().size(); i++) {
            premises.add(Theorem.hypothesis(context, i));
        }
        return Theorem.derive(context, new Lemma(lemma, terms), premises);
    }

    /** Random values; those that a lemma presupposes something of are made to satisfy it. */
    private static final class Instance {
        private final Random random;
        private final Map<String, Fraction[][]> matrices = new HashMap<>();
        private final Map<String, Integer> integers = new HashMap<>();
        private final int n;

        Instance(Name lemma, long seed) {
            random = new Random(seed);
            n = 1 + random.nextInt(3);
            int m = 1 + random.nextInt(3);
            integers.putAll(Map.of("n", n, "m", m, "k", random.nextInt(5)));
            for (String each : List.of("c", "r", "s", "x", "y")) {
                matrices.put(each, scalar(number(4)));
            }
            for (String each : List.of("u", "v")) {
                matrices.put(each, fill(n, 1, (i, j) -> number(3)));
            }
            matrices.put("X", fill(m, n, (i, j) -> number(2)));
            matrices.put("C", fill(n, n, (i, j) -> number(2)));
            boolean symmetric = EnumSet.of(Name.RAYLEIGH_MIN, Name.RAYLEIGH_MAX, Name.EIGENVALUES)
                    .contains(lemma);
            matrices.put("A", symmetric ? add(gram(), multiple(number(3))) : gram());
            matrices.put("B", gram());
            satisfy(lemma);
        }

        private void satisfy(Name lemma) {
            Fraction x = value("x");
            Fraction y = value("y");
            switch (lemma) {
                case ABSOLUTE_BOUND -> set("c", x.abs().add(some()));
                case LOGARITHM -> set("x", x.abs().add(some()).max(fraction(1, 3)));
                case CONVEXITY -> set("s", fraction(random.nextInt(5), 4));
                case MONOTONE_EXP -> set("y", x.add(some()));
                case MONOTONE_LOG -> {
                    set("x", x.abs().max(fraction(1, 3)));
                    set("y", value("x").add(some()));
                }
                case MONOTONE_SQRT, MONOTONE_POWER -> {
                    set("x", x.abs());
                    set("y", x.abs().add(some()));
                }
                case ROOT -> set("c", x.abs().add(some()));
                case SPECTRAL_BOUND -> {
                    matrices.put("A", add(gram(), multiple(number(3))));
                    Fraction high =
                            Enclosures.largestEigenvalue(matrices.get("A")).high();
                    Fraction low = Enclosures.largestEigenvalue(negated(matrices.get("A")))
                            .high();
                    set("r", high.max(low).add(some()));
                }
                case LEAST_EIGENVALUE -> {
                    matrices.put("A", add(gram(), multiple(number(3))));
                    set(
                            "c",
                            Enclosures.largestEigenvalue(negated(matrices.get("A")))
                                    .high()
                                    .add(some())
                                    .negate());
                }
                case LARGEST_EIGENVALUE, POWER_BOUND ->
                    set(
                            "c",
                            Enclosures.largestEigenvalue(matrices.get("A"))
                                    .high()
                                    .add(some()));
                case POSITIVE_DEFINITE -> matrices.put("A", add(gram(), multiple(fraction(1, 8))));
                case INVERTIBLE -> {
                    set("c", x.abs().max(fraction(1, 5)));
                    matrices.put("A", add(gram(), multiple(value("c"))));
                }
                case CONGRUENCE -> {
                    // no need for A to be symmetric
                    matrices.put("A", matrices.get("C"));
                    matrices.put("B", add(matrices.get("C"), gram()));
                }
                case COMMUTING -> {
                    Fraction[][] a = matrices.get("A");
                    Fraction weight = y.abs();
                    Fraction[][] square = multiply(a, a);
                    matrices.put("B", fill(n, n, (i, j) -> multiple(x.abs())[i][j].add(weight.multiply(square[i][j]))));
                }
                case JENSEN -> matrices.put("v", unit());
                default -> {}
            }
        }

        private Fraction value(String name) {
            return matrices.get(name)[0][0];
        }

        private void set(String name, Fraction value) {
            matrices.put(name, scalar(value));
        }

        private static Fraction[][] scalar(Fraction value) {
            return new Fraction[][] {{value}};
        }

        private static Fraction fraction(long numerator, long denominator) {
            return Fraction.of(numerator).divide(Fraction.of(denominator));
        }

        private Fraction number(int size) {
            return fraction(random.nextInt(2 * size + 1) - size, 1L + random.nextInt(2));
        }

        /** At least zero, and zero often. */
        private Fraction some() {
            return random.nextBoolean() ? Fraction.ZERO : fraction(random.nextInt(4), 1L + random.nextInt(3));
        }

        /** G'G, where G may be singular. */
        private Fraction[][] gram() {
            Fraction[][] g = fill(1 + random.nextInt(3), n, (i, j) -> number(2));
            return multiply(fill(n, g.length, (i, j) -> g[j][i]), g);
        }

        private Fraction[][] multiple(Fraction factor) {
            return fill(n, n, (i, j) -> i == j ? factor : Fraction.ZERO);
        }

        /** A point of the sphere with rational coordinates, from the pole (1, 0, ..., 0). */
        private Fraction[][] unit() {
            Fraction[] t = new Fraction[n];
            Fraction sum = Fraction.ONE;
            for (int i = 1; i < n; i++) {
                t[i] = number(3);
                sum = sum.add(t[i].multiply(t[i]));
            }
            Fraction total = sum;
            boolean minus = random.nextBoolean();
            return fill(n, 1, (i, j) -> {
                Fraction value = i == 0
                        ? Fraction.TWO.subtract(total).divide(total)
                        : t[i].multiply(Fraction.TWO).divide(total);
                return minus ? value.negate() : value;
            });
        }

        private static Fraction[][] add(Fraction[][] a, Fraction[][] b) {
            return fill(a.length, a[0].length, (i, j) -> a[i][j].add(b[i][j]));
        }

        private static Fraction[][] negated(Fraction[][] a) {
            return fill(a.length, a[0].length, (i, j) -> a[i][j].negate());
        }

        private static Fraction[][] multiply(Fraction[][] a, Fraction[][] b) {
            return fill(a.length, b[0].length, (i, j) -> {
                Fraction sum = Fraction.ZERO;
                for (int k = 0; k < b.length; k++) {
                    sum = sum.add(a[i][k].multiply(b[k][j]));
                }
                return sum;
            });
        }

        Enclosures values() {
            return new Enclosures(matrices, integers);
        }
    }

    @Property(tries = 800)
    void conclusionHoldsWherePremisesDo(@ForAll Name lemma, @ForAll long seed)
            throws DerivationSyntaxException, NotProved, IllTyped {
        Theorem theorem = theorem(lemma);
        Instance instance = new Instance(lemma, seed);
        assertThat(theorem.context().hypotheses())
                .allSatisfy(each -> assertThat(instance.values().decide(each))
                        .as("%s at %s", each, instance.matrices)
                        .isEqualTo(1));
        assertThat(theorem.assumptions()).isEmpty();
        assertThat(instance.values().decide(theorem.formula()))
                .as("%s at seed %s", theorem.formula(), seed)
                .isNotNegative();
    }

    /** The other direction is false somewhere, and the enclosures are narrow enough to tell. */
    @Test
    void theOtherDirectionOfEveryLemmaIsFalseSomewhere() throws DerivationSyntaxException, NotProved, IllTyped {
        for (Name lemma : Name.values()) {
            if (!NO_CONVERSE.contains(lemma)) {
                Comparison said = (Comparison) theorem(lemma).formula();
                Formula converse = Formula.compare(said.relation(), said.right(), said.left());
                assertThat(seeds(lemma, converse, -1)).as("%s", converse).isPositive();
                if (!TIGHT.contains(lemma)) {
                    assertThat(seeds(lemma, said, 1)).as("%s", said).isPositive();
                }
            }
        }
    }

    /** What a lemma presupposes is needed: at values of another lemma the conclusion fails. */
    @Test
    void conclusionsFailWithoutTheirPremises() throws DerivationSyntaxException, NotProved, IllTyped {
        for (Name lemma : List.of(
                Name.ABSOLUTE_BOUND,
                Name.MONOTONE_EXP,
                Name.MONOTONE_POWER,
                Name.ROOT,
                Name.SPECTRAL_BOUND,
                Name.LEAST_EIGENVALUE,
                Name.LARGEST_EIGENVALUE,
                Name.CONGRUENCE,
                Name.COMMUTING,
                Name.POWER_BOUND,
                Name.JENSEN)) {
            Formula said = theorem(lemma).formula();
            assertThat(seeds(Name.ABSOLUTE, said, -1)).as("%s", said).isPositive();
        }
        Comparison value = (Comparison) theorem(Name.SPECTRAL_VALUE).formula();
        assertThat(value.relation()).isEqualTo(Relation.EQUAL);
        assertThat(seeds(Name.RAYLEIGH_MIN, value, -1)).isPositive();
        assertThat(seeds(Name.RAYLEIGH_MIN, theorem(Name.POWER_NONNEGATIVE).formula(), -1))
                .isPositive();
        assertThat(seeds(Name.ABSOLUTE, theorem(Name.INVERTIBLE).formula(), -1)).isPositive();
        assertThat(seeds(Name.RAYLEIGH_MIN, theorem(Name.POSITIVE_DEFINITE).formula(), -1))
                .isPositive();
    }

    private static long seeds(Name lemma, Formula formula, int answer) {
        long count = 0;
        for (long seed = 0; seed < 60 && count == 0; seed++) {
            count += new Instance(lemma, seed).values().decide(formula) == answer ? 1 : 0;
        }
        return count;
    }
}

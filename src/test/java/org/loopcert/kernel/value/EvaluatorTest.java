package org.loopcert.kernel.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.loopcert.kernel.value.CounterexampleTest.matrix;
import static org.loopcert.kernel.value.CounterexampleTest.values;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.loopcert.derivation.Derivation;
import org.loopcert.derivation.DerivationReader;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.value.Enclosure.Meter;

class EvaluatorTest {
    private static Meter meter() {
        return new Meter(64, new AtomicLong());
    }

    private static Fraction small(int value) {
        return Fraction.of(BigInteger.valueOf(value), BigInteger.valueOf(6));
    }

    private static Matrix square(List<Integer> entries, boolean symmetric) throws Exception {
        int size = 3;
        return Matrix.of(
                size,
                size,
                (i, j) -> Enclosure.of(small(entries.get(symmetric && i > j ? size * j + i : size * i + j))));
    }

    /** Sylvester: positive definite if and only if all leading minors are positive; semidefinite by all principal ones. */
    @Property(tries = 300)
    void signsAgreeWithMinors(@ForAll @Size(9) List<@IntRange(min = -4, max = 6) Integer> entries) throws Exception {
        Matrix matrix = square(entries, true);
        boolean semidefinite = true;
        for (int set = 1; set < 8; set++) {
            semidefinite &= minor(matrix, set).signum() >= 0;
        }
        Matrix.Sign expected = !semidefinite
                ? Matrix.Sign.NOT_SEMIDEFINITE
                : minor(matrix, 7).signum() == 0 ? Matrix.Sign.SINGULAR : Matrix.Sign.POSITIVE_DEFINITE;
        assertThat(matrix.sign(meter())).isEqualTo(expected);
    }

    /** The determinant of the chosen rows and columns by permutations. */
    private static Fraction minor(Matrix matrix, int set) {
        List<Integer> chosen =
                Stream.of(0, 1, 2).filter(i -> (set >> i & 1) == 1).toList();
        return determinant(matrix, chosen, chosen);
    }

    private static Fraction determinant(Matrix matrix, List<Integer> rows, List<Integer> columns) {
        if (rows.isEmpty()) {
            return Fraction.ONE;
        }
        Fraction sum = Fraction.ZERO;
        for (int j = 0; j < columns.size(); j++) {
            List<Integer> rest = new java.util.ArrayList<>(columns);
            rest.remove(j);
            Fraction part = matrix.get(rows.get(0), columns.get(j))
                    .lower()
                    .multiply(determinant(matrix, rows.subList(1, rows.size()), rest));
            sum = j % 2 == 0 ? sum.add(part) : sum.subtract(part);
        }
        return sum;
    }

    @Property(tries = 200)
    void inversesInvertAndSingularOnesAreUndefined(@ForAll @Size(9) List<@IntRange(min = -3, max = 3) Integer> entries)
            throws Exception {
        Matrix matrix = square(entries, false);
        if (minor(matrix, 7).signum() == 0) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> matrix.inverse(meter()))
                    .isInstanceOfSatisfying(NotACounterexample.class, not -> assertThat(not.reason())
                            .isEqualTo(NotACounterexample.Reason.UNDEFINED));
        } else {
            assertThat(matrix.multiply(matrix.inverse(meter()), meter())).isEqualTo(Matrix.identity(3));
        }
    }

    /** The matrix less its eigenvalue is singular; nothing above is: so its enclosure is where the sign changes. */
    @Property(tries = 100)
    void theLargestEigenvalueIsWhereTheSignChanges(@ForAll @Size(9) List<@IntRange(min = -5, max = 5) Integer> entries)
            throws Exception {
        Matrix matrix = square(entries, true);
        Enclosure found = matrix.largestEigenvalue(meter());
        Fraction slack = Fraction.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(60));
        assertThat(semidefinite(found.upper(), matrix)).isTrue();
        assertThat(semidefinite(found.lower().subtract(slack), matrix)).isFalse();
        if (found.isExact()) {
            assertThat(semidefinite(found.lower(), matrix)).isTrue();
            assertThat(determinantLess(found.lower(), matrix).signum()).isZero();
        } else {
            assertThat(semidefinite(found.lower(), matrix)).isFalse();
            assertThat(found.upper().subtract(found.lower()).atMost(slack)).isTrue();
        }
    }

    private static Matrix less(Fraction bound, Matrix matrix) throws Exception {
        return Matrix.of(
                3,
                3,
                (i, j) -> Enclosure.of((i == j ? bound : Fraction.ZERO)
                        .subtract(matrix.get(i, j).lower())));
    }

    private static Fraction determinantLess(Fraction bound, Matrix matrix) throws Exception {
        return minor(less(bound, matrix), 7);
    }

    private static boolean semidefinite(Fraction bound, Matrix matrix) throws Exception {
        boolean semidefinite = true;
        for (int set = 1; set < 8; set++) {
            semidefinite &= minor(less(bound, matrix), set).signum() >= 0;
        }
        return semidefinite;
    }

    /** Eigenvalues of a matrix that is built from them are found exactly. */
    @Property(tries = 100)
    void rationalEigenvaluesAreFound(
            @ForAll @IntRange(min = -9, max = 9) int one,
            @ForAll @IntRange(min = -9, max = 9) int two,
            @ForAll @IntRange(min = 1, max = 5) int p,
            @ForAll @IntRange(min = 1, max = 5) int q)
            throws Exception {
        Matrix v = matrix(p + "; " + q);
        Matrix w = matrix(-q + "; " + p);
        Enclosure length = Enclosure.of(Fraction.of((long) p * p + (long) q * q));
        Matrix sum = v.multiply(v.transpose(), meter())
                .combine(Enclosure.of(small(one)), (x, by) -> x.multiply(by, meter()))
                .add(
                        w.multiply(w.transpose(), meter())
                                .combine(Enclosure.of(small(two)), (x, by) -> x.multiply(by, meter())),
                        meter())
                .combine(length, (x, by) -> x.divide(by, meter()));
        assertThat(sum.largestEigenvalue(meter())).isEqualTo(Enclosure.of(small(Math.max(one, two))));
    }

    @Test
    void valuesAreGivenExactly() throws Exception {
        Derivation derivation = DerivationReader.read("test", "scalar a\nclaim a = 0");
        Matrix wide = new Matrix(List.of(List.of(new Enclosure(Fraction.ONE, Fraction.TWO))));
        Values values = new Values(Map.of(), Map.of("a", wide), Map.of());
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Evaluator(derivation.context(), values))
                .isInstanceOfSatisfying(NotACounterexample.class, not -> assertThat(not.reason())
                        .isEqualTo(NotACounterexample.Reason.SHAPE));
    }

    private static Term term(Derivation derivation) {
        return ((Comparison) derivation.statements().get(0).formula().value().orElseThrow()).left();
    }

    @Test
    void longDefinitionChainsAndDeepOnesNeedNoMoreStack() throws Exception {
        StringBuilder text = new StringBuilder("scalar a\ndefine b0 := a\n");
        for (int i = 1; i <= 150; i++) {
            text.append("define b" + i + " := b" + (i - 1) + " + b" + (i - 1) + "\n");
        }
        Derivation derivation = DerivationReader.read("test", text + "claim b150 = 0");
        Evaluator evaluator = new Evaluator(derivation.context(), values("a = 1"));
        assertThat(evaluator.evaluate(term(derivation), 64))
                .isEqualTo(Matrix.scalar(Fraction.of(BigInteger.ONE.shiftLeft(150))));
        StringBuilder deep = new StringBuilder("scalar a\ndefine b0 := a\n");
        for (int i = 1; i <= 1900; i++) {
            deep.append("define b" + i + " := ((b" + (i - 1) + " + 1) * 2 + 1) * 2\n");
        }
        Derivation tall = DerivationReader.read("test", deep + "claim b1900 = 0");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> new Evaluator(tall.context(), values("a = 1")).evaluate(term(tall), 64))
                .isInstanceOfSatisfying(NotACounterexample.class, not -> assertThat(not.reason())
                        .isEqualTo(NotACounterexample.Reason.LIMIT));
    }
}

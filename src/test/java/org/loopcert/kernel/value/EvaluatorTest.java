package org.loopcert.kernel.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.loopcert.kernel.value.CounterexampleTest.matrix;
import static org.loopcert.kernel.value.CounterexampleTest.values;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.derivation.Derivation;
import org.loopcert.derivation.DerivationReader;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.value.Enclosure.Meter;
import org.loopcert.kernel.value.Evaluator.Truth;

class EvaluatorTest {
    private static final String NAMES = """
            dimension n, d
            integer k, m
            matrix X in R^{n x d}, A in R^{d x d}, S in R^{d x d}, W in R^{n x d}
            vector u in R^d, y in R^n
            scalar a, b
            sequence s
            sequence theta in R^d
            define G := X'X
            define grad(v in R^d; j >= 0) := G v - a^j u
            """;

    private static final Values VALUES = values(
            "#n = 3",
            "#d = 2",
            "#k = 2",
            "#m = 5",
            "X = 1, 2; 0, 1/2; -3, 1",
            "W = 1, 0; 0, 2; 1, 1",
            "A = 1, 2; 3, 4",
            "S = 2, 1; 1, 2",
            "u = 3; -4",
            "y = 1; -7/2; 2",
            "a = 1/2",
            "b = -3",
            "s@0 = 1 | 4 | 9",
            "theta@1 = 1; 2 | 3; 4");

    /** A term and its value, by hand. */
    private static final List<String> EXACT = List.of(
            "k + 1 = 3",
            "k^2 m - 3 k = 14",
            "7/3 = 7/3",
            "a = 1/2",
            "s(k) = 9",
            "s(k - 1) = 4",
            "theta(k) = 3; 4",
            "theta(1)'u = -5",
            "0_{2 x 3} = 0, 0, 0; 0, 0, 0",
            "I_d = 1, 0; 0, 1",
            "1_{2 x 3} = 1, 1, 1; 1, 1, 1",
            "e_{2, 3} = 0; 1; 0",
            "e_{k, m} = 0; 1; 0; 0; 0",
            "A + S = 3, 3; 4, 6",
            "A - 2 S = -3, 0; 1, 0",
            "A S = 4, 5; 10, 11",
            "X A = 7, 10; 3/2, 2; 0, -2",
            "a X = 1/2, 1; 0, 1/4; -3/2, 1/2",
            "X a = 1/2, 1; 0, 1/4; -3/2, 1/2",
            "a u'u b = -75/2",
            "u'A u = 13",
            "X o W = 1, 0; 0, 1; -3, 1",
            "X' = 1, 0, -3; 2, 1/2, 1",
            "A/b = -1/3, -2/3; -1, -4/3",
            "A^-1 = -2, 1; 3/2, -1/2",
            "inv(S) = 2/3, -1/3; -1/3, 2/3",
            "A^2 = 7, 10; 15, 22",
            "A^0 = 1, 0; 0, 1",
            "A^{k - m} = -59/4, 27/4; 81/8, -37/8",
            "a^{m - k} = 1/8",
            "b^{-2} = 1/9",
            "[X, y; u', a] = 1, 2, 1; 0, 1/2, -7/2; -3, 1, 2; 3, -4, 1/2",
            "[A, 0; 0, A] = 1, 2, 0, 0; 3, 4, 0, 0; 0, 0, 1, 2; 0, 0, 3, 4",
            "X[2:3, 1] = 0; -3",
            "X[k, :] = 0, 1/2",
            "X[3, 2] = 1",
            "sum_{i=1}^{n} y[i]^2 = 69/4",
            "sum_{i=1}^{n} X[i, :]' X[i, :] = 10, -1; -1, 21/4",
            "sum_{i=1}^{d} (sum_{j=i}^{d} A[i, j]) = 7",
            "sum_{i=3}^{k} i = 0",
            "exp(a - 1/2) = 1",
            "exp(0 u) = 1; 1",
            "log(2 a) = 0",
            "sqrt(a/2) = 1/2",
            "sqrt(0 a) = 0",
            "|b| = 3",
            "||u|| = 5",
            "||u'||_2 = 5",
            "||u||_1 = 7",
            "||u||_inf = 4",
            "||y||_inf = 7/2",
            "||[1, 2; 2, 4]||_F = 5",
            "specnorm([0, 2; 1, 0]) = 2",
            "specnorm([3, 0; 4, 0]) = 5",
            "specnorm([3, 4; 0, 0; 0, 0]) = 5",
            "specnorm(S) = 3",
            "||X - X|| = 0",
            "tr(A) = 5",
            "diag(u) = 3, 0; 0, -4",
            "lambda_max(S) = 3",
            "lambda_min(S) = 1",
            "lambda_max(-S) = -1",
            "lambda_max(S/7) = 3/7",
            "lambda_max([2, 0; 0, 2]) = 2",
            "lambda_min([a]) = 1/2",
            "lambda_max([2, 0, 1; 0, 1, 0; 1, 0, 2]) = 3",
            "lambda_min([2, 0, 1; 0, -1, 0; 1, 0, 2]) = -1",
            "lambda_max([-4, 2; 2, -1]) = 0",
            "G = 10, -1; -1, 21/4",
            "grad(u, k) = 133/4; -23",
            "grad(grad(u, 0), 1) = 657/2; -134",
            "||[a; 1]||^2 = 5/4",
            "||[1; 1]||^{-2} = 1/2",
            "||[1, 1]||^4 = 4");

    private static Derivation read(String claim) {
        try {
            return DerivationReader.read("test", NAMES + "claim " + claim);
        } catch (Exception e) {
            throw new IllegalStateException(claim, e);
        }
    }

    /** The left side of the claim that the term is itself. */
    private static Term term(Derivation derivation) {
        return ((Comparison) derivation.statements().get(0).formula().value().orElseThrow()).left();
    }

    private static String[] split(String row) {
        int at = row.indexOf(" = ");
        return new String[] {row.substring(0, at), row.substring(at + 3)};
    }

    @TestFactory
    Stream<DynamicTest> termsHaveTheirValues() {
        return EXACT.stream()
                .map(row -> DynamicTest.dynamicTest(row, () -> {
                    String text = split(row)[0];
                    Derivation derivation = read(text + " = " + text);
                    Matrix found = new Evaluator(derivation.context(), VALUES).evaluate(term(derivation), 64);
                    assertThat(found).isEqualTo(matrix(split(row)[1]));
                }));
    }

    @Test
    void everyKindOfTermIsAmongThem() {
        Set<Term.Kind> kinds = new HashSet<>();
        for (String row : EXACT) {
            String text = split(row)[0];
            kinds(term(read(text + " = " + text)), kinds);
        }
        assertThat(EnumSet.complementOf(EnumSet.copyOf(kinds))).isEmpty();
    }

    private static void kinds(Term term, Set<Term.Kind> kinds) {
        kinds.add(term.kind());
        term.arguments().forEach(each -> kinds(each, kinds));
    }

    @TestFactory
    Stream<DynamicTest> truth() {
        return Stream.of(
                        "TRUE: a < 1",
                        "FALSE: a < 1/2",
                        "TRUE: a <= 1/2",
                        "FALSE: a <= 1/3",
                        "TRUE: b != a",
                        "FALSE: b != -3",
                        "FALSE: 2 X = X + W",
                        "TRUE: X + W = W + X",
                        "TRUE: S symmetric",
                        "FALSE: A symmetric",
                        "TRUE: A invertible",
                        "FALSE: [1, 2; 2, 4] invertible",
                        "FALSE: u u' invertible",
                        "TRUE: 0 <<= S",
                        "TRUE: S <<= 3 I",
                        "FALSE: S <<= (29/10) I",
                        "TRUE: u u' <<= 25 I",
                        "FALSE: u u' <<= (249/10) I",
                        "FALSE: 0 <<= A",
                        "FALSE: 0 <<= [0, 1; 1, 5]",
                        "TRUE: 0 <<= [0, 0; 0, 5]",
                        "FALSE: 0 <<= [1, 2, 0; 2, 4, 1; 0, 1, 9]",
                        "TRUE: 0 <<= [1, 2, 0; 2, 4, 0; 0, 0, 9]",
                        "FALSE: 0 <<= [1, 2, 0; 2, 4, 0; 0, 0, -9]",
                        "TRUE: sqrt(2) < 3/2",
                        "FALSE: sqrt(2) <= 7/5",
                        "TRUE: sqrt(2) != 7/5",
                        "FALSE: sqrt(2) = 7/5",
                        "UNKNOWN: sqrt(2) sqrt(2) = 2",
                        "UNKNOWN: sqrt(2) sqrt(2) <= 2",
                        "UNKNOWN: sqrt(2) sqrt(2) < 2",
                        "UNKNOWN: sqrt(2) sqrt(2) != 2",
                        "TRUE: sqrt(2) sqrt(2) <= 2 + exp(-600)",
                        "TRUE: exp(1) < 2718281828459045235360287471352662498/10^36",
                        "FALSE: exp(1) <= 2718281828459045235360287471352662497/10^36",
                        "TRUE: log(2) < 693147180559945309417232121459/10^30",
                        "FALSE: log(2) <= 693147180559945309417232121458/10^30",
                        "TRUE: (1 - a)^m <= exp(-a m)",
                        "UNKNOWN: sqrt(2) I <<= sqrt(2) I_d",
                        "FALSE: sqrt(2) A <<= sqrt(2) I_d",
                        "TRUE: sqrt(2) S invertible",
                        "TRUE: lambda_max(G) < 206/20",
                        "FALSE: lambda_max(G) <= 10",
                        "TRUE: ||X|| < 321/100",
                        "FALSE: ||X|| <= 319/100",
                        "UNKNOWN: ||sqrt(2) X|| < 454/100",
                        "TRUE: inv(sqrt(2) S)[1, 1] < 5/10",
                        "FALSE: inv(sqrt(2) S)[1, 1] < 4/10",
                        "TRUE: ||exp(u)||_inf < 21",
                        "TRUE: for all j in [n]: y[j] <= 2",
                        "FALSE: for all j in [n]: y[j] <= 1",
                        "TRUE: for all 1 <= i <= n, 1 <= j < i: 2 j < i + n",
                        "FALSE: for all 1 <= i <= n, 1 <= j <= i: 2 j < i + n",
                        "TRUE: for all 1 <= i <= k - 2: i < 0",
                        "TRUE: for all j >= 1 with 3 <= 3 j, j < m/2: j <= 2",
                        "FALSE: for all j >= 1 with 3 <= 3 j, j < m/2: j < 2",
                        "FALSE: for all j in [n] with y[j] < 0: 0 < y[j]",
                        "TRUE: for all j in [n] with y[j] < 0: y[j] < 0",
                        "UNKNOWN: for all j in [n] with sqrt(2) sqrt(2) <= 2: y[j] < 0",
                        "UNKNOWN: for all j in [n]: sqrt(j) sqrt(j) <= j",
                        "TRUE: for all i in [n]: for all 1 <= j <= i: X[j, 1] <= 1")
                .map(row -> DynamicTest.dynamicTest(row, () -> {
                    String[] parts = row.split(": ", 2);
                    Derivation derivation = read(parts[1]);
                    Formula formula =
                            derivation.statements().get(0).formula().value().orElseThrow();
                    assertThat(new Evaluator(derivation.context(), VALUES).truth(formula))
                            .isEqualTo(Truth.valueOf(parts[0]));
                }));
    }

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
    void longDefinitionChainsAndDeepOnesNeedNoMoreStack() throws Exception {
        StringBuilder text = new StringBuilder("scalar a\ndefine b0 := a\n");
        for (int i = 1; i <= 300; i++) {
            text.append("define b" + i + " := b" + (i - 1) + " + b" + (i - 1) + "\n");
        }
        Derivation derivation = DerivationReader.read("test", text + "claim b300 = 0");
        Evaluator evaluator = new Evaluator(derivation.context(), values("a = 1"));
        assertThat(evaluator.evaluate(term(derivation), 64))
                .isEqualTo(Matrix.scalar(Fraction.of(BigInteger.ONE.shiftLeft(300))));
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

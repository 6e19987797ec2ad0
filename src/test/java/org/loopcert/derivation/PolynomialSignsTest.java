package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.loopcert.derivation.Enclosures.fill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.loopcert.derivation.LineReport.Verdict;
import org.loopcert.kernel.Fraction;

/** Quadratic forms, and polynomials in one scalar: proved exactly where they are at least zero, or above it. */
class PolynomialSignsTest {
    private static Fraction fraction(long numerator, long denominator) {
        return Fraction.of(numerator).divide(Fraction.of(denominator));
    }

    private static Fraction small(Random random) {
        return fraction(random.nextInt(9) - 4, 1L + random.nextInt(2));
    }

    private static boolean isProved(String text) throws DerivationSyntaxException {
        DerivationReport report = DerivationChecker.check("signs", "derivation signs\n" + text);
        return report.verdict() == Verdict.PROVED;
    }

    /** q'q for the rows of a random matrix, and an entry changed or not. */
    private static Fraction[][] form(Random random, int size) {
        int height = 1 + random.nextInt(size);
        Fraction[][] rows = fill(height, size, (i, j) -> small(random));
        Fraction[][] form = fill(size, size, (i, j) -> {
            Fraction sum = Fraction.ZERO;
            for (int k = 0; k < height; k++) {
                sum = sum.add(rows[k][i].multiply(rows[k][j]));
            }
            return sum;
        });
        int at = random.nextInt(2 * size);
        if (at < size) {
            form[at][at] = form[at][at].add(small(random));
        }
        return form;
    }

    private static String written(Fraction[][] form, List<List<String>> products) {
        StringBuilder text = new StringBuilder("0");
        for (int i = 0; i < form.length; i++) {
            for (int j = i; j < form.length; j++) {
                Fraction value = i == j ? form[i][j] : form[i][j].multiply(Fraction.TWO);
                text.append(value.signum() < 0 ? " - " : " + ")
                        .append("(")
                        .append(value.abs())
                        .append(") ")
                        .append(products.get(i).get(j));
            }
        }
        return text.toString();
    }

    private static List<List<String>> products(List<String> left, List<String> right) {
        return left.stream()
                .map(one -> right.stream().map(two -> one + " " + two).toList())
                .toList();
    }

    /** A polynomial of degree two in scalars is at least zero exactly where its form in them and 1 is semidefinite. */
    @Property(tries = 120)
    void quadraticPolynomialsInScalars(@ForAll long seed) throws DerivationSyntaxException {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(4);
        List<String> basis = new ArrayList<>(List.of("a", "b", "c").subList(0, size - 1));
        basis.add("1");
        Fraction[][] form = form(random, size);
        String text = "scalar a, b, c\nclaim 0 <= " + written(form, products(basis, basis));
        assertThat(isProved(text)).as(text).isEqualTo(Enclosures.isSemidefinite(form));
    }

    /** The same of columns, where the form is semidefinite in R exactly where it is in R^n. */
    @Property(tries = 80)
    void quadraticFormsInColumns(@ForAll long seed) throws DerivationSyntaxException {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(3);
        List<String> columns = List.of("u", "v", "w").subList(0, size);
        Fraction[][] form = form(random, size);
        List<String> rows = columns.stream().map(each -> each + "'").toList();
        String text = "dimension n\nvector u, v, w in R^n\nclaim 0 <= " + written(form, products(rows, columns));
        assertThat(isProved(text)).as(text).isEqualTo(Enclosures.isSemidefinite(form));
    }

    private static Fraction[] multiply(Fraction[] left, Fraction... right) {
        Fraction[] product = new Fraction[left.length + right.length - 1];
        Arrays.fill(product, Fraction.ZERO);
        for (int i = 0; i < left.length; i++) {
            for (int j = 0; j < right.length; j++) {
                product[i + j] = product[i + j].add(left[i].multiply(right[j]));
            }
        }
        return product;
    }

    private static Fraction at(Fraction[] polynomial, Fraction x) {
        Fraction value = Fraction.ZERO;
        for (int i = polynomial.length - 1; i >= 0; i--) {
            value = value.multiply(x).add(polynomial[i]);
        }
        return value;
    }

    /** Roots of known multiplicity between bounds of the scalar, and factors without a root. */
    @Property(tries = 150)
    void polynomialsInOneScalar(@ForAll long seed) throws DerivationSyntaxException {
        Random random = new Random(seed);
        Fraction[] polynomial = {fraction(random.nextInt(4) == 0 ? -1 : 1, 1L + random.nextInt(3))};
        List<Fraction> roots = new ArrayList<>();
        boolean simple = true;
        int linear = random.nextInt(4);
        for (int i = 0; i < linear; i++) {
            Fraction root = small(random);
            int times = 1 + random.nextInt(2);
            simple &= times == 1 && !roots.contains(root);
            for (int j = 0; j < times; j++) {
                polynomial = multiply(polynomial, root.negate(), Fraction.ONE);
            }
            roots.add(root);
        }
        if (random.nextBoolean()) {
            Fraction a = small(random);
            polynomial = multiply(
                    polynomial,
                    a.multiply(a).add(Fraction.ONE),
                    a.multiply(Fraction.TWO).negate(),
                    Fraction.ONE);
        }
        Fraction low = random.nextInt(3) == 0 ? null : small(random);
        Fraction high = random.nextInt(3) == 0
                ? null
                : (low == null ? small(random) : low.add(fraction(1L + random.nextInt(6), 2)));
        StringBuilder text = new StringBuilder("scalar x\n");
        if (low != null) {
            text.append("assume x >= ").append(low).append("\n");
        }
        if (high != null) {
            text.append("assume x <= ").append(high).append("\n");
        }
        StringBuilder sum = new StringBuilder("0");
        for (int i = 0; i < polynomial.length; i++) {
            sum.append(polynomial[i].signum() < 0 ? " - (" : " + (")
                    .append(polynomial[i].abs())
                    .append(") x^")
                    .append(i);
        }
        boolean atLeastZero = isPositive(polynomial, roots, low, high, false);
        boolean positive = isPositive(polynomial, roots, low, high, true);
        assertThat(isProved(text + "claim 0 <= " + sum))
                .as("%s0 <= %s", text, sum)
                .isEqualTo(atLeastZero);
        boolean strictly = isProved(text + "claim 0 < " + sum);
        // of a square the search knows only that it is at least zero, also where its root lies outside
        assertThat(strictly || positive && !simple).as("%s0 < %s", text, sum).isEqualTo(positive);
    }

    /** By the values between and beside the roots, and the roots that lie inside. */
    private static boolean isPositive(
            Fraction[] polynomial, List<Fraction> roots, Fraction low, Fraction high, boolean strictly) {
        List<Fraction> ends = new ArrayList<>(roots);
        ends.add(low == null ? fraction(-100, 1) : low);
        ends.add(high == null ? fraction(100, 1) : high);
        ends.removeIf(each -> low != null && each.below(low) || high != null && high.below(each));
        ends.sort(null);
        if (strictly && ends.stream().anyMatch(roots::contains)) {
            return false;
        }
        for (int i = 1; i < ends.size(); i++) {
            Fraction middle = ends.get(i - 1).add(ends.get(i)).divide(Fraction.TWO);
            if (!ends.get(i - 1).equals(ends.get(i)) && at(polynomial, middle).signum() < 0) {
                return false;
            }
        }
        return true;
    }
}

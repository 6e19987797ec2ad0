package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.loopcert.derivation.Enclosures.fill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loopcert.derivation.LineReport.Verdict;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula;

/**
 * Inequalities put together from true ones, and changed in a place or not: whatever is proved holds at all values tried
 * that satisfy the hypotheses.
 */
class InequalitySoundnessTest {
    private static final int CLAIMS = 100;
    private static final int POINTS = 12;

    private static final String DECLARED = """
            derivation soundness
            dimension n
            integer k >= 0
            scalar a, b, c, x
            vector u, v in R^n
            matrix A in R^{n x n}
            assume 0 <= a
            assume a <= b
            assume b <= 1
            assume 0 < c
            assume A symmetric
            assume 0 <<= A
            assume A <<= I
            """;

    /** True under the hypotheses: the left side is at most the right one. */
    private static final String[][] TRUE = {
        {"a", "b"},
        {"0", "a"},
        {"b", "1"},
        {"0", "c"},
        {"a^k", "b^k"},
        {"a^{k+1}", "b^{k+1}"},
        {"sqrt(a)", "sqrt(b)"},
        {"exp(a)", "exp(b)"},
        {"1 + x", "exp(x)"},
        {"1 - x", "exp(-x)"},
        {"log(c)", "c - 1"},
        {"x", "|x|"},
        {"2 x", "x^2 + 1"},
        {"2 x c", "x^2 + c^2"},
        {"u'v", "|u| |v|"},
        {"2 u'v", "u'u + v'v"},
        {"|u + v|", "|u| + |v|"},
        {"norm_inf(u)", "|u|"},
        {"|A v|", "||A|| |v|"},
        {"u'A u", "u'u"},
        {"0", "u'A u"},
        {"lambda_min(A) u'u", "u'A u"},
        {"u'A u", "lambda_max(A) u'u"},
        {"lambda_min(A)", "lambda_max(A)"},
        {"a c", "b c"},
        {"a/c", "b/c"},
        {"x (1 - x)", "1/4"},
        {"|u'v|", "|u| |v|"},
    };

    private static final String[] SCALARS = {
        "a", "b", "c", "x", "2", "(1/2)", "(b - a)", "u'u", "exp(x)", "(1/c)", "(-1)", "x^2"
    };

    private final Random random = new Random();

    private String[] part() {
        String[] sides = TRUE[random.nextInt(TRUE.length)].clone();
        if (random.nextInt(3) == 0) {
            String factor = SCALARS[random.nextInt(SCALARS.length)];
            sides[0] = factor + " (" + sides[0] + ")";
            sides[1] = factor + " (" + sides[1] + ")";
        }
        return sides;
    }

    /** One or two true ones added, a term put on both sides, and in half of the cases a change. */
    private String claim() {
        String[] sides = part();
        if (random.nextInt(3) == 0) {
            String[] more = part();
            sides[0] += " + " + more[0];
            sides[1] += " + " + more[1];
        }
        if (random.nextInt(4) == 0) {
            String both = SCALARS[random.nextInt(SCALARS.length)] + " x";
            sides[0] += " + " + both;
            sides[1] += " + " + both;
        }
        String relation = random.nextInt(4) == 0 ? " < " : " <= ";
        String left = sides[0];
        String right = sides[1];
        switch (random.nextInt(8)) {
            case 0 -> left = sides[1] + " - (" + sides[0] + ")";
            case 1 -> right = sides[0];
            case 2 -> left = left.replaceFirst("a", "b");
            case 3 -> right = right.replaceFirst("\\bb\\b", "a").replaceFirst("\\bu\\b", "v");
            default -> {}
        }
        return left + relation + right;
    }

    private Enclosures point() {
        int n = 1 + random.nextInt(3);
        Map<String, Fraction[][]> values = new HashMap<>();
        Fraction b = fraction(random.nextInt(5), 4);
        values.put("b", single(b));
        values.put("a", single(b.multiply(fraction(random.nextInt(4), 3))));
        values.put("c", single(fraction(1L + random.nextInt(6), 1L + random.nextInt(3))));
        values.put("x", single(fraction(random.nextInt(9) - 4, 2)));
        values.put("u", fill(n, 1, (i, j) -> fraction(random.nextInt(7) - 3, 2)));
        values.put("v", fill(n, 1, (i, j) -> fraction(random.nextInt(7) - 3, 2)));
        Fraction[][] g = fill(1 + random.nextInt(3), n, (i, j) -> fraction(random.nextInt(5) - 2, 1));
        Fraction trace = Fraction.ONE;
        for (Fraction[] row : g) {
            for (Fraction each : row) {
                trace = trace.add(each.multiply(each));
            }
        }
        // the trace bounds the largest eigenvalue; a rank of one or a multiple of I reaches it
        Fraction bound = trace.subtract(
                random.nextBoolean() && trace.compareTo(Fraction.ONE) > 0 ? Fraction.ONE : Fraction.ZERO);
        values.put("A", fill(n, n, (i, j) -> {
            Fraction sum = Fraction.ZERO;
            for (Fraction[] row : g) {
                sum = sum.add(row[i].multiply(row[j]));
            }
            return sum.divide(bound);
        }));
        return new Enclosures(values, Map.of("n", n, "k", random.nextInt(4)));
    }

    private static Fraction fraction(long numerator, long denominator) {
        return Fraction.of(numerator).divide(Fraction.of(denominator));
    }

    private static Fraction[][] single(Fraction value) {
        return new Fraction[][] {{value}};
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatIsProvedHolds(long seed) throws DerivationSyntaxException {
        random.setSeed(seed);
        List<String> claims = new ArrayList<>();
        for (int i = 0; i < CLAIMS; i++) {
            claims.add(claim());
        }
        List<Enclosures> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            points.add(point());
        }
        Context context =
                DerivationReader.read("soundness", DECLARED + "claim 0 = 0").context();
        for (Enclosures each : points) {
            assertThat(context.hypotheses()).allSatisfy(hypothesis -> assertThat(each.decide(hypothesis))
                    .isEqualTo(1));
        }
        List<String> proved = new ArrayList<>();
        List<String> falsified = new ArrayList<>();
        for (String claim : claims) {
            String text = DECLARED + "claim " + claim;
            if (DerivationChecker.check("soundness", text).verdict() != Verdict.PROVED) {
                continue;
            }
            proved.add(claim);
            Formula formula = DerivationReader.read("soundness", text)
                    .statements()
                    .get(0)
                    .formula()
                    .value()
                    .orElseThrow();
            points.stream().filter(each -> each.decide(formula) < 0).findAny().ifPresent(point -> falsified.add(claim));
        }
        assertThat(falsified).isEmpty();
        assertThat(proved).hasSizeBetween(CLAIMS / 3, CLAIMS - 1);
    }
}

package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.EqualityRules.Algebra;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.NotProved;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Theorem;

/** What the search for inequalities takes terms apart with, and the values that it uses statements for all at. */
class SearchPartsTest {
    private static final String DECLARED = """
            derivation parts
            dimension d
            integer k >= 0
            scalar a, b, c
            vector x, y, z in R^d
            function f : R^d -> R, h : R^d -> R^d
            sequence s
            define p := a + b
            define w(r in R) := r p
            assume a != 0
            assume b != 0
            """;

    private static Derivation read(String more) throws DerivationSyntaxException {
        Derivation derivation = DerivationReader.read("parts", DECLARED + more);
        assertThat(derivation.diagnostics()).isEmpty();
        return derivation;
    }

    private static Term term(Context context, String text) throws DerivationSyntaxException {
        return DerivationReader.readTerm(context, text).value().orElseThrow();
    }

    private static void assertEqual(Context context, Term left, Term right) throws NotProved, IllTyped {
        List<Theorem> facts = List.of(Theorem.hypothesis(context, 0), Theorem.hypothesis(context, 1));
        Theorem theorem = Theorem.derive(context, new Algebra(left, right), facts);
        assertThat(theorem.formula()).isEqualTo(Formula.equal(left, right));
    }

    /** The product with the divisors is the term without them. */
    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource(
            delimiter = '%',
            value = {
                "c/a % a",
                "c % a",
                "c + b/a % a",
                "c/a - c/b % a, b",
                "2 (c/a) (c/b) % a, b",
                "(c/a)^2 % a",
                "(c + 1/a)/b % a, b",
                "c (1/a + 1/b) % a, b",
                "3 % a, b",
            })
    void divisionsAreCarriedOut(String text, String divisors) throws DerivationSyntaxException, NotProved, IllTyped {
        Context context = read("claim 0 = 0").context();
        List<Term> by = new ArrayList<>();
        for (String each : divisors.split(", ")) {
            by.add(term(context, each));
        }
        Term cleared = Terms.cleared(term(context, text), by);
        List<Term> factors = new ArrayList<>(by);
        factors.add(term(context, text));
        assertEqual(context, cleared, Term.product(factors));
        List<Term> quotients = new ArrayList<>();
        Terms.walk(cleared, each -> {
            if (each.kind() == Term.Kind.QUOTIENT) {
                quotients.add(each);
            }
        });
        // a power is left as it stands
        assertThat(quotients).hasSize(text.contains("^") ? 1 : 0);
    }

    @Test
    void definitionsArePutIn() throws DerivationSyntaxException, NotProved, IllTyped {
        Context context = read("claim 0 = 0").context();
        Term whole = term(context, "w(c + p)/a - |p x|");
        Term unfolded = Terms.unfolded(context, whole);
        assertEqual(context, whole, unfolded);
        assertThat(unfolded.freeNames()).contains("a", "b", "c", "x").doesNotContain("p", "w");
        Term plain = term(context, "a c");
        assertThat(Terms.unfolded(context, plain)).isSameAs(plain);
    }

    /** The values by their names, as reports print terms. */
    private static List<String> instances(String all, String claim) throws DerivationSyntaxException {
        Derivation derivation = read("assume " + all + "\nclaim " + claim);
        Formula goal = derivation.statements().get(0).formula().value().orElseThrow();
        Instances instances = new Instances(derivation.context());
        instances.collect(goal);
        Formula.ForAll fact = (Formula.ForAll) derivation.context().hypotheses().get(2);
        return instances.of(fact).stream()
                .map(SearchPartsTest::printed)
                .sorted()
                .toList();
    }

    private static String printed(Map<String, Term> values) {
        return values.keySet().stream()
                .sorted()
                .map(each -> each + " = " + Notation.of(values.get(each)))
                .collect(Collectors.joining(", "));
    }

    /** Applications that mention all variables meet those in the goal. */
    @Test
    void applicationsGiveValues() throws DerivationSyntaxException {
        assertThat(instances("for all u in R^d: 0 <= f(u)", "f(x) + f(y) <= f(x + y)"))
                .containsExactly("u = x", "u = x + y", "u = y");
        assertThat(instances("for all t >= 0: s(t+1) <= s(t)", "s(k+2) <= s(k)"))
                .contains("t = k", "t = k+1");
    }

    /** A side of the statement that reads as a part of the goal. */
    @Test
    void sidesGiveValues() throws DerivationSyntaxException {
        assertThat(instances("for all u, v in R^d: |h(u) - h(v)| <= c |u - v|", "|h(x) - h(z)| <= c |x - z|"))
                .contains("u = x, v = z");
    }

    /** Each variable by itself, in all ways. */
    @Test
    void variablesGiveValues() throws DerivationSyntaxException {
        assertThat(instances("for all u, v in R^d: f(v) + h(v)'(u - v) <= f(u)", "f(y) <= f(x) + h(x)'(x - y)"))
                .contains("u = y, v = x");
    }

    @Test
    void thereAreAtMostSixty() throws DerivationSyntaxException {
        StringBuilder sum = new StringBuilder("f(x)");
        for (int i = 2; i < 90; i++) {
            sum.append(" + f(").append(i).append(" x)");
        }
        assertThat(instances("for all u in R^d: 0 <= f(u)", "0 <= " + sum)).hasSize(60);
    }
}

package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What remains of a claim is told in the notation of derivations, whatever it is made of. */
class NormalFormsTest {
    private static final String DECLARATIONS = """
            derivation rest "What remains"

            dimension n
            integer k >= 1
            vector theta*, v, w in R^n
            vector u in R^{n+1}
            matrix A, B in R^{n x n}
            scalar a, b
            function f : R^n -> R
            sequence s in R

            assume A invertible
            assume 0 < a
            assume b != 0

            """;

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->>",
            value = {
                "theta*' A v = (3/2) a^2 ->> theta*' A v - 3/2 a^{2}",
                "(a + b)^k = 2^{2 k} ->> -(2)^{2k} + (b + a)^{k}",
                "A^{2 k} = B ->> -B + (A)^{2k}",
                "(v o w)' w = 0 ->> (v o w)' w",
                "diag(v) B = A ->> diag(v) B - A",
                "inv(A) = B + I ->> -B + inv(A) - I",
                "sum_{i=1}^{n} s(i)^2 a = 0 ->> sum_{#1 = 0}^{n-1} (s(#1+1)^{2}) a",
                "f(A v) = s(2 k + 1) ->> -s(2k+1) + f(A v)",
                "exp(a) + log(a) + sqrt(a) + |b| = k ->> sqrt(a) + abs(b) + log(a) - k + exp(a)",
                "tr(A B) = n ->> tr(A B) - n",
                "[v; w] = [w; v] ->> [-w + v; w - v]",
                "exp(v w') = A ->> -A + exp(v w')",
                "||v||_inf = ||A||_2 ->> -spectral_norm(A) + norm_inf(v)",
                "v 1_n' = A ->> v 1_{n}' - A",
                "[A, v] o [B, w] = [A, w] ->> [-A + (A o B), -w + (v o w)]",
                "u[1:n] = e_{1, n} ->> I_{n+1}[:, 1..n]' u - e_{1}",
                "a = a + 2 ->> -2"
            })
    void restReadsLikeTheClaim(String claim, String rest) throws DerivationSyntaxException {
        DerivationReport report = DerivationChecker.check("rest", DECLARATIONS + "claim " + claim + "\n");
        assertThat(report.lines()).singleElement().satisfies(line -> assertThat(
                        line.problem().orElseThrow().found())
                .isEqualTo(rest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "n,1:",
                "[n]/[1]/",
                "n,1:1@",
                "n,1:1@|SYMBOL(v:n:1",
                "n,1:1@|GUESS(v)",
                "1,1:1@SYMBOL(a:1:1)|",
                "1..n+1",
                "SYMBOL[2][a]"
            })
    void whatIsNoKeyStaysAsItIs(String text) {
        assertThat(NormalForms.shown(text)).isEqualTo(text.equals("n,1:") ? "0" : text);
    }

    @Test
    void nameMayEndInAStarBeforeTheNextFactor() {
        assertThat(NormalForms.shown("1,1:1@SYMBOL(a:1:1)^k**SYMBOL(b*:1:1)^-2k*|"))
                .isEqualTo("a^{k*} b*^{-2k*}");
    }
}

package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not in the language, where, and what is said about it. */
class SyntaxErrorTest {
    private static final String STATEMENTS = "a statement: dimension, integer, matrix, vector, scalar, sequence, "
            + "function, define, assume, lemma or claim";

    private static DerivationSyntaxException error(String text) {
        return catchThrowableOfType(
                DerivationSyntaxException.class, () -> DerivationReader.read("test", TermsTest.DECLARATIONS + text));
    }

    /** A slash stands for the end of a line; the first line is the ninth. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '%',
            quoteCharacter = '"',
            value = {
                // statements
                "lema X = X % 9:1 % STATEMENTS % `lema`; did you mean lemma?",
                "prove X = X % 9:1 % STATEMENTS % `prove`",
                "3 % 9:1 % STATEMENTS % `3`",
                "derivation a % 9:1 % STATEMENTS (`derivation` stands once, first) % `derivation`",
                "qed % 9:1 % STATEMENTS (no proof is open here) % `qed`",
                "claim X = X $ Claim X = X % 10:1 % STATEMENTS % `Claim`; did you mean claim?",
                "claim X = X, X % 9:12 % the end of the claim statement % `,`",
                "dimension n % 9:11 % a new name % `n`, declared at 1:11",
                "dimension 3 % 9:11 % the name of a dimension % `3`",
                "integer m >= n % 9:14 % a lower bound that is a whole number % `n`",
                "integer m >= 0.5 % 9:14 % a lower bound that is a whole number % `0.5`",
                "vector o in R^n % 9:8 % a name % `o`, a word of the language",
                "vector claim in R^n % 9:8 % a name % `claim`, a word of the language",
                "vector z % 9:9 % `in` and a space such as R^d % the end of the file",
                "vector z in S % 9:13 % a space such as R, R^d or R^{n x d} % `S`",
                "vector z in R^ % 9:15 % a size such as n or {n x d} % the end of the file",
                "function g R -> R % 9:12 % `:` % `R`",
                "function g : R % 9:15 % `->` % the end of the file",
                "define Z = X % 9:10 % `:=` % `=`",
                "define X := X % 9:8 % a new name % `X`, declared at 3:8",
                "define G(w) := X % 9:11 % `>=` or `in` after the variable % `)`",
                "assume algebra: X = X % 9:8 % a name of your own % `algebra`, which has a meaning after `by`",
                "assume a: X = X $ assume a: X = X % 10:8 % a new name % `a`, the name of the fact at 9:8",
                // formulas
                "claim X % 9:8 % a relation such as = or <=, `invertible` or `symmetric` % the end of the file",
                "claim q = v = q % 9:13 % one relation; further steps belong between `proof` and `qed` % a second relation",
                "claim for t >= 0: X = X % 9:11 % `all` % `t`",
                "claim for all t: X = X % 9:16 % `>=` or `in` after the variable % `:`",
                "claim for all: X = X % 9:14 % variables such as t >= 0 or u in R^d after `for all` % `:`",
                "claim for all t >= 0 X = X % 9:22 % `:` % `X`",
                // terms
                "claim X = % 9:10 % a term % the end of the file",
                "claim X = X + $ claim X = X % 10:1 % a term % `claim`",
                "claim X = X + + X % 9:15 % a term % `+`",
                "claim X = 2 * -X % 9:15 % a term % `-`",
                "claim 1/2 kappa = alpha % 9:11 % brackets that say whether (1/2) kappa or 1/(2 kappa) is meant % the factor `kappa` after a division",
                "claim alpha = alpha/beta (q'v) % 9:26 % brackets that say whether (alpha/beta) (q'v) or alpha/(beta (q'v)) is meant % the factor `(q'v)` after a division",
                "claim alpha^2^k = 1 % 9:14 % brackets that say which power is taken first % a second `^`",
                "claim alpha^ = 1 % 9:14 % an exponent such as 2, t or {t+1} % `=`",
                "claim z~ = q % 9:7 % a declared name % `z~`",
                "claim [X, y; q'] = X % 9:14 % 2 blocks in this row, as in the first % 1",
                "claim (q, v) = q % 9:9 % `)` for the `(` opened at 9:7 % `,`; a column is written [a; b], and only functions take several arguments",
                "claim X[1, 2, 3] = 1 % 9:15 % at most rows and columns % 3 indices",
                "claim 0_{n x d x d} = X % 9:7 % one or two sizes % 3 sizes",
                "claim ||q||_3 = 1 % 9:13 % a norm: 1, 2, inf or F % `3`",
                "claim sum_{i=1} q_i = 1 % 9:17 % `^` % `q_i`",
                // brackets
                "claim [X, y = X % 9:7 % `]` for the `[` opened here % none before the end of the file",
                "claim f(q = 1 $ claim X = X % 9:8 % `)` for the `(` opened here % none before `claim` on line 10",
                "claim (X] = X % 9:9 % `)` for the `(` opened at 9:7 % `]`",
                "claim X) = X % 9:8 % an opening bracket before `)` % none",
                "claim |q = alpha % 9:10 % `|` for the `|` opened at 9:7 % `=`",
                "claim ⟨q, v = 1 % 9:13 % `⟩` for the `⟨` opened at 9:7 % `=`",
                "claim <q, v = 1 % 9:13 % `>` for the `<` opened at 9:7 % `=`",
                // proofs
                "claim X = X $ proof $ X $ = X % 12:4 % `qed` for the proof opened at 10:1 % the end of the file",
                "claim X = X $ proof $ X $ = X $ claim X = X % 13:1 % `qed` for the proof opened at 10:1 % `claim`",
                "claim X = X $ proof $ = X $ qed % 11:1 % a term before the first relation sign % `=`",
                "claim q = v $ proof $ q $ = A $ v $ qed % 14:1 % a relation sign such as = (a line that begins with a term begins a new chain; to go on with a product, begin the line with `*`) % `qed`",
                "claim q = v $ proof $ q $ = v $ qde % 13:1 % a chain, `have` or `qed` % `qde`; did you mean qed?",
                "claim X = X $ proof by algebra % 10:10 % `by induction on` and a variable (other reasons stand after the claim: claim ... by ...) % `algebra`",
                "claim X = X $ proof by induction on k $ base $ step $ qed % 10:23 % an integer variable that the statement binds by `for all` % `k`",
                "claim for all t >= 0: X = X $ proof by induction on t $ step $ qed % 11:1 % `base` % `step`",
                "claim for all t >= 0: X = X $ proof by induction on t $ base $ qed % 12:1 % `step`, after the base of the induction % `qed`",
                "claim X = X by % 9:15 % the name of a fact or rule % the end of the file",
                "claim X = X by a with u = q % 9:25 % `:=` % `=`",
            })
    void errors(String text, String place, String expected, String found) {
        DerivationSyntaxException error = error(text.replace(" $ ", "\n").replace("$", "\n"));
        assertThat(error).isNotNull();
        assertThat(error.getMessage())
                .isEqualTo("expected " + expected.replace("STATEMENTS", STATEMENTS) + ", found " + found);
        assertThat(error.place()).hasToString(place);
    }

    @Test
    void otherStatementsAreStillRead() {
        DerivationSyntaxException error = error("""
                claim X = (X
                claim X = X
                claim X = ]
                vector z
                """);
        assertThat(error.place()).isEqualTo(new Place(9, 11));
        assertThat(error.others())
                .extracting(DerivationSyntaxException::place)
                .containsExactly(new Place(11, 11), new Place(13, 1));
    }

    @Test
    void nestingIsBounded() {
        String deep = "(".repeat(151) + "X" + ")".repeat(151);
        assertThat(error("claim X = " + deep))
                .hasMessageContaining("nesting of at most 150 levels")
                .satisfies(each -> assertThat(each.place()).isEqualTo(new Place(9, 161)));
        assertThat(error("claim X = " + "(".repeat(150) + "X" + ")".repeat(150)))
                .isNull();
        assertThat(error("claim X = " + "[".repeat(200_000))).isNotNull();
        assertThat(error("claim X = X" + "'".repeat(200_000))).hasMessageContaining("nesting");
        assertThat(error("claim alpha = alpha" + "/2".repeat(100_000))).hasMessageContaining("nesting");
        assertThat(error("claim X = X" + " o X".repeat(100_000))).hasMessageContaining("nesting");
        assertThat(error("claim X = " + "sum_{i=1}^2 ".repeat(50_000) + "X")).hasMessageContaining("nesting");
        assertThat(error("claim " + "for all t >= 0: ".repeat(50_000) + "X = X"))
                .hasMessageContaining("nesting");
        assertThat(error("claim X = X" + " + X".repeat(100_000))).hasMessageContaining("at most 500 summands");
        assertThat(error("claim X = X" + " X".repeat(100_000))).hasMessageContaining("at most 500 factors");
        assertThat(error("assume X = X" + " = X".repeat(100_000))).hasMessageContaining("at most 20 relations");
        assertThat(error("claim for all u" + ", u".repeat(100_000))).hasMessageContaining("at most 50 variables");
        assertThat(error("claim X = X\n" + "proof have X = X\n".repeat(10_000))).hasMessageContaining("at most 50");
    }
}

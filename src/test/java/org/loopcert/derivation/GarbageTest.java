package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever the text, the answer is a derivation or a syntax error with a place in the text. */
class GarbageTest {
    private static final List<String> WORDS = List.of(
            "dimension n",
            "matrix X in R^{n x n}",
            "scalar a",
            "vector v in R^n",
            "sequence s",
            "claim ",
            "lemma l:",
            "assume ",
            "define Z := ",
            "define G(u in R^n) := ",
            "proof",
            "qed",
            "have ",
            "by ",
            "with u := ",
            "for all ",
            "t >= 0: ",
            "by induction on t",
            "base",
            "step",
            "X",
            "a",
            "v",
            "s",
            "I",
            "0",
            "1",
            "e_1",
            "2",
            "(t)",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "|",
            "||",
            "<",
            ">",
            "⟨",
            "⟩",
            ",",
            ";",
            ":",
            "=",
            "<=",
            ">=",
            "<<=",
            "!=",
            "+",
            "-",
            "*",
            "/",
            "o",
            "'",
            "^",
            "_",
            "^{2}",
            "_{1, :}",
            "sum_{i=1}^{n} ",
            "exp(",
            "\n",
            "\n",
            " ",
            " ",
            "invertible",
            "𝛼",
            "θ",
            "²",
            "\r",
            "#",
            "\"",
            "\u0000",
            "~",
            ".");

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of(WORDS).list().ofMaxSize(40).map(each -> String.join("", each));
    }

    @Provide
    Arbitrary<String> spaced() {
        return Arbitraries.of(WORDS)
                .list()
                .ofMaxSize(60)
                .map(each -> "dimension n\nscalar a\nvector v in R^n\n" + "matrix X in R^{n x n}\nsequence s\nclaim "
                        + String.join(" ", each));
    }

    private static void read(String text) {
        try {
            Derivation read = DerivationReader.read("garbage", text);
            assertThat(read.id()).isNotNull();
        } catch (DerivationSyntaxException error) {
            long lines = text.lines().count() + 2;
            assertThat((long) error.place().line()).isBetween(1L, lines);
            assertThat(error.place().column()).isBetween(1, text.length() + 1);
            assertThat(error.expected()).isNotEmpty();
            assertThat(error.found()).isNotEmpty();
        }
    }

    @Property(tries = 2000)
    void anyText(@ForAll String text) {
        read(text);
    }

    @Property(tries = 3000)
    void anyWords(@ForAll("words") String text) {
        read(text);
    }

    @Property(tries = 3000)
    void anyClaim(@ForAll("spaced") String text) {
        read(text);
    }

    @Property(tries = 500)
    void damagedFiles(@ForAll("cuts") List<Integer> cuts) throws IOException {
        String text = theorem();
        int from = cuts.get(0) % text.length();
        int to = Math.min(text.length(), from + cuts.get(1) % 40);
        read(text.substring(0, from) + WORDS.get(cuts.get(2) % WORDS.size()) + text.substring(to));
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(0, 1_000_000).list().ofSize(3);
    }

    private static String theorem() throws IOException {
        String path = "/org/loopcert/derivations/chen2024/theorem-4.2.derivation";
        try (InputStream in = DerivationReader.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void largeFilesAreReadOrRefused() {
        String declarations = "scalar a\nmatrix X in R^{2 x 2}\n";
        assertThatCode(() -> DerivationReader.read(
                        "large", declarations + "claim a = a\nproof\na\n" + "= b\n".repeat(100_000) + "qed"))
                .doesNotThrowAnyException();
        assertThatCode(() -> DerivationReader.read(
                        "large", declarations + "claim X = 0\nproof\nX\n" + "= 0\n".repeat(100_000) + "qed"))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(DerivationSyntaxException.class)
                .isThrownBy(() -> DerivationReader.read("large", "scalar a" + ", a".repeat(300_000)));
        assertThatExceptionOfType(DerivationSyntaxException.class)
                .isThrownBy(() -> DerivationReader.read("large", declarations + "claim a = a\n".repeat(50_000)))
                .withMessageContaining("at most 2000 names and statements");
        StringBuilder names = new StringBuilder("scalar s0");
        for (int i = 1; i < 50_000; i++) {
            names.append(", s").append(i);
        }
        assertThatExceptionOfType(DerivationSyntaxException.class)
                .isThrownBy(() -> DerivationReader.read("large", names.toString()))
                .withMessageContaining("at most 2000 names");
    }
}

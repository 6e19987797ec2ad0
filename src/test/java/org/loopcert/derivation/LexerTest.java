package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexerTest {
    private static String words(String text) throws DerivationSyntaxException {
        return Lexer.tokens(text).stream()
                .filter(each -> each.kind() != Token.Kind.END)
                .map(Token::text)
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '%',
            quoteCharacter = '"',
            value = {
                "a ≤ b ≥ c ≠ d % a <= b >= c != d",
                "A ⪯ B ⪰ C ≼ D ≽ E % A <<= B >>= C <<= D >>= E",
                "A <<= B >>= C % A <<= B >>= C",
                "x ∈ ℝ^{n×d} % x in R ^ { n × d }",
                "A ∘ B ⊙ C % A o B o C",
                "XᵀX^⊤ % X ' X ^ '",
                "x′ % x '",
                "a·b − c % a * b - c",
                "⟨x, y⟩ % ⟨ x , y ⟩",
                "‖x‖₂² % || x || _ 2 ^ 2",
                "||x||_∞ % || x || _ inf",
                "∀ t % ∀ t",
                "∑_{i=1}^n % sum _ { i = 1 } ^ n",
                "x² A⁻¹ % x ^ 2 A ^ - 1",
                "∇f ∇ℓ % gradf gradℓ",
                "θ₁ x₁₂ % θ_1 x_12",
                "x_i I_{d} % x_i I _ { d }",
                "f : R -> R → R % f : R -> R -> R",
                "Z := 0 ≔ 1 % Z := 0 := 1",
                "0.25 1.5 2x % 0.25 1.5 2 x",
                "1..n % 1 .. n",
                "theta* a*b % theta * a * b",
                "a # the rest (is [ignored % a",
            })
    void spellings(String text, String words) throws DerivationSyntaxException {
        assertThat(words(text)).isEqualTo(words);
    }

    @Test
    void placesCountCodePoints() throws DerivationSyntaxException {
        List<Token> tokens = Lexer.tokens("𝛼 = θ\r\n  b\n\rc");
        assertThat(tokens.stream().map(each -> each.text() + "@" + each.place()))
                .containsExactly("𝛼@1:1", "=@1:3", "θ@1:5", "b@2:3", "c@4:1", "@4:2");
        assertThat(tokens.stream().filter(Token::first).map(Token::text)).containsExactly("𝛼", "b", "c");
    }

    @Test
    void theIdIsOneWord() throws DerivationSyntaxException {
        assertThat(Lexer.tokens("derivation a/b-4.1 \"the title\"").stream().map(Token::kind))
                .containsExactly(Token.Kind.NAME, Token.Kind.IDENTIFIER, Token.Kind.STRING, Token.Kind.END);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '%',
            quoteCharacter = '"',
            value = {
                "a $ b % 1:3 % a name, a number or a sign of the language % `$`",
                "x \\alpha % 1:3 % a name, a number or a sign of the language % `\\`",
                "x \u0001 y % 1:3 % a name, a number or a sign of the language % U+0001",
                "A⁻ % 1:2 % a superscript number % `⁻`",
            })
    void wrongCharacters(String text, String place, String expected, String found) {
        assertThatExceptionOfType(DerivationSyntaxException.class)
                .isThrownBy(() -> Lexer.tokens(text))
                .satisfies(error -> assertThat(error.place()).hasToString(place))
                .withMessage("expected " + expected + ", found " + found);
    }

    @Test
    void limits() {
        assertThatExceptionOfType(DerivationSyntaxException.class)
                .isThrownBy(() -> Lexer.tokens(" ".repeat(Lexer.MAX_LENGTH + 1)))
                .withMessageContaining("1048576 characters");
        assertThatExceptionOfType(DerivationSyntaxException.class)
                .isThrownBy(() -> Lexer.tokens("x = " + "1".repeat(201)))
                .withMessage("expected a number of at most 200 digits, found 201 digits");
        assertThatExceptionOfType(DerivationSyntaxException.class)
                .isThrownBy(() -> Lexer.tokens("x".repeat(201)))
                .withMessageContaining("a name of at most 200 characters");
        assertThatExceptionOfType(DerivationSyntaxException.class)
                .isThrownBy(() -> Lexer.tokens("derivation a \"open\nclaim"))
                .satisfies(error -> assertThat(error.place()).hasToString("1:14"));
    }
}

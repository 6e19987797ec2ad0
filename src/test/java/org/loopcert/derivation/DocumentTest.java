package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page about derivations says what the reader does. */
class DocumentTest {
    private static String page() throws IOException {
        return Files.readString(Path.of("src/site/markdown/derivations.md"));
    }

    private static List<String> listings() throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = Pattern.compile("^```\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(page());
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    @Test
    void itsExamplesFit() throws IOException, DerivationSyntaxException {
        List<String> listings = listings();
        assertThat(listings).hasSize(6);
        for (int i = 0; i < 4; i++) {
            String declarations = i == 1 ? TermsTest.DECLARATIONS : "";
            Derivation read = DerivationReader.read("example", declarations + listings.get(i));
            assertThat(PaperFilesTest.all(read)).isNotEmpty().allMatch(each -> each instanceof Elaborated.Fits<?>);
            assertThat(read.diagnostics()).isEmpty();
        }
    }

    @Test
    void itNamesEveryWord() throws IOException {
        String page = page();
        assertThat(Parser.FUNCTIONS).allSatisfy(each -> assertThat(page).contains(each));
        assertThat(Parser.RESERVED).allSatisfy(each -> assertThat(page).contains(each));
        String grammar = listings().get(5);
        assertThat(Tokens.STATEMENTS).filteredOn(each -> !each.endsWith("s")).allSatisfy(each -> assertThat(grammar)
                .contains('"' + each + '"'));
    }

    private static final String USER = """
            derivation mine/ridge "One step of ridge regression"

            dimension n, d
            matrix X in R^{n x d}
            vector y in R^n
            scalar lambda, eta
            sequence w in R^d

            define H := X'X + lambda I
            define g(v in R^d) := H v - X'y
            assume descent: for all t >= 0: w(t+1) = w(t) - eta g(w(t))
            assume lambda > 0

            claim step: for all t >= 0: w(t+1) = (I - eta H) w(t) + eta X'y
            proof
                w(t+1)
              = w(t) - eta g(w(t))                by descent
              = w(t) - eta (H w(t) - X'y)         by definition
              = (I - eta H) w(t) + eta X'y
            qed
            """;

    /** A derivation written from the page, and each slip in it. */
    @Test
    void aFirstDerivationFits() throws DerivationSyntaxException {
        Derivation read = DerivationReader.read("mine", USER);
        assertThat(PaperFilesTest.all(read)).hasSize(5).allMatch(each -> each instanceof Elaborated.Fits<?>);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "X'X + lambda I -> X'X + lambda % 9:19 % expected d x d, found scalar",
                "X'X + lambda I -> XX' + lambda I % 9:13 % did you mean X X?",
                "X'X + lambda I -> X X' + lambda I % 10:25 % a factor with n rows",
                "X'X + lambda I -> X^T X + lambda I % 9:15 % transpose is written X' or X^⊤",
                "- X'y\n -> - X y\n % 10:31 % a factor with d rows",
                "H v -> H y % 10:25 % a factor with d rows",
                "in R^n\n -> in R^m\n % 5:15 % undeclared name m",
                "sequence w -> sequnce w % 7:1 % did you mean sequence?",
                "qed ->  % 21:1 % `qed` for the proof opened at 15:1",
                "w(t+1)\n -> w(t+1\n % 16:6 % `)` for the `(` opened here",
                "g(w(t))                by -> g w(t)                  by % 17:16 % g with its arguments",
                "= w(t) - eta g(w(t))      -> = w(t) - eta g(w(t), y)   % 17:24 % 1 argument of g",
                "(I - eta H) w(t) + eta X'y\nqed -> (1 - eta H) w(t) + eta X'y\nqed % 19:10 % the identity matrix is written I",
                "proof -> prof % 15:1 % a statement",
                "assume lambda > 0 -> assume lambda >> 0 % 12:16 % a term",
                "by descent -> by % 18:3 % the name of a fact or rule",
            })
    void itsMistakesAreShownAtTheirPlace(String mistake) {
        String[] parts = mistake.split(" % ", -1);
        String[] change = parts[0].split(" -> ", -1);
        String text = USER.replace(change[0], change[1]);
        assertThat(text).isNotEqualTo(USER);
        assertThat(messages(text))
                .anySatisfy(each -> assertThat(each).startsWith(parts[1] + " ").contains(parts[2]));
    }

    private static List<String> messages(String text) {
        List<String> messages = new ArrayList<>();
        try {
            Derivation read = DerivationReader.read("mine", text);
            read.diagnostics().forEach(each -> messages.add(each.place() + " " + each.message()));
            for (Elaborated<?> each : PaperFilesTest.all(read)) {
                if (each instanceof Elaborated.DoesNotFit<?> wrong) {
                    messages.add(wrong.place() + " " + wrong.message());
                }
            }
        } catch (DerivationSyntaxException error) {
            messages.add(error.place() + " " + error.getMessage());
        }
        return messages;
    }

    /** The formulas that the paper displays in its sections 3 to 5. */
    @Test
    void thePapersFormulasCanBeWritten() throws DerivationSyntaxException {
        Derivation read = DerivationReader.read("paper", """
                dimension n, d
                integer T >= 1
                matrix X in R^{n×d}
                vector y in R^n, a, b, x, q, θ_1, θ_2, θ*, θ~ in R^d
                scalar α, μ, L, R, γ, η_0, N in R
                sequence Z in R^{(n+1)×(d+1)}, θ in R^d, η
                function f : R^d -> R
                define Q := I_{d+1}
                define P := [I_{d×d}, 0_{d×1}; 0_{1×d}, 0]
                define M := [0_{n×n}, 0_{n×1}; 1_{1×n}, 0]
                define Attn(Z in R^{(n+1)×(d+1)}; Q, P in R^{(d+1)×(d+1)}) := (M ∘ (Z Q Zᵀ)) Z P
                define TF := -Z^(T)_{n+1, 1:d}ᵀ
                define ℓ(θ in R^d) := 0.5 ‖y - X θ‖_2^2
                define ∇ℓ(θ in R^d) := XᵀX θ - Xᵀy
                define κ := λ_max(XᵀX) / λ_min(XᵀX)

                claim ⟨a, b⟩ = ∑_{i=1}^d a_i b_i
                claim for all i in [d]: (a ∘ b)_i = a_i b_i
                claim ‖x‖_1 = ∑_{i=1}^d |x_i|
                claim ‖x‖_2 = (∑_{i=1}^d x_i^2)^{1/2}
                claim for all x in R^d: ‖X x‖_2 ≤ ‖X‖ ‖x‖_2
                claim y = X θ*
                claim |⟨q, θ*⟩ - α| <= R
                claim Z^(0) = [X, y; qᵀ, α]
                claim for all t >= 1: Z^(t) = Z^(t-1) - η^(t-1) Attn(Z^(t-1); Q, P)
                claim θ~ = (XᵀX)^{-1} Xᵀ y
                claim for all t >= 1: θ^(t) = θ^(t-1) - η^(t-1) (XᵀX θ^(t-1) - Xᵀ y)
                claim for all t >= 1: θ^(t) = θ^(t-1) - η^(t-1) ∇ℓ(θ^(t-1))
                claim θ^(0) = -(1/α) q
                claim TF = α θ^(T)
                claim qᵀ - η^(0) (qᵀXᵀX + α yᵀX) = -α (-(1/α) qᵀ - η^(0) (-(1/α) qᵀXᵀX - yᵀX))
                claim |⟨TF, θ*⟩ - α| ≤ |α|·||θ^(T) - θ*||_2
                claim |α|·|⟨θ^(T), θ*⟩ - ⟨θ*, θ*⟩| = |α|·|⟨θ^(T) - θ*, θ*⟩|
                claim |⟨TF, θ*⟩ - α| ≤ |α|·exp(-T/(2κ))
                claim for all x, z in R^d: μ (γ (1 - γ)/2) ‖x - z‖_2^2 + f(γ x + (1-γ) z) ≤ γ f(x) + (1-γ) f(z)
                claim for all x, z in R^d: ‖∇ℓ(x) - ∇ℓ(z)‖_2 ≤ L ‖x - z‖_2
                claim L = ||XᵀX||
                claim for all v in R^d: vᵀ(XᵀX)v >= λ_min(XᵀX) ‖v‖₂²
                claim ℓ(γ θ_1 + (1-γ) θ_2) = 0.5 ‖γ (y - X θ_1) + (1-γ) (y - X θ_2)‖_2^2
                claim ℓ(θ_1) ≤ 0.5 (γ ‖y - X θ_1‖_2^2 + (1-γ) ‖y - X θ_2‖_2^2) - 0.5 γ (1-γ) λ_min(XᵀX) ‖θ_1 - θ_2‖_2^2
                claim for all t >= 0: ‖θ^(t) - θ*‖_2^2 ≤ (1 - η_0 μ)^t ‖θ^(0) - θ*‖_2^2
                claim for all n, T >= 1: (1 - 1/n)^T ≤ e^{-T/n}
                claim ‖θ* - θ^(T)‖_2^2 ≤ e^{-T/κ} R^2
                claim μ/L = λ_min(XᵀX) / ‖XᵀX‖
                claim (1 - 1/κ)^T ‖θ^(0) - θ*‖_2^2 ≤ e^{-T/κ} ‖θ^(0) - θ*‖_2^2
                """);
        assertThat(read.diagnostics()).isEmpty();
        assertThat(read.statements())
                .hasSize(29)
                .allSatisfy(each -> assertThat(each.formula()).as(each.text()).isInstanceOf(Elaborated.Fits.class));
        assertThat(read.statements().get(0).formula().value())
                .map(Notation::of)
                .hasValue("a' b = sum_{i_1 = 1}^{d} a[i_1:i_1, 1:1] b[i_1:i_1, 1:1]");
    }
}

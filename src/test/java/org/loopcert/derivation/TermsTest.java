package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loopcert.kernel.proof.Formula;

/** Terms and formulas, in the kernel's own notation. */
class TermsTest {
    static final String DECLARATIONS = """
            dimension n, d
            integer T >= 1, k
            matrix X in R^{n x d}, A, B in R^{d x d}
            vector y in R^n, q, v, theta* in R^d
            scalar alpha, beta, kappa
            sequence theta in R^d, eta
            function f : R^d -> R, gradf : R^d -> R^d, h : R^d x N -> R
            define Attn(Z in R^{(n+1) x (d+1)}; Q, P in R^{(d+1) x (d+1)}) := Z Q P
            """;

    private static String formula(String text) throws DerivationSyntaxException {
        Derivation read = DerivationReader.read("test", DECLARATIONS + "claim " + text);
        assertThat(read.diagnostics()).isEmpty();
        Elaborated<Formula> formula = read.statements().get(0).formula();
        return formula.value().map(Notation::of).orElseGet(formula::toString);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '%',
            value = {
                // sums, products, signs
                "q = v + q - v % q = v + q - v",
                "q = -v % q = -v",
                "q = -alpha v % q = -alpha v",
                "q = -(alpha v) % q = -(alpha v)",
                "alpha = -2 % alpha = -2",
                "alpha = 0.25 % alpha = 1/4",
                "alpha = beta - 2 % alpha = beta - 2",
                "alpha = 1 - 1/kappa % alpha = 1 - 1 / kappa",
                "alpha = -1/kappa % alpha = -1 / kappa",
                "alpha = 1 - 1/2 % alpha = 1 - (1/2)",
                "alpha = -1/2 % alpha = -1/2",
                "alpha = 2 beta / 3 % alpha = 2 beta / 3",
                "alpha = 1/2 * beta % alpha = (1/2) beta",
                "alpha = 1/2·beta % alpha = (1/2) beta",
                "alpha = alpha/beta/kappa % alpha = alpha / beta / kappa",
                "y = X q % y = X q",
                "y = X*q % y = X q",
                "q'v = <q, v> % q' v = q' v",
                "q'v = ⟨q, v⟩ % q' v = q' v",
                "0 <= <q, q> % 0 <= q' q",
                "<q, q>>= 0 % 0 <= q' q",
                "<q, q>>0 % 0 < q' q",
                "q'v theta* = theta*q'v % q' v theta* = theta* q' v",
                // transposes
                "X'X = Xᵀ X^⊤' % X' X = X' X''",
                "A^{⊤} = A^' % A' = A'",
                // entrywise products bind less than products
                "X o X A = X ∘ (X A) % X o (X A) = X o (X A)",
                // powers
                "alpha^2 = alpha^{k+1} % alpha^{2} = alpha^{k+1}",
                "A^T = A^k % A^{T} = A^{k}",
                "A^-1 = A^{-1} % A^-1 = A^-1",
                "A⁻¹ = inv(A) % A^-1 = A^-1",
                "alpha² = beta^(2) % alpha^{2} = beta^{2}",
                "(q'q)^{1/2} = |q| % sqrt(q' q) = ||q||",
                "e^{-T/kappa} = exp(-T/kappa) % exp(-T / kappa) = exp(-T / kappa)",
                "(1 - alpha beta)^{k+1} = 1 % (1 - alpha beta)^{k+1} = 1",
                // blocks
                "[X, y; q', alpha] = [[X, y], [q', alpha]] % [X, y; q', alpha] = [X, y; q', alpha]",
                "[X, y][q; alpha] = X q + y alpha % [X, y] [q; alpha] = X q + y alpha",
                "[X'X, 0; 0, alpha] = 0 % [X' X, 0_{d x 1}; 0_{1 x d}, alpha] = 0_{d+1 x d+1}",
                "[I, 0; 0, 1] = I_{d+1} + 0_{(d+1) x (d+1)} % [I_{d}, 0_{d x 1}; 0_{1 x d}, 1] = I_{d+1} + 0_{d+1 x d+1}",
                "[0_{n x n}, 0; 1, 0] [X, y; q', alpha] = 0 % [0_{n x n}, 0_{n x 1}; 1_{1 x n}, 0] [X, y; q', alpha] = 0_{n+1 x d+1}",
                "[0, 1; 1, 0] [1; 2] = [2; 1] % [0, 1; 1, 0] [1; 2] = [2; 1]",
                // literals take their shape from where they stand
                "X = 0 % X = 0_{n x d}",
                "0 = X % 0_{n x d} = X",
                "A = I % A = I_{d}",
                "I - alpha X'X = A I % I_{d} - alpha X' X = A I_{d}",
                "f(0) = 0 % f(0_{d x 1}) = 0",
                "0 X = 0 % 0 X = 0_{n x d}",
                "alpha I = A % alpha I_{d} = A",
                "exp(0) = 1 % exp(0) = 1",
                "q = 0_d % q = 0_{d x 1}",
                "X = 0_{n x d} + 0_{n×d} % X = 0_{n x d} + 0_{n x d}",
                "y = 1_n % y = 1_{n x 1}",
                "A = I_d + I_{d} + I_{d x d} + I_{d,d} % A = I_{d} + I_{d} + I_{d} + I_{d}",
                "alpha = q' e_1 % alpha = q' e_{1, d}",
                "q = e_{2} + e_{k, d} % q = e_{2, d} + e_{k, d}",
                // slices
                "X[1, :]' = q % X[1:1, 1:d]' = q",
                "alpha = X[n, d] % alpha = X[n:n, d:d]",
                "alpha = q[1] + q_2 + y_{n} % alpha = q[1:1, 1:1] + q[2:2, 1:1] + y[n:n, 1:1]",
                "[X, y; q', alpha][n+1, 1:d] = q' % [X, y; q', alpha][n+1:n+1, 1:d] = q'",
                "[X, y; q', alpha]_{n+1, 1:d} = q' % [X, y; q', alpha][n+1:n+1, 1:d] = q'",
                "sum_{i=1}^{d} q_i v_i = q'v % sum_{i = 1}^{d} q[i:i, 1:1] v[i:i, 1:1] = q' v",
                "Σ_{i=1}^d -q[i] = ∑_{i=1}^{d} q_i % sum_{i = 1}^{d} -q[i:i, 1:1] = sum_{i = 1}^{d} q[i:i, 1:1]",
                "2 sum_{i=1}^{3} alpha + 1 = 7 % 2 (sum_{i = 1}^{3} alpha) + 1 = 7",
                "sum_{k=1}^{2} k = 3 % sum_{k_1 = 1}^{2} k_1 = 3",
                // functions
                "exp(q) = v % exp_entrywise(q) = v",
                "log(alpha) = sqrt(beta) % log(alpha) = sqrt(beta)",
                "|alpha| = abs(alpha) % |alpha| = |alpha|",
                "|q| = ||q|| % ||q|| = ||q||",
                "||A|| = norm(A) % spectral_norm(A) = spectral_norm(A)",
                "‖q‖_2 = norm(q) % ||q|| = ||q||",
                "||q||_inf = norm_inf(q) % norm_inf(q) = norm_inf(q)",
                "||X||_F = 1 % sqrt(trace(X' X)) = 1",
                "||q||_1 = 1 % sum_{i_1 = 1}^{d} |q[i_1:i_1, 1:1]| = 1",
                "|alpha| |beta| = |alpha beta| % |alpha| |beta| = |alpha beta|",
                "|alpha||beta| = |beta (|alpha|)| % |alpha| |beta| = |beta |alpha||",
                "abs(|alpha| beta) = 1 % abs(|alpha| beta) = 1",
                "|alpha |beta|| = 1 % |alpha |beta|| = 1",
                "|⟨q, theta*⟩ - alpha| <= |alpha|·||q|| % |q' theta* - alpha| <= |alpha| ||q||",
                "tr(A) = trace(A') % trace(A) = trace(A')",
                "λ_max(A) >= lambda_min(A) % lambda_min(A) <= lambda_max(A)",
                "diag(q) v = q o v % diag(q) v = q o v",
                // functions and sequences of the user
                "theta(T) = theta^(T+1) % theta(T) = theta(T+1)",
                "theta^{(0)} = gradf(q) % theta(0) = gradf(q)",
                "∇f(q) = v % gradf(q) = v",
                "h(q; 2k) = f (q) % h(q, 2k) = f(q)",
                "Attn([X, y; q', 1]; I, I) = 0 % Attn([X, y; q', 1], I_{d+1}, I_{d+1}) = 0_{n+1 x d+1}",
                "A (q + v) = alpha (q - v)' A (q + v) q % A (q + v) = alpha (q - v)' A (q + v) q",
                // relations and properties
                "alpha < beta % alpha < beta",
                "alpha > beta % beta < alpha",
                "alpha ≠ beta % alpha != beta",
                "0 <<= A % 0_{d x d} <<= A",
                "A ⪰ alpha I % alpha I_{d} <<= A",
                "X'X invertible % X' X invertible",
                "A is symmetric % A' = A",
                // quantifiers: a bound name that is used otherwise gets another one
                "for all u in R^d: f(u) >= 0 % for all u_1 in R^{d}: 0 <= f(u_1)",
                "∀ t >= 2, q ∈ ℝ^d: theta(t) = q % for all t_1 >= 2, q_2 in R^{d}: theta(t_1) = q_2",
                "for all t > 0 with t < T: eta(t) > 0 % for all t_1 >= 1 with t_1 < T: 0 < eta(t_1)",
                "for all 0 <= t <= T: eta^(t) > 0 % for all t_1 >= 0 with t_1 <= T: 0 < eta(t_1)",
                "for all i in [d]: q_i > 0 % for all i_1 >= 1 with i_1 <= d: 0 < q[i_1:i_1, 1:1]",
                "for all t in N: eta(t) > 0 % for all t_1 >= 0: 0 < eta(t_1)",
            })
    void formulas(String text, String formula) throws DerivationSyntaxException {
        assertThat(formula(text)).isEqualTo(formula);
    }
}

package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.loopcert.kernel.Given.q;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rules conclude on instances that can be worked out by hand: G has the eigenvalues 9 and 1. */
class ConclusionsTest {
    private static List<Statement> statements(String twin) throws IOException {
        byte[] file = Files.readAllBytes(Path.of("certificates/accept/twins/" + twin + ".json"));
        Verdict.Accepted verdict = (Verdict.Accepted) Kernel.check(file, Limits.DEFAULT);
        return verdict.theorems().stream().map(Theorem::statement).toList();
    }

    private static <S extends Statement> S only(String twin, Class<S> kind) throws IOException {
        List<Statement> found =
                statements(twin).stream().filter(kind::isInstance).toList();
        assertThat(found).hasSize(1);
        return kind.cast(found.get(0));
    }

    @Test
    void spectrum() throws IOException {
        assertThat(statements("minimal"))
                .contains(
                        new Statement.LambdaMaxAtMost(Fraction.of(9)),
                        new Statement.SmallestAtLeast(Fraction.ONE, 2),
                        new Statement.LambdaMaxAtLeast(Fraction.of(9)),
                        new Statement.SmallestAtMost(Fraction.ONE),
                        new Statement.Spectrum(
                                2,
                                2,
                                Fraction.ONE,
                                Fraction.ONE,
                                Fraction.of(9),
                                Fraction.of(9),
                                Fraction.of(9),
                                Fraction.of(9)),
                        new Statement.Exponential(Fraction.of(9), Fraction.of(9), 3));
        assertThat(only("rank-deficient", Statement.SmallestAtLeast.class))
                .isEqualTo(new Statement.SmallestAtLeast(Fraction.of(25), 1));
        assertThat(only("plane", Statement.SmallestAtLeast.class))
                .isEqualTo(new Statement.SmallestAtLeast(Fraction.of(3), 1));
    }

    @Test
    void steps() throws IOException {
        assertThat(statements("minimal"))
                .contains(
                        new Statement.SmallSteps(q(1, 3), q(1, 3), q(1, 9)),
                        new Statement.Contraction(new Statement.Power(q(8, 9), 3), true));
        assertThat(statements("small-schedule"))
                .contains(
                        new Statement.SmallSteps(q(29, 90), q(29, 90), null),
                        new Statement.Contraction(new Statement.Product(Fraction.ONE), true));
        assertThat(statements("constant")).contains(new Statement.Contraction(new Statement.Power(q(5, 6), 3), false));
        assertThat(statements("literal")).contains(new Statement.SmallSteps(q(1, 3), q(1, 3), q(1, 9)));
    }

    @Test
    void refutations() throws IOException {
        assertThat(only("refuted-constant", Statement.NonContraction.class))
                .isEqualTo(new Statement.NonContraction(Fraction.ONE, true));
        // (1, 0) has the quotient 5
        assertThat(only("refuted-negative", Statement.NonContraction.class))
                .isEqualTo(new Statement.NonContraction(q(14, 9), true));
        assertThat(only("refuted-schedule", Statement.NonContraction.class))
                .isEqualTo(new Statement.NonContraction(q(49, 4), false));
        assertThat(only("refuted-at-the-low-end", Statement.NonContraction.class))
                .isEqualTo(new Statement.NonContraction(Fraction.of(4), false));
    }

    @Test
    void labels() throws IOException {
        assertThat(only("fit", Statement.LeastSquares.class))
                .isEqualTo(new Statement.LeastSquares(List.of(q(3, 5), q(4, 5)), Fraction.ONE, Fraction.ZERO, 2));
        assertThat(only("noise", Statement.LeastSquares.class).residual()).isEqualTo(q(1, 49));
        assertThat(only("rank-deficient", Statement.LeastSquares.class))
                .isEqualTo(new Statement.LeastSquares(List.of(q(1, 5), q(2, 5)), q(1, 5), Fraction.ZERO, 1));
        assertThat(only("error-identity", Statement.Realizable.class).normSquare())
                .isEqualTo(Fraction.ONE);
    }

    @Test
    void bounds() throws IOException {
        assertThat(only("theorem-4.4", Statement.PaperBound.class))
                .isEqualTo(new Statement.PaperBound(Fraction.ONE, 3, Fraction.of(9), Fraction.of(9)));
        assertThat(only("tight-bound", Statement.TightBound.class))
                .isEqualTo(new Statement.TightBound(Fraction.ONE, new Statement.Power(q(8, 9), 3)));
        // |y|^2 = 221/25
        assertThat(only("two-sided", Statement.TwoSided.class))
                .isEqualTo(new Statement.TwoSided(q(4, 225), q(8, 9), 3));
        assertThat(only("noise", Statement.Noise.class))
                .isEqualTo(new Statement.Noise(Fraction.ONE, Fraction.ONE, new Statement.Power(q(8, 9), 3), q(1, 147)));
        // |alpha| (|theta*|^2 - |tt|^2) = 1 - 1/5, and the step 1/25 is exact
        assertThat(only("rank-deficient", Statement.LimitError.class))
                .isEqualTo(new Statement.LimitError(
                        List.of(Fraction.ONE, Fraction.ZERO),
                        q(4, 5),
                        q(1, 25),
                        new Statement.Power(Fraction.ZERO, 2)));
        // theta(0) = (1/2, -1/6), tt = (1, 1): alpha^2 |tt|^2 |theta(0) - tt|^2 = 4 * 2 * (1/4 + 49/36)
        assertThat(only("start", Statement.GeneralLabels.class))
                .isEqualTo(new Statement.GeneralLabels(q(116, 9), new Statement.Power(q(8, 9), 2)));
    }

    @Test
    void values() throws IOException {
        Fraction error = q(256, 18225);
        assertThat(statements("values"))
                .contains(
                        new Statement.ErrorValue(3, error, error, true),
                        new Statement.ErrorValue(3, q(1, 72), q(1, 71), false),
                        new Statement.RoundedIterates(List.of(0L, 1L), List.of(Fraction.ZERO, q(1, 128))));
        assertThat(only("theorem-4.4-value", Statement.PaperBoundValue.class))
                .isEqualTo(new Statement.PaperBoundValue(q(529, 625), q(1693, 2000)));
    }

    /** Each step of eta = 1/9 keeps 8/9, so that 1/(eta mu) = 9 residuals add up at most; tt = (3/5, 4/5). */
    @Test
    void trajectories() throws IOException {
        assertThat(only("trajectory", Statement.RoundedTrajectory.class))
                .isEqualTo(new Statement.RoundedTrajectory(2, new Statement.Power(q(8, 9), 2), q(1, 9), Fraction.ONE));
        assertThat(only("trajectory-exact", Statement.RoundedTrajectory.class))
                .isEqualTo(new Statement.RoundedTrajectory(
                        3, new Statement.Power(q(8, 9), 3), Fraction.ZERO, Fraction.ONE));
        assertThat(only("trajectory-standing-still", Statement.RoundedTrajectory.class))
                .isEqualTo(new Statement.RoundedTrajectory(
                        10, new Statement.Power(q(8, 9), 10), q(9, 100), q(65, 250_000)));
        // tt = (1, 1), and (7, -5) is (6, -6) off
        assertThat(only("trajectory-without-steps", Statement.RoundedTrajectory.class))
                .isEqualTo(new Statement.RoundedTrajectory(
                        0, new Statement.Power(q(8, 9), 0), Fraction.ZERO, Fraction.of(72)));
        assertThat(only("trajectory-schedule", Statement.RoundedTrajectory.class))
                .isEqualTo(
                        new Statement.RoundedTrajectory(3, new Statement.Product(Fraction.ONE), q(3, 143), q(5, 16)));
        assertThat(only("trajectory-exact-schedule", Statement.RoundedTrajectory.class))
                .isEqualTo(new Statement.RoundedTrajectory(
                        3, new Statement.Product(Fraction.ONE), Fraction.ZERO, q(5, 16)));
    }
}

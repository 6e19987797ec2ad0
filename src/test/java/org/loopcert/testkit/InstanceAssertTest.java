package org.loopcert.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.loopcert.testing.LoopcertAssertions.assertThat;
import static org.loopcert.testing.LoopcertAssertions.assertThatInstance;

import ch.obermuhlner.math.big.BigRational;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loopcert.certify.CertifyOptions;
import org.loopcert.input.InputOptions;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;
import org.loopcert.testing.InstanceBuilder;
import org.loopcert.testing.InstanceFile;

/** Assertions about instances: each holds, and each fails with a message that says what is needed. */
class InstanceAssertTest {
    private static final Path NORRIS = Path.of("src", "test", "resources", "data", "Norris.csv");

    @TempDir
    Path folder;

    private static BigRational q(long p, long q) {
        return RationalField.of(p, q);
    }

    private static BigRational q(long p) {
        return q(p, 1);
    }

    /** X = diag(1, 2), so that X'X has the eigenvalues 1 and 4. */
    private static InstanceBuilder diagonal() {
        return InstanceBuilder.examples(List.of(List.of(q(1), q(0)), List.of(q(0), q(2))))
                .theta(q(3, 5), q(4, 5))
                .loops(10)
                .step(q(1, 4));
    }

    private static void fails(ThrowingCallable assertion, String... parts) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
    }

    @Test
    void provesWhatHolds() {
        assertThat(diagonal().build())
                .isCertified()
                .establishes("step-equivalence", "theorem-4.4", "tight-bound", "two-sided")
                .doesNotEstablish("noise", "non-contraction")
                .hasRank(2)
                .hasConditionNumberBetween(q(39, 10), q(41, 10))
                // at eta = 1/4 the second entry is right after one loop, and (3/5)^2 (3/4)^10 ~ 0.020272865 is left
                .hasErrorAtMost(q(20273, 1_000_000))
                .certificate()
                .isAccepted();
    }

    @Test
    void exactEndsAreIncluded() {
        Problem problem = InstanceBuilder.examples(List.of(List.of(q(2))))
                .theta(q(1))
                .loops(1)
                .step(q(1, 8))
                .build();
        assertThat(problem).hasErrorAtMost(q(1, 2));
        fails(
                () -> assertThat(problem).hasErrorAtMost(q(499, 1000)),
                "to have an error of at most",
                "499/1000",
                "but it lies in [1/2, 1/2]");
    }

    /** The kernel rounds the ends of an enclosure outward, so that the value itself may be too close to tell. */
    @Test
    void tooCloseToTellIsNoSuccess() {
        fails(
                () -> assertThat(diagonal().build()).hasErrorAtMost(q(9 * 59049L, 25 * 1048576L)),
                "531441/26214400",
                "but that is undecided: it lies in [");
        fails(() -> assertThat(diagonal().build()).hasErrorAtMost(q(20272, 1_000_000)), "but it lies in [");
    }

    @Test
    void refutesStepsThatDoNotContract() {
        Problem large = diagonal().step(q(1)).build();
        assertThat(large).isRefuted().establishes("non-contraction").doesNotEstablish("contraction");
        fails(
                () -> assertThat(large).isCertified(),
                "n = 2 examples, d = 2 features, T = 10 loops, step 1",
                "to be certified",
                "but it is refuted",
                "accepted, as a refutation of convergence",
                "non-contraction ");
        fails(() -> assertThat(diagonal().build()).isRefuted(), "but it is certified", "Established:", "theorem-4.4");
    }

    @Test
    void namesTheHypothesisThatFails() {
        Problem noisy = InstanceBuilder.examples(List.of(List.of(q(1)), List.of(q(1))))
                .labels(q(1), q(2))
                .build();
        assertThat(noisy).isCertified().doesNotEstablishFor("theorem-4.4", "label-noise");
        fails(
                () -> assertThat(noisy).establishes("general-labels", "theorem-4.4"),
                "to establish\n  theorem-4.4",
                "but it is not derived: it needs y = X theta* exactly",
                "established instead: general-labels",
                "Not established:");
        fails(
                () -> assertThat(noisy).doesNotEstablishFor("theorem-4.4", "start"),
                "for the hypothesis\n  start",
                "but the hypotheses that fail are [label-noise]");
        fails(
                () -> assertThat(noisy).doesNotEstablish("general-labels"),
                "not to establish\n  general-labels",
                "but it is derived by general-labels: |<TF, tt>");
    }

    @Test
    void misspeltStatementsNeverPass() {
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> assertThat(diagonal().build()).doesNotEstablish("theorem-44"),
                () -> assertThat(diagonal().build()).doesNotEstablish(),
                () -> assertThat(diagonal().build()).establishes())) {
            assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> assertThat(diagonal().build()).establishes("replay"))
                .hasMessageContaining("step-equivalence")
                .hasMessageEndingWith("found replay");
    }

    @Test
    void tellsOutsideFromUndecided() {
        CertifyOptions coarse = new CertifyOptions(CertifyOptions.Evidence.THEOREM, Set.of(), 1, false, Limits.DEFAULT);
        Problem irrational = InstanceBuilder.examples(List.of(List.of(q(1), q(1)), List.of(q(0), q(1))))
                .labels(q(1), q(1))
                .loops(3)
                .build();
        // kappa = (3 + sqrt 5)/(3 - sqrt 5) ~ 6.854
        assertThat(irrational).hasConditionNumberBetween(q(6854, 1000), q(6855, 1000));
        fails(
                () -> assertThat(irrational).hasConditionNumberBetween(q(1), q(6)),
                "to have a condition number in\n  [1, 6]",
                "but it lies in [",
                "~ 6.85410196");
        fails(
                () -> assertThat(irrational)
                        .certifiedWith(coarse)
                        .hasConditionNumberBetween(q(68541, 10000), q(68542, 10000)),
                "but that is undecided");
        assertThatThrownBy(() -> assertThat(irrational).hasConditionNumberBetween(q(2), q(1)))
                .isInstanceOf(IllegalArgumentException.class);
        fails(() -> assertThat(irrational).hasRank(1), "to have rank\n  1", "but it is 2");
    }

    @Test
    void undecidedIsNeitherCertifiedNorRefuted() {
        Problem zero =
                InstanceBuilder.examples(List.of(List.of(q(0)))).labels(q(1)).build();
        assertThat(zero).isUndecided().isUndecidedBecause(Verdict.Reason.LIMIT);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> assertThat(zero).isCertified(),
                () -> assertThat(zero).isRefuted(),
                () -> assertThat(zero).establishes("spectrum"),
                () -> assertThat(zero).doesNotEstablish("spectrum"),
                () -> assertThat(zero).hasRank(0),
                () -> assertThat(zero).hasErrorAtMost(q(1)),
                () -> assertThat(zero).hasConditionNumberBetween(q(0), q(1)))) {
            fails(call, "Verdict:\n  undecided", "X is zero");
        }
        fails(() -> assertThat(zero).certificate(), "but none was found");
        fails(
                () -> assertThat(zero).isUndecidedBecause(Verdict.Reason.NEEDS_INPUT),
                "to be undecided because of\n  needs-input");
        fails(() -> assertThat(diagonal().build()).isUndecided(), "to be\n  undecided", "but it is accepted");
    }

    @Test
    void readsFilesWithTheirOptions() {
        assertThatInstance(NORRIS).isCertified().establishes("general-labels").hasRank(2);
        InstanceFile longer =
                InstanceFile.of(NORRIS).with(InputOptions.NONE.withLoops(400).withStep(new StepSpec.LambdaMax()));
        assertThat(longer).isCertified();
        assertThat(longer.toString()).endsWith("Norris.csv");
        fails(
                () -> assertThat(longer).establishes("theorem-4.4"),
                "the instance in " + NORRIS,
                "to establish\n  theorem-4.4");
        fails(() -> assertThat(longer).isRefused(), "to be refused, but it is an instance of n = 36 examples");
    }

    @Test
    void saysWhereAFileIsRefused() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.csv"), "x1,y\n1,2\n1,two\n");
        assertThatInstance(bad).isRefused().isMalformedAt(3);
        Path json = Files.writeString(folder.resolve("bad.json"), "{\"X\": [[1]],\n \"y\": [true]}\n");
        assertThatInstance(json).isMalformedAt(2).isMalformedAt(2, 8);
        fails(
                () -> assertThatInstance(json).isMalformedAt(2, 1),
                "to be malformed at line:column\n  2:1",
                "bad.json:2:8: expected");
        fails(
                () -> assertThatInstance(bad).isCertified(),
                "to be readable, but it is refused",
                "bad.csv:3: expected",
                "'two'");
        fails(() -> assertThatInstance(bad).isMalformedAt(2), "to be malformed at line\n  2", "bad.csv:3: expected");
        fails(() -> assertThatInstance(bad).isBeyondLimit("max-rows"), "to be beyond the limit", "max-rows");
        Path bomb = Files.writeString(folder.resolve("bomb.csv"), "x1,y\n1,1e2000000000\n");
        assertThatInstance(bomb).isBeyondLimit("max-digits");
        fails(() -> assertThatInstance(bomb).isMalformedAt(2), "to be malformed at", "refused");
        assertThatInstance(folder.resolve("absent.csv")).isRefused();
        fails(() -> assertThatInstance(folder.resolve("absent.csv")).isCertified(), "absent.csv");
    }

    @Test
    void buildsInstancesWithTheDefaultsOfTheCommandLine() {
        Matrix<BigRational> x = Matrix.of(List.of(List.of(q(1), q(2))));
        Problem plain = InstanceBuilder.examples(x).theta(q(3), q(1, 2)).build();
        assertThat(plain.y().toList()).containsExactly(q(4));
        assertThat(plain.alpha()).isEqualTo(q(1));
        assertThat(plain.loops()).isEqualTo(200);
        assertThat(plain.step()).isEqualTo(new StepSpec.Auto());
        assertThat(plain.start().toList()).containsExactly(q(0), q(0));
        Problem full = InstanceBuilder.examples(x)
                .labels(Vector.of(List.of(q(7))))
                .query(q(2))
                .start(Vector.of(List.of(q(1), q(2))))
                .step(new StepSpec.Schedule(List.of(q(1), q(1, 2))))
                .build();
        assertThat(full.y().toList()).containsExactly(q(7));
        assertThat(full.loops()).isEqualTo(2);
        assertThat(full.start().toList()).containsExactly(q(1), q(2));
        assertThatThrownBy(() -> InstanceBuilder.examples(x).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected labels or theta*, found neither");
    }
}

package org.loopcert.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.loopcert.drift.BoundExit;
import org.loopcert.drift.DriftAudit;
import org.loopcert.drift.RunConfiguration;
import org.loopcert.drift.SummationOrder;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;

class InstanceAuditTest {
    private static final BigRational ONE = BigRational.ONE;
    private static final BigRational ZERO = BigRational.ZERO;

    private static final List<RunConfiguration> RUNS = List.of(
            RunConfiguration.binary64(SummationOrder.RESIDUAL),
            RunConfiguration.of(RoundingFormat.BFLOAT16, SummationOrder.GRAM));

    private static BigRational rational(long p, long q) {
        return RationalField.of(p, q);
    }

    private static Problem problem(Matrix<BigRational> x, List<BigRational> y, List<BigRational> start, StepSpec step) {
        return new Problem(x, Vector.of(y), Optional.empty(), ONE, Vector.of(start), 30, step, List.of("a", "b"), "y");
    }

    /** G = diag(1, 4), tt = (3, 2). */
    private static Problem diagonal(StepSpec step) {
        return problem(
                Matrix.of(List.of(List.of(ONE, ZERO), List.of(ZERO, BigRational.TWO))),
                List.of(BigRational.valueOf(3), BigRational.valueOf(4)),
                List.of(ZERO, ZERO),
                step);
    }

    @Test
    void theRateIsThatOfTheStep() throws UndecidedException {
        InstanceAudit small = InstanceAudit.of(diagonal(new StepSpec.Constant(rational(1, 8))), RUNS, 9);
        assertThat(small.solution().toList()).containsExactly(BigRational.valueOf(3), BigRational.TWO);
        assertThat(small.rank()).isEqualTo(2);
        assertThat(small.rate()).contains(rational(7, 8));
        assertThat(small.paperRatio()).contains(rational(7, 8));
        assertThat(small.runs().stream().map(run -> run.configuration())).containsExactlyElementsOf(RUNS);
        // beyond 1/L, where Lemma 5.6 does not apply: max(|1 - 2/5|, |1 - 8/5|) = 3/5, with L a little larger
        InstanceAudit large = InstanceAudit.of(diagonal(new StepSpec.Constant(rational(2, 5))), RUNS, 9);
        assertThat(large.paperRatio()).isEmpty();
        BigRational rate = large.rate().orElseThrow();
        assertThat(RationalField.INSTANCE.compare(rate, rational(3, 5))).isNotNegative();
        assertThat(RationalField.INSTANCE.compare(rate, ONE)).isNegative();
        assertThat(large.runs().get(0).leavesBoundAt()).isPresent();
        assertThat(large.runs().get(0).leavesPaperBoundAt()).isEmpty();
        for (StepSpec step : List.of(
                new StepSpec.Constant(ONE),
                new StepSpec.Constant(rational(-1, 8)),
                new StepSpec.Constant(ZERO),
                new StepSpec.Schedule(Collections.nCopies(30, rational(1, 8))))) {
            InstanceAudit without = InstanceAudit.of(diagonal(step), RUNS, 9);
            assertThat(without.rate()).isEmpty();
            assertThat(without.paperRatio()).isEmpty();
        }
    }

    /** X = (1, 1): tt = (1/2, 1/2) for y = 1; the start (0, 1) keeps (-1/2, 1/2) of the null space: (0, 1) already solves. */
    @Test
    void theSolutionIsTheNearestToTheStart() throws UndecidedException {
        Matrix<BigRational> x = Matrix.of(List.of(List.of(ONE, ONE)));
        StepSpec step = new StepSpec.Constant(rational(1, 4));
        InstanceAudit at = InstanceAudit.of(problem(x, List.of(ONE), List.of(ZERO, ONE.negate()), step), RUNS, 9);
        assertThat(at.solution().toList()).containsExactly(ZERO, ONE);
        assertThat(at.rank()).isEqualTo(1);
        assertThat(at.rate()).contains(rational(1, 2));
        assertThat(at.paperRatio()).isEmpty();
        // theta(0) = (3, 0) is 2 too large in sum: the nearest solution is (2, -1)
        InstanceAudit off =
                InstanceAudit.of(problem(x, List.of(ONE), List.of(BigRational.valueOf(-3), ZERO), step), RUNS, 9);
        assertThat(off.solution().toList()).containsExactly(BigRational.TWO, ONE.negate());
        // both entries are halved towards it, in numbers that binary64 holds: the run is exact
        assertThat(off.runs().get(0).leavesBoundAt()).contains(new BoundExit.StaysWithin(30));
        assertThat(off.runs().get(0).below(rational(1, Long.MAX_VALUE))).isEqualTo(new DriftAudit.Within.Held(30));
    }

    @Test
    void theLiteralStepIsNotRun() {
        assertThatThrownBy(() -> InstanceAudit.of(diagonal(new StepSpec.LambdaMax()), RUNS, 9))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("irrational");
    }

    @Test
    void theKernelRecomputesWhatIsRecorded() throws UndecidedException {
        Problem problem = diagonal(new StepSpec.Constant(rational(1, 8)));
        InstanceAudit audit = InstanceAudit.of(problem, RUNS, 9);
        Recording recording = new Recording(audit.runs(), List.of(0, 7, 30), Optional.empty(), false);
        Certification certification = Certifier.certify(problem, CertifyOptions.DEFAULT, recording);
        assertThat(certification.verdict()).isInstanceOf(Verdict.Accepted.class);
        List<Optional<Statement.RoundedIterates>> checked = recording.checked(certification.verdict());
        assertThat(checked).hasSize(2).allMatch(Optional::isPresent);
        for (int i = 0; i < 2; i++) {
            Statement.RoundedIterates statement = checked.get(i).orElseThrow();
            assertThat(statement.at()).containsExactly(0L, 7L, 30L);
            for (int k = 0; k < 3; k++) {
                BigRational written = RationalField.of(
                        statement.distances().get(k).numerator(),
                        statement.distances().get(k).denominator());
                BigRational measured = audit.runs()
                        .get(i)
                        .steps()
                        .get(statement.at().get(k).intValue())
                        .absolute()
                        .lower();
                assertThat(RationalField.INSTANCE.compare(written, measured)).isNotNegative();
            }
        }
        assertThat(((Verdict.Accepted) certification.verdict())
                        .theorems().stream().map(Theorem::id).filter("rounded-iterates"::equals))
                .hasSize(2);
    }

    /** A distance that rounding up would carry to EPS is written in full, so that the kernel's claim stays below EPS. */
    @Test
    void aDistanceJustBelowTheClaimStaysBelowIt() throws UndecidedException {
        Problem problem = diagonal(new StepSpec.Constant(rational(1, 10)));
        InstanceAudit audit = InstanceAudit.of(problem, RUNS, 9);
        BigRational most = audit.runs().get(1).worst().orElseThrow().absolute().upper();
        BigRational epsilon = most.add(rational(1, Long.MAX_VALUE).divide(BigRational.valueOf(Long.MAX_VALUE)));
        assertThat(audit.runs().get(1).below(epsilon)).isEqualTo(new DriftAudit.Within.Held(30));
        assertThat(audit.runs().get(1).below(most)).isNotEqualTo(new DriftAudit.Within.Held(30));
        List<Integer> all = IntStream.rangeClosed(0, 30).boxed().toList();
        Recording recording = new Recording(audit.runs(), all, Optional.of(epsilon), false);
        Certification certification = Certifier.certify(problem, CertifyOptions.DEFAULT, recording);
        Statement.RoundedIterates statement =
                recording.checked(certification.verdict()).get(1).orElseThrow();
        assertThat(statement.at()).hasSize(31);
        assertThat(statement.distances())
                .allMatch(distance -> RationalField.INSTANCE.compare(
                                RationalField.of(distance.numerator(), distance.denominator()), epsilon)
                        < 0);
    }
}

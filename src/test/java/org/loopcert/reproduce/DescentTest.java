package org.loopcert.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.loopcert.exact.Fraction;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Interval;
import org.loopcert.ring.RationalField;

/** X = diag(1, 2), so that G = diag(1, 4), 1/lambda_max = 1/4 and both errors have closed forms. */
class DescentTest {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final int LOOPS = 60;
    private static final Fraction QUARTER = Fraction.of(1, 4);

    private static Descent descent(BigRational first, BigRational second) {
        Matrix<BigRational> x = Matrix.of(
                List.of(List.of(BigRational.ONE, BigRational.ZERO), List.of(BigRational.ZERO, BigRational.TWO)));
        Vector<BigRational> theta = Vector.of(List.of(first, second));
        return new Descent(
                new Problem(
                        x,
                        x.multiply(Q, theta),
                        Optional.of(theta),
                        BigRational.ONE,
                        Vector.constant(2, BigRational.ZERO),
                        LOOPS,
                        new StepSpec.Auto(),
                        Problem.defaultFeatureNames(2),
                        "y"),
                theta,
                LOOPS);
    }

    private static final Descent UNIT = descent(RationalField.of(3, 5), RationalField.of(4, 5));

    /** (9/25) (3/4)^(2t) for t >= 1: the second component vanishes after one step. */
    private static BigRational squared(int t) {
        return t == 0
                ? BigRational.ONE
                : RationalField.of(
                        BigInteger.valueOf(9).multiply(BigInteger.valueOf(3).pow(2 * t)),
                        BigInteger.valueOf(25).multiply(BigInteger.valueOf(4).pow(2 * t)));
    }

    private static BigRational task(int t) {
        return t == 0
                ? BigRational.ONE
                : RationalField.of(
                        BigInteger.valueOf(9).multiply(BigInteger.valueOf(3).pow(t)),
                        BigInteger.valueOf(25).multiply(BigInteger.valueOf(4).pow(t)));
    }

    private static void assertEncloses(Series series, int bits) {
        for (int t = 0; t <= LOOPS; t++) {
            assertEncloses(series.squared().get(t), squared(t), bits);
            assertEncloses(series.task().get(t), task(t), bits);
        }
    }

    private static void assertEncloses(Interval found, BigRational value, int bits) {
        assertThat(found.contains(value)).isTrue();
        assertThat(Q.compare(found.width().toRational(), Q.divide(value, BigRational.TWO.pow(bits))))
                .isNotPositive();
    }

    @Test
    void exactErrorsAreTheClosedForm() {
        assertThat(UNIT.squaredNorm()).isEqualTo(Fraction.ONE);
        assertEncloses(UNIT.exact(QUARTER), 250);
    }

    @Test
    void theLiteralStepIsEnclosedByItsNeighbours() {
        Fraction off = Fraction.dyadic(BigInteger.ONE, -120);
        Fraction above = QUARTER.add(off);
        Fraction delta = above.multiply(Fraction.of(4, 1)).subtract(Fraction.ONE);
        assertEncloses(UNIT.literal(QUARTER.subtract(off), above, delta), 100);
    }

    /** The top component of the step above overshoots; at odd t its task error alone would miss the literal one. */
    @Test
    void theLiteralStepIsEnclosedWhereTheStepAboveOvershoots() {
        Descent top = descent(BigRational.ZERO, BigRational.ONE);
        Fraction off = Fraction.of(1, 1000);
        Series literal = top.literal(QUARTER.subtract(off), QUARTER.add(off), off.multiply(Fraction.of(4, 1)));
        for (int t = 1; t <= LOOPS; t++) {
            assertThat(literal.squared().get(t).contains(BigRational.ZERO)).isTrue();
            assertThat(literal.task().get(t).contains(BigRational.ZERO)).isTrue();
        }
    }

    /** With theta* = (1, 1) all numbers fit into binary64 for the first loops, so that nothing is rounded. */
    @Test
    void roundedErrorsOfAnExactRunAreTheExactOnes() {
        Descent dyadic = descent(BigRational.ONE, BigRational.ONE);
        Series exact = dyadic.exact(QUARTER);
        Series rounded = dyadic.rounded(QUARTER);
        for (int t = 0; t <= 20; t++) {
            assertThat(rounded.squared().get(t)).isEqualTo(exact.squared().get(t));
            assertThat(rounded.task().get(t)).isEqualTo(exact.task().get(t));
        }
    }

    /** Rounded once, 3/5 is off by less than half a unit of 2^-53, and no iterate can be nearer than that. */
    @Test
    void roundedErrorsStandStillAtTheRoundingOfTheta() {
        Descent longer = descent(RationalField.of(3, 5), RationalField.of(4, 5));
        Interval last = longer.rounded(QUARTER).squared().get(LOOPS);
        assertThat(last.lower().signum()).isPositive();
        assertThat(last.width().toRational().compareTo(last.upper().toRational()))
                .isNegative();
    }

    @Test
    void theBinary64ConditionNumberIsNearTheExactOne() {
        Matrix<BigRational> x = Matrix.of(List.of(
                List.of(BigRational.ONE, BigRational.ONE),
                List.of(BigRational.ONE, BigRational.valueOf(-1)),
                List.of(BigRational.ONE, BigRational.ONE)));
        // G = [[3, 1], [1, 3]] has the eigenvalues 2 and 4
        assertThat(Binary64Condition.of(x)).isBetween(2 - 1e-14, 2 + 1e-14);
    }
}

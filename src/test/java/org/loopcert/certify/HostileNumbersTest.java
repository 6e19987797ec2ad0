package org.loopcert.certify;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/** Numbers that the kernel would not check are given up before anything is computed with them. */
class HostileNumbersTest {
    private static BigRational number(String p, String q) {
        return RationalField.of(new BigInteger(p), new BigInteger(q));
    }

    private static Problem problem(List<List<BigRational>> x, List<BigRational> y) {
        return SmallInstances.problem(
                Matrix.of(x),
                Vector.of(y),
                Optional.empty(),
                BigRational.ONE,
                Vector.constant(x.get(0).size(), BigRational.ZERO),
                3,
                new StepSpec.Auto());
    }

    private static CertifyOptions options(int digits, long bits) {
        Limits l = Limits.DEFAULT;
        return new CertifyOptions(
                CertifyOptions.Evidence.BOTH,
                CertifyOptions.DEFAULT.backends(),
                CertifyOptions.DEFAULT.relativeWidthDigits(),
                false,
                new Limits(l.bytes(), l.depth(), l.values(), digits, l.dimension(), bits, l.memory(), l.work()));
    }

    private static void requireGivenUp(Problem problem, CertifyOptions options, String limit) {
        assertThat(Certifier.certify(problem, CertifyOptions.DEFAULT).verdict()).isInstanceOf(Verdict.Accepted.class);
        assertThat(Certifier.certify(problem, options).verdict())
                .isInstanceOfSatisfying(Verdict.Undecided.class, undecided -> {
                    assertThat(undecided.reason()).isEqualTo(Verdict.Reason.LIMIT);
                    assertThat(undecided.missing()).startsWith(limit);
                });
    }

    @Test
    void aLongCommonDenominatorIsBeyondMaxBits() {
        // 7 and 2^700 together need 703 bits, sixteen times of which the kernel wants to have room for
        Problem problem = problem(
                List.of(List.of(number("1", "7")), List.of(BigRational.ONE)),
                List.of(
                        BigRational.ONE,
                        number("1", BigInteger.ONE.shiftLeft(700).toString())));
        requireGivenUp(
                problem,
                options(10_000, 16 * 703 - 1),
                "limit max-bits 11247, needed 11248 bits, sixteen times the common denominator");
        assertThat(Certifier.certify(problem, options(10_000, 16 * 703))
                        .verdict()
                        .toString())
                .doesNotContain("common denominator");
    }

    @Test
    void aLongDeterminantIsBeyondMaxBits() {
        // entries of X'X of 401 bits, two of them and two bits each for sums
        BigRational large = number(BigInteger.ONE.shiftLeft(200).toString(), "1");
        Problem problem = problem(
                List.of(List.of(large, BigRational.ZERO), List.of(BigRational.ZERO, large)),
                List.of(BigRational.ONE, BigRational.ONE));
        requireGivenUp(
                problem, options(10_000, 805), "limit max-bits 805, needed 806 bits, estimated, for a determinant");
    }

    @Test
    void aLongSolutionIsBeyondMaxDigits() {
        Problem problem = problem(
                List.of(
                        List.of(number("999999937", "1"), BigRational.ONE),
                        List.of(BigRational.ONE, number("999999929", "1"))),
                List.of(BigRational.ONE, BigRational.TWO));
        requireGivenUp(
                problem,
                options(12, 4_000_000),
                "limit max-digits 12, needed more than 17 digits for the least-squares solution");
    }
}

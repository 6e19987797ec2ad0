package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Optional;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.ScaledVector;
import org.loopcert.input.Problem;
import org.loopcert.ring.RationalField;
import org.loopcert.spectrum.SpectrumEnclosure;

/**
 * Proposes an enclosure of |alpha tt'(I - eta G)^T (theta(0) - tt)| for one constant step, by repeated squaring in fixed
 * point with outward rounding, as the kernel recomputes it.
 */
final class ErrorEnclosure {
    private static final RationalField Q = RationalField.INSTANCE;

    /** The precisions that are tried; the first that encloses the error to 1e-6, relatively, or the last. */
    private static final int[] BITS = {120, 256, 1024, 4096};

    private final Problem problem;
    private final Gram gram;
    private final StepChoice step;
    private final SpectrumEnclosure spectrum;
    private final ScaledVector solution;

    ErrorEnclosure(Problem problem, Gram gram, StepChoice step, SpectrumEnclosure spectrum, ScaledVector solution) {
        this.problem = problem;
        this.gram = gram;
        this.step = step;
        this.spectrum = spectrum;
        this.solution = solution;
    }

    /** An enclosure and the fraction bits that show it. */
    record Found(int bits, BigRational lower, BigRational upper) {}

    Optional<Found> find() {
        Found found = null;
        for (int bits : BITS) {
            found = at(bits);
            BigRational width = Q.subtract(found.upper(), found.lower());
            BigRational tolerated = Q.multiply(found.upper(), RationalField.of(1, 1_000_000));
            if (Q.compare(width, tolerated) <= 0) {
                break;
            }
        }
        return Optional.ofNullable(found);
    }

    private Found at(int bits) {
        FixedPoint point = new FixedPoint(bits);
        int d = problem.features();
        Fraction low = step.given().isEmpty() ? Fraction.ONE.divide(spectrum.largestUpper()) : step.at(0);
        Fraction high = step.given().isEmpty() ? Fraction.ONE.divide(spectrum.largestLower()) : step.at(0);
        FixedPoint.Interval[][] power = new FixedPoint.Interval[d][d];
        FixedPoint.Interval[] state = new FixedPoint.Interval[d];
        FixedPoint.Interval[] target = new FixedPoint.Interval[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                Fraction entry = Fraction.of(gram.gi().get(i, j), gram.gDen());
                Fraction unit = i == j ? Fraction.ONE : Fraction.ZERO;
                power[i][j] = point.hull(unit.subtract(low.multiply(entry)), unit.subtract(high.multiply(entry)));
            }
            Fraction tt = solution.get(i);
            Fraction first = Fraction.of(Q.divide(Q.negate(problem.start().get(i)), problem.alpha()));
            state[i] = point.hull(first.subtract(tt), first.subtract(tt));
            target[i] = point.hull(tt, tt);
        }
        for (long rest = problem.loops(); rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                state = point.multiply(power, state);
            }
            if (rest > 1) {
                power = point.square(power);
            }
        }
        FixedPoint.Interval inner = point.dot(target, state);
        BigRational one = RationalField.of(BigInteger.ONE.shiftLeft(bits), BigInteger.ONE);
        BigRational alpha = Q.abs(problem.alpha());
        BigInteger most = inner.low().abs().max(inner.high().abs()).add(BigInteger.TWO);
        boolean root = inner.low().signum() <= 0 && inner.high().signum() >= 0;
        BigInteger least = root
                ? BigInteger.ZERO
                : inner.low()
                        .abs()
                        .min(inner.high().abs())
                        .subtract(BigInteger.TWO)
                        .max(BigInteger.ZERO);
        BigRational lower = Q.divide(Q.multiply(alpha, RationalField.of(least, BigInteger.ONE)), one);
        BigRational upper = Q.divide(Q.multiply(alpha, RationalField.of(most, BigInteger.ONE)), one);
        // the kernel rounds the product with alpha outward once more
        BigRational ulp = Q.divide(BigRational.TWO, one);
        BigRational safeLower = Q.subtract(lower, ulp);
        return new Found(
                bits,
                safeLower.signum() < 0 ? BigRational.ZERO : Rounding.down(safeLower),
                Rounding.up(Q.add(upper, ulp)));
    }
}

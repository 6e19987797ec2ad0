package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Optional;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntervalPower;
import org.loopcert.exact.ScaledVector;
import org.loopcert.input.Problem;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;
import org.loopcert.spectrum.SpectrumEnclosure;

/**
 * Proposes an enclosure of |alpha tt'(I - eta G)^T (theta(0) - tt)| for one constant step that holds what the kernel gets
 * by repeated squaring in fixed point with outward rounding: from a bound of that, or by doing the same where a bound is
 * not within the doubles.
 */
final class ErrorEnclosure {
    private static final RationalField Q = RationalField.INSTANCE;

    /** Enough for most errors, and taken where no precision up to the most encloses the error to 1e-6, relatively. */
    private static final int FEWEST = 120;

    private static final int MOST = 4096;
    private static final int WORD = 64;

    /** Bits of 1e-6, and one for both sides of the centre. */
    private static final int RELATIVE = 21;

    /** The precisions that are tried where the kernel's arithmetic is simulated. */
    private static final int[] BITS = {FEWEST, 256, 1024, MOST};

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
        Optional<IntervalPower> first = power(FEWEST);
        if (first.isEmpty()) {
            return simulated();
        }
        int bits = enough(first.get());
        return bits == FEWEST
                ? Optional.of(found(FEWEST, first.get()))
                : proposed(bits).or(this::simulated);
    }

    /** What certainly holds the kernel's enclosure at a precision. */
    Optional<Found> proposed(int bits) {
        return power(bits).map(power -> found(bits, power));
    }

    /** The least sufficient precision; the fewest bits where none is. */
    private static int enough(IntervalPower power) {
        if (power.magnitude().isEmpty()) {
            return FEWEST;
        }
        // widths count units of 2^-bits, whatever the bits are
        long width = power.radius().numerator().bitLength()
                - (long) power.radius().denominator().bitLength()
                + 1
                + FEWEST;
        long needed = width + RELATIVE - power.magnitude().get();
        if (needed <= FEWEST || needed > MOST) {
            return FEWEST;
        }
        return Math.toIntExact(needed + WORD - 1) / WORD * WORD;
    }

    private Optional<IntervalPower> power(int bits) {
        Fraction low = lowStep();
        Fraction high = highStep();
        Fraction middle = low.add(high).divide(Fraction.of(2, 1));
        Fraction mu = spectrum.rank() < problem.features() ? Fraction.ZERO : spectrum.smallestLower();
        Fraction atSmallest =
                Fraction.of(Q.abs(Fraction.ONE.subtract(middle.multiply(mu)).toBigRational()));
        Fraction atLargest = Fraction.of(Q.abs(
                Fraction.ONE.subtract(middle.multiply(spectrum.largestUpper())).toBigRational()));
        return IntervalPower.of(
                gram,
                low,
                high,
                atSmallest.compareTo(atLargest) >= 0 ? atSmallest : atLargest,
                ScaledVector.of(first().subtract(Q, solution.toVector())),
                solution,
                problem.loops(),
                bits);
    }

    private Vector<BigRational> first() {
        return problem.start().map(q -> Q.divide(Q.negate(q), problem.alpha()));
    }

    private Found found(int bits, IntervalPower power) {
        BigRational alpha = Q.abs(problem.alpha());
        BigRational centre = Q.multiply(alpha, power.centre().toBigRational());
        // the kernel rounds the product with alpha outward once more
        BigRational ulp = RationalField.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(bits));
        BigRational off = Q.add(Q.multiply(alpha, power.radius().toBigRational()), ulp);
        BigRational lower = Q.subtract(centre, off);
        return new Found(
                bits, lower.signum() < 0 ? BigRational.ZERO : Rounding.down(lower), Rounding.up(Q.add(centre, off)));
    }

    private Fraction lowStep() {
        return step.given().isEmpty() ? Fraction.ONE.divide(spectrum.largestUpper()) : step.at(0);
    }

    private Fraction highStep() {
        return step.given().isEmpty() ? Fraction.ONE.divide(spectrum.largestLower()) : step.at(0);
    }

    private Optional<Found> simulated() {
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
        FixedPoint.Interval inner = inner(bits);
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

    /** What the kernel does, once more, up to its product with alpha. */
    FixedPoint.Interval inner(int bits) {
        FixedPoint point = new FixedPoint(bits);
        int d = problem.features();
        Fraction low = lowStep();
        Fraction high = highStep();
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
        return point.dot(target, state);
    }
}

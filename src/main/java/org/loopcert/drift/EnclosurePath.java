package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/**
 * Rigorous enclosures of theta(t) in dyadic numbers of a fixed precision, for loops too many to
 * write the iterates down exactly: step by step for any schedule, or for a constant step at one
 * huge t by powers of I - eta G.
 */
public final class EnclosurePath {
    private static final int RADIUS_BITS = 32;

    private EnclosurePath() {}

    /**
     * The enclosures of theta(0), ..., theta(T). Centres are rounded to the given bits at every step
     * and the exact residuals of that rounding are propagated as in {@link RunningErrorBound}.
     *
     * @param contraction what is certified about |I - eta G|; without it enclosures may widen fast
     * @throws IllegalArgumentException if bits is less than 2
     */
    public static Iterator<IterateEnclosure> steps(DescentInstance instance, Contraction contraction, int bits) {
        requireBits(bits);
        ReferencePath path = ReferencePath.enclosed(instance, contraction, bits);
        return new Iterator<>() {
            private int loop;

            @Override
            public boolean hasNext() {
                return loop <= instance.loops();
            }

            @Override
            public IterateEnclosure next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the instance has " + instance.loops() + " loops");
                }
                if (loop > 0) {
                    path.advance();
                }
                loop++;
                return enclosure(path.point());
            }
        };
    }

    /**
     * The enclosure of theta(loop) = tt + (I - eta G)^loop (theta(0) - tt) for a constant step, by
     * repeated squaring in ball arithmetic with outward rounding.
     *
     * @param solution tt, any exact solution of G tt = b
     * @param loop t, which may exceed the instance's T
     * @param bits the wanted precision; guard bits for the squarings are added
     * @throws IllegalArgumentException if the step is not constant or there is none, G tt is not b,
     *     loop is negative or bits is less than 2
     * @throws ArithmeticException if the iterate is beyond 2^4194304, which only diverging runs reach
     */
    public static IterateEnclosure power(DescentInstance instance, Vector<BigRational> solution, int loop, int bits) {
        IterateEnclosure error = powerError(instance, solution, loop, bits);
        List<Enclosure> theta = new ArrayList<>();
        for (int j = 0; j < solution.size(); j++) {
            theta.add(error.entries().get(j).plus(solution.get(j)));
        }
        return new IterateEnclosure(loop, theta);
    }

    /**
     * The enclosure of the error e(loop) = (I - eta G)^loop (theta(0) - tt) itself, narrow relative
     * to the error also where that is far smaller than theta. See {@link #power}. Errors below
     * 2^-65536 are enclosed by an interval around zero.
     */
    public static IterateEnclosure powerError(
            DescentInstance instance, Vector<BigRational> solution, int loop, int bits) {
        requireBits(bits);
        if (loop < 0 || !instance.constantStep() || instance.loops() == 0) {
            throw new IllegalArgumentException(
                    "expected a constant step, at least one loop and t >= 0, got t = " + loop);
        }
        int d = instance.dimension();
        DescentInstance.requireSize("entries of the solution", d, solution.size());
        AffineSteps steps = AffineSteps.onTheta(instance, Contraction.none());
        if (!steps.problem().solvedBy(solution)) {
            throw new IllegalArgumentException("expected a solution of G tt = b, got another vector");
        }
        int working = bits + 2 * (32 - Integer.numberOfLeadingZeros(loop)) + 2 * d + 32;
        AffineStep step = steps.step(0);
        Ball[][] power = new Ball[d][d];
        Ball[][] error = new Ball[d][1];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                power[i][j] = Ball.between(
                        step.scaled(step.matrix()[i][j], 0, false, working),
                        step.scaled(step.matrix()[i][j], 0, true, working));
            }
            BigRational start = RationalField.INSTANCE.subtract(instance.start().get(i), solution.get(i));
            error[i][0] = Ball.between(Dyad.down(start, working), Dyad.up(start, working));
        }
        for (int rest = loop; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                error = multiply(power, error, working);
            }
            if (rest > 1) {
                power = multiply(power, power, working);
            }
        }
        List<Enclosure> entries = new ArrayList<>();
        for (Ball[] entry : error) {
            Dyad centre = entry[0].centre();
            Dyad radius = entry[0].radius();
            entries.add(Enclosure.of(centre.subtract(radius), centre.add(radius)));
        }
        return new IterateEnclosure(loop, entries);
    }

    static IterateEnclosure enclosure(ReferencePoint point) {
        List<Enclosure> entries = new ArrayList<>();
        for (int j = 0; j < point.numerators().length; j++) {
            BigRational centre = RationalField.of(point.numerators()[j], point.denominator());
            BigRational radius = point.radius()[j].toRational();
            entries.add(new Enclosure(
                    RationalField.INSTANCE.subtract(centre, radius), RationalField.INSTANCE.add(centre, radius)));
        }
        return new IterateEnclosure(point.loop(), entries);
    }

    private static void requireBits(int bits) {
        if (bits < 2) {
            throw new IllegalArgumentException("expected a precision of at least 2 bits, got " + bits);
        }
    }

    private static Ball[][] multiply(Ball[][] left, Ball[][] right, int bits) {
        int columns = right[0].length;
        Ball[][] product = new Ball[left.length][columns];
        for (Ball[] row : product) {
            Arrays.fill(row, Ball.ZERO);
        }
        for (int i = 0; i < left.length; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < right.length; k++) {
                    product[i][j] = product[i][j].addProduct(left[i][k], right[k][j], bits);
                }
            }
        }
        return product;
    }

    /** All numbers within a radius of a centre. */
    private record Ball(Dyad centre, Dyad radius) {
        static final Ball ZERO = new Ball(Dyad.ZERO, Dyad.ZERO);

        static Ball between(Dyad lower, Dyad upper) {
            return new Ball(lower, upper.subtract(lower).up(RADIUS_BITS));
        }

        Ball addProduct(Ball left, Ball right, int bits) {
            Dyad sum = centre.add(left.centre.multiply(right.centre));
            Dyad rounded = sum.down(bits);
            Dyad spread = left.centre
                    .abs()
                    .multiply(right.radius)
                    .add(right.centre.abs().add(right.radius).multiply(left.radius))
                    .add(radius)
                    .add(sum.subtract(rounded))
                    .up(RADIUS_BITS);
            return new Ball(rounded, spread);
        }
    }
}

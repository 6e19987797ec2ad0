package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.loopcert.exact.BallPower;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.ScaledVector;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/**
 * Rigorous enclosures of theta(t) in dyadic numbers of a fixed precision, for loops too many to
 * write the iterates down exactly: step by step for any schedule, or for a constant step at one
 * huge t by powers of I - eta G. Enclosures are narrow relative to the largest entry.
 */
public final class EnclosurePath {
    private EnclosurePath() {}

    /**
     * The enclosures of theta(0), ..., theta(T), see {@link #at}.
     *
     * @param contraction what is certified about |I - eta G|; without it only that G has no negative eigenvalue is used
     * @throws IllegalArgumentException if bits is less than 2
     */
    public static Iterator<IterateEnclosure> steps(DescentInstance instance, Contraction contraction, int bits) {
        return at(
                instance,
                contraction,
                bits,
                IntStream.rangeClosed(0, instance.loops()).iterator());
    }

    /**
     * The enclosures of theta(t) at chosen loops. A step costs d^2 products of so many bits, see {@link
     * org.loopcert.exact.BallDescent}.
     *
     * @param contraction what is certified about |I - eta G|; without it only that G has no negative eigenvalue is used
     * @param bits the wanted precision; guard bits for the number of loops are added
     * @param loops ascending, from 0 to T
     * @throws IllegalArgumentException if bits is less than 2
     */
    public static Iterator<IterateEnclosure> at(
            DescentInstance instance, Contraction contraction, int bits, Iterator<Integer> loops) {
        requireBits(bits);
        return along(ReferencePath.enclosed(instance, contraction, bits), instance.loops(), loops);
    }

    /**
     * The enclosures of the errors theta(t) - tt at chosen loops, for any schedule, narrow relative to the error also
     * where that is far smaller than theta. See {@link #at}.
     *
     * @param solution tt, any exact solution of G tt = b
     * @throws IllegalArgumentException if bits is less than 2 or G tt is not b
     */
    public static Iterator<IterateEnclosure> errorsAt(
            DescentInstance instance,
            Contraction contraction,
            Vector<BigRational> solution,
            int bits,
            Iterator<Integer> loops) {
        requireBits(bits);
        return along(ReferencePath.errors(instance, solution, contraction, bits), instance.loops(), loops);
    }

    private static Iterator<IterateEnclosure> along(ReferencePath path, int last, Iterator<Integer> loops) {
        return new Iterator<>() {
            private int loop;

            @Override
            public boolean hasNext() {
                return loops.hasNext();
            }

            @Override
            public IterateEnclosure next() {
                int wanted = loops.next();
                if (wanted < loop || wanted > last) {
                    throw new IllegalArgumentException(
                            "expected a loop from " + loop + " to " + last + ", got " + wanted);
                }
                while (loop < wanted) {
                    path.advance();
                    loop++;
                }
                return enclosure(path.point());
            }
        };
    }

    /**
     * The enclosure of theta(loop) = tt + (I - eta G)^loop (theta(0) - tt) for a constant step, by
     * repeated squaring.
     *
     * @param contraction what is certified about |I - eta G|; without it more bits are lost
     * @param solution tt, any exact solution of G tt = b
     * @param loop t, which may exceed the instance's T
     * @param bits the wanted precision; guard bits for the squarings are added
     * @throws IllegalArgumentException if the step is not constant or there is none, G tt is not b,
     *     loop is negative or bits is less than 2
     * @throws ArithmeticException if the iterate is beyond 2^4194304, which only diverging runs reach
     */
    public static IterateEnclosure power(
            DescentInstance instance, Contraction contraction, Vector<BigRational> solution, long loop, int bits) {
        IterateEnclosure error = powerError(instance, contraction, solution, loop, bits);
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
            DescentInstance instance, Contraction contraction, Vector<BigRational> solution, long loop, int bits) {
        requireBits(bits);
        if (loop < 0 || !instance.constantStep() || instance.loops() == 0) {
            throw new IllegalArgumentException(
                    "expected a constant step, at least one loop and t >= 0, got t = " + loop);
        }
        Gram gram = Gram.of(instance.examples(), instance.labels());
        ReferencePath.requireSolved(gram, ScaledVector.of(solution));
        BallPower power = new BallPower(gram, Fraction.of(instance.stepSize(0)), contraction::fraction);
        ScaledVector start = ScaledVector.of(instance.start().subtract(RationalField.INSTANCE, solution));
        return enclosure(ReferencePoint.of(loop, power.times(start, loop, bits)));
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
}

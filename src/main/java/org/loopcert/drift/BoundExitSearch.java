package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Optional;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/**
 * Finds the first loop at which a rounded run leaves the bound of the exact one. The power is held
 * between a lower and an upper bound; where these do not decide, their precision is raised until
 * they do or the exact power is cheaper.
 */
public final class BoundExitSearch {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final int FIRST_BITS = 192;

    private final RoundedRun run;
    private final BigInteger ratioNumerator;
    private final BigInteger ratioDenominator;
    private final BigRational startSquared;
    private final BigInteger solutionDenominator;
    private final BigInteger[] solutionNumerators;
    private final long maximumBits;

    private BoundExitSearch(RoundedRun run, Vector<BigRational> solution, BigRational ratio, long maximumBits) {
        DescentInstance.requireSize("entries of the solution", run.instance().dimension(), solution.size());
        if (ratio.signum() < 0) {
            throw new IllegalArgumentException("expected a ratio of at least 0, got " + ratio);
        }
        this.run = run;
        BigRational reduced = RationalField.canonical(ratio);
        this.ratioNumerator = reduced.getNumeratorBigInteger();
        this.ratioDenominator = reduced.getDenominatorBigInteger();
        this.maximumBits = maximumBits;
        BigRational squared = BigRational.ZERO;
        BigInteger common = BigInteger.ONE;
        for (int j = 0; j < solution.size(); j++) {
            BigRational error = Q.subtract(run.instance().start().get(j), solution.get(j));
            squared = Q.add(squared, Q.multiply(error, error));
            common = ScaledProblem.lcm(
                    common, RationalField.canonical(solution.get(j)).getDenominatorBigInteger());
        }
        this.startSquared = squared;
        this.solutionDenominator = common;
        this.solutionNumerators = new BigInteger[solution.size()];
        for (int j = 0; j < solution.size(); j++) {
            solutionNumerators[j] = ScaledProblem.over(RationalField.canonical(solution.get(j)), common);
        }
    }

    /**
     * The first t with |theta^(t) - tt|^2 > ratio^t |theta(0) - tt|^2. A run that stops being finite
     * leaves the bound at that loop, if not before.
     *
     * @param solution tt, exact
     * @param ratio the squared contraction factor, for instance (1 - eta mu)^2
     * @param maximumBits the largest exact power to form where enclosures do not decide
     * @throws IllegalArgumentException if sizes disagree or the ratio is negative
     */
    public static BoundExit leavesBoundAt(
            RoundedRun run, Vector<BigRational> solution, BigRational ratio, long maximumBits) {
        return new BoundExitSearch(run, solution, ratio, maximumBits).search();
    }

    private BoundExit search() {
        int known = run.loopsReached();
        if (run.cycleStart().isPresent()) {
            known = Math.min(
                    known, run.cycleStart().getAsInt() + run.cycleLength().getAsInt() - 1);
        }
        Power power = new Power(Dyad.ONE, Dyad.ONE);
        Power ratio = ratio(FIRST_BITS);
        for (int t = 0; t <= known; t++) {
            Optional<Boolean> violates = violates(run.theta(t), t, power);
            if (violates.isEmpty()) {
                return undecided(t);
            }
            if (violates.get()) {
                return new BoundExit.LeavesAt(t);
            }
            power = power.times(ratio, FIRST_BITS);
        }
        if (known < run.loopsReached()) {
            return searchCycle();
        }
        return run.nonFinite().isPresent()
                ? new BoundExit.LeavesAt(run.nonFinite().get().loop())
                : new BoundExit.StaysWithin(run.loopsReached());
    }

    /** On a cycle the left side repeats while the right side is monotone: bisect. */
    private BoundExit searchCycle() {
        int start = run.cycleStart().getAsInt();
        int length = run.cycleLength().getAsInt();
        int last = run.loopsReached();
        if (ratioNumerator.compareTo(ratioDenominator) >= 0) {
            return new BoundExit.StaysWithin(last);
        }
        int first = Integer.MAX_VALUE;
        for (int k = 0; k < length; k++) {
            double[] theta = run.theta(start + k);
            int low = 0; // at start + k the bound holds
            int high = (last - start - k) / length + 1; // the first repetition beyond the run
            while (high - low > 1) {
                int middle = low + (high - low) / 2;
                int t = start + k + middle * length;
                Optional<Boolean> violates = violates(theta, t, null);
                if (violates.isEmpty()) {
                    return undecided(t);
                }
                if (violates.get()) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            long t = start + k + (long) high * length;
            first = (int) Math.min(first, t);
        }
        return first <= last ? new BoundExit.LeavesAt(first) : new BoundExit.StaysWithin(last);
    }

    private static BoundExit undecided(int loop) {
        return new BoundExit.Undecided(
                loop, "both sides agree to the precision tried, and the exact power is too long");
    }

    /** Whether the bound is violated, empty if undecided; a null power is computed here. */
    private Optional<Boolean> violates(double[] theta, int loop, Power power) {
        BigInteger left = BigInteger.ZERO;
        int exponent = 0;
        for (double entry : theta) {
            exponent = entry == 0 ? exponent : Math.min(exponent, Dyad.of(entry).exponent());
        }
        for (int j = 0; j < theta.length; j++) {
            BigInteger value =
                    theta[j] == 0 ? BigInteger.ZERO : Dyad.of(theta[j]).at(exponent);
            BigInteger off = value.multiply(solutionDenominator).subtract(solutionNumerators[j].shiftLeft(-exponent));
            left = left.add(off.multiply(off));
        }
        if (left.signum() == 0) {
            return Optional.of(false);
        }
        if (startSquared.signum() == 0 || ratioNumerator.signum() == 0 && loop > 0) {
            return Optional.of(true);
        }
        // violated iff left / (tt's denominator^2 4^-exponent |e(0)|^2) > ratio^t
        BigInteger numerator = left.multiply(startSquared.getDenominatorBigInteger());
        BigInteger denominator = solutionDenominator
                .multiply(solutionDenominator)
                .shiftLeft(-2 * exponent)
                .multiply(startSquared.getNumeratorBigInteger());
        Power known = power == null ? power(loop, FIRST_BITS) : power;
        long exactBits = (long) loop * Math.max(ratioNumerator.bitLength(), ratioDenominator.bitLength());
        for (int bits = FIRST_BITS; ; bits *= 4) {
            if (Dyad.down(numerator, denominator, bits).compareTo(known.upper) > 0) {
                return Optional.of(true);
            }
            if (Dyad.up(numerator, denominator, bits).compareTo(known.lower) <= 0) {
                return Optional.of(false);
            }
            if (bits * 4L >= exactBits) {
                break;
            }
            if (bits * 4L > maximumBits) {
                return Optional.empty();
            }
            known = power(loop, bits * 4);
        }
        if (exactBits > maximumBits) {
            return Optional.empty();
        }
        BigInteger exactLeft = numerator.multiply(ratioDenominator.pow(loop));
        BigInteger exactRight = denominator.multiply(ratioNumerator.pow(loop));
        return Optional.of(exactLeft.compareTo(exactRight) > 0);
    }

    private Power ratio(int bits) {
        return new Power(
                Dyad.down(ratioNumerator, ratioDenominator, bits), Dyad.up(ratioNumerator, ratioDenominator, bits));
    }

    private Power power(int loop, int bits) {
        Power result = new Power(Dyad.ONE, Dyad.ONE);
        Power square = ratio(bits);
        for (int rest = loop; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = result.times(square, bits);
            }
            square = rest > 1 ? square.times(square, bits) : square;
        }
        return result;
    }

    /** The numbers between two nonnegative ends. */
    private record Power(Dyad lower, Dyad upper) {
        Power times(Power other, int bits) {
            return new Power(
                    lower.multiply(other.lower).down(bits),
                    upper.multiply(other.upper).up(bits));
        }
    }
}

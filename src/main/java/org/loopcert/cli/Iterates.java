package org.loopcert.cli;

import ch.obermuhlner.math.big.BigRational;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.loopcert.certify.CertifyOptions.Backend;
import org.loopcert.drift.CertifiedBinary64;
import org.loopcert.drift.Contraction;
import org.loopcert.drift.DescentInstance;
import org.loopcert.drift.Enclosure;
import org.loopcert.drift.EnclosurePath;
import org.loopcert.drift.IterateEnclosure;
import org.loopcert.drift.NonFinite;
import org.loopcert.drift.RoundedRun;
import org.loopcert.drift.RunConfiguration;
import org.loopcert.exact.ExactReplay;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerLinearAlgebra;
import org.loopcert.exact.ReplayCost;
import org.loopcert.exact.ScaledVector;
import org.loopcert.exact.Schedule;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.matrix.Vector;
import org.loopcert.model.GradientDescent;
import org.loopcert.model.Prompt;
import org.loopcert.ring.AprationalField;
import org.loopcert.ring.Field;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;
import org.loopcert.spectrum.Enclosures;
import org.loopcert.spectrum.Spectrum;
import org.loopcert.spectrum.SpectrumEnclosure;

/** The iterates of one instance at chosen loops, by any path. */
final class Iterates {
    private static final RationalField Q = RationalField.INSTANCE;

    /** Bits a decimal digit, rounded up. */
    private static final double BITS_PER_DIGIT = 3.33;

    private static final int GUARD_BITS = 16;

    /** Decimal digits that an error is written with at most. */
    private static final int MOST_DECIMALS = 50;

    /** Bits of the ends that are printed of enclosures by binary64. */
    private static final int CERTIFIED_BITS = 64;

    private final Problem problem;
    private final LimitArguments.Reading limits;
    private final StepSpec steps;
    private final List<Long> times;
    private final long last;
    private final Vector<BigRational> start;

    /**
     * Iterates.
     *
     * @param steps a constant step or a schedule
     * @param times the loops, ascending and at least one
     */
    Iterates(Problem problem, LimitArguments.Reading limits, StepSpec steps, List<Long> times) {
        this.problem = problem;
        this.limits = limits;
        this.steps = steps;
        this.times = times;
        this.last = times.get(times.size() - 1);
        this.start = problem.start().map(q -> Q.divide(Q.negate(q), problem.alpha()));
    }

    /** The last loop asked for; later ones are not run. */
    long last() {
        return last;
    }

    /** The loops, where all steps to the last one are taken. */
    private List<Integer> followed() throws Failure {
        if (last > Integer.MAX_VALUE) {
            throw Failure.undecided("a trace follows at most " + Integer.MAX_VALUE
                    + " loops; beyond, --path enclosure takes powers of a constant step");
        }
        return times.stream().map(Math::toIntExact).toList();
    }

    /** Reduced fractions, by scaled integers or by the reference program over a field. */
    void exact(Backend backend, TraceWriter writer, Progress progress) throws IOException, Failure {
        int loops = lastFollowed();
        Gram gram = Gram.of(problem.x(), problem.y());
        ScaledVector first = ScaledVector.of(start);
        ReplayCost cost = ExactReplay.estimate(gram, first, schedule(), loops);
        limits.requireBits(cost.bits(), problem.features() + 1);
        switch (backend) {
            case SCALED -> scaled(ExactReplay.start(gram, first, schedule()), writer, progress);
            case RATIONAL -> reference(Q, Q::show, writer, progress);
            case APFLOAT ->
                reference(
                        AprationalField.INSTANCE, value -> Q.show(AprationalField.toRational(value)), writer, progress);
        }
    }

    private void scaled(ExactReplay replay, TraceWriter writer, Progress progress) throws IOException, Failure {
        for (int t : followed()) {
            while (replay.loops() < t) {
                replay.advance();
                progress.stepTo(replay.loops());
            }
            ScaledVector theta = replay.theta();
            List<List<String>> entries = new ArrayList<>();
            for (int j = 0; j < theta.size(); j++) {
                entries.add(List.of(text(theta.get(j))));
            }
            writer.iterate(t, entries);
        }
    }

    /** p/q, and an integer as p. */
    private static String text(Fraction value) {
        return value.denominator().equals(BigInteger.ONE) ? value.numerator().toString() : value.toString();
    }

    private <E> void reference(Field<E> field, Function<E, String> text, TraceWriter writer, Progress progress)
            throws IOException, Failure {
        Prompt<E> prompt = new Prompt<>(
                problem.x().map(field::fromRational),
                problem.y().map(field::fromRational),
                problem.start().map(field::fromRational),
                field.fromRational(problem.alpha()));
        GradientDescent<E> descent = GradientDescent.of(field, prompt);
        Vector<E> theta = GradientDescent.start(field, prompt);
        int t = 0;
        for (int wanted : followed()) {
            while (t < wanted) {
                theta = descent.step(field, theta, field.fromRational(step(t)));
                t++;
                progress.stepTo(t);
            }
            writer.iterate(
                    wanted, theta.toList().stream().map(text).map(List::of).toList());
        }
    }

    /** Enclosures: for a constant step by powers of I - eta G where these are fewer products, else step by step. */
    void enclosures(int digits, TraceWriter writer, Progress progress) throws IOException, Failure {
        int bits = bits(digits);
        Gram gram = Gram.of(problem.x(), problem.y());
        Contraction contraction = contraction(gram);
        if (powers()) {
            Vector<BigRational> solution = solution(gram);
            DescentInstance instance = instance(1);
            for (long t : times) {
                IterateEnclosure theta = within(t, () -> EnclosurePath.power(instance, contraction, solution, t, bits));
                writer.iterate(t, entries(theta, bits));
                progress.stepTo(t);
            }
            return;
        }
        List<Integer> loops = followed();
        Iterator<IterateEnclosure> path =
                EnclosurePath.at(instance(lastFollowed()), contraction, bits, loops.iterator());
        for (int t : loops) {
            writer.iterate(t, entries(within(t, path::next), bits));
            progress.stepTo(t);
        }
    }

    /** Enclosures of |alpha| |<theta(t), tt> - |tt|^2| in decimals, in the same way. */
    void errors(int digits, TraceWriter writer, Progress progress) throws IOException, Failure {
        int bits = bits(digits);
        int shown = Math.min(digits, MOST_DECIMALS);
        Gram gram = Gram.of(problem.x(), problem.y());
        Contraction contraction = contraction(gram);
        Vector<BigRational> solution = solution(gram);
        if (powers()) {
            DescentInstance instance = instance(1);
            for (long t : times) {
                IterateEnclosure off =
                        within(t, () -> EnclosurePath.powerError(instance, contraction, solution, t, bits));
                writer.iterate(t, error(off, solution, shown));
                progress.stepTo(t);
            }
            return;
        }
        List<Integer> loops = followed();
        Iterator<IterateEnclosure> path =
                EnclosurePath.errorsAt(instance(lastFollowed()), contraction, solution, bits, loops.iterator());
        for (int t : loops) {
            writer.iterate(t, error(within(t, path::next), solution, shown));
            progress.stepTo(t);
        }
    }

    private List<List<String>> error(IterateEnclosure off, Vector<BigRational> solution, int digits) {
        Enclosure error = Enclosure.absoluteInnerProduct(off.entries(), solution)
                .times(problem.alpha().abs());
        return List.of(List.of(error.lowerDecimal(digits), error.upperDecimal(digits)));
    }

    private static int bits(int digits) {
        return (int) Math.ceil(digits * BITS_PER_DIGIT) + GUARD_BITS;
    }

    private static Vector<BigRational> solution(Gram gram) {
        return IntegerLinearAlgebra.leastSquares(gram).toVector();
    }

    /** Whether log2(t) products of matrices for every t are fewer than one product of a vector a step. */
    private boolean powers() {
        double squarings = Math.getExponent((double) last) + 1.0;
        return steps instanceof StepSpec.Constant && last > squarings * problem.features() * times.size();
    }

    private static IterateEnclosure within(long t, Supplier<IterateEnclosure> enclosure) throws Failure {
        try {
            return enclosure.get();
        } catch (ArithmeticException e) {
            throw Failure.undecided("theta(" + t + ") is out of range: " + e.getMessage());
        }
    }

    private static Contraction contraction(Gram gram) {
        Spectrum spectrum = Enclosures.find(gram, Fraction.of(1, 1_000_000));
        if (spectrum instanceof SpectrumEnclosure found) {
            BigRational mu = found.rank() < gram.features()
                    ? BigRational.ZERO
                    : found.smallestLower().toBigRational();
            return Contraction.fromSpectrum(mu, found.largestUpper().toBigRational());
        }
        return Contraction.none();
    }

    private static List<List<String>> entries(IterateEnclosure enclosure, int bits) {
        List<List<String>> entries = new ArrayList<>();
        for (Enclosure entry : enclosure.entries()) {
            entries.add(
                    List.of(Q.show(rounded(entry.lower(), bits, false)), Q.show(rounded(entry.upper(), bits, true))));
        }
        return entries;
    }

    /** The nearest number of so many bits that is not above, or not below; numbers that short stay as they are. */
    private static BigRational rounded(BigRational value, int bits, boolean up) {
        BigInteger p = value.getNumeratorBigInteger();
        BigInteger q = value.getDenominatorBigInteger();
        if (p.bitLength() <= bits && q.bitLength() <= bits) {
            return value;
        }
        int shift = bits + q.bitLength() - p.bitLength();
        BigInteger numerator = shift > 0 ? p.shiftLeft(shift) : p;
        BigInteger denominator = shift < 0 ? q.shiftLeft(-shift) : q;
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        BigInteger chosen = up && parts[1].signum() != 0 ? floor.add(BigInteger.ONE) : floor;
        return shift > 0
                ? RationalField.of(chosen, BigInteger.ONE.shiftLeft(shift))
                : BigRational.valueOf(chosen.shiftLeft(-shift));
    }

    /** Enclosures by binary64 alone: the rounded run, and around it a rigorous bound of its distance from the exact one. */
    void certified(TraceWriter writer, Progress progress) throws IOException, Failure {
        List<Integer> loops = followed();
        DescentInstance instance = instance(lastFollowed());
        try {
            CertifiedBinary64 run = CertifiedBinary64.taking(instance);
            for (int t : loops) {
                run.descend(instance, t);
                if (!(run.radius() < Double.POSITIVE_INFINITY)) {
                    throw Failure.undecided(unbounded(run, t));
                }
                BigRational radius = FloatingPoint.exact(run.radius());
                List<List<String>> entries = new ArrayList<>();
                for (int j = 0; j < problem.features(); j++) {
                    BigRational theta = FloatingPoint.exact(run.theta(j));
                    entries.add(List.of(
                            Q.show(rounded(Q.subtract(theta, radius), CERTIFIED_BITS, false)),
                            Q.show(rounded(Q.add(theta, radius), CERTIFIED_BITS, true))));
                }
                writer.iterate(t, entries);
                progress.stepTo(t);
            }
        } catch (IllegalArgumentException e) {
            throw Failure.undecided("the certified binary64 path: " + e.getMessage());
        }
    }

    private static String unbounded(CertifiedBinary64 run, int t) {
        boolean finite = true;
        for (int j = 0; j < run.dimension(); j++) {
            finite &= Double.isFinite(run.theta(j));
        }
        return "binary64 bounds no distance of theta(" + t + "): "
                + (finite
                        ? "|I - eta G| <= " + run.contraction()
                                + " does not keep the bound of its rounding errors finite"
                        : "the run overflows")
                + " (--path enclosure takes any precision)";
    }

    /** A rounded run, as hexadecimal literals; returns where it first was not finite, if it was. */
    Optional<NonFinite> rounded(RunConfiguration configuration, TraceWriter writer) throws IOException, Failure {
        List<Integer> loops = followed();
        RoundedRun run;
        try {
            run = RoundedRun.of(instance(lastFollowed()), configuration);
        } catch (IllegalArgumentException e) {
            throw Failure.undecided(e.getMessage());
        }
        for (int t : loops) {
            List<List<String>> entries = new ArrayList<>();
            for (double value : run.display(t)) {
                entries.add(List.of(RoundingFormat.toHex(value)));
            }
            writer.iterate(t, entries);
        }
        return run.nonFinite();
    }

    private BigRational step(int t) {
        return steps instanceof StepSpec.Constant constant
                ? constant.stepSize()
                : ((StepSpec.Schedule) steps).stepSizes().get(t);
    }

    private Schedule schedule() {
        return steps instanceof StepSpec.Constant constant
                ? Schedule.constant(Fraction.of(constant.stepSize()))
                : Schedule.of(((StepSpec.Schedule) steps)
                        .stepSizes().stream().map(Fraction::of).toList());
    }

    private int lastFollowed() throws Failure {
        List<Integer> loops = followed();
        return loops.get(loops.size() - 1);
    }

    private DescentInstance instance(int last) {
        return steps instanceof StepSpec.Constant constant
                ? DescentInstance.constant(problem.x(), problem.y(), problem.alpha(), start, constant.stepSize(), last)
                : DescentInstance.scheduled(
                        problem.x(),
                        problem.y(),
                        problem.alpha(),
                        start,
                        ((StepSpec.Schedule) steps).stepSizes().subList(0, last));
    }
}

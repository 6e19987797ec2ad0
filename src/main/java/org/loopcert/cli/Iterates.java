package org.loopcert.cli;

import ch.obermuhlner.math.big.BigRational;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    /** Bits of the ends that are printed of enclosures by binary64. */
    private static final int CERTIFIED_BITS = 64;

    private final Problem problem;
    private final LimitArguments.Reading limits;
    private final StepSpec steps;
    private final List<Integer> times;
    private final int last;
    private final Vector<BigRational> start;

    /**
     * Iterates.
     *
     * @param steps a constant step or a schedule
     * @param times the loops, ascending and at least one
     */
    Iterates(Problem problem, LimitArguments.Reading limits, StepSpec steps, List<Integer> times) {
        this.problem = problem;
        this.limits = limits;
        this.steps = steps;
        this.times = times;
        this.last = times.get(times.size() - 1);
        this.start = problem.start().map(q -> Q.divide(Q.negate(q), problem.alpha()));
    }

    /** The last loop asked for; later ones are not run. */
    int last() {
        return last;
    }

    /** Reduced fractions, by scaled integers or by the reference program over a field. */
    void exact(Backend backend, TraceWriter writer, Progress progress) throws IOException, Failure {
        Gram gram = Gram.of(problem.x(), problem.y());
        ScaledVector first = ScaledVector.of(start);
        ReplayCost cost = ExactReplay.estimate(gram, first, schedule(), last);
        limits.requireBits(cost.bits(), problem.features() + 1);
        switch (backend) {
            case SCALED -> scaled(ExactReplay.start(gram, first, schedule()), writer, progress);
            case RATIONAL -> reference(Q, Q::show, writer, progress);
            case APFLOAT ->
                reference(
                        AprationalField.INSTANCE, value -> Q.show(AprationalField.toRational(value)), writer, progress);
        }
    }

    private void scaled(ExactReplay replay, TraceWriter writer, Progress progress) throws IOException {
        for (int t : times) {
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
            throws IOException {
        Prompt<E> prompt = new Prompt<>(
                problem.x().map(field::fromRational),
                problem.y().map(field::fromRational),
                problem.start().map(field::fromRational),
                field.fromRational(problem.alpha()));
        GradientDescent<E> descent = GradientDescent.of(field, prompt);
        Vector<E> theta = GradientDescent.start(field, prompt);
        int t = 0;
        for (int wanted : times) {
            while (t < wanted) {
                theta = descent.step(field, theta, field.fromRational(step(t)));
                t++;
                progress.stepTo(t);
            }
            writer.iterate(
                    wanted, theta.toList().stream().map(text).map(List::of).toList());
        }
    }

    /** Enclosures: for a constant step by powers of I - eta G, else step by step. */
    void enclosures(int digits, TraceWriter writer, Progress progress) throws IOException, Failure {
        int bits = (int) Math.ceil(digits * BITS_PER_DIGIT) + GUARD_BITS;
        Gram gram = Gram.of(problem.x(), problem.y());
        DescentInstance instance = instance();
        if (steps instanceof StepSpec.Constant && last > 0) {
            Vector<BigRational> solution =
                    IntegerLinearAlgebra.leastSquares(gram).toVector();
            Contraction contraction = contraction(gram);
            for (int t : times) {
                writer.iterate(t, entries(power(instance, contraction, solution, t, bits), bits));
                progress.stepTo(t);
            }
            return;
        }
        Iterator<IterateEnclosure> path = EnclosurePath.at(instance, contraction(gram), bits, times.iterator());
        for (int t : times) {
            writer.iterate(t, entries(path.next(), bits));
            progress.stepTo(t);
        }
    }

    private static IterateEnclosure power(
            DescentInstance instance, Contraction contraction, Vector<BigRational> solution, int t, int bits)
            throws Failure {
        try {
            return EnclosurePath.power(instance, contraction, solution, t, bits);
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
        DescentInstance instance = instance();
        try {
            CertifiedBinary64 run = CertifiedBinary64.taking(instance);
            for (int t : times) {
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
        RoundedRun run;
        try {
            run = RoundedRun.of(instance(), configuration);
        } catch (IllegalArgumentException e) {
            throw Failure.undecided(e.getMessage());
        }
        for (int t : times) {
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

    private DescentInstance instance() {
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

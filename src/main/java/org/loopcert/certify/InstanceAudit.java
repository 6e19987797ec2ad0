package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.loopcert.drift.Contraction;
import org.loopcert.drift.DescentInstance;
import org.loopcert.drift.DriftAudit;
import org.loopcert.drift.RunConfiguration;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerLinearAlgebra;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;
import org.loopcert.exact.ScaledVector;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Limits;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;
import org.loopcert.spectrum.Enclosures;
import org.loopcert.spectrum.PrecisionLimitException;
import org.loopcert.spectrum.Spectra;
import org.loopcert.spectrum.SpectrumEnclosure;
import org.loopcert.spectrum.StepRegime;

/**
 * Rounded runs of one instance beside its exact one, with what is certified about the exact one: the spectrum, the
 * solution that the iterates approach, and how fast.
 *
 * @param instance the instance, its step resolved
 * @param spectrum the spectrum of G; empty if X is zero
 * @param contraction what is certified about |I - eta G|
 * @param solution the least-squares solution nearest to theta(0), exact
 * @param rate rho with |theta(t) - tt| <= rho^t |theta(0) - tt|, where one step smaller than 2/lambda_max is used
 * @param paperRatio 1 - eta mu with the certified lower bound of mu, where 0 < eta <= 1/lambda_max is certified
 *     (CHEN2024, Lemma 5.6)
 * @param runs one for each configuration, in their order
 */
public record InstanceAudit(
        DescentInstance instance,
        Optional<SpectrumEnclosure> spectrum,
        Contraction contraction,
        Vector<BigRational> solution,
        Optional<BigRational> rate,
        Optional<BigRational> paperRatio,
        List<DriftAudit> runs) {
    private static final RationalField Q = RationalField.INSTANCE;

    /** Copies the runs. */
    public InstanceAudit {
        runs = List.copyOf(runs);
    }

    /**
     * Audits an instance, with as many runs at a time as there are processors.
     *
     * @param relativeWidthDigits enclosures of the spectrum are at most 10^-digits wide, relatively
     * @throws UndecidedException if the step is not rational or cannot be chosen, or no enclosure is found
     * @throws IllegalArgumentException if there are more than 2^31 - 1 loops, or a run is too long to be kept
     */
    public static InstanceAudit of(Problem problem, List<RunConfiguration> configurations, int relativeWidthDigits)
            throws UndecidedException {
        return of(problem, configurations, relativeWidthDigits, Limits.DEFAULT.bits());
    }

    /**
     * Audits an instance within a limit.
     *
     * @param maxBits longest integer that the search for the step, the spectrum and the solution may reach
     * @see #of(Problem, List, int)
     */
    public static InstanceAudit of(
            Problem problem, List<RunConfiguration> configurations, int relativeWidthDigits, long maxBits)
            throws UndecidedException {
        if (problem.loops() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "expected at most " + Integer.MAX_VALUE + " loops, got " + problem.loops());
        }
        Gram gram = Gram.of(problem.x(), problem.y());
        Certifier.requireDeterminant(gram, maxBits);
        StepChoice step = StepChoice.of(problem, gram);
        if (step.kind() == StepChoice.Kind.LITERAL) {
            throw new UndecidedException(
                    "the literal step 1/lambda_max is irrational in general, and a rounded run needs"
                            + " a rational one (--step auto is the nearest below it)");
        }
        try {
            return of(problem, gram, step, configurations, relativeWidthDigits);
        } catch (PrecisionLimitException e) {
            throw new UndecidedException("no witness at the largest precision: " + e.getMessage());
        }
    }

    private static InstanceAudit of(
            Problem problem, Gram gram, StepChoice step, List<RunConfiguration> configurations, int digits) {
        Fraction width = Fraction.of(BigInteger.ONE, BigInteger.TEN.pow(digits));
        Optional<SpectrumEnclosure> spectrum =
                Enclosures.find(gram, width) instanceof SpectrumEnclosure found ? Optional.of(found) : Optional.empty();
        DescentInstance instance = instance(problem, step);
        Vector<BigRational> solution = nearestSolution(gram, spectrum, instance.start());
        Contraction contraction = spectrum.map(each -> contraction(each, problem.features()))
                .orElseGet(() -> Contraction.fromSpectrum(BigRational.ZERO, BigRational.ZERO));
        Optional<Fraction> rate = spectrum.flatMap(each -> rate(gram, step, each));
        Optional<BigRational> paper = spectrum.flatMap(each -> paperRatio(gram, step, each));
        Optional<BigRational> squared = rate.map(rho -> rho.multiply(rho).toBigRational());
        List<DriftAudit> runs = configurations.parallelStream()
                .map(each -> DriftAudit.of(instance, each, contraction, Optional.of(solution), squared, paper))
                .toList();
        return new InstanceAudit(
                instance, spectrum, contraction, solution, rate.map(Fraction::toBigRational), paper, runs);
    }

    /** The instance with theta(0) = -q(0)/alpha and the steps chosen for it. */
    static DescentInstance instance(Problem problem, StepChoice step) {
        Vector<BigRational> start = problem.start().map(q -> Q.divide(Q.negate(q), problem.alpha()));
        return step.kind() == StepChoice.Kind.CONSTANT
                ? DescentInstance.constant(
                        problem.x(),
                        problem.y(),
                        problem.alpha(),
                        start,
                        step.given().get(0).toBigRational(),
                        (int) Math.min(problem.loops(), Integer.MAX_VALUE))
                : DescentInstance.scheduled(
                        problem.x(),
                        problem.y(),
                        problem.alpha(),
                        start,
                        step.given().stream().map(Fraction::toBigRational).toList());
    }

    /** The rank of X. */
    public int rank() {
        return spectrum.map(SpectrumEnclosure::rank).orElse(0);
    }

    /** The step of every loop; empty for a schedule, and where there is no loop. */
    public Optional<BigRational> stepSize() {
        return instance.constantStep() && instance.loops() > 0 ? Optional.of(instance.stepSize(0)) : Optional.empty();
    }

    private static Contraction contraction(SpectrumEnclosure spectrum, int features) {
        BigRational low = spectrum.rank() == features ? spectrum.smallestLower().toBigRational() : BigRational.ZERO;
        return Contraction.fromSpectrum(low, spectrum.largestUpper().toBigRational());
    }

    /** tt plus the part of theta(0) in the null space of X, which exact descent keeps: N'(N N')^-1 N theta(0). */
    private static Vector<BigRational> nearestSolution(
            Gram gram, Optional<SpectrumEnclosure> spectrum, Vector<BigRational> start) {
        if (spectrum.isEmpty()) {
            return start;
        }
        Vector<BigRational> solution = IntegerLinearAlgebra.leastSquares(gram).toVector();
        List<IntegerVector> basis = spectrum.get().nullSpace();
        ScaledVector first = ScaledVector.of(start);
        if (basis.isEmpty() || first.numerators().isZero()) {
            return solution;
        }
        IntegerMatrix rows = IntegerMatrix.ofColumns(basis).transpose();
        ScaledVector weights = IntegerLinearAlgebra.solve(rows.transpose().gram(), rows.multiply(first.numerators()))
                .orElseThrow(() -> new IllegalStateException("a basis of the null space is dependent"));
        ScaledVector kept = ScaledVector.of(
                rows.transpose().multiply(weights.numerators()),
                weights.denominator().multiply(first.denominator()));
        return solution.add(Q, kept.toVector());
    }

    private static Optional<Fraction> rate(Gram gram, StepChoice step, SpectrumEnclosure spectrum) {
        if (step.kind() != StepChoice.Kind.CONSTANT || step.given().get(0).signum() <= 0) {
            return Optional.empty();
        }
        Fraction eta = step.given().get(0);
        Fraction low = Fraction.ONE.subtract(eta.multiply(spectrum.smallestLower()));
        if (Spectra.compareStep(gram, eta, 1) <= 0) {
            return Optional.of(low);
        }
        return StepRegime.decide(gram, eta) instanceof StepRegime.Contracting contracting
                ? Optional.of(larger(low, Fraction.ONE.subtract(eta.multiply(contracting.smoothness()))))
                : Optional.empty();
    }

    private static Fraction larger(Fraction a, Fraction b) {
        Fraction first = a.signum() < 0 ? a.negate() : a;
        Fraction second = b.signum() < 0 ? b.negate() : b;
        return first.compareTo(second) >= 0 ? first : second;
    }

    /** 1 - eta mu; Lemma 5.6 bounds |theta(t) - tt|^2 by its power and rests on full column rank. */
    private static Optional<BigRational> paperRatio(Gram gram, StepChoice step, SpectrumEnclosure spectrum) {
        boolean applies = step.kind() == StepChoice.Kind.CONSTANT
                && step.given().get(0).signum() > 0
                && spectrum.rank() == gram.features()
                && Spectra.compareStep(gram, step.given().get(0), 1) <= 0;
        return applies
                ? Optional.of(Fraction.ONE
                        .subtract(step.given().get(0).multiply(spectrum.smallestLower()))
                        .toBigRational())
                : Optional.empty();
    }
}

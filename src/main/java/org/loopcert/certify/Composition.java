package org.loopcert.certify;

import static org.loopcert.certificate.Texts.field;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.loopcert.certificate.CertificateWriter;
import org.loopcert.certificate.FactorText;
import org.loopcert.certificate.InstanceText;
import org.loopcert.certificate.Texts;
import org.loopcert.drift.Contraction;
import org.loopcert.exact.AttentionReplay;
import org.loopcert.exact.DigitReplay;
import org.loopcert.exact.ExactReplay;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerLinearAlgebra;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;
import org.loopcert.exact.ReplayCost;
import org.loopcert.exact.ScaledMatrix;
import org.loopcert.exact.ScaledVector;
import org.loopcert.exact.Schedule;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Verdict;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Approximation;
import org.loopcert.ring.RationalField;
import org.loopcert.spectrum.Enclosures;
import org.loopcert.spectrum.FactorWitness;
import org.loopcert.spectrum.Reduction;
import org.loopcert.spectrum.Spectra;
import org.loopcert.spectrum.SpectrumEnclosure;
import org.loopcert.spectrum.StepRegime;

/** Writes the lines of one certificate in the order in which the kernel derives them. */
final class Composition {
    private static final RationalField Q = RationalField.INSTANCE;

    /** A grid of this many points for each degree makes a schedule's bound 1 % larger than the largest value on it. */
    private static final int GRID_PER_LOOP = 8;

    /** Enclosures that are tried to show that a step exceeds 1/lambda_max: of 20, 40, ... 320 digits. */
    private static final int FIRST_DIGITS = 20;

    private static final int FINEST_DIGITS = 320;

    private static final int GRID_ATTEMPTS = 3;

    /** The largest grid that the format allows. */
    private static final int LARGEST_GRID = 10_000_000;

    /** exp(-x) beyond this x is bounded by a power of two only. */
    private static final int TINY_EXPONENT = 2_700;

    private static final int EXP_DIGITS = 40;

    /** Step equivalence is replayed, where both kinds of evidence are asked for, up to this estimated cost. */
    private static final long REPLAY_BITS = 400_000;

    private static final long REPLAY_WORK = 500_000_000L;

    private static final String WITNESS = "witness";

    private static final String TRAJECTORY = "rounded-trajectory";

    private final Problem problem;
    private final ScaledMatrix x;
    private final ScaledVector y;
    private final CertifyOptions options;
    private final Gram gram;
    private final Reduction reduction;
    private final StepChoice step;
    private final SpectrumEnclosure spectrum;
    private final InstanceText instance;
    private final CertificateWriter writer;
    private final Optional<Recording> recording;
    private final List<Certification.Undecided> undecided = new ArrayList<>();

    /** theta* where the instance names one, and whether y = X theta*. */
    private final Optional<ScaledVector> named;

    private final boolean realized;

    private final ScaledVector solution;

    /** Whether the steps can be replayed exactly at a cost that the kernel accepts beside everything else. */
    private final boolean replayAffordable;

    private int equivalence;
    private int largestAtMost;
    private int smallestAtLeast;
    private int largestAtLeast;
    private int smallestAtMost;
    private int spectrumLine;
    private int leastSquares;
    private int contraction;
    private int smallSteps;
    private int realizable;
    private boolean unit;

    /** See {@link #stepAbove()}; 0 before it was asked. */
    private int stepAbove;

    /** rho with |e(t)| <= rho^t |e(0)|, where one constant factor is certified. */
    private Optional<Fraction> rate = Optional.empty();

    Composition(
            Problem problem,
            ScaledMatrix x,
            ScaledVector y,
            CertifyOptions options,
            Gram gram,
            Reduction reduction,
            StepChoice step,
            SpectrumEnclosure spectrum,
            InstanceText instance,
            CertificateWriter writer,
            Optional<Recording> recording) {
        this.problem = problem;
        this.x = x;
        this.y = y;
        this.options = options;
        this.gram = gram;
        this.reduction = reduction;
        this.step = step;
        this.spectrum = spectrum;
        this.instance = instance;
        this.writer = writer;
        this.recording = recording;
        this.named = problem.theta().map(ScaledVector::of);
        this.realized = named.isPresent() && residualIsZero(named.get());
        this.solution = realized && fullRank() ? named.get() : IntegerLinearAlgebra.leastSquares(gram);
        this.replayAffordable =
                (options.values() || options.evidence() == CertifyOptions.Evidence.BOTH) && estimateReplay();
    }

    /** The bytes, and what stayed undecided on the way. */
    record Result(byte[] certificate, List<Certification.Undecided> undecided) {}

    Result compose() throws UndecidedException {
        equivalence();
        spectrum();
        boolean refutation = !contraction();
        Optional<Json.Obj> measured = Optional.empty();
        if (!refutation) {
            task();
            bounds();
            unmet();
            if (options.values()) {
                CompletableFuture<Optional<ErrorEnclosure.Found>> error = enclosure();
                // the longest of all, beside which the other two go on
                measured = recording.isEmpty() ? Optional.of(measured()) : measured;
                values(error);
            }
        }
        if (recording.isPresent()) {
            if (recording.get().trajectories()) {
                trajectories(recording.get(), refutation);
            }
            audited(recording.get(), refutation);
        }
        if (recording.isPresent()) {
            measured = Optional.of(measured());
        }
        return new Result(writer.write(refutation, measured), undecided);
    }

    private Schedule schedule() {
        return step.kind() == StepChoice.Kind.CONSTANT
                ? Schedule.constant(step.given().get(0))
                : Schedule.of(step.given());
    }

    private boolean estimateReplay() {
        if (step.kind() == StepChoice.Kind.LITERAL || problem.loops() > REPLAY_BITS) {
            return false;
        }
        ReplayCost cost = AttentionReplay.estimate(
                x,
                y,
                ScaledVector.of(problem.start()),
                Fraction.of(problem.alpha()),
                schedule(),
                Math.toIntExact(problem.loops()));
        return cost.bits() <= REPLAY_BITS && cost.wordMultiplications() <= REPLAY_WORK;
    }

    private void equivalence() throws UndecidedException {
        boolean rational = step.kind() != StepChoice.Kind.LITERAL;
        boolean replay = options.evidence() == CertifyOptions.Evidence.REPLAY
                || options.evidence() == CertifyOptions.Evidence.BOTH && replayAffordable;
        if (options.evidence() == CertifyOptions.Evidence.REPLAY && !rational) {
            throw new UndecidedException(
                    "the literal step 1/lambda_max is irrational in general and cannot be replayed");
        }
        if (options.evidence() != CertifyOptions.Evidence.REPLAY) {
            equivalence = writer.line("symbolic-attention", List.of());
        }
        if (replay) {
            int line = writer.line("replay", List.of());
            equivalence = equivalence == 0 ? line : equivalence;
        }
    }

    private static Json.Str text(Fraction value) {
        return Texts.number(value.numerator(), value.denominator());
    }

    private static Json.Arr text(IntegerVector vector) {
        return Texts.integers(vector.toArray());
    }

    private static Json.Arr text(ScaledVector vector) {
        List<Json> numbers = new ArrayList<>();
        for (int i = 0; i < vector.size(); i++) {
            numbers.add(text(vector.get(i)));
        }
        return Texts.array(numbers);
    }

    /** The witness that the kernel's multiple of a matrix is positive semidefinite; none where the matrix is singular. */
    private static Texts.Part semidefinite(Optional<FactorWitness> witness) {
        if (witness.isEmpty()) {
            return field(WITNESS, Texts.object(field("method", Texts.string("elimination"))));
        }
        IntegerMatrix factor = witness.get().factor();
        if (factor.shortScale().isPresent()) {
            int shift = factor.shortScale().getAsInt();
            long[][] rows = new long[factor.rows()][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = new long[rows.length - i];
                for (int j = i; j < rows.length; j++) {
                    rows[i][j - i] = factor.shortEntry(i, j, shift);
                }
            }
            return new FactorText(WITNESS, witness.get().scale(), rows, shift);
        }
        List<Json> rows = new ArrayList<>();
        for (int i = 0; i < factor.rows(); i++) {
            rows.add(Texts.integers(Arrays.copyOfRange(factor.row(i).toArray(), i, factor.rows())));
        }
        return field(
                WITNESS,
                Texts.object(
                        field("method", Texts.string("factor")),
                        field("scale", Texts.count(witness.get().scale())),
                        field("rows", Texts.array(rows))));
    }

    private int largestAtMost(Fraction bound, Optional<FactorWitness> witness) {
        return writer.line("lambda-max-at-most", List.of(), field("bound", text(bound)), semidefinite(witness));
    }

    private int largestAtMost(Fraction bound) {
        return largestAtMost(bound, FactorWitness.ofUpper(reduction, bound, spectrum.witnessMultiple()));
    }

    private void spectrum() {
        largestAtMost = largestAtMost(spectrum.largestUpper(), spectrum.largestUpperWitness());
        Fraction mu = spectrum.smallestLower();
        List<IntegerVector> basis = spectrum.nullSpace();
        BigInteger weight = spectrum.nullSpaceWeight();
        BigInteger scaledWeight =
                weight.multiply(gram.gDen()).multiply(mu.denominator()).multiply(spectrum.witnessMultiple());
        smallestAtLeast = writer.line(
                "smallest-positive-at-least",
                List.of(),
                field("bound", text(mu)),
                field(
                        "nullSpace",
                        Texts.array(basis.stream().map(Composition::text).toList())),
                field("weight", basis.isEmpty() ? Texts.integers() : Texts.integers(scaledWeight)),
                semidefinite(spectrum.smallestLowerWitness()));
        largestAtLeast = writer.line(
                "lambda-max-at-least",
                List.of(),
                field("bound", text(spectrum.largestLower())),
                field("vector", text(spectrum.largestLowerVector())));
        smallestAtMost = writer.line(
                "smallest-positive-at-most",
                List.of(),
                field("bound", text(spectrum.smallestUpper())),
                field("vector", text(spectrum.smallestUpperPreimage())));
        spectrumLine = writer.line("spectrum", List.of(smallestAtLeast, smallestAtMost, largestAtLeast, largestAtMost));
        writer.line("exponential", List.of(spectrumLine));
    }

    /** Writes how the steps contract, or that they do not; false in the latter case. */
    private boolean contraction() throws UndecidedException {
        if (step.kind() == StepChoice.Kind.LITERAL) {
            smallSteps = writer.line("small-steps", List.of(largestAtLeast, largestAtMost));
            contraction = writer.line("contraction-small-steps", List.of(smallestAtLeast, smallSteps));
            return true;
        }
        Fraction largest = step.given().stream().max(Fraction::compareTo).orElse(Fraction.ZERO);
        boolean positive = !step.given().isEmpty() && step.given().stream().allMatch(eta -> eta.signum() > 0);
        if (positive && isSmall(largest)) {
            Fraction inverse = Fraction.ONE.divide(largest);
            int bound = inverse.compareTo(spectrum.largestUpper()) >= 0 ? largestAtMost : largestAtMost(inverse);
            smallSteps = writer.line("small-steps", List.of(bound));
            contraction = writer.line("contraction-small-steps", List.of(smallestAtLeast, smallSteps));
            if (step.kind() == StepChoice.Kind.CONSTANT) {
                rate = Optional.of(Fraction.ONE.subtract(largest.multiply(spectrum.smallestLower())));
            }
            return true;
        }
        return step.kind() == StepChoice.Kind.CONSTANT ? constant(largest) : wholeSchedule();
    }

    /** Whether eta lambda_max <= 1, for eta > 0: the enclosure mostly tells already. */
    private boolean isSmall(Fraction eta) {
        return problem.step() instanceof StepSpec.Auto // by its choice
                || eta.multiply(spectrum.largestUpper()).compareTo(Fraction.ONE) <= 0
                || Spectra.compareStep(gram, eta, 1) <= 0;
    }

    private boolean constant(Fraction eta) {
        if (eta.signum() <= 0) {
            writer.line("non-contraction-constant", List.of(), field("vector", text(spectrum.largestLowerVector())));
            return false;
        }
        StepRegime regime = StepRegime.decide(gram, eta);
        if (regime instanceof StepRegime.Contracting contracting) {
            int bound = largestAtMost(contracting.smoothness());
            contraction = writer.line("contraction-constant", List.of(smallestAtLeast, bound));
            Fraction low = Fraction.ONE.subtract(eta.multiply(spectrum.smallestLower()));
            Fraction high = Fraction.ONE.subtract(eta.multiply(contracting.smoothness()));
            Fraction first = low.signum() < 0 ? low.negate() : low;
            Fraction second = high.signum() < 0 ? high.negate() : high;
            rate = Optional.of(first.compareTo(second) > 0 ? first : second);
            return true;
        }
        IntegerVector vector = regime instanceof StepRegime.Boundary boundary
                ? boundary.vector()
                : ((StepRegime.Diverging) regime).vector();
        writer.line("non-contraction-constant", List.of(), field("vector", text(vector)));
        return false;
    }

    /**
     * A schedule is judged as a whole: the kernel tries finer and finer grids, or coarser ones where a grid is beyond its
     * limits, then the two ends of the spectrum.
     */
    private boolean wholeSchedule() throws UndecidedException {
        int usual = Math.max(64, GRID_PER_LOOP * step.given().size());
        int finest = 0;
        Optional<Verdict.Undecided> limit = Optional.empty();
        int grid = usual;
        for (int attempt = 0; attempt < GRID_ATTEMPTS && grid <= LARGEST_GRID; attempt++) {
            Texts.Field points = field("grid", Texts.count(grid));
            List<Integer> premises = List.of(smallestAtLeast, largestAtMost);
            CertificateWriter trial = writer.copy();
            trial.line("contraction-schedule", premises, points);
            Verdict verdict = check(trial, false);
            if (verdict instanceof Verdict.Accepted) {
                contraction = writer.line("contraction-schedule", premises, points);
                return true;
            }
            boolean tooMuch = verdict instanceof Verdict.Undecided;
            if (tooMuch) {
                limit = Optional.of((Verdict.Undecided) verdict);
            } else {
                finest = Math.max(finest, grid);
            }
            if (tooMuch ? grid > usual : grid < usual) {
                break; // the next one was tried before
            }
            grid = tooMuch ? grid / 2 : 4 * grid;
        }
        for (List<Integer> premises :
                List.of(List.of(largestAtLeast, largestAtMost), List.of(smallestAtLeast, smallestAtMost))) {
            CertificateWriter trial = writer.copy();
            trial.line("non-contraction-schedule", premises);
            if (check(trial, true) instanceof Verdict.Accepted) {
                writer.line("non-contraction-schedule", premises);
                return false;
            }
        }
        String bounded = finest == 0
                ? "no grid that bounds the schedule's polynomial is within the limits"
                : "the schedule's polynomial is not bounded below 1 on the enclosure of the spectrum by a grid of "
                        + finest + " points";
        throw new UndecidedException(bounded
                + limit.map(verdict -> " (" + verdict.missing() + ")").orElse("")
                + ", and it is not at least 1 at either end of the spectrum");
    }

    private Verdict check(CertificateWriter trial, boolean refutation) {
        byte[] text = trial.write(refutation, Optional.empty());
        return Kernel.check(text, instance.print(), options.limits());
    }

    /** No certificate can hold the solution where it is longer than the numbers that the kernel reads. */
    private void requireReadable(Vector<BigRational> theta) throws UndecidedException {
        for (BigRational entry : theta.toList()) {
            int bits = Math.max(
                    entry.getNumeratorBigInteger().bitLength(),
                    entry.getDenominatorBigInteger().bitLength());
            long digits = (bits - 1) * 30_102L / 100_000; // below log10(2) a bit: at least so many
            if (digits > options.limits().digits()) {
                throw new UndecidedException(
                        "limit max-digits " + options.limits().digits() + ", needed more than " + digits
                                + " digits for the least-squares solution");
            }
        }
    }

    private void task() throws UndecidedException {
        requireReadable(solution.toVector());
        List<Integer> premises = List.of(smallestAtLeast);
        Json.Arr pre = fullRank() ? Texts.array(List.of()) : text(preimage());
        leastSquares = writer.line("least-squares", premises, field("theta", text(solution)), field("preimage", pre));
        ScaledVector theta = named.orElse(solution);
        if (named.isPresent() ? realized : residualIsZero(theta)) {
            realizable = writer.line("realizable", List.of(), field("theta", text(theta)));
            unit = theta.numerators()
                    .dot(theta.numerators())
                    .equals(theta.denominator().pow(2));
        }
    }

    /** w with G w = tt: the solution of (G + N N') w = tt, regular for a basis N of the null space, to which tt is orthogonal. */
    private ScaledVector preimage() {
        IntegerMatrix projector =
                IntegerMatrix.ofColumns(spectrum.nullSpace()).transpose().gram();
        ScaledVector w = IntegerLinearAlgebra.solve(gram.gi().add(projector), solution.numerators())
                .orElseThrow(() -> new IllegalStateException("row space and null space do not span"));
        return ScaledVector.of(
                w.numerators().multiply(gram.gDen()), w.denominator().multiply(solution.denominator()));
    }

    /** Whether X theta = y. */
    private boolean residualIsZero(ScaledVector theta) {
        IntegerVector labels = x.numerators().multiply(theta.numerators());
        BigInteger denominator = x.denominator().multiply(theta.denominator());
        BigInteger shared = denominator.gcd(y.denominator());
        BigInteger left = y.denominator().divide(shared);
        BigInteger right = denominator.divide(shared);
        for (int i = 0; i < labels.size(); i++) {
            // a / b = c / d as a d = c b
            if (!labels.get(i).multiply(left).equals(y.numerators().get(i).multiply(right))) {
                return false;
            }
        }
        return true;
    }

    private boolean startsAtZero() {
        return problem.start().toList().stream().allMatch(q -> q.signum() == 0);
    }

    private boolean fullRank() {
        return spectrum.rank() == problem.features();
    }

    private void bounds() {
        boolean zero = startsAtZero();
        if (unit && zero && fullRank() && smallSteps > 0) {
            unitBounds();
        }
        if (realizable > 0 && zero) {
            writer.line("error-identity", List.of(equivalence, realizable));
        }
        writer.line("general-labels", List.of(equivalence, leastSquares, contraction));
        if (!fullRank() && realizable > 0 && zero) {
            writer.line("limit-error", List.of(equivalence, leastSquares, realizable, contraction));
        }
        if (fullRank()
                && zero
                && smallSteps > 0
                && realizable == 0
                && problem.theta().isPresent()) {
            writer.line("noise", List.of(equivalence, smallestAtLeast, smallSteps));
        }
    }

    private void unitBounds() {
        List<Integer> withSpectrum = List.of(equivalence, realizable, spectrumLine, smallSteps);
        List<Integer> withLower = List.of(equivalence, realizable, smallestAtLeast, smallSteps);
        Fraction mean = meanExponent();
        Fraction needed = Fraction.ONE.divide(spectrum.conditionNumberLower());
        Fraction half = Fraction.of(1, 2);
        if (free() || mean.compareTo(needed.multiply(half)) >= 0) {
            int paper = writer.line("theorem-4.4", withSpectrum);
            if (options.values()) {
                paperBoundValue(paper);
            }
        } else {
            undecided.add(new Certification.Undecided("theorem-4.4", exponentMissing(half)));
        }
        writer.line("tight-bound", withLower);
        if (free() || mean.add(mean.multiply(mean).multiply(half)).compareTo(needed) >= 0) {
            writer.line("doubled-exponent", withSpectrum);
        } else {
            undecided.add(new Certification.Undecided("doubled-exponent", exponentMissing(Fraction.ONE)));
        }
        if (step.kind() != StepChoice.Kind.SCHEDULE) {
            writer.line("two-sided", withLower);
        }
    }

    private boolean free() {
        return step.kind() == StepChoice.Kind.LITERAL || problem.loops() == 0;
    }

    private Fraction meanExponent() {
        return free() ? Fraction.ZERO : meanStep().multiply(spectrum.smallestLower());
    }

    private Fraction meanStep() {
        Fraction sum = step.given().stream().reduce(Fraction.ZERO, Fraction::add);
        return sum.divide(Fraction.of(step.given().size(), 1));
    }

    /** Why exp(-share T/kappa) does not follow from small steps: they are too small, or that cannot be told. */
    private String exponentMissing(Fraction share) {
        Fraction x = meanStep().multiply(spectrum.smallestUpper());
        Fraction most =
                share.compareTo(Fraction.ONE) < 0 ? x : x.add(x.multiply(x).divide(Fraction.of(2, 1)));
        boolean tooSmall = most.compareTo(share.divide(spectrum.conditionNumberUpper())) < 0;
        return (tooSmall
                        ? "the steps are on average too far below 1/lambda_max for this exponent"
                        : "the enclosures are too wide to tell whether the steps are close enough to 1/lambda_max")
                + "; established instead: tight-bound";
    }

    /** An enclosure of |alpha| exp(-T/(2 kappa)), proposed by a library and widened; the kernel decides. */
    private void paperBoundValue(int paper) {
        BigRational halfLoops = RationalField.of(BigInteger.valueOf(problem.loops()), BigInteger.TWO);
        BigRational alpha = Q.abs(problem.alpha());
        BigRational most = Q.divide(halfLoops, spectrum.conditionNumberLower().toBigRational());
        BigRational least = Q.divide(halfLoops, spectrum.conditionNumberUpper().toBigRational());
        writer.line(
                "theorem-4.4-value",
                List.of(paper),
                field("lower", Texts.number(Rounding.down(Q.multiply(alpha, expBelow(most))))),
                field("upper", Texts.number(Rounding.up(Q.multiply(alpha, expAbove(least))))));
    }

    private static BigRational margin(boolean up) {
        BigInteger unit = BigInteger.TEN.pow(EXP_DIGITS / 2);
        return RationalField.of(up ? unit.add(BigInteger.ONE) : unit.subtract(BigInteger.ONE), unit);
    }

    private static BigRational exp(BigRational x) {
        BigDecimal value = Approximation.exp(Q.negate(x), EXP_DIGITS);
        return RationalField.canonical(BigRational.valueOf(value));
    }

    private static BigRational expBelow(BigRational x) {
        boolean tiny = Q.compare(x, BigRational.valueOf(TINY_EXPONENT)) > 0;
        return tiny ? BigRational.ZERO : Q.multiply(exp(x), margin(false));
    }

    private static BigRational expAbove(BigRational x) {
        boolean tiny = Q.compare(x, BigRational.valueOf(TINY_EXPONENT)) > 0;
        return tiny
                ? RationalField.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(TINY_EXPONENT))
                : Q.multiply(exp(x), margin(true));
    }

    /** Every hypothesis of the final bounds that this instance does not meet. */
    private void unmet() {
        List<String> all = List.of("theorem-4.4", "tight-bound", "doubled-exponent", "two-sided");
        boolean noise = !(realized || residualIsZero(solution));
        for (String theorem : all) {
            if (noise) {
                unmet(theorem, "label-noise", List.of(leastSquares));
            }
            if (!fullRank()) {
                unmet(theorem, "rank-deficient", List.of(smallestAtLeast));
            }
            if (!startsAtZero()) {
                unmet(theorem, "start", List.of());
            }
            if (realizable > 0 && !unit && (fullRank() || problem.theta().isPresent())) {
                unmet(theorem, "norm", List.of(realizable, smallestAtLeast));
            }
            if (smallSteps == 0) {
                unmetStep(theorem);
            }
        }
        if (noise) {
            unmet("error-identity", "label-noise", List.of(leastSquares));
        }
        if (!startsAtZero()) {
            unmet("error-identity", "start", List.of());
        }
    }

    private void unmet(String theorem, String hypothesis, List<Integer> premises) {
        writer.line(
                "unmet",
                premises,
                field("theorem", Texts.string(theorem)),
                field("hypothesis", Texts.string(hypothesis)));
    }

    private void unmetStep(String theorem) {
        if (stepAbove == 0) {
            stepAbove = stepAbove();
        }
        if (stepAbove > 0) {
            unmet(theorem, "step", List.of(stepAbove));
        } else {
            undecided.add(new Certification.Undecided(
                    theorem,
                    "a step exceeds 1/lambda_max by less than a part in 10^" + FINEST_DIGITS + ", beyond which no"
                            + " enclosure was sought"));
        }
    }

    /**
     * The line with a lower bound of lambda_max that shows a step to be outside (0, 1/lambda_max]; a finer one than that of
     * the spectrum where the step is close to 1/lambda_max, and -1 where even the finest does not show it.
     */
    private int stepAbove() {
        Fraction largest = step.given().stream().max(Fraction::compareTo).orElse(Fraction.ZERO);
        boolean outside = step.given().stream().anyMatch(eta -> eta.signum() <= 0);
        if (outside || largest.multiply(spectrum.largestLower()).compareTo(Fraction.ONE) > 0) {
            return largestAtLeast;
        }
        for (int digits = FIRST_DIGITS; digits <= FINEST_DIGITS; digits *= 2) {
            Fraction width = Fraction.of(BigInteger.ONE, BigInteger.TEN.pow(digits));
            SpectrumEnclosure finer = Enclosures.find(reduction, width, spectrum.witnessMultiple());
            if (largest.multiply(finer.largestLower()).compareTo(Fraction.ONE) > 0) {
                return writer.line(
                        "lambda-max-at-least",
                        List.of(),
                        field("bound", text(finer.largestLower())),
                        field("vector", text(finer.largestLowerVector())));
            }
        }
        return -1;
    }

    private List<Integer> sampleLoops() {
        int last = Math.toIntExact(problem.loops());
        return List.copyOf(new TreeSet<>(List.of(Math.min(1, last), last / 2, last)));
    }

    private ScaledVector firstIterate() {
        return ScaledVector.of(problem.start().map(q -> Q.divide(Q.negate(q), problem.alpha())));
    }

    /** An enclosure of the error after all loops, where the kernel gets one by powering, under way. */
    private CompletableFuture<Optional<ErrorEnclosure.Found>> enclosure() {
        return replayAffordable || step.kind() == StepChoice.Kind.SCHEDULE || problem.loops() == 0
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.supplyAsync(new ErrorEnclosure(problem, gram, step, spectrum, solution)::find);
    }

    private void values(CompletableFuture<Optional<ErrorEnclosure.Found>> error) {
        if (replayAffordable) {
            exactValues();
        }
        joined(error)
                .ifPresent(found -> writer.line(
                        "error-by-powering",
                        step.kind() == StepChoice.Kind.LITERAL
                                ? List.of(equivalence, leastSquares, spectrumLine)
                                : List.of(equivalence, leastSquares),
                        field("bits", Texts.count(found.bits())),
                        field("t", Texts.count(problem.loops())),
                        field("lower", Texts.number(found.lower())),
                        field("upper", Texts.number(found.upper()))));
    }

    private void exactValues() {
        ExactReplay replay = ExactReplay.start(gram, firstIterate(), schedule());
        Vector<BigRational> tt = solution.toVector();
        List<Integer> loops = sampleLoops();
        List<Vector<BigRational>> rounded =
                recording.isPresent() ? List.of() : fastPath().iterates(loops);
        List<Json> iterates = new ArrayList<>();
        for (int k = 0; k < loops.size(); k++) {
            int t = loops.get(k);
            replay.advanceTo(t);
            Vector<BigRational> theta = replay.theta().toVector();
            BigRational inner = theta.subtract(Q, tt).dot(Q, tt);
            BigRational error = Q.abs(Q.multiply(problem.alpha(), inner));
            writer.line(
                    "error-by-replay",
                    List.of(equivalence, leastSquares),
                    field("t", Texts.count(t)),
                    field("lower", Texts.number(Rounding.down(error))),
                    field("upper", Texts.number(Rounding.up(error))));
            if (k < rounded.size()) {
                iterates.add(iterate(t, rounded.get(k), theta));
            }
        }
        if (recording.isEmpty()) {
            writer.line("rounded-iterates", List.of(), field("iterates", Texts.array(iterates)));
        }
    }

    /**
     * One line of distances for each audited run, for as many loops as the kernel can recompute within its limits beside
     * everything else.
     */
    private void audited(Recording audits, boolean refutation) {
        List<Integer> wanted = audits.at();
        int most = Math.min(wanted.size(), audits.affordable(problem.features()));
        int fewest = 0; // the cost grows with t: bisect
        while (fewest < most) {
            int middle = fewest + (most - fewest + 1) / 2;
            if (replays(wanted.get(middle - 1))) {
                fewest = middle;
            } else {
                most = middle - 1;
            }
        }
        List<Integer> loops = wanted.subList(0, fewest);
        for (int count = loops.size(); count > 0; count /= 2) {
            CertificateWriter trial = writer.copy();
            List<Integer> chosen = loops.subList(0, count);
            audits.lines(chosen).forEach(line -> trial.line("rounded-iterates", List.of(), line));
            if (check(trial, refutation) instanceof Verdict.Accepted) {
                audits.lines(chosen).forEach(line -> writer.line("rounded-iterates", List.of(), line));
                return;
            }
        }
    }

    /** One line of all iterates for each audited run, where the steps are ones that the kernel's rule is about. */
    private void trajectories(Recording audits, boolean refutation) {
        Optional<String> missing = untraceable(refutation);
        CertificateWriter trial = writer.copy();
        if (missing.isEmpty()) {
            List<Integer> premises = List.of(smallestAtLeast, smallSteps, leastSquares);
            List<Trajectory> found = audits.trajectories(gram, schedule());
            found.forEach(each -> trial.line(TRAJECTORY, premises, each.witness()));
            if (check(trial, false) instanceof Verdict.Undecided limit) {
                missing = Optional.of(limit.missing());
            } else {
                found.forEach(each -> writer.line(TRAJECTORY, premises, each.witness()));
            }
        }
        missing.ifPresent(because -> undecided.add(new Certification.Undecided(TRAJECTORY, because)));
    }

    /** Why no trajectory of this instance is traced; empty if nothing is in the way. */
    private Optional<String> untraceable(boolean refutation) {
        if (refutation) {
            return Optional.of("the steps do not contract");
        }
        if (!fullRank()) {
            return Optional.of("rank X = " + spectrum.rank() + " < d = " + problem.features());
        }
        return smallSteps > 0 ? Optional.empty() : Optional.of("it needs every step in (0, 1/lambda_max]");
    }

    /** Whether the kernel can recompute theta(t) for every recorded run. */
    private boolean replays(int t) {
        ReplayCost cost = ExactReplay.estimate(gram, firstIterate(), schedule(), t);
        long runs = recording.orElseThrow().runs().size();
        return cost.bits() <= Math.min(REPLAY_BITS, options.limits().bits())
                && cost.wordMultiplications() <= REPLAY_WORK / runs;
    }

    private static Json.Obj iterate(int t, Vector<BigRational> rounded, Vector<BigRational> exact) {
        BigRational distance = BigRational.ZERO;
        for (BigRational entry : rounded.subtract(Q, exact)) {
            BigRational size = Q.abs(entry);
            distance = Q.compare(size, distance) > 0 ? size : distance;
        }
        return Texts.object(
                field("t", Texts.count(t)),
                field("theta", Texts.numbers(rounded)),
                field("distance", Texts.number(Rounding.up(distance))));
    }

    /** theta* with the factor rho of the squared distance (Lemma 5.6), where one is certified. */
    private Optional<DigitReplay.Target> reference() {
        return realized && fullRank() ? rate.map(rho -> new DigitReplay.Target(solution, rho)) : Optional.empty();
    }

    private FastPath fastPath() {
        BigRational low = fullRank() ? spectrum.smallestLower().toBigRational() : BigRational.ZERO;
        Contraction certified =
                Contraction.fromSpectrum(low, spectrum.largestUpper().toBigRational());
        Optional<Fraction> ratio = fullRank() ? rate.map(rho -> rho.multiply(rho)) : Optional.empty();
        return new FastPath(problem, step, certified, solution, ratio);
    }

    /** What nothing follows from; the run in binary64 goes on beside the exact replay. */
    private Json.Obj measured() {
        boolean rational = step.kind() != StepChoice.Kind.LITERAL;
        CompletableFuture<Optional<Json.Obj>> run = recording.isEmpty() && rational
                ? CompletableFuture.supplyAsync(() -> fastPath().measure())
                : CompletableFuture.completedFuture(Optional.empty());
        List<Texts.Field> fields = new ArrayList<>();
        List<Json> names = new ArrayList<>();
        for (CertifyOptions.Backend backend : Backends.agreeing(problem, options.backends())) {
            names.add(Texts.string(backend.name().toLowerCase(Locale.ROOT)));
        }
        fields.add(field("backends", Texts.array(names)));
        if (recording.isEmpty() && options.evidence() != CertifyOptions.Evidence.THEOREM && rational) {
            ProducerReplay.measure(problem, x, y, gram, schedule(), reference())
                    .ifPresent(replay -> fields.add(field("replay", replay)));
        }
        if (recording.isPresent()) {
            fields.add(field("formats", recording.get().measured()));
        }
        joined(run).ifPresent(each -> fields.add(field("binary64", each)));
        return Texts.object(fields);
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw e;
        }
    }
}

package org.loopcert.certify;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.loopcert.certificate.CertificateWriter;
import org.loopcert.certificate.InstanceText;
import org.loopcert.certificate.Texts;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.ScaledMatrix;
import org.loopcert.exact.ScaledVector;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Instance;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import org.loopcert.matrix.DyadicMatrix;
import org.loopcert.spectrum.Enclosures;
import org.loopcert.spectrum.PrecisionLimitException;
import org.loopcert.spectrum.Reduction;
import org.loopcert.spectrum.SpectrumEnclosure;

/** Makes certificates: searches witnesses, writes them down and has the kernel check the result. */
public final class Certifier {
    /** What stands in place of a rule where the search for a certificate ended undecided, before the kernel. */
    public static final String SEARCH = "certify";

    private Certifier() {}

    /**
     * Certifies an instance, or refutes that its steps contract.
     *
     * @throws IllegalStateException if the kernel rejects what was written, which is a fault of this program
     */
    public static Certification certify(Problem problem, CertifyOptions options) {
        return certify(problem, options, Optional.empty());
    }

    /**
     * Certifies an instance and records audited runs of it: what was measured, and distances for the kernel to check.
     *
     * @throws IllegalStateException if the kernel rejects what was written, which is a fault of this program
     */
    public static Certification certify(Problem problem, CertifyOptions options, Recording recording) {
        return certify(problem, options, Optional.of(recording));
    }

    private static Certification certify(Problem problem, CertifyOptions options, Optional<Recording> recording) {
        try {
            return attempt(problem, options, recording);
        } catch (UndecidedException e) {
            return undecided(e.getMessage());
        } catch (PrecisionLimitException e) {
            return undecided("no witness at the largest precision: " + e.getMessage());
        }
    }

    private static Certification undecided(String because) {
        Verdict verdict = new Verdict.Undecided(Verdict.Reason.LIMIT, 0, SEARCH, because);
        return new Certification(new byte[0], verdict, List.of());
    }

    private static Certification attempt(Problem problem, CertifyOptions options, Optional<Recording> recording)
            throws UndecidedException {
        Found found = find(problem, options, recording);
        return checked(found.result(), found.instance(), options);
    }

    /**
     * The bytes of a certificate that the kernel has not checked yet.
     *
     * @throws UndecidedException if none was found
     * @throws PrecisionLimitException if the condition number is beyond any precision allowed
     */
    public static byte[] propose(Problem problem, CertifyOptions options) throws UndecidedException {
        return find(problem, options, Optional.empty()).result().certificate();
    }

    private record Found(Composition.Result result, InstanceText instance) {}

    private static Found find(Problem problem, CertifyOptions options, Optional<Recording> recording)
            throws UndecidedException {
        Optional<DyadicMatrix> dyadic = DyadicMatrix.of(problem.x());
        requireWithinLimits(problem, dyadic, options.limits());
        ScaledMatrix x = dyadic.map(ScaledMatrix::of).orElseGet(() -> ScaledMatrix.of(problem.x()));
        List<Fraction> labels = problem.y().toList().stream().map(Fraction::of).toList();
        ScaledVector y = ScaledVector.of(labels);
        Gram gram = Gram.of(x, y);
        requireDeterminant(gram, options.limits().bits());
        Optional<Reduction> reduced = StepChoice.reduction(gram);
        StepChoice step = StepChoice.of(problem, () -> reduced);
        Reduction reduction =
                reduced.orElseThrow(() -> new UndecidedException("X is zero, so that G has no positive eigenvalue"));
        SpectrumEnclosure spectrum =
                refine(reduction, Enclosures.find(reduction, width(options), kernelMultiple(x, y, gram)));
        InstanceText instance = instance(problem, dyadic, labels, step);
        CertificateWriter writer = options.bound()
                ? CertificateWriter.bound(instance, problem.examples(), problem.features(), problem.loops())
                : CertificateWriter.whole(instance, problem.examples(), problem.features(), problem.loops());
        Composition composition =
                new Composition(problem, x, y, options, gram, reduction, step, spectrum, instance, writer, recording);
        return new Found(composition.compose(), instance);
    }

    private static Certification checked(Composition.Result result, InstanceText instance, CertifyOptions options) {
        // a hash needs the instance beside it; any other certificate must stand on its own
        Verdict verdict = options.bound()
                ? Kernel.check(result.certificate(), instance.print(), options.limits())
                : Kernel.check(result.certificate(), options.limits());
        if (verdict instanceof Verdict.Rejected || verdict instanceof Verdict.Malformed) {
            throw new IllegalStateException("the kernel refuses a certificate just written: " + verdict);
        }
        return new Certification(result.certificate(), verdict, result.undecided());
    }

    /** D^2 / gDen for the kernel's common denominator D of X and y, with which it scales G to integers. */
    private static BigInteger kernelMultiple(ScaledMatrix x, ScaledVector y, Gram gram) {
        BigInteger common =
                x.denominator().divide(x.denominator().gcd(y.denominator())).multiply(y.denominator());
        return common.multiply(common).divide(gram.gDen());
    }

    /** What the kernel would not check is not searched for. */
    private static void requireWithinLimits(Problem problem, Optional<DyadicMatrix> dyadic, Limits limits)
            throws UndecidedException {
        if (problem.loops() > Instance.MAX_LOOPS) {
            throw new UndecidedException("T = " + problem.loops() + " is beyond the limit of " + Instance.MAX_LOOPS);
        }
        if (problem.features() > limits.dimension()) {
            throw new UndecidedException(
                    "limit max-dimension " + limits.dimension() + ", needed d = " + problem.features());
        }
        Denominator all = new Denominator(limits);
        if (dyadic.isPresent()
                && all.takes(BigInteger.ONE.shiftLeft(dyadic.get().exponent()))
                && problem.y().toList().stream().allMatch(each -> all.takes(each.getDenominatorBigInteger()))) {
            return;
        }
        Denominator common = new Denominator(limits);
        for (int i = 0; i < problem.examples(); i++) {
            common.require(problem.y().get(i));
            for (int j = 0; j < problem.features(); j++) {
                common.require(problem.x().get(i, j));
            }
        }
    }

    /** Solving with G by elimination reaches integers as long as its determinant. */
    static void requireDeterminant(Gram gram, long maxBits) throws UndecidedException {
        int entry = Math.max(gram.gi().bitLength(), gram.bi().bitLength());
        int d = gram.features();
        long bits = (long) d * (entry + BigInteger.valueOf(d).bitLength());
        if (bits > maxBits) {
            throw new UndecidedException("limit max-bits " + maxBits + ", needed " + bits
                    + " bits, estimated, for a determinant of entries of X'X");
        }
    }

    private static Fraction width(CertifyOptions options) {
        return Fraction.of(BigInteger.ONE, BigInteger.TEN.pow(options.relativeWidthDigits()));
    }

    /** Enclosures finer than 1/(16 kappa), below which (1 - eta mu)^T can be told from exp(-T/kappa). */
    private static SpectrumEnclosure refine(Reduction reduction, SpectrumEnclosure spectrum) {
        Fraction needed = Fraction.ONE.divide(spectrum.conditionNumberUpper().multiply(Fraction.of(16, 1)));
        Fraction mu =
                spectrum.smallestUpper().subtract(spectrum.smallestLower()).divide(spectrum.smallestLower());
        Fraction smoothness =
                spectrum.largestUpper().subtract(spectrum.largestLower()).divide(spectrum.largestLower());
        boolean fine = mu.compareTo(needed) <= 0 && smoothness.compareTo(needed) <= 0;
        return fine ? spectrum : Enclosures.find(reduction, needed, spectrum.witnessMultiple());
    }

    /**
     * The canonical instance text with the step resolved, for comparing a certificate with the user's own file.
     *
     * @param maxBits longest integer that the choice of a step may reach
     * @throws IllegalArgumentException if the step is automatic and X is zero, or the choice is beyond the limit
     */
    public static Json.Obj instance(Problem problem, long maxBits) {
        try {
            Gram gram = Gram.of(problem.x(), problem.y());
            if (problem.step() instanceof StepSpec.Auto || problem.step() instanceof StepSpec.Chebyshev) {
                requireDeterminant(gram, maxBits);
            }
            List<Fraction> labels =
                    problem.y().toList().stream().map(Fraction::of).toList();
            return instance(problem, DyadicMatrix.of(problem.x()), labels, StepChoice.of(problem, gram))
                    .json();
        } catch (UndecidedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static InstanceText instance(
            Problem problem, Optional<DyadicMatrix> dyadic, List<Fraction> labels, StepChoice step) {
        return InstanceText.of(
                problem.x(),
                dyadic,
                Texts.array(labels.stream()
                        .map(label -> Texts.number(label.numerator(), label.denominator()))
                        .toList()),
                problem.theta(),
                problem.alpha(),
                problem.start(),
                problem.loops(),
                step.text());
    }
}

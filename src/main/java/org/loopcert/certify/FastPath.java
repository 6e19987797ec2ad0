package org.loopcert.certify;

import static org.loopcert.certificate.Texts.field;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.loopcert.certificate.Texts;
import org.loopcert.drift.BoundExit;
import org.loopcert.drift.Contraction;
import org.loopcert.drift.CrossCheck;
import org.loopcert.drift.DescentInstance;
import org.loopcert.drift.DriftRecord;
import org.loopcert.drift.EnclosurePath;
import org.loopcert.drift.ErrorBound;
import org.loopcert.drift.RoundedRun;
import org.loopcert.drift.RunConfiguration;
import org.loopcert.drift.RunningErrorBound;
import org.loopcert.drift.SummationOrder;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.ScaledVector;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Json;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;

/**
 * The binary64 run of the program beside the exact one. What comes out is measured: the kernel checks distances of
 * iterates that are written down, not that a processor made them.
 */
final class FastPath {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final RunConfiguration CONFIGURATION = RunConfiguration.binary64(SummationOrder.RESIDUAL);

    /** Up to this T every step is compared; beyond, the last one. */
    private static final long EVERY_STEP = 2_000;

    /** Beyond this T, and without a cycle of the rounded run before it, nothing is measured. */
    private static final int LONGEST = 200_000;

    private static final int ENCLOSURE_BITS = 256;

    private final DescentInstance instance;
    private final Contraction contraction;
    private final Vector<BigRational> solution;
    private final Optional<BigRational> ratio;
    private final long loops;
    private final boolean stepsAreFinite;

    /**
     * A fast path.
     *
     * @param ratio rho^2 where |e(t)|^2 <= rho^(2t) |e(0)|^2 is certified
     */
    FastPath(
            Problem problem,
            StepChoice step,
            Contraction contraction,
            ScaledVector solution,
            Optional<Fraction> ratio) {
        this.contraction = contraction;
        this.solution = solution.toVector();
        this.ratio = ratio.map(Fraction::toBigRational);
        this.loops = problem.loops();
        this.stepsAreFinite = step.given().stream()
                .allMatch(eta -> Double.isFinite(CONFIGURATION.format().round(eta.toBigRational())));
        this.instance = InstanceAudit.instance(problem, step);
    }

    /** The record for the certificate; empty where the rounded run is too long to follow or leaves the finite numbers. */
    Optional<Json.Obj> measure() {
        if (!stepsAreFinite) {
            return Optional.empty();
        }
        if (loops <= EVERY_STEP) {
            CrossCheck check = CrossCheck.measure(instance, CONFIGURATION, contraction, Optional.of(solution), ratio);
            return check.drift()
                    .map(drift -> record(
                            drift.worstAbsolute(), drift.worstUlps(), drift.largestBound(), check.leavesBoundAt()));
        }
        if (!instance.constantStep() || loops > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        RoundedRun run = RoundedRun.of(bounded(LONGEST), CONFIGURATION);
        boolean reaches = run.nonFinite().isEmpty()
                && (loops <= LONGEST || run.cycleStart().isPresent());
        if (!reaches) {
            return Optional.empty();
        }
        RoundedRun whole = loops <= LONGEST ? run : RoundedRun.of(instance, CONFIGURATION);
        int last = Math.toIntExact(loops);
        DriftRecord drift =
                DriftRecord.measure(whole, EnclosurePath.power(instance, contraction, solution, last, ENCLOSURE_BITS));
        ErrorBound bound = RunningErrorBound.at(whole, contraction, last);
        return Optional.of(record(drift, drift, bound.maxNorm(), Optional.empty()));
    }

    /** The same instance with fewer loops. */
    private DescentInstance bounded(int most) {
        return DescentInstance.constant(
                instance.examples(),
                instance.labels(),
                instance.query(),
                instance.start(),
                instance.stepSize(0),
                Math.min(instance.loops(), most));
    }

    private static Json.Obj record(
            DriftRecord absolute, DriftRecord ulps, BigRational bound, Optional<BoundExit> exit) {
        List<Json> leaves = new ArrayList<>();
        if (exit.isPresent() && exit.get() instanceof BoundExit.LeavesAt at) {
            leaves.add(Texts.count(at.loop()));
        }
        return Texts.object(
                field("order", Texts.string(CONFIGURATION.order().name().toLowerCase(Locale.ROOT))),
                field("absolute", Texts.number(Rounding.up(absolute.absolute().upper()))),
                field("ulps", Texts.number(Rounding.up(ulps.ulps().upper()))),
                field("bound", Texts.number(Rounding.up(bound))),
                field("leavesBoundAt", Texts.array(leaves)));
    }

    /** The rounded iterates at the given loops as exact dyadic numbers; fewer where the run left the finite numbers. */
    List<Vector<BigRational>> iterates(List<Integer> at) {
        RoundedRun run = RoundedRun.of(instance, CONFIGURATION);
        List<Vector<BigRational>> result = new ArrayList<>();
        for (int t : at) {
            if (t <= run.loopsReached()) {
                List<BigRational> entries = new ArrayList<>();
                for (double value : run.theta(t)) {
                    entries.add(FloatingPoint.exact(value));
                }
                result.add(Vector.of(entries));
            }
        }
        return result;
    }
}

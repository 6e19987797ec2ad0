package org.loopcert.certify;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.loopcert.certify.CertifyOptions.Backend;
import org.loopcert.certify.CertifyOptions.Evidence;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Instance;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/** A certificate checked against the user's own instance says nothing about any other. */
class OwnInstanceTest {
    private static final RationalField Q = RationalField.INSTANCE;

    private enum Part {
        X,
        Y,
        ALPHA,
        START,
        ETA,
        LOOPS,
        THETA
    }

    private static BigRational moved(Random random, BigRational value) {
        BigRational change = RationalField.of(
                BigInteger.valueOf(random.nextBoolean() ? 1 : -1), BigInteger.ONE.shiftLeft(random.nextInt(100)));
        BigRational result = Q.add(value, change);
        return result.signum() == 0 ? Q.add(result, change) : result;
    }

    private static Vector<BigRational> moved(Random random, Vector<BigRational> vector) {
        List<BigRational> entries = new ArrayList<>(vector.toList());
        int i = random.nextInt(entries.size());
        entries.set(i, moved(random, entries.get(i)));
        return Vector.of(entries);
    }

    /** The same instance with rational steps written out, so that only what is changed changes. */
    private static Problem settled(Problem problem, Instance instance) {
        StepSpec step = instance.step() instanceof Instance.Step.Constant constant
                ? new StepSpec.Constant(Naive.rational(constant.eta()))
                : instance.step() instanceof Instance.Step.Schedule schedule
                        ? new StepSpec.Schedule(List.of(Naive.rationals(schedule.given())))
                        : new StepSpec.LambdaMax();
        return with(problem, problem.x(), problem.y(), problem.alpha(), problem.start(), problem.loops(), step);
    }

    private static Problem with(
            Problem problem,
            Matrix<BigRational> x,
            Vector<BigRational> y,
            BigRational alpha,
            Vector<BigRational> start,
            long loops,
            StepSpec step) {
        return SmallInstances.problem(x, y, problem.theta(), alpha, start, loops, step);
    }

    private static Problem changed(Random random, Problem p, Part part) {
        switch (part) {
            case X:
                List<List<BigRational>> rows = new ArrayList<>(p.x().toLists());
                int i = random.nextInt(rows.size());
                rows.set(i, moved(random, p.x().row(i)).toList());
                return with(p, Matrix.of(rows), p.y(), p.alpha(), p.start(), p.loops(), p.step());
            case Y:
                return with(p, p.x(), moved(random, p.y()), p.alpha(), p.start(), p.loops(), p.step());
            case ALPHA:
                return with(p, p.x(), p.y(), moved(random, p.alpha()), p.start(), p.loops(), p.step());
            case START:
                return with(p, p.x(), p.y(), p.alpha(), moved(random, p.start()), p.loops(), p.step());
            case ETA:
                return with(p, p.x(), p.y(), p.alpha(), p.start(), p.loops(), movedStep(random, p.step()));
            case LOOPS:
                return longer(random, p);
            default:
                Vector<BigRational> theta = p.theta()
                        .map(vector -> moved(random, vector))
                        .orElseGet(() -> SmallInstances.vector(random, p.features()));
                return SmallInstances.problem(
                        p.x(), p.y(), Optional.of(theta), p.alpha(), p.start(), p.loops(), p.step());
        }
    }

    private static StepSpec movedStep(Random random, StepSpec step) {
        if (step instanceof StepSpec.Constant constant) {
            return new StepSpec.Constant(moved(random, constant.stepSize()));
        }
        if (step instanceof StepSpec.Schedule schedule) {
            return new StepSpec.Schedule(
                    moved(random, Vector.of(schedule.stepSizes())).toList());
        }
        return new StepSpec.Constant(SmallInstances.nonzero(random));
    }

    private static Problem longer(Random random, Problem p) {
        if (p.step() instanceof StepSpec.Schedule schedule) {
            List<BigRational> etas = new ArrayList<>(schedule.stepSizes());
            etas.add(random.nextInt(etas.size() + 1), random.nextBoolean() ? BigRational.ZERO : etas.get(0));
            return with(p, p.x(), p.y(), p.alpha(), p.start(), etas.size(), new StepSpec.Schedule(etas));
        }
        long loops = p.loops() + (p.loops() > 0 && random.nextBoolean() ? -1 : 1 + random.nextInt(1000));
        return with(p, p.x(), p.y(), p.alpha(), p.start(), loops, p.step());
    }

    private static void requireOther(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
        assertThat(((Verdict.Rejected) verdict).reason()).isEqualTo(Verdict.Reason.OTHER_INSTANCE);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void anyChangeOfTheUsersInstanceIsRefused(@ForAll Random random) {
        Problem problem = SmallInstances.problem(random);
        boolean bound = random.nextBoolean();
        CertifyOptions options = new CertifyOptions(Evidence.THEOREM, Set.of(Backend.SCALED), 9, bound, Limits.DEFAULT);
        Certification certification = Certifier.certify(problem, options);
        if (!(certification.verdict() instanceof Verdict.Accepted accepted)) {
            assertThat(certification.verdict()).isInstanceOf(Verdict.Undecided.class);
            return;
        }
        byte[] certificate = certification.certificate();
        byte[] own = Json.print(Certifier.instance(problem, Limits.DEFAULT.bits()));
        Verdict same = Kernel.check(certificate, own, Limits.DEFAULT);
        assertThat(same).isInstanceOf(Verdict.Accepted.class);
        assertThat(((Verdict.Accepted) same).bound()).isTrue();
        Problem settled = settled(problem, accepted.instance());
        assertThat(Json.print(Certifier.instance(settled, Limits.DEFAULT.bits())))
                .isEqualTo(own);
        for (Part part : Part.values()) {
            Problem other = changed(random, settled, part);
            requireOther(Kernel.check(
                    certificate, Json.print(Certifier.instance(other, Limits.DEFAULT.bits())), Limits.DEFAULT));
        }
        if (!bound) { // a certificate that is valid for the changed instance is refused as well
            for (Part part : Part.values()) {
                ObjectNode spliced = CertificateTree.read(certificate);
                Problem other = changed(random, settled, part);
                spliced.set(
                        "instance", CertificateTree.read(Json.print(Certifier.instance(other, Limits.DEFAULT.bits()))));
                requireOther(Kernel.check(CertificateTree.write(spliced), own, Limits.DEFAULT));
            }
        }
    }
}

package org.loopcert.cli;

import ch.obermuhlner.math.big.BigRational;
import java.util.List;
import org.loopcert.certify.Certifier;
import org.loopcert.input.ExactDecimal;
import org.loopcert.input.InputLimits;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Json;

/** Instances with their steps resolved. */
final class Instances {
    /** Resolved steps are ours, whatever their length. */
    private static final InputLimits LONG = InputLimits.DEFAULT.withNumberCaps(1_000_000, 1_000_000);

    private Instances() {}

    /** The canonical instance, or undecided where its step cannot be chosen. */
    static Json.Obj resolved(Problem problem, long maxBits) throws Failure {
        try {
            return Certifier.instance(problem, maxBits);
        } catch (IllegalArgumentException e) {
            throw Failure.undecided(e.getMessage());
        }
    }

    /** The rational step of every loop: one where it is constant, else a list. */
    static StepSpec steps(Problem problem, long maxBits) throws Failure {
        StepSpec step = problem.step();
        if (step instanceof StepSpec.LambdaMax) {
            throw Failure.undecided("the literal step 1/lambda_max is irrational in general, and an iterate needs a"
                    + " rational one (--step auto is the nearest below it)");
        }
        if (step instanceof StepSpec.Constant || step instanceof StepSpec.Schedule) {
            return step;
        }
        Json.Obj resolved = (Json.Obj) field(resolved(problem, maxBits), "step");
        if (resolved.names().contains("eta")) {
            return new StepSpec.Constant(number(field(resolved, "eta")));
        }
        List<BigRational> etas = ((Json.Arr) field(resolved, "etas"))
                .items().stream().map(Instances::number).toList();
        return new StepSpec.Schedule(etas);
    }

    private static BigRational number(Json value) {
        return ExactDecimal.parse(((Json.Str) value).text(), LONG);
    }

    private static Json field(Json.Obj object, String name) {
        int at = object.names().indexOf(name);
        if (at < 0) {
            throw new IllegalStateException("an instance without " + name);
        }
        return object.values().get(at);
    }
}

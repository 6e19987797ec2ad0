package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.loopcert.certificate.InstanceText;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Json;
import org.loopcert.spectrum.AutoStep;
import org.loopcert.spectrum.ChebyshevSchedule;
import org.loopcert.spectrum.Enclosures;
import org.loopcert.spectrum.Reduction;
import org.loopcert.spectrum.SpectrumEnclosure;

/**
 * The steps that a specification means for an instance. Each is a function of X and T alone, so that the user's own file
 * yields the same steps again.
 *
 * @param given the rational steps: one where the step is constant, none for the literal step
 */
record StepChoice(Kind kind, List<Fraction> given) {
    /** Chebyshev schedules are laid on enclosures of this width, whatever precision the certificate asks for. */
    private static final Fraction CHEBYSHEV_WIDTH = Fraction.of(1, 1_000_000_000);

    /** The longest Chebyshev schedule. */
    private static final long CHEBYSHEV_LOOPS = 100_000;

    enum Kind {
        CONSTANT,
        SCHEDULE,
        LITERAL
    }

    StepChoice {
        given = List.copyOf(given);
    }

    /** The steps, or why there are none. */
    static StepChoice of(Problem problem, Gram gram) throws UndecidedException {
        return of(problem, () -> reduction(gram));
    }

    /** The reduction of a Gram matrix, unless that is zero. */
    static Optional<Reduction> reduction(Gram gram) {
        return gram.gi().isZero() ? Optional.empty() : Optional.of(Reduction.of(gram));
    }

    /** As {@link #of(Problem, Gram)}, with the reduction where it is made anyway; it is asked for where steps depend on X. */
    static StepChoice of(Problem problem, Supplier<Optional<Reduction>> reduction) throws UndecidedException {
        if (problem.step() instanceof StepSpec.Constant constant) {
            return new StepChoice(Kind.CONSTANT, List.of(Fraction.of(constant.stepSize())));
        }
        if (problem.step() instanceof StepSpec.Schedule schedule) {
            return new StepChoice(
                    Kind.SCHEDULE,
                    schedule.stepSizes().stream().map(Fraction::of).toList());
        }
        if (problem.step() instanceof StepSpec.LambdaMax) {
            return new StepChoice(Kind.LITERAL, List.of());
        }
        if (problem.step() instanceof StepSpec.Chebyshev) {
            if (problem.loops() < 1 || problem.loops() > CHEBYSHEV_LOOPS) {
                throw new UndecidedException("a Chebyshev schedule needs 1 to " + CHEBYSHEV_LOOPS + " loops");
            }
        }
        Optional<Reduction> reduced = reduction.get();
        if (reduced.isEmpty()) {
            throw new UndecidedException("X is zero, so that G has no positive eigenvalue and no step follows from it");
        }
        if (problem.step() instanceof StepSpec.Chebyshev) {
            SpectrumEnclosure spectrum = Enclosures.find(reduced.get(), CHEBYSHEV_WIDTH, BigInteger.ONE);
            return new StepChoice(
                    Kind.SCHEDULE,
                    ChebyshevSchedule.choose(
                            Math.toIntExact(problem.loops()), spectrum.smallestLower(), spectrum.largestUpper()));
        }
        return new StepChoice(Kind.CONSTANT, List.of(AutoStep.choose(reduced.get())));
    }

    Json.Obj text() {
        List<BigRational> etas = given.stream().map(Fraction::toBigRational).toList();
        return switch (kind) {
            case CONSTANT -> InstanceText.constant(etas.get(0));
            case SCHEDULE -> InstanceText.schedule(etas);
            case LITERAL -> InstanceText.lambdaMax();
        };
    }

    /** The step of loop t. */
    Fraction at(int t) {
        return given.get(kind == Kind.CONSTANT ? 0 : t);
    }
}

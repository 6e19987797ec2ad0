package org.loopcert.testing;

import org.loopcert.input.Problem;

/** Assertions about an instance given as exact numbers. */
public final class ProblemAssert extends AbstractInstanceAssert<ProblemAssert, Problem> {
    ProblemAssert(Problem actual) {
        super(actual, ProblemAssert.class);
    }

    @Override
    Problem problem() {
        return actual;
    }

    @Override
    String subject() {
        return "the instance of n = %d examples, d = %d features, T = %d loops, step %s"
                .formatted(actual.examples(), actual.features(), actual.loops(), actual.step());
    }
}

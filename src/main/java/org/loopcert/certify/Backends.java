package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.loopcert.certify.CertifyOptions.Backend;
import org.loopcert.input.Problem;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.model.LinearAttention;
import org.loopcert.model.SymbolicStep;
import org.loopcert.ring.AprationalField;
import org.loopcert.ring.Field;
import org.loopcert.ring.RationalField;

/** The symbolic step of the reference program, evaluated over the exact backends (CHEN2024, Lemma 4.1). */
final class Backends {
    /** Rational backends evaluate the symbolic step up to this n d^2. */
    private static final long LARGEST = 20_000;

    private Backends() {}

    /**
     * The backends among the given ones that ran, all of which found the gradient step. Scaled integers always run: the
     * kernel's own evaluation uses them.
     *
     * @throws IllegalStateException if a backend finds another step
     */
    static List<Backend> agreeing(Problem problem, Set<Backend> wanted) {
        List<Backend> ran = new ArrayList<>(List.of(Backend.SCALED));
        long size = (long) problem.examples() * problem.features() * problem.features();
        if (size <= LARGEST && wanted.contains(Backend.RATIONAL)) {
            require(RationalField.INSTANCE, problem);
            ran.add(Backend.RATIONAL);
        }
        if (size <= LARGEST && wanted.contains(Backend.APFLOAT)) {
            require(AprationalField.INSTANCE, problem);
            ran.add(Backend.APFLOAT);
        }
        return ran;
    }

    private static <E> void require(Field<E> field, Problem problem) {
        Matrix<E> examples = problem.x().map(field::fromRational);
        Vector<E> labels = problem.y().map((BigRational label) -> field.fromRational(label));
        SymbolicStep.Result result = SymbolicStep.check(
                field, examples, labels, LinearAttention.construction(field, problem.examples(), problem.features()));
        if (!(result instanceof SymbolicStep.Equal)) {
            throw new IllegalStateException(field.name() + " finds another step than gradient descent: " + result);
        }
    }
}

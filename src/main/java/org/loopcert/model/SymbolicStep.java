package org.loopcert.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.AffineForm;
import org.loopcert.ring.AffineRing;
import org.loopcert.ring.DegreeExceededException;
import org.loopcert.ring.Field;
import org.loopcert.ring.Property;

/**
 * Step equivalence for all queries at once (CHEN2024, Lemma 4.1): for concrete examples X and
 * labels y the attention is evaluated with q and alpha as indeterminates. If the evaluation stays
 * within the affine forms and agrees with [[0, 0], [q'G + alpha b', 0]] coefficient by coefficient,
 * then every loop of the model is a step of gradient descent, for every q, alpha, schedule and
 * number of loops. Agreement at finitely many q alone would prove nothing, because the degree would
 * not be known.
 */
public final class SymbolicStep {
    private SymbolicStep() {}

    /** The answer; what is not {@link Equal} says where and why. */
    public sealed interface Result permits Equal, Different, DegreeExceeded {}

    /**
     * The attention is the gradient step.
     *
     * @param degree the degree in q and alpha that occurs, zero or one
     * @param coefficients how many coefficients were compared, (n+1)(d+1)(d+2)
     */
    public record Equal(int degree, long coefficients) implements Result {}

    /**
     * The attention is another affine map.
     *
     * @param row row of the first differing entry, from zero
     * @param column its column, from zero
     * @param expected the gradient step's entry, in exact notation
     * @param found the attention's entry
     */
    public record Different(int row, int column, String expected, String found) implements Result {}

    /**
     * The evaluation of an entry multiplies two non-constant forms. It is not excluded that the terms
     * of degree two cancel; polynomials would tell.
     *
     * @param row row of the first such entry, from zero
     * @param column its column, from zero
     * @param left the left factor, in exact notation
     * @param right the right factor
     */
    public record DegreeExceeded(int row, int column, String left, String right) implements Result {}

    /** The indeterminates q_1, ..., q_d, alpha. */
    public static List<String> indeterminates(int featureCount) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= featureCount; i++) {
            names.add("q_" + i);
        }
        names.add("alpha");
        return List.copyOf(names);
    }

    /**
     * Compares linear attention with the gradient step.
     *
     * @param examples X, n x d
     * @param labels y, n entries
     * @throws IllegalArgumentException if sizes do not fit or the field is not exact
     */
    public static <E> Result check(Field<E> field, Matrix<E> examples, Vector<E> labels, LinearAttention<E> attention) {
        return check(field, examples, labels, affine -> attention.map(affine::constant));
    }

    /**
     * Compares any attention with the gradient step.
     *
     * @param attention the attention over the affine forms, given their ring
     * @throws IllegalArgumentException if sizes do not fit or the field is not exact
     */
    public static <E> Result check(
            Field<E> field,
            Matrix<E> examples,
            Vector<E> labels,
            Function<AffineRing<E>, Attention<AffineForm<E>>> attention) {
        if (!field.has(Property.EXACT) || !field.has(Property.FIELD)) {
            throw new IllegalArgumentException("expected an exact field, got " + field.name());
        }
        int d = examples.columns();
        AffineRing<E> affine = AffineRing.of(field, indeterminates(d));
        List<AffineForm<E>> queryVector = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            queryVector.add(affine.indeterminate(i));
        }
        Prompt<AffineForm<E>> prompt = new Prompt<>(
                examples.map(affine::constant),
                labels.map(affine::constant),
                Vector.of(queryVector),
                affine.indeterminate(d));
        Matrix<AffineForm<E>> hiddenState = prompt.asMatrix(affine);
        Attention<AffineForm<E>> symbolic = attention.apply(affine);
        Matrix<AffineForm<E>> found;
        try {
            found = symbolic.apply(affine, hiddenState);
        } catch (DegreeExceededException exceeded) {
            return locate(affine, hiddenState, symbolic, exceeded);
        }
        return compare(affine, gradientStep(affine, examples, labels), found);
    }

    /** The first entry that exceeds the degree, row by row. */
    private static <E> DegreeExceeded locate(
            AffineRing<E> affine,
            Matrix<AffineForm<E>> hiddenState,
            Attention<AffineForm<E>> attention,
            DegreeExceededException exceeded) {
        for (int i = 0; i < hiddenState.rows(); i++) {
            for (int j = 0; j < hiddenState.columns(); j++) {
                try {
                    attention.entry(affine, hiddenState, i, j);
                } catch (DegreeExceededException here) {
                    return new DegreeExceeded(i, j, here.left(), here.right());
                }
            }
        }
        throw new IllegalStateException("an attention exceeds the degree as a whole and in no entry", exceeded);
    }

    /** The matrix [[0, 0], [q'G + alpha b', 0]] as affine forms, from G and b. */
    private static <E> Matrix<AffineForm<E>> gradientStep(AffineRing<E> affine, Matrix<E> examples, Vector<E> labels) {
        Field<E> field = affine.field();
        int n = examples.rows();
        int d = examples.columns();
        Matrix<E> gram = examples.gram(field);
        Vector<E> moment = examples.transpose(field).multiply(field, labels);
        AffineForm<E> zero = affine.zero();
        return Matrix.of(n + 1, d + 1, (i, j) -> {
            if (i < n || j == d) {
                return zero;
            }
            List<E> coefficients = new ArrayList<>(gram.column(j).toList());
            coefficients.add(moment.get(j));
            return affine.of(field.zero(), coefficients);
        });
    }

    private static <E> Result compare(
            AffineRing<E> affine, Matrix<AffineForm<E>> expected, Matrix<AffineForm<E>> found) {
        if (found.rows() != expected.rows() || found.columns() != expected.columns()) {
            throw new IllegalArgumentException("expected an update of "
                    + expected.rows()
                    + " x "
                    + expected.columns()
                    + ", got "
                    + found.rows()
                    + " x "
                    + found.columns());
        }
        int degree = 0;
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                if (!affine.equal(expected.get(i, j), found.get(i, j))) {
                    return new Different(i, j, affine.show(expected.get(i, j)), affine.show(found.get(i, j)));
                }
                degree = found.get(i, j).isConstant() ? degree : 1;
            }
        }
        long coefficients = Math.multiplyExact(
                Math.multiplyExact((long) expected.rows(), expected.columns()),
                affine.indeterminates().size() + 1L);
        return new Equal(degree, coefficients);
    }
}

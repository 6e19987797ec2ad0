package org.loopcert.model;

import java.util.List;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.MatrixSymbol;
import org.loopcert.ring.MatrixWord;
import org.loopcert.ring.MatrixWordArithmetic;

/**
 * Loops in the column convention for all n, d and all data at once (Gatmiry et al. 2024): with Q =
 * [[A, 0], [0, 0]], P = [[0, 0], [u', 1]], M = diag(I_n, 0), a loop is gradient descent
 * preconditioned with A'.
 *
 * <p>The hidden state that stands for an iterate w is Z(w) = [[X, x], [y' - w'X, -w'x]]: what is left
 * of the labels, and minus the prediction. The prompt is Z(0). The identities hold for any step size
 * eta; in print it is 1/n.
 */
public final class DimensionFreePreconditionedStep {
    /** The examples X, d x n, one a column. */
    public static final MatrixSymbol EXAMPLES = MatrixSymbol.matrix("X", "d", "n");

    /** The labels y, n x 1. */
    public static final MatrixSymbol LABELS = MatrixSymbol.vector("y", "n");

    /** The query x, d x 1. */
    public static final MatrixSymbol QUERY = MatrixSymbol.vector("x", "d");

    /** The parameter A, d x d; the preconditioner is its transpose. */
    public static final MatrixSymbol PRECONDITIONER = MatrixSymbol.matrix("A", "d", "d");

    /** The parameter u, d x 1. */
    public static final MatrixSymbol SHIFT = MatrixSymbol.vector("u", "d");

    /** The iterate w, d x 1. */
    public static final MatrixSymbol ITERATE = MatrixSymbol.vector("w", "d");

    /** The parameter w* of realizable labels y = X'w*, d x 1. */
    public static final MatrixSymbol SOLUTION = MatrixSymbol.vector("w*", "d");

    /** What is left of w* + u after some loops, r, d x 1. */
    public static final MatrixSymbol REMAINDER = MatrixSymbol.vector("r", "d");

    /** The step size eta, 1/n in print. */
    public static final MatrixSymbol STEP_SIZE = MatrixSymbol.scalar("eta");

    private static final MatrixWordArithmetic WORDS = MatrixWordArithmetic.INSTANCE;

    private DimensionFreePreconditionedStep() {}

    /** The parameters Q, P and M in blocks, with symbols A and u. */
    public static PreconditionedAttention<MatrixWord> construction() {
        return construction(MatrixWord.of(SHIFT));
    }

    /**
     * The parameters Q, P and M in blocks, with the symbol A.
     *
     * @param shift u, d x 1; zero for plain preconditioning
     */
    public static PreconditionedAttention<MatrixWord> construction(MatrixWord shift) {
        return PreconditionedAttention.construction(
                WORDS,
                Matrix.of(List.of(List.of(MatrixWord.of(PRECONDITIONER)))),
                Vector.of(List.of(shift)),
                List.of(EXAMPLES.shape().columns()));
    }

    /** The prompt that stands for an iterate w, given the labels y. */
    private static ColumnPrompt<MatrixWord> prompt(MatrixWord labels, MatrixWord iterate) {
        MatrixWord examples = MatrixWord.of(EXAMPLES);
        MatrixWord query = MatrixWord.of(QUERY);
        return new ColumnPrompt<>(
                Matrix.of(List.of(List.of(examples))),
                Vector.of(List.of(WORDS.subtract(labels, WORDS.multiply(WORDS.transpose(examples), iterate)))),
                Vector.of(List.of(query)),
                WORDS.negate(WORDS.multiply(WORDS.transpose(iterate), query)));
    }

    /** The prompt Z(0) of X, y and x. */
    public static ColumnPrompt<MatrixWord> prompt() {
        return prompt(MatrixWord.of(LABELS), WORDS.zero(ITERATE.shape()));
    }

    private static Matrix<MatrixWord> loop(Attention<MatrixWord> attention, Matrix<MatrixWord> state) {
        return new LoopedTransformer<>(attention).step(WORDS, state, MatrixWord.of(STEP_SIZE));
    }

    /**
     * One loop from Z(w) leads to Z(w+), where w+ = w - eta A'(XX'w - X(y + X'u)) is the step of
     * gradient descent preconditioned with A', on the labels y + X'u.
     *
     * @param shift the u of the labels; what the attention has in its place is compared with it
     */
    public static BlockComparison step(Attention<MatrixWord> attention, MatrixWord shift) {
        MatrixWord labels = MatrixWord.of(LABELS);
        MatrixWord iterate = MatrixWord.of(ITERATE);
        MatrixWord shifted = WORDS.add(labels, WORDS.multiply(WORDS.transpose(MatrixWord.of(EXAMPLES)), shift));
        Vector<MatrixWord> next = new PreconditionedGradientDescent<>(
                        prompt(shifted, WORDS.zero(ITERATE.shape())).descent(WORDS),
                        Matrix.of(List.of(List.of(WORDS.transpose(MatrixWord.of(PRECONDITIONER))))))
                .step(WORDS, Vector.of(List.of(iterate)), MatrixWord.of(STEP_SIZE));
        return BlockComparison.of(
                prompt(labels, next.get(0)).asMatrix(WORDS),
                loop(attention, prompt(labels, iterate).asMatrix(WORDS)));
    }

    /** B = I - eta XX'A, d x d; with eta = 1/n it is I - SA. */
    public static MatrixWord contraction() {
        MatrixWord examples = MatrixWord.of(EXAMPLES);
        MatrixWord gram = WORDS.multiply(examples, WORDS.transpose(examples));
        return WORDS.subtract(
                WORDS.one(PRECONDITIONER.shape()),
                WORDS.multiply(MatrixWord.of(STEP_SIZE), WORDS.multiply(gram, MatrixWord.of(PRECONDITIONER))));
    }

    /**
     * The induction step of the prediction formula, for labels y = X'w*: one loop from Z(w* + u - r)
     * leads to Z(w* + u - B'r). From r = w* + u, where Z is the prompt, T loops thus lead to r' = (w* +
     * u)'B^T, and the error w*'x - TF is then (r - u)'x = [w*'B^T + u'(B^T - I)] x.
     */
    public static BlockComparison errorStep(Attention<MatrixWord> attention) {
        MatrixWord remainder = MatrixWord.of(REMAINDER);
        MatrixWord next = WORDS.multiply(WORDS.transpose(contraction()), remainder);
        return BlockComparison.of(
                realizable(next).asMatrix(WORDS),
                loop(attention, realizable(remainder).asMatrix(WORDS)));
    }

    /** Z(w* + u - r) for labels y = X'w*. */
    private static ColumnPrompt<MatrixWord> realizable(MatrixWord remainder) {
        MatrixWord solution = MatrixWord.of(SOLUTION);
        return prompt(
                WORDS.multiply(WORDS.transpose(MatrixWord.of(EXAMPLES)), solution),
                WORDS.subtract(WORDS.add(solution, MatrixWord.of(SHIFT)), remainder));
    }

    /**
     * The prediction formula w*'x - TF = [w*'B^T + u'(B^T - I)] x, for labels y = X'w* and a given
     * number of loops, all of them carried out.
     *
     * @param loops T, not negative; the number of terms grows exponentially
     */
    public static BlockComparison prediction(Attention<MatrixWord> attention, int loops) {
        MatrixWord solution = WORDS.transpose(MatrixWord.of(SOLUTION));
        MatrixWord shift = WORDS.transpose(MatrixWord.of(SHIFT));
        MatrixWord query = MatrixWord.of(QUERY);
        Matrix<MatrixWord> state =
                realizable(WORDS.transpose(WORDS.add(solution, shift))).asMatrix(WORDS);
        MatrixWord power = WORDS.one(PRECONDITIONER.shape());
        for (int t = 0; t < loops; t++) {
            state = loop(attention, state);
            power = WORDS.multiply(power, contraction());
        }
        MatrixWord row = WORDS.add(
                WORDS.multiply(solution, power),
                WORDS.multiply(shift, WORDS.subtract(power, WORDS.one(PRECONDITIONER.shape()))));
        MatrixWord error = WORDS.subtract(
                WORDS.multiply(solution, query), ColumnPrompt.of(WORDS, state).prediction(WORDS));
        return BlockComparison.of(
                Matrix.of(List.of(List.of(WORDS.multiply(row, query)))), Matrix.of(List.of(List.of(error))));
    }
}

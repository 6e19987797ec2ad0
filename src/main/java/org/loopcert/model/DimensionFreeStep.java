package org.loopcert.model;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.MatrixSymbol;
import org.loopcert.ring.MatrixWord;
import org.loopcert.ring.MatrixWordArithmetic;
import org.loopcert.ring.Shape;

/**
 * Step equivalence for all n, d and all data at once (CHEN2024, Lemma 4.1 and Theorem 4.2): the
 * attention and the loop are evaluated on a prompt whose blocks X, y, q, alpha are matrix words, and
 * compared with the gradient step in normal form. By induction over t, the equality of one step
 * covers every schedule and every number of loops.
 *
 * <p>An attention is given in 2 x 2 blocks, of dimensions d and 1 (Q and P) and n and 1 (M). Its
 * blocks may contain symbols of their own, which then stand for fixed but arbitrary matrices, but
 * none of a prompt.
 */
public final class DimensionFreeStep {
    /** The examples X, n x d. */
    public static final MatrixSymbol EXAMPLES = MatrixSymbol.matrix("X", "n", "d");

    /** The labels y, n x 1. */
    public static final MatrixSymbol LABELS = MatrixSymbol.vector("y", "n");

    /** The query vector q, d x 1. */
    public static final MatrixSymbol QUERY_VECTOR = MatrixSymbol.vector("q", "d");

    /** The query alpha, not zero. */
    public static final MatrixSymbol QUERY = MatrixSymbol.nonzero("alpha");

    /** The iterate theta, d x 1. */
    public static final MatrixSymbol THETA = MatrixSymbol.vector("theta", "d");

    /** The step size eta. */
    public static final MatrixSymbol STEP_SIZE = MatrixSymbol.scalar("eta");

    private static final MatrixWordArithmetic WORDS = MatrixWordArithmetic.INSTANCE;
    private static final Set<MatrixSymbol> PROMPT = Set.of(EXAMPLES, LABELS, QUERY_VECTOR, QUERY, THETA, STEP_SIZE);

    /** q'X'X. */
    private static final List<MatrixWord.Letter> GRADIENT = List.of(
            new MatrixWord.Letter(QUERY_VECTOR, true),
            new MatrixWord.Letter(EXAMPLES, true),
            new MatrixWord.Letter(EXAMPLES, false));

    private DimensionFreeStep() {}

    /** What an attention does to a prompt. */
    public sealed interface Update permits GradientStep, PreconditionedStep, OtherUpdate {}

    /** Every loop is a step of gradient descent. */
    public record GradientStep() implements Update {}

    /**
     * Every loop is a step of preconditioned gradient descent, theta - eta A (G theta - b).
     *
     * @param preconditioner A, d x d, not the identity and not zero; a multiple c I is gradient
     *     descent with steps c eta
     */
    public record PreconditionedStep(MatrixWord preconditioner) implements Update {}

    /**
     * The loop is neither.
     *
     * @param differences where it differs from the preconditioned step whose matrix is read off the
     *     terms q'X'X A', or from the gradient step if there are none
     */
    public record OtherUpdate(List<BlockComparison.Difference> differences) implements Update {
        /** Copies the list. */
        public OtherUpdate {
            differences = List.copyOf(differences);
        }
    }

    /** The prompt of X, y, q and alpha, of one block each. */
    public static Prompt<MatrixWord> prompt() {
        return prompt(MatrixWord.of(QUERY_VECTOR));
    }

    private static Prompt<MatrixWord> prompt(MatrixWord queryVector) {
        return new Prompt<>(
                Matrix.of(List.of(List.of(MatrixWord.of(EXAMPLES)))),
                Vector.of(List.of(MatrixWord.of(LABELS))),
                Vector.of(List.of(queryVector)),
                MatrixWord.of(QUERY));
    }

    /** The construction of Lemma 4.1 in blocks. */
    public static LinearAttention<MatrixWord> construction() {
        return LinearAttention.construction(WORDS, EXAMPLES.shape());
    }

    /** The update Attn(Z) in 2 x 2 blocks, as words in X, y, q and alpha. */
    public static Matrix<MatrixWord> update(Attention<MatrixWord> attention) {
        return attention.apply(WORDS, prompt().asMatrix(WORDS));
    }

    /** The update [[0, 0], [q'G + alpha b', 0]] of the gradient step. */
    public static Matrix<MatrixWord> gradientUpdate() {
        return preconditionedUpdate(WORDS.one(squareShape()));
    }

    /** The update [[0, 0], [(q'G + alpha b')A', 0]] of the preconditioned gradient step. */
    private static Matrix<MatrixWord> preconditionedUpdate(MatrixWord transposedPreconditioner) {
        Prompt<MatrixWord> prompt = prompt();
        MatrixWord gradient = WORDS.add(
                WORDS.multiply(
                        WORDS.transpose(prompt.queryVector().get(0)),
                        prompt.gram(WORDS).get(0, 0)),
                WORDS.multiply(
                        prompt.query(), WORDS.transpose(prompt.moment(WORDS).get(0))));
        MatrixWord row = WORDS.multiply(gradient, transposedPreconditioner);
        return Matrix.of(List.of(
                List.of(WORDS.zero(EXAMPLES.shape()), WORDS.zero(LABELS.shape())),
                List.of(row, WORDS.zero(Shape.SCALAR))));
    }

    /** Lemma 4.1: Attn(Z) = [[0, 0], [q'X'X + alpha y'X, 0]]. */
    public static BlockComparison lemma(Attention<MatrixWord> attention) {
        return BlockComparison.of(gradientUpdate(), update(attention));
    }

    /**
     * The base of Theorem 4.2: q = -alpha theta(0) for the theta(0) = -q/alpha that gradient descent
     * starts from.
     */
    public static BlockComparison base() {
        Prompt<MatrixWord> prompt = prompt();
        MatrixWord minusAlpha = WORDS.negate(prompt.query());
        MatrixWord theta =
                WORDS.multiply(WORDS.invert(minusAlpha), prompt.queryVector().get(0));
        return BlockComparison.of(
                prompt.asMatrix(WORDS),
                prompt(WORDS.multiply(minusAlpha, theta)).asMatrix(WORDS));
    }

    /**
     * The induction step of Theorem 4.2: if q = -alpha theta, then after a loop q is -alpha times the
     * next iterate of gradient descent, and X, y and alpha are unchanged.
     */
    public static BlockComparison inductionStep(LoopedModel<MatrixWord> model) {
        return inductionStep(model, WORDS.one(squareShape()));
    }

    /**
     * The induction step for preconditioned gradient descent.
     *
     * @param preconditioner A, d x d
     */
    public static BlockComparison inductionStep(LoopedModel<MatrixWord> model, MatrixWord preconditioner) {
        MatrixWord minusAlpha = WORDS.negate(MatrixWord.of(QUERY));
        MatrixWord stepSize = MatrixWord.of(STEP_SIZE);
        Vector<MatrixWord> theta = Vector.of(List.of(MatrixWord.of(THETA)));
        Prompt<MatrixWord> before = prompt(WORDS.multiply(minusAlpha, theta.get(0)));
        Vector<MatrixWord> next = new PreconditionedGradientDescent<>(
                        GradientDescent.of(WORDS, before), Matrix.of(List.of(List.of(preconditioner))))
                .step(WORDS, theta, stepSize);
        Prompt<MatrixWord> after = prompt(WORDS.multiply(minusAlpha, next.get(0)));
        return BlockComparison.of(after.asMatrix(WORDS), model.step(WORDS, before.asMatrix(WORDS), stepSize));
    }

    /** The end of Theorem 4.2: where q = -alpha theta, the answer TF is alpha theta. */
    public static BlockComparison answer(LoopedModel<MatrixWord> model) {
        MatrixWord alpha = MatrixWord.of(QUERY);
        MatrixWord theta = MatrixWord.of(THETA);
        Matrix<MatrixWord> state =
                prompt(WORDS.multiply(WORDS.negate(alpha), theta)).asMatrix(WORDS);
        return BlockComparison.of(
                Matrix.of(List.of(List.of(WORDS.multiply(alpha, theta)))), Matrix.column(model.read(WORDS, state)));
    }

    /**
     * Decides whether an attention is the gradient step, a preconditioned one, and with which matrix,
     * or neither: for all prompts of all dimensions, and all values of the symbols in its blocks.
     *
     * @throws IllegalArgumentException if a block contains a symbol of the prompt, or shapes do not
     *     fit
     */
    public static Update classify(LinearAttention<MatrixWord> attention) {
        requireOwnSymbols(attention.keyQuery());
        requireOwnSymbols(attention.valueOutput());
        attention.weights().ifPresent(DimensionFreeStep::requireOwnSymbols);
        Matrix<MatrixWord> update = update(attention);
        MatrixWord factor = gradientFactor(update.get(1, 0));
        boolean hasGradient = !WORDS.isZero(factor);
        Matrix<MatrixWord> expected = hasGradient ? preconditionedUpdate(factor) : gradientUpdate();
        if (BlockComparison.of(expected, update) instanceof BlockComparison.Different different) {
            return new OtherUpdate(different.differences());
        }
        return factor.equals(WORDS.one(squareShape()))
                ? new GradientStep()
                : new PreconditionedStep(WORDS.transpose(factor));
    }

    /**
     * The only A' for which a row of shape 1 x d can be (q'G + alpha b')A': the sum of all W where
     * the row has a term q'X'X W.
     */
    private static MatrixWord gradientFactor(MatrixWord row) {
        MatrixWord factor = WORDS.zero(squareShape());
        for (Map.Entry<MatrixWord.Monomial, BigRational> term : row.terms().entrySet()) {
            Optional<MatrixWord> quotient = quotient(term.getKey());
            if (quotient.isPresent()) {
                factor = WORDS.add(factor, WORDS.multiply(WORDS.constant(term.getValue()), quotient.get()));
            }
        }
        return factor;
    }

    /**
     * W where the monomial is q'X'X W. Attention is of degree three in the hidden state, so W is free
     * of q. Either the product begins with q'X'X, or it is a row and W a column times that row.
     */
    private static Optional<MatrixWord> quotient(MatrixWord.Monomial monomial) {
        List<MatrixWord.Letter> letters = monomial.product().letters();
        Optional<List<MatrixWord.Letter>> gradient =
                startsWithGradient(letters) ? Optional.of(letters) : Optional.empty();
        MatrixWord quotient = WORDS.one(squareShape());
        for (MatrixWord.Power power : monomial.scalars()) {
            List<MatrixWord.Letter> number = startsWithGradient(power.base().letters())
                    ? power.base().letters()
                    : power.base().transpose().letters();
            if (gradient.isEmpty() && startsWithGradient(number)) {
                List<MatrixWord.Letter> joined = new ArrayList<>(number);
                joined.addAll(letters);
                gradient = Optional.of(joined);
            } else {
                quotient = WORDS.multiply(MatrixWord.of(power), quotient);
            }
        }
        if (gradient.isEmpty()) {
            return Optional.empty();
        }
        for (MatrixWord.Letter letter :
                gradient.get().subList(GRADIENT.size(), gradient.get().size())) {
            quotient = WORDS.multiply(quotient, MatrixWord.of(letter));
        }
        return Optional.of(quotient);
    }

    private static boolean startsWithGradient(List<MatrixWord.Letter> letters) {
        return letters.size() >= GRADIENT.size()
                && letters.subList(0, GRADIENT.size()).equals(GRADIENT);
    }

    private static void requireOwnSymbols(Matrix<MatrixWord> blocks) {
        for (List<MatrixWord> row : blocks.toLists()) {
            for (MatrixWord block : row) {
                Set<MatrixSymbol> shared = new TreeSet<>(block.symbols());
                shared.retainAll(PROMPT);
                if (!shared.isEmpty()) {
                    throw new IllegalArgumentException("expected a block without symbols of the prompt, got " + shared
                            + " in " + WORDS.show(block));
                }
            }
        }
    }

    private static Shape squareShape() {
        return new Shape(EXAMPLES.shape().columns(), EXAMPLES.shape().columns());
    }
}

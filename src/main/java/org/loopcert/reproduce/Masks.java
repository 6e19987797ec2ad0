package org.loopcert.reproduce;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.loopcert.matrix.Mask;
import org.loopcert.matrix.Matrix;
import org.loopcert.model.Attention;
import org.loopcert.model.BlockComparison;
import org.loopcert.model.DimensionFreeStep;
import org.loopcert.model.LinearAttention;
import org.loopcert.model.LoopedTransformer;
import org.loopcert.model.MaskComparison;
import org.loopcert.model.MaskComparison.Different;
import org.loopcert.model.MaskComparison.Same;
import org.loopcert.model.ProductMaskedAttention;
import org.loopcert.ring.MatrixSymbol;
import org.loopcert.ring.MatrixWord;
import org.loopcert.ring.MatrixWordArithmetic;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.Shape;

/**
 * The masks of CHEN2024, Remark 3.7: when the entrywise mask of (M o (Z Q Z')) Z P and the product mask of (Z Q Z') N Z P
 * give the same layer. What holds for all n and d is decided on matrix words, what fails by exact counterexamples.
 */
public final class Masks {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final MatrixWordArithmetic WORDS = MatrixWordArithmetic.INSTANCE;

    /** 2 x 2 masks of zeros and ones. */
    private static final int PATTERNS = 16;

    /** The mask of CHEN2024, Definition 3.5, in blocks of n and 1. */
    private static final int GENERATION = 0b0010;

    private static final String PROOF = "proved for all n and d by prove chen2024/remark-3.7";

    private Masks() {}

    /** How many steps of progress {@link #run} reports. */
    public static int work() {
        return PATTERNS;
    }

    /**
     * Decides.
     *
     * @param progress told how many of {@link #work} are done
     */
    public static Reproduction run(IntConsumer progress) {
        List<List<String>> rows = new ArrayList<>();
        for (int pattern = 0; pattern < PATTERNS; pattern++) {
            rows.add(row(pattern));
            progress.accept(pattern + 1);
        }
        Table masks = new Table(
                "Masks of zeros and ones in blocks of n and 1, for all n and d; Z at n = d = 1, weights of Lemma 4.1",
                List.of(
                        "M",
                        "N with the same layer",
                        "N with the same last row",
                        "L, N with M o S = L S N",
                        "Z that tells the layers of M and of the last row's N apart"),
                rows);
        return new Reproduction(
                "masks",
                "CHEN2024, Remark 3.7: entrywise and product masks",
                List.of(
                        "The layer of an entrywise mask is (M o (Z Q Z')) Z P (Definition 3.5), that of a product mask (Z Q Z') N Z P; in the column convention, P Z N (Z'Q Z), all is transposed. M and N are (n+1) x (n+1), and n, d >= 1 are any.",
                        "For one Q and one P the layers agree for all Z exactly if N = diag(m) and every row of M is m', with three exceptions: always if Q = 0 or P = 0; if Q' = -Q, the diagonal of M is free; if Q = a p' and P = p u', N need only have the diagonal m, and N + N' be diagonal. So an entrywise mask is a product mask, for all Q and P, exactly if all its rows are equal. Row i alone agrees, without the exceptions, exactly if N = diag(row i of M).",
                        "Why: row i of the difference is the sum of c_jk (z_i'Q z_j) z_k'P with c_jk = [j = k] M_ik - N_jk. Terms with different rows of Z are independent, so each must vanish, unless (z_i'Q z_j) z_k'P and (z_i'Q z_k) z_j'P depend on each other, which takes Q = a p' and P = p u', or z_i'Q z_i = 0 for all z_i, which is Q' = -Q."),
                findings(),
                List.of(masks),
                result -> files(result, masks));
    }

    private static SortedMap<String, byte[]> files(Reproduction result, Table masks) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("masks.csv", Documents.csv(masks));
        return Documents.withPage(result, files, List.of());
    }

    // verdicts

    private static List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(finding(
                "product-is-entrywise",
                "a diagonal product mask is the entrywise mask whose rows all are its diagonal: N = diag(a I_n, b) is M = [a, b; a, b], whatever Z, Q, P, a and b are",
                holdsIf(productIsEntrywise()),
                PROOF + "; that of Gatmiry et al., diag(I_n, 0), lets every row attend to all examples"));
        findings.add(secondWay());
        Matrix<MatrixWord> ours = DimensionFreeStep.update(words(zeroOne(GENERATION)));
        Matrix<MatrixWord> theirs = DimensionFreeStep.update(product(BigRational.ONE, BigRational.ZERO));
        findings.add(finding(
                "last-row",
                "the paper's mask and diag(I_n, 0) give the same last row, whatever Z, Q and P are",
                holdsIf(lastRow(ours).equals(lastRow(theirs))),
                PROOF + "; the model reads its answer from that row"));
        findings.add(wholeLayer());
        findings.add(
                finding(
                        "some-product-mask",
                        "some product mask N gives the paper's layer for all Z",
                        Outcome.FAILS,
                        "for no n and d: the first row of M takes N = 0, the last one N = diag(I_n, 0); Q = I, P = [I, 0; 0, 0] are no exception"));
        findings.add(finding(
                "requires-entrywise-product",
                "\"Our mask requires Hadamard product\": no product of the scores S = Z Q Z' with matrices gives M o S",
                holdsIf(twoFactors(GENERATION)).negated(),
                "M o S = diag(0_n, 1) S diag(I_n, 0) for every S: a product mask on either side does it (" + PROOF
                        + "); M o S = L S N for all S takes a mask of rank at most 1, which this one is"));
        findings.add(loops());
        findings.add(columnConvention());
        return findings;
    }

    private static Finding finding(String id, String claim, Outcome outcome, String words) {
        return new Finding(id, claim, Finding.EXACT, outcome, words, List.of());
    }

    private static Outcome holdsIf(boolean holds) {
        return holds ? Outcome.HOLDS : Outcome.FAILS;
    }

    private static boolean productIsEntrywise() {
        MatrixWord a = MatrixWord.of(MatrixSymbol.scalar("a"));
        MatrixWord b = MatrixWord.of(MatrixSymbol.scalar("b"));
        Matrix<MatrixWord> weights = Matrix.of(List.of(List.of(a, b), List.of(a, b)));
        Attention<MatrixWord> entrywise = LinearAttention.of(WORDS, generic("Q"), generic("P"), weights);
        Attention<MatrixWord> product = new ProductMaskedAttention<>(generic("Q"), generic("P"), blockDiagonal(a, b));
        return BlockComparison.of(DimensionFreeStep.update(entrywise), DimensionFreeStep.update(product))
                instanceof BlockComparison.Equal;
    }

    /** The classification against values: a difference that vanishes at enough points vanishes. */
    private static Finding secondWay() {
        int pairs = 0;
        int same = 0;
        int contradictions = 0;
        for (List<Matrix<BigRational>> weights : WEIGHTS) {
            for (int m = 0; m < PATTERNS; m++) {
                for (int n = 0; n < PATTERNS; n++) {
                    boolean decided = MaskComparison.decide(zeroOne(m), zeroOne(n), weights.get(0), weights.get(1))
                            instanceof Same;
                    pairs++;
                    same += decided ? 1 : 0;
                    contradictions += decided == agreesAtAllPoints(zeroOne(m), zeroOne(n), weights) ? 0 : 1;
                }
            }
        }
        return finding(
                "second-way",
                "the rule above is right for all masks M and N of zeros and ones at n = d = 1, and one Q and P of each case",
                holdsIf(contradictions == 0),
                "%d of %d pairs agree for all Z; the difference has degree at most 3 in each entry of Z, and was evaluated at all Z with entries 0, 1, -1, 2"
                        .formatted(same, pairs));
    }

    /** One Q and one P, 2 x 2, of each case. */
    private static final List<List<Matrix<BigRational>>> WEIGHTS = List.of(
            List.of(matrix(1, 0, 0, 1), matrix(1, 0, 0, 0)),
            List.of(matrix(0, 1, -1, 0), matrix(1, 0, 0, 0)),
            List.of(matrix(1, 1, 2, 2), matrix(1, 3, 1, 3)),
            List.of(matrix(0, 0, 0, 0), matrix(1, 0, 0, 1)));

    private static boolean agreesAtAllPoints(
            Matrix<BigRational> m, Matrix<BigRational> n, List<Matrix<BigRational>> weights) {
        Attention<BigRational> entrywise = LinearAttention.of(Q, weights.get(0), weights.get(1), m);
        Attention<BigRational> product = new ProductMaskedAttention<>(weights.get(0), weights.get(1), n);
        int[] values = {0, 1, -1, 2};
        for (int point = 0; point < 256; point++) {
            Matrix<BigRational> prompt =
                    matrix(values[point & 3], values[point >> 2 & 3], values[point >> 4 & 3], values[point >> 6 & 3]);
            if (!entrywise.apply(Q, prompt).equal(Q, product.apply(Q, prompt))) {
                return false;
            }
        }
        return true;
    }

    /** With the weights of Lemma 4.1 the first rows of diag(I_n, 0) are (X X' + y y') X, and X' times that is G^2 + b b'. */
    private static Finding wholeLayer() {
        LinearAttention<MatrixWord> lemma = DimensionFreeStep.construction();
        Matrix<MatrixWord> update = DimensionFreeStep.update(new ProductMaskedAttention<>(
                lemma.keyQuery(),
                lemma.valueOutput(),
                blockDiagonal(WORDS.one(Shape.SCALAR), WORDS.zero(Shape.SCALAR))));
        MatrixWord x = MatrixWord.of(DimensionFreeStep.EXAMPLES);
        MatrixWord gram = WORDS.multiply(WORDS.transpose(x), x);
        MatrixWord moment = WORDS.multiply(WORDS.transpose(x), MatrixWord.of(DimensionFreeStep.LABELS));
        boolean positive = WORDS.multiply(WORDS.transpose(x), update.get(0, 0))
                .equals(WORDS.add(WORDS.multiply(gram, gram), WORDS.multiply(moment, WORDS.transpose(moment))));
        if (!positive) {
            throw new IllegalStateException("X' (X X' + y y') X is not G^2 + b b'");
        }
        Different different = (Different)
                MaskComparison.decide(zeroOne(GENERATION), matrix(1, 0, 0, 0), matrix(1, 0, 0, 1), matrix(1, 0, 0, 0));
        return finding(
                "whole-layer",
                "the paper's mask and diag(I_n, 0) give the same layer, weights of Lemma 4.1",
                Outcome.FAILS,
                "for no n, d and no Z with X != 0: the examples' rows are 0 and (X X' + y y') X, and X' times the latter is G^2 + b b', of trace |G|^2 + |b|^2 > 0. Z = %s gives %s and %s"
                        .formatted(show(different.prompt()), show(different.entrywise()), show(different.product())));
    }

    /** n = 2, d = 1, X = (1, 1)', theta* = 1, q = 0, alpha = 1, eta = 1/L = 1/2. */
    private static Finding loops() {
        Matrix<BigRational> prompt = Matrix.of(List.of(row(1, 1), row(1, 1), row(0, 1)));
        Matrix<BigRational> keyQuery = matrix(1, 0, 0, 1);
        Matrix<BigRational> valueOutput = matrix(1, 0, 0, 0);
        Attention<BigRational> ours = LinearAttention.construction(Q, 2, 1);
        Attention<BigRational> theirs = new ProductMaskedAttention<>(keyQuery, valueOutput, examplesOnly(2));
        BigRational step = RationalField.of(1, 2);
        List<BigRational> entrywise = answers(ours, prompt, step);
        List<BigRational> product = answers(theirs, prompt, step);
        return finding(
                "two-loops",
                "with diag(I_n, 0) in place of the paper's mask the looped Transformer gives the same answer for every T",
                holdsIf(entrywise.equals(product)),
                "after one loop it does, for all n, d and Z (last-row); but it changes X. X = (1, 1)', theta* = 1, alpha = 1, q = 0, eta = 1/L = 1/2: TF = %s and %s for T = 1, %s and %s for T = 2"
                        .formatted(
                                Q.show(entrywise.get(0)),
                                Q.show(product.get(0)),
                                Q.show(entrywise.get(1)),
                                Q.show(product.get(1))));
    }

    /**
     * P Z N (Z'Q Z) with Q = [A, 0; 0, 0], P = [0, 0; 0, 1], transposed, A = 1, on (x, y) = (1, 1), (1, 1) and the query 1
     * with 0 for its label; eta = 1/n = 1/2, with which gradient descent is there after one loop.
     */
    private static Finding columnConvention() {
        Matrix<BigRational> prompt = Matrix.of(List.of(row(1, 1), row(1, 1), row(1, 0)));
        Matrix<BigRational> keyQuery = matrix(1, 0, 0, 0);
        Matrix<BigRational> valueOutput = matrix(0, 0, 0, 1);
        BigRational step = RationalField.of(1, 2);
        List<BigRational> product =
                labels(new ProductMaskedAttention<>(keyQuery, valueOutput, examplesOnly(2)), prompt, step);
        List<BigRational> entrywise =
                labels(LinearAttention.of(keyQuery, valueOutput, LinearAttention.generationMask(2)), prompt, step);
        return finding(
                "column-convention",
                "the construction of Gatmiry et al. makes the same predictions with the paper's mask in place of diag(I_n, 0), for every T",
                holdsIf(entrywise.equals(product)),
                "after one loop it does; but the labels y - X'w of the examples no longer change, so that every step is the first one. x = 1, 1, y = 1, 1, query 1, A = 1, eta = 1/n = 1/2, label sought 1: predictions %s and %s for T = 1, %s with diag(I_n, 0) and %s with the paper's mask for T = 2"
                        .formatted(
                                Q.show(product.get(0)),
                                Q.show(entrywise.get(0)),
                                Q.show(product.get(1)),
                                Q.show(entrywise.get(1))));
    }

    /** TF after one and two loops. */
    private static List<BigRational> answers(
            Attention<BigRational> attention, Matrix<BigRational> prompt, BigRational step) {
        LoopedTransformer<BigRational> model = new LoopedTransformer<>(attention);
        Matrix<BigRational> one = model.step(Q, prompt, step);
        Matrix<BigRational> two = model.step(Q, one, step);
        return List.of(model.read(Q, one).get(0), model.read(Q, two).get(0));
    }

    /** Minus the query's label after one and two loops. */
    private static List<BigRational> labels(
            Attention<BigRational> attention, Matrix<BigRational> prompt, BigRational step) {
        LoopedTransformer<BigRational> model = new LoopedTransformer<>(attention);
        Matrix<BigRational> one = model.step(Q, prompt, step);
        Matrix<BigRational> two = model.step(Q, one, step);
        return List.of(Q.negate(one.get(2, 1)), Q.negate(two.get(2, 1)));
    }

    // the table

    private static List<String> row(int pattern) {
        Matrix<BigRational> m = zeroOne(pattern);
        BigRational a = m.get(1, 0);
        BigRational b = m.get(1, 1);
        Matrix<MatrixWord> entrywise = DimensionFreeStep.update(words(m));
        Matrix<MatrixWord> product = DimensionFreeStep.update(product(a, b));
        boolean whole = BlockComparison.of(entrywise, product) instanceof BlockComparison.Equal;
        MaskComparison.Result decided = MaskComparison.decide(
                m,
                Matrix.of(List.of(List.of(a, Q.zero()), List.of(Q.zero(), b))),
                matrix(1, 0, 0, 1),
                matrix(1, 0, 0, 0));
        if (!lastRow(entrywise).equals(lastRow(product)) || whole != decided instanceof Same) {
            throw new IllegalStateException("words and values disagree about the mask " + show(m));
        }
        String diagonal = diagonal(a, b);
        return List.of(
                show(m),
                whole ? diagonal : "none",
                diagonal,
                twoFactors(pattern) ? factors(m) : "none",
                decided instanceof Different different ? show(different.prompt()) : "");
    }

    private static String diagonal(BigRational a, BigRational b) {
        return "diag(" + (Q.isZero(a) ? "0_n" : "I_n") + ", " + Q.show(b) + ")";
    }

    /** The rows, then the columns, of a block mask of rank at most one that have a 1. */
    private static List<List<BigRational>> outer(Matrix<BigRational> m) {
        List<BigRational> rows = List.of(max(m.get(0, 0), m.get(0, 1)), max(m.get(1, 0), m.get(1, 1)));
        List<BigRational> columns = List.of(max(m.get(0, 0), m.get(1, 0)), max(m.get(0, 1), m.get(1, 1)));
        return List.of(rows, columns);
    }

    private static BigRational max(BigRational a, BigRational b) {
        return Q.compare(a, b) >= 0 ? a : b;
    }

    private static String factors(Matrix<BigRational> m) {
        List<List<BigRational>> outer = outer(m);
        return diagonal(outer.get(0).get(0), outer.get(0).get(1)) + ", "
                + diagonal(outer.get(1).get(0), outer.get(1).get(1));
    }

    /** Whether M o S = L S N for S = Z Q Z', all n and d: the diagonals of L and N can only be where M has its ones. */
    private static boolean twoFactors(int pattern) {
        Matrix<BigRational> m = zeroOne(pattern);
        List<List<BigRational>> outer = outer(m);
        Matrix<MatrixWord> z = DimensionFreeStep.prompt().asMatrix(WORDS);
        Matrix<MatrixWord> scores = z.multiply(WORDS, generic("Q")).multiply(WORDS, z.transpose(WORDS));
        Matrix<MatrixWord> left = blockDiagonal(
                constant(outer.get(0).get(0)), constant(outer.get(0).get(1)));
        Matrix<MatrixWord> right = blockDiagonal(
                constant(outer.get(1).get(0)), constant(outer.get(1).get(1)));
        return scores.hadamard(WORDS, Mask.of(2, 2, (i, j) -> !Q.isZero(m.get(i, j))))
                .equals(left.multiply(WORDS, scores).multiply(WORDS, right));
    }

    // matrices

    /** Bits from the first row on. */
    private static Matrix<BigRational> zeroOne(int pattern) {
        return matrix(pattern >> 3 & 1, pattern >> 2 & 1, pattern >> 1 & 1, pattern & 1);
    }

    private static Matrix<BigRational> matrix(int a, int b, int c, int e) {
        return Matrix.of(List.of(row(a, b), row(c, e)));
    }

    private static List<BigRational> row(int a, int b) {
        return List.of(BigRational.valueOf(a), BigRational.valueOf(b));
    }

    /** diag(I_n, 0). */
    private static Matrix<BigRational> examplesOnly(int n) {
        return Matrix.of(n + 1, n + 1, (i, j) -> i == j && i < n ? BigRational.ONE : BigRational.ZERO);
    }

    private static LinearAttention<MatrixWord> words(Matrix<BigRational> mask) {
        return LinearAttention.of(WORDS, generic("Q"), generic("P"), mask.map(Masks::constant));
    }

    /** The layer of diag(a I_n, b). */
    private static ProductMaskedAttention<MatrixWord> product(BigRational a, BigRational b) {
        return new ProductMaskedAttention<>(generic("Q"), generic("P"), blockDiagonal(constant(a), constant(b)));
    }

    private static MatrixWord constant(BigRational value) {
        return WORDS.constant(value);
    }

    /** Any matrix in blocks of d and 1. */
    private static Matrix<MatrixWord> generic(String name) {
        return Matrix.of(List.of(
                List.of(
                        MatrixWord.of(MatrixSymbol.matrix(name + "11", "d", "d")),
                        MatrixWord.of(MatrixSymbol.vector(name + "12", "d"))),
                List.of(
                        WORDS.transpose(MatrixWord.of(MatrixSymbol.vector(name + "21", "d"))),
                        MatrixWord.of(MatrixSymbol.scalar(name + "22")))));
    }

    /** diag(a I_n, b). */
    private static Matrix<MatrixWord> blockDiagonal(MatrixWord a, MatrixWord b) {
        Shape column = DimensionFreeStep.LABELS.shape();
        MatrixWord identity = WORDS.one(new Shape(column.rows(), column.rows()));
        return Matrix.of(List.of(
                List.of(WORDS.multiply(a, identity), WORDS.zero(column)), List.of(WORDS.zero(column.transpose()), b)));
    }

    private static List<MatrixWord> lastRow(Matrix<MatrixWord> update) {
        return update.row(1).toList();
    }

    private static String show(Matrix<BigRational> matrix) {
        return "["
                + String.join(
                        "; ",
                        matrix.toLists().stream()
                                .map(row -> String.join(
                                        ", ", row.stream().map(Q::show).toList()))
                                .toList())
                + "]";
    }
}

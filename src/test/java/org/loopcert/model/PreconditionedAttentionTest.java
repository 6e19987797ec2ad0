package org.loopcert.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.obermuhlner.math.big.BigRational;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/** The column convention over the rationals: the definition in indices, and gradient descent. */
class PreconditionedAttentionTest {
    private static final RationalField FIELD = RationalField.INSTANCE;

    /** sum_{a,b,c,e,f} P_ia Z_ab M_bc Z_ec Q_ef Z_fj. */
    private static BigRational byIndices(
            PreconditionedAttention<BigRational> attention, Matrix<BigRational> z, int i, int j) {
        BigRational sum = FIELD.zero();
        for (int a = 0; a < z.rows(); a++) {
            for (int b = 0; b < z.columns(); b++) {
                for (int c = 0; c < z.columns(); c++) {
                    for (int e = 0; e < z.rows(); e++) {
                        for (int f = 0; f < z.rows(); f++) {
                            BigRational term = attention.valueOutput().get(i, a);
                            for (BigRational factor : List.of(
                                    z.get(a, b),
                                    attention.mask().get(b, c),
                                    z.get(e, c),
                                    attention.keyQuery().get(e, f),
                                    z.get(f, j))) {
                                term = FIELD.multiply(term, factor);
                            }
                            sum = FIELD.add(sum, term);
                        }
                    }
                }
            }
        }
        return sum;
    }

    @Property(tries = 40)
    void attentionIsItsDefinitionForAnyMatrices(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 3) int n,
            @ForAll @IntRange(min = 1, max = 3) int d) {
        PreconditionedAttention<BigRational> attention = new PreconditionedAttention<>(
                Samples.matrix(random, d + 1, d + 1),
                Samples.matrix(random, d + 1, d + 1),
                Samples.matrix(random, n + 1, n + 1));
        Matrix<BigRational> z = Samples.matrix(random, d + 1, n + 1);
        Matrix<BigRational> update = attention.apply(FIELD, z);
        for (int i = 0; i <= d; i++) {
            for (int j = 0; j <= n; j++) {
                assertThat(update.get(i, j)).isEqualTo(byIndices(attention, z, i, j));
                assertThat(attention.entry(FIELD, z, i, j)).isEqualTo(update.get(i, j));
            }
        }
    }

    /** w(t+1) = w(t) - (1/n) A'(XX'w - X(y + X'u)), the labels hold y - X'w and the slot -w'x. */
    @Property(tries = 100)
    void loopsAreGradientDescentPreconditionedWithTheTranspose(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @IntRange(min = 1, max = 4) int d,
            @ForAll @IntRange(min = 1, max = 4) int loops) {
        Matrix<BigRational> preconditioner = Samples.matrix(random, d, d);
        Vector<BigRational> shift = Samples.vector(random, d);
        ColumnPrompt<BigRational> prompt = new ColumnPrompt<>(
                Samples.matrix(random, d, n), Samples.vector(random, n), Samples.vector(random, d), FIELD.zero());
        BigRational stepSize = RationalField.of(1, n);
        Matrix<BigRational> transposed = prompt.examples().transpose(FIELD);
        Vector<BigRational> labels = prompt.labels().add(FIELD, transposed.multiply(FIELD, shift));
        PreconditionedGradientDescent<BigRational> descent = new PreconditionedGradientDescent<>(
                new ColumnPrompt<>(prompt.examples(), labels, prompt.query(), FIELD.zero()).descent(FIELD),
                preconditioner.transpose(FIELD));
        LoopedTransformer<BigRational> model =
                new LoopedTransformer<>(PreconditionedAttention.construction(FIELD, preconditioner, shift, n));
        Vector<BigRational> w = Vector.constant(d, FIELD.zero());
        Matrix<BigRational> state = prompt.asMatrix(FIELD);
        for (int t = 0; t < loops; t++) {
            w = descent.step(FIELD, w, stepSize);
            state = model.step(FIELD, state, stepSize);
        }
        ColumnPrompt<BigRational> after = ColumnPrompt.of(FIELD, state);
        assertThat(after.prediction(FIELD)).isEqualTo(w.dot(FIELD, prompt.query()));
        assertThat(after.labels()).isEqualTo(prompt.labels().subtract(FIELD, transposed.multiply(FIELD, w)));
        assertThat(after.examples()).isEqualTo(prompt.examples());
        assertThat(after.query()).isEqualTo(prompt.query());
    }

    @Test
    void sizesAreChecked() {
        Matrix<BigRational> two = Matrix.identity(FIELD, 2);
        Matrix<BigRational> three = Matrix.identity(FIELD, 3);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new PreconditionedAttention<>(two, three, three))
                .withMessage("expected a value-output matrix of 2 rows, got 3");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new PreconditionedAttention<>(two, two, Matrix.zero(FIELD, 2, 3)))
                .withMessage("expected a square mask of at least 2 x 2, got 2 x 3");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new PreconditionedAttention<>(two, two, three).apply(FIELD, three))
                .withMessage("expected a hidden state of 2 x 3, got 3 x 3");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> PreconditionedAttention.construction(FIELD, two, Vector.constant(3, FIELD.one()), 4))
                .withMessage("expected a square preconditioner and a shift of its size, got 2 x 2 and 3");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ColumnPrompt<>(
                        two, Vector.constant(3, FIELD.one()), Vector.constant(2, FIELD.one()), FIELD.zero()))
                .withMessage("expected 2 labels, one per example, got 3");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ColumnPrompt<>(
                        two, Vector.constant(2, FIELD.one()), Vector.constant(3, FIELD.one()), FIELD.zero()))
                .withMessage("expected a query of 2 entries, one per feature, got 3");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ColumnPrompt.of(FIELD, Matrix.identity(FIELD, 1)))
                .withMessage("expected a hidden state of at least 2 x 2, got 1 x 1");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new PreconditionedGradientDescent<>(
                        new GradientDescent<>(two, Vector.constant(2, FIELD.one())), three))
                .withMessage("expected a preconditioner of 2 x 2, got 3 x 3");
    }
}

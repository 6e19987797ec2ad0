package org.loopcert.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.loopcert.matrix.Matrix;
import org.loopcert.ring.RationalField;

class ProductMaskedAttentionTest {
    private static final RationalField Q = RationalField.INSTANCE;

    private static Matrix<BigRational> random(Random random, int rows, int columns) {
        return Matrix.of(rows, columns, (i, j) -> Samples.nonzero(random));
    }

    @Test
    void isTheTransposeOfTheColumnConvention() {
        Random random = new Random(5);
        for (int n = 1; n <= 4; n++) {
            for (int d = 1; d <= 3; d++) {
                Matrix<BigRational> z = random(random, n + 1, d + 1);
                Matrix<BigRational> q = random(random, d + 1, d + 1);
                Matrix<BigRational> p = random(random, d + 1, d + 1);
                Matrix<BigRational> mask = random(random, n + 1, n + 1);
                Attention<BigRational> rows = new ProductMaskedAttention<>(q, p, mask);
                Attention<BigRational> columns =
                        new PreconditionedAttention<>(q.transpose(Q), p.transpose(Q), mask.transpose(Q));
                Matrix<BigRational> update = rows.apply(Q, z);
                assertThat(update).isEqualTo(columns.apply(Q, z.transpose(Q)).transpose(Q));
                assertThat(Matrix.of(n + 1, d + 1, (i, j) -> rows.entry(Q, z, i, j)))
                        .isEqualTo(update);
            }
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        Random random = new Random(6);
        Matrix<BigRational> two = random(random, 2, 2);
        Matrix<BigRational> three = random(random, 3, 3);
        assertThatThrownBy(() -> new ProductMaskedAttention<>(random(random, 2, 3), two, three))
                .hasMessageContaining("square key-query matrix");
        assertThatThrownBy(() -> new ProductMaskedAttention<>(two, random(random, 2, 3), three))
                .hasMessageContaining("square value-output matrix");
        assertThatThrownBy(() -> new ProductMaskedAttention<>(two, two, random(random, 1, 1)))
                .hasMessageContaining("square mask");
        assertThatThrownBy(() -> new ProductMaskedAttention<>(two, three, three))
                .hasMessageContaining("value-output matrix of 2 rows");
        assertThatThrownBy(() -> new ProductMaskedAttention<>(two, two, three).apply(Q, random(random, 2, 2)))
                .hasMessageContaining("hidden state of 3 x 2");
    }
}

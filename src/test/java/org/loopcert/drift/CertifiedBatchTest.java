package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;

class CertifiedBatchTest {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final int COUNT = 37;
    private static final int N = 9;
    private static final int D = 3;
    private static final int T = 25;

    private final double[] examples =
            new Random(5).doubles(COUNT * N * D, -2, 2).toArray();
    private final double[] labels = new Random(6).doubles(COUNT * N, -2, 2).toArray();

    /** Each instance of a batch is where its exact descent is, up to the radius, and has a step of its own. */
    @Test
    void everyInstanceIsEnclosed() {
        CertifiedBatch batch = CertifiedBatch.descend(examples, labels, N, D, T);
        assertThat(batch.size()).isEqualTo(COUNT);
        for (int b = 0; b < COUNT; b++) {
            List<BigRational> exact =
                    Reference.iterates(instance(b, batch.stepSize(b)), T).get(T);
            double[] theta = {batch.theta(b, 0), batch.theta(b, 1), batch.theta(b, 2)};
            BigRational radius = FloatingPoint.exact(batch.radius(b));
            assertThat(Q.compare(Reference.squared(Reference.distance(theta, exact)), Q.multiply(radius, radius)))
                    .as("instance %d", b)
                    .isNotPositive();
            assertThat(batch.radius(b)).isLessThan(1e-12);
        }
        assertThat(batch.stepSize(0)).isNotEqualTo(batch.stepSize(1));
    }

    @Test
    void aBatchIsWhatItsInstancesAreOneByOne() {
        double[] stepSizes = new Random(7).doubles(COUNT, 0.001, 0.05).toArray();
        CertifiedBatch batch = CertifiedBatch.descend(examples, labels, N, D, stepSizes, T);
        for (int b = 0; b < COUNT; b++) {
            CertifiedBinary64 one = CertifiedBinary64.of(instance(b, stepSizes[b]));
            assertThat(batch.radius(b)).isEqualTo(one.radius());
            for (int j = 0; j < D; j++) {
                assertThat(batch.theta(b, j)).isEqualTo(one.theta(j));
            }
        }
    }

    @Test
    void sizesMustAgree() {
        assertThatThrownBy(() -> CertifiedBatch.descend(examples, labels, N, D + 1, T))
                .hasMessageContaining("count x n x d");
        assertThatThrownBy(() -> CertifiedBatch.descend(examples, labels, N, D, new double[1], T))
                .hasMessageContaining("37 step sizes");
        CertifiedBatch none = CertifiedBatch.descend(new double[0], new double[0], N, D, T);
        assertThat(none.size()).isZero();
        assertThatThrownBy(
                        () -> CertifiedBatch.descend(examples, labels, N, D, T).theta(0, D))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private DescentInstance instance(int b, double stepSize) {
        List<List<BigRational>> x = new ArrayList<>();
        List<BigRational> y = new ArrayList<>();
        for (int i = 0; i < N; i++) {
            List<BigRational> row = new ArrayList<>();
            for (int j = 0; j < D; j++) {
                row.add(FloatingPoint.exact(examples[(b * N + i) * D + j]));
            }
            x.add(row);
            y.add(FloatingPoint.exact(labels[b * N + i]));
        }
        BigRational zero = BigRational.ZERO;
        return DescentInstance.constant(
                Matrix.of(x),
                Vector.of(y),
                BigRational.ONE,
                Vector.of(List.of(zero, zero, zero)),
                FloatingPoint.exact(stepSize),
                T);
    }
}

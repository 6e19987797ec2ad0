package org.loopcert.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Symmetric matrices in words behave as those of big integers. */
class PackedSymmetricTest {
    /** With lengths about those of one to four words, of either sign. */
    private static Arbitrary<BigInteger> entries() {
        Arbitrary<BigInteger> powers = Arbitraries.integers().between(0, 200).map(BigInteger.ONE::shiftLeft);
        return Arbitraries.oneOf(
                Arbitraries.just(BigInteger.ZERO),
                Arbitraries.longs().map(BigInteger::valueOf),
                powers.flatMap(p -> Arbitraries.of(
                        p,
                        p.negate(),
                        p.subtract(BigInteger.ONE),
                        BigInteger.ONE.subtract(p),
                        p.not(),
                        p.shiftLeft(7))));
    }

    @Provide
    Arbitrary<BigInteger[][]> symmetric() {
        return Arbitraries.integers()
                .between(1, 5)
                .flatMap(d -> entries().list().ofSize(d * (d + 1) / 2).map(triangle -> {
                    BigInteger[][] rows = new BigInteger[d][d];
                    int next = 0;
                    for (int i = 0; i < d; i++) {
                        for (int j = i; j < d; j++) {
                            rows[i][j] = triangle.get(next++);
                            rows[j][i] = rows[i][j];
                        }
                    }
                    return rows;
                }));
    }

    @Property(tries = 200)
    void behaveAsBigIntegers(@ForAll("symmetric") BigInteger[][] rows) {
        PackedSymmetric triangle = PackedSymmetric.of(rows);
        IntegerMatrix big = IntegerMatrix.of(rows);
        assertThat(IntegerMatrix.of(triangle)).isEqualTo(big);
        IntegerMatrix packed = IntegerMatrix.of(triangle);
        int d = rows.length;
        assertThat(packed.get(d - 1, 0)).isEqualTo(rows[0][d - 1]);
        assertThat(packed.get(d / 2, d - 1)).isEqualTo(rows[d / 2][d - 1]);
        assertThat(packed.rows()).isEqualTo(d);
        assertThat(packed.columns()).isEqualTo(d);
        assertThat(packed.isZero()).isEqualTo(big.isZero());
        assertThat(packed.isSymmetric()).isTrue();
        assertThat(packed.bitLength()).isEqualTo(big.bitLength());
        assertThat(packed.commonFactor(BigInteger.ONE.shiftLeft(90)))
                .isEqualTo(big.commonFactor(BigInteger.ONE.shiftLeft(90)));
        assertThat(packed.upperTriangle()).isEqualTo(big.upperTriangle());
        assertThat(packed.lowestSetBit()).isEqualTo(big.lowestSetBit());
        assertThat(packed.multiply(BigInteger.TEN)).isEqualTo(big.multiply(BigInteger.TEN));
    }

    @Test
    void onlySymmetricOnesHaveATriangle() {
        IntegerMatrix other = IntegerMatrix.of(new long[][] {{1, 2}, {3, 4}});
        assertThatThrownBy(other::upperTriangle).isInstanceOf(IllegalArgumentException.class);
    }
}

package org.loopcert.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.loopcert.ring.RationalField;

class DyadTest {
    private static final RationalField Q = RationalField.INSTANCE;

    @Property
    void quotientsAreRoundedOutwardAndTightly(
            @ForAll @BigRange(min = "-1e60", max = "1e60") BigInteger p,
            @ForAll @BigRange(min = "1", max = "1e50") BigInteger q,
            @ForAll @IntRange(min = 2, max = 90) int bits) {
        BigRational exact = RationalField.of(p, q);
        BigRational low = Dyad.down(p, q, bits).toRational();
        BigRational high = Dyad.up(p, q, bits).toRational();
        assertThat(Q.compare(low, exact)).isNotPositive();
        assertThat(Q.compare(high, exact)).isNotNegative();
        BigRational room = Q.divide(
                Q.multiply(exact.abs(), BigRational.valueOf(4)), BigRational.valueOf(BigInteger.ONE.shiftLeft(bits)));
        assertThat(Q.compare(Q.subtract(high, low), room)).isNotPositive();
    }

    @Property
    void arithmeticIsExactAndOrderAgrees(
            @ForAll long a,
            @ForAll @IntRange(min = -80, max = 80) int i,
            @ForAll long b,
            @ForAll @IntRange(min = -80, max = 80) int j) {
        Dyad left = new Dyad(BigInteger.valueOf(a), i);
        Dyad right = new Dyad(BigInteger.valueOf(b), j);
        BigRational x = left.toRational();
        BigRational y = right.toRational();
        assertThat(left.add(right).toRational()).isEqualTo(Q.add(x, y));
        assertThat(left.subtract(right).toRational()).isEqualTo(Q.subtract(x, y));
        assertThat(left.multiply(right).toRational()).isEqualTo(Q.multiply(x, y));
        assertThat(left.compareTo(right)).isEqualTo(Integer.signum(Q.compare(x, y)));
    }

    @Property
    void squareRootsAreUpperBounds(
            @ForAll @BigRange(min = "0", max = "1e40") BigInteger m, @ForAll @IntRange(min = -300, max = 300) int e) {
        Dyad value = new Dyad(m, e);
        Dyad root = value.sqrtUp(40);
        assertThat(root.multiply(root).compareTo(value)).isNotNegative();
        Dyad slightlyLess = root.subtract(root.multiply(Dyad.powerOfTwo(-37)));
        if (m.signum() > 0) {
            assertThat(slightlyLess.multiply(slightlyLess).compareTo(value)).isNegative();
        }
    }

    @Test
    void theEndsOfTheRangeAreRoundedOutwardOrRefused() {
        Dyad small = Dyad.powerOfTwo(-2 * Dyad.FLOOR);
        assertThat(small.up(8).compareTo(small)).isPositive();
        assertThat(small.down(8)).isEqualTo(Dyad.ZERO);
        assertThat(small.negate().down(8).compareTo(small.negate())).isNegative();
        assertThat(small.negate().up(8)).isEqualTo(Dyad.ZERO);
        assertThatThrownBy(() -> Dyad.powerOfTwo(Dyad.CEILING + 1).up(8)).isInstanceOf(ArithmeticException.class);
    }
}

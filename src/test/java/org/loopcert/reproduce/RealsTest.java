package org.loopcert.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.obermuhlner.math.big.BigRational;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.loopcert.certify.Bracket;
import org.loopcert.certify.ExponentialBracket;
import org.loopcert.ring.Interval;
import org.loopcert.ring.RationalField;

class RealsTest {
    private static final RationalField Q = RationalField.INSTANCE;

    private static Interval of(long p, long q) {
        return Reals.of(RationalField.of(p, q));
    }

    /** exp(-60) is about 2^-87, so that 200 places leave more than 100 bits to compare. */
    @Property(tries = 50)
    void exponentialsMeetTheOracleAndAreNarrow(
            @ForAll @IntRange(max = 60) int p, @ForAll @IntRange(min = 1, max = 200) int q) {
        BigRational x = RationalField.of(p, q);
        Interval found = Reals.expOfNegative(Reals.of(x));
        Bracket oracle = ExponentialBracket.at(x, 200);
        assertThat(Q.compare(found.lower().toRational(), oracle.high())).isNotPositive();
        assertThat(Q.compare(oracle.low(), found.upper().toRational())).isNotPositive();
        BigRational width = found.width().toRational();
        BigRational tolerated = Q.divide(found.upper().toRational(), BigRational.TWO.pow(200));
        assertThat(Q.compare(width, tolerated)).isNotPositive();
    }

    @Property(tries = 100)
    void logarithmsUndoExponentials(
            @ForAll @IntRange(max = 40_000) int p, @ForAll @IntRange(min = 1, max = 200) int q) {
        BigRational x = RationalField.of(p, q);
        Interval back = Reals.log(Reals.expOfNegative(Reals.of(x)));
        assertThat(back.contains(Q.negate(x))).isTrue();
        assertThat(Q.compare(back.width().toRational(), Q.divide(BigRational.ONE, BigRational.TWO.pow(190))))
                .isNotPositive();
    }

    @Test
    void logarithmOfTwoHasItsKnownDigits() {
        assertThat(Reals.about(Reals.log(Reals.of(2)), 37)).isEqualTo("0.6931471805599453094172321214581765681");
        assertThat(Reals.log(Reals.ONE).contains(BigRational.ZERO)).isTrue();
        assertThatThrownBy(() -> Reals.log(Reals.ZERO)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Reals.expOfNegative(of(-1, 3))).isInstanceOf(ArithmeticException.class);
    }

    @Property(tries = 100)
    void rootsAreEnclosed(@ForAll @IntRange(max = 1_000_000) int p, @ForAll @IntRange(min = 1, max = 1_000_000) int q) {
        BigRational x = RationalField.of(p, q);
        Interval root = Reals.sqrt(Reals.of(x));
        BigRational low = root.lower().toRational();
        BigRational high = root.upper().toRational();
        assertThat(Q.compare(Q.multiply(low, low), x)).isNotPositive();
        assertThat(Q.compare(x, Q.multiply(high, high))).isNotPositive();
        assertThat(Q.compare(root.width().toRational(), Q.divide(BigRational.valueOf(2000), BigRational.TWO.pow(250))))
                .isNotPositive();
    }

    @Test
    void decimalsRoundOutward() {
        assertThat(Reals.down(of(2, 3), 3)).isEqualTo("0.666");
        assertThat(Reals.up(of(2, 3), 3)).isEqualTo("0.667");
        assertThat(Reals.up(of(-2, 3), 3)).isEqualTo("-0.666");
        assertThat(Reals.fixed(of(1234, 1000), 2)).isEqualTo("1.23");
        Interval wide = Reals.between(of(1, 3), of(1, 2));
        assertThat(Reals.fixed(wide, 1)).isEqualTo("[0.3, 0.5]");
        assertThat(Reals.about(wide, 2)).isEqualTo("[0.33, 0.5]");
    }

    @Test
    void sizesAndPowers() {
        assertThat(Reals.abs(of(-3, 4))).isEqualTo(of(3, 4));
        assertThat(Reals.abs(Reals.between(of(-3, 4), of(1, 2)))).isEqualTo(Reals.between(Reals.ZERO, of(3, 4)));
        assertThat(Reals.powers(of(1, 2), 3)).containsExactly(Reals.ONE, of(1, 2), of(1, 4), of(1, 8));
        assertThat(Reals.mean(List.of(of(1, 2), of(3, 2)))).isEqualTo(Reals.ONE);
    }
}

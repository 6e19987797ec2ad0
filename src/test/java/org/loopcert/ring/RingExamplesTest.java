package org.loopcert.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What single rings do at the places where they differ from their neighbours. */
class RingExamplesTest {
    private static BigRational fraction(long numerator, long denominator) {
        return RationalField.of(numerator, denominator);
    }

    @Nested
    class Rationals {
        private final RationalField field = RationalField.INSTANCE;

        @Test
        void theLibraryAloneDoesNotReduce() {
            BigRational half = BigRational.valueOf(1, 2);
            assertThat(half.add(half).getDenominatorBigInteger()).isNotEqualTo(BigInteger.ONE);
            assertThat(field.add(half, half)).isEqualTo(BigRational.ONE);
        }

        @Test
        void aChainOfAdditionsStaysSmallOnlyBecauseItIsReduced() {
            BigRational reduced = fraction(1, 3);
            BigRational bare = BigRational.valueOf(1, 3);
            for (int k = 0; k < 12; k++) {
                reduced = field.subtract(field.add(reduced, fraction(1, 6)), fraction(1, 6));
                bare = bare.add(BigRational.valueOf(1, 6)).subtract(BigRational.valueOf(1, 6));
            }
            assertThat(reduced).isEqualTo(fraction(1, 3));
            assertThat(bare.getDenominatorBigInteger().bitLength()).isGreaterThan(50);
            assertThat(RationalField.canonical(bare)).isEqualTo(fraction(1, 3));
        }

        @Test
        void negativeDenominatorsAndDecimalsBecomeCanonical() {
            assertThat(fraction(3, -6)).isEqualTo(fraction(-1, 2));
            assertThat(RationalField.canonical(BigRational.valueOf(new BigDecimal("0.50"), new BigDecimal("-1.5"))))
                    .isEqualTo(fraction(-1, 3));
            assertThat(field.show(fraction(4, -2))).isEqualTo("-2");
            assertThat(field.show(fraction(4, -6))).isEqualTo("-2/3");
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> fraction(1, 0));
        }
    }

    /** Every operation leaves gcd one and a positive denominator, also from unreduced operands. */
    @Property(tries = 300)
    void rationalResultsStayReduced(@ForAll Random random) {
        RationalField field = RationalField.INSTANCE;
        BigRational a = unreduced(random);
        BigRational b = unreduced(random);
        List<BigRational> results = field.isZero(b)
                ? List.of(field.add(a, b), field.multiply(a, b))
                : List.of(
                        field.add(a, b),
                        field.subtract(a, b),
                        field.negate(a),
                        field.multiply(a, b),
                        field.divide(a, b),
                        field.invert(b),
                        field.abs(field.negate(b)),
                        field.fromRational(a));
        for (BigRational result : results) {
            assertThat(result.getDenominatorBigInteger().signum()).isPositive();
            assertThat(result.getNumeratorBigInteger().gcd(result.getDenominatorBigInteger()))
                    .isEqualTo(BigInteger.ONE);
            assertThat(result.getNumerator().scale()).isZero();
            assertThat(result.getDenominator().scale()).isZero();
        }
    }

    private static BigRational unreduced(Random random) {
        BigInteger common = RingCase.integer(random, 20).abs().add(BigInteger.ONE);
        return BigRational.valueOf(
                RingCase.integer(random, 40).multiply(common),
                RingCase.integer(random, 40).abs().add(BigInteger.ONE).multiply(common));
    }

    @Nested
    class Doubles {
        @Test
        void exactValues() {
            assertThat(FloatingPoint.exact(0.1))
                    .isEqualTo(RationalField.of(new BigInteger("3602879701896397"), BigInteger.ONE.shiftLeft(55)));
            assertThat(Dyadic.of(-0.75)).isEqualTo(new Dyadic(BigInteger.valueOf(-3), -2));
            assertThat(Dyadic.of(Double.MIN_VALUE)).isEqualTo(new Dyadic(BigInteger.ONE, -1074));
            assertThat(Dyadic.of(-0.0)).isEqualTo(Dyadic.ZERO);
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> FloatingPoint.exact(Double.NaN));
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Dyadic.of(Double.NEGATIVE_INFINITY));
        }

        @Test
        void tiesGoToEven() {
            BigInteger two53 = BigInteger.ONE.shiftLeft(53);
            assertThat(RoundingFormat.BINARY64.round(BigRational.valueOf(two53.add(BigInteger.ONE))))
                    .isEqualTo(0x1p53);
            assertThat(RoundingFormat.BINARY64.round(BigRational.valueOf(two53.add(BigInteger.valueOf(3)))))
                    .isEqualTo(0x1p53 + 4);
            assertThat(RoundingFormat.BINARY64.round(BigRational.valueOf(two53.add(BigInteger.TWO))))
                    .isEqualTo(0x1p53 + 2);
        }

        @Test
        void subnormalsAndUnderflow() {
            BigRational least = FloatingPoint.exact(Double.MIN_VALUE);
            RationalField field = RationalField.INSTANCE;
            assertThat(RoundingFormat.BINARY64.round(field.divide(least, fraction(2, 1))))
                    .isEqualTo(0.0);
            assertThat(RoundingFormat.BINARY64.round(field.multiply(least, fraction(501, 1000))))
                    .isEqualTo(Double.MIN_VALUE);
            assertThat(RoundingFormat.BINARY64.round(field.multiply(least, fraction(-3, 2))))
                    .isEqualTo(-2 * Double.MIN_VALUE);
            assertThat(RoundingFormat.BINARY64.round(new Dyadic(BigInteger.ONE, -100_000_000)))
                    .isEqualTo(0.0);
        }

        @Test
        void overflowGivesInfinities() {
            BigRational greatest = FloatingPoint.exact(Double.MAX_VALUE);
            assertThat(RoundingFormat.BINARY64.round(greatest)).isEqualTo(Double.MAX_VALUE);
            BigRational halfUlp = BigRational.valueOf(BigInteger.ONE.shiftLeft(970));
            RationalField field = RationalField.INSTANCE;
            assertThat(RoundingFormat.BINARY64.round(field.add(greatest, halfUlp)))
                    .isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(RoundingFormat.BINARY64.round(field.add(greatest, field.subtract(halfUlp, BigRational.ONE))))
                    .isEqualTo(Double.MAX_VALUE);
            assertThat(RoundingFormat.BINARY64.round(new Dyadic(BigInteger.valueOf(-1), 2_000_000_000)))
                    .isEqualTo(Double.NEGATIVE_INFINITY);
        }

        @Test
        void isNeitherAssociativeNorDistributive() {
            assertThat((0.1 + 0.2) + 0.3).isNotEqualTo(0.1 + (0.2 + 0.3));
            assertThat(FloatingPoint.BINARY64.has(org.loopcert.ring.Property.ASSOCIATIVE))
                    .isFalse();
            assertThat(FloatingPoint.BINARY64.has(org.loopcert.ring.Property.DISTRIBUTIVE))
                    .isFalse();
            assertThat(FloatingPoint.BINARY64.compare(-0.0, 0.0)).isZero();
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(() -> FloatingPoint.BINARY64.compare(Double.NaN, 0.0));
        }
    }

    /** Rounding gives back every finite number, and BigDecimal's own conversion elsewhere. */
    @Property(tries = 1000)
    void roundingInvertsExact(@ForAll Random random) {
        double any = Double.longBitsToDouble(random.nextLong());
        if (Double.isFinite(any)) {
            double rounded = RoundingFormat.BINARY64.round(FloatingPoint.exact(any));
            assertThat(rounded == any).isTrue();
            assertThat(RoundingFormat.BINARY64.round(Dyadic.of(any))).isEqualTo(rounded);
        }
        BigDecimal decimal = new BigDecimal(RingCase.integer(random, 120), random.nextInt(720) - 360);
        assertThat(RoundingFormat.BINARY64.round(BigRational.valueOf(decimal)))
                .isEqualTo(new BigDecimal(decimal.toString()).doubleValue());
    }

    @Nested
    class Intervals {
        @Test
        void refuseCrossedEndsAndTinyPrecisions() {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new Interval(Dyadic.ONE, Dyadic.ZERO));
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> IntervalRing.of(1));
        }

        @Test
        void oneThirdIsEnclosedTightly() {
            Interval third = IntervalRing.of(4).fromRational(fraction(1, 3));
            assertThat(third)
                    .isEqualTo(new Interval(
                            new Dyadic(BigInteger.valueOf(10), -5), new Dyadic(BigInteger.valueOf(11), -5)));
        }
    }

    @Nested
    class Residues {
        @Test
        void refuseCompositeModuli() {
            for (long composite : new long[] {-7, 0, 1, 4, 561, 1_000_001}) {
                assertThatExceptionOfType(IllegalArgumentException.class)
                        .isThrownBy(() -> ResidueField.of(BigInteger.valueOf(composite)))
                        .withMessageContaining("prime");
            }
        }

        @Test
        void refuseFractionsWithoutAnImage() {
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(() -> ResidueField.of(BigInteger.valueOf(7)).fromRational(fraction(1, 14)));
        }
    }

    @Nested
    class AffineForms {
        private final AffineRing<BigRational> ring = RingCase.AFFINE;

        @Test
        void aProductOfTwoNonConstantFormsIsATypedError() {
            assertThatExceptionOfType(DegreeExceededException.class)
                    .isThrownBy(() -> ring.multiply(ring.add(ring.indeterminate(0), ring.one()), ring.indeterminate(2)))
                    .satisfies(exceeded -> {
                        assertThat(exceeded.left()).isEqualTo("1 + 1*q_1");
                        assertThat(exceeded.right()).isEqualTo("1*alpha");
                    });
        }

        @Test
        void cancelledIndeterminatesLeaveAConstant() {
            AffineForm<BigRational> form =
                    ring.subtract(ring.add(ring.indeterminate(1), ring.one()), ring.indeterminate(1));
            assertThat(form).isEqualTo(ring.one());
            assertThat(ring.multiply(form, ring.indeterminate(0))).isEqualTo(ring.indeterminate(0));
        }

        @Test
        void evaluates() {
            AffineForm<BigRational> form =
                    ring.of(fraction(1, 2), List.of(fraction(3, 1), fraction(0, 1), fraction(-1, 1)));
            assertThat(ring.evaluate(form, List.of(fraction(1, 3), fraction(9, 1), fraction(1, 4))))
                    .isEqualTo(fraction(5, 4));
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> ring.evaluate(form, List.of()));
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> AffineRing.of(RationalField.INSTANCE, List.of("a", "a")));
        }
    }

    @Nested
    class Polynomials {
        private final PolynomialRing ring = RingCase.POLYNOMIALS;

        @Test
        void operationsDoNotChangeTheirOperands() {
            Polynomial q = ring.indeterminate("q_1");
            ring.add(q, ring.one());
            ring.multiply(q, q);
            ring.negate(q);
            assertThat(q).isEqualTo(ring.indeterminate("q_1"));
            assertThat(ring.zero()).isEqualTo(ring.subtract(q, q));
        }

        @Test
        void termsAndDegree() {
            Polynomial product = ring.multiply(
                    ring.add(ring.indeterminate("q_1"), ring.constant(fraction(1, 2))), ring.indeterminate("eta"));
            assertThat(product.degree()).isEqualTo(2);
            assertThat(product.terms())
                    .containsOnlyKeys(List.of(1, 0, 1), List.of(0, 0, 1))
                    .containsEntry(List.of(0, 0, 1), fraction(1, 2));
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> ring.indeterminate("beta"));
        }
    }

    @Property(tries = 100)
    void evaluationOfPolynomialsIsAHomomorphism(@ForAll Random random) {
        PolynomialRing ring = RingCase.POLYNOMIALS;
        Polynomial a = RingCase.polynomial(random);
        Polynomial b = RingCase.polynomial(random);
        List<BigRational> point =
                List.of(RingCase.rational(random), RingCase.rational(random), RingCase.rational(random));
        RationalField field = RationalField.INSTANCE;
        assertThat(ring.evaluate(ring.multiply(a, b), point))
                .isEqualTo(field.multiply(ring.evaluate(a, point), ring.evaluate(b, point)));
        assertThat(ring.evaluate(ring.subtract(a, b), point))
                .isEqualTo(field.subtract(ring.evaluate(a, point), ring.evaluate(b, point)));
    }

    @Nested
    class RationalFunctions {
        private final RationalFunctionField field = RingCase.FUNCTIONS;
        private final RationalFunction q = field.indeterminate("q_1");
        private final RationalFunction alpha = field.indeterminate("alpha");

        @Test
        void quotientsAreInLowestTerms() {
            RationalFunction difference = field.subtract(field.multiply(q, q), field.multiply(alpha, alpha));
            assertThat(field.divide(difference, field.subtract(q, alpha))).isEqualTo(field.add(q, alpha));
            assertThat(field.show(field.divide(field.fromLong(4), field.fromLong(-6))))
                    .isEqualTo("(-2)/(3)");
            assertThat(field.divide(field.negate(q), field.negate(alpha))).isEqualTo(field.divide(q, alpha));
            assertThat(field.divide(field.multiply(field.fromLong(6), q), field.multiply(field.fromLong(4), alpha)))
                    .isEqualTo(field.divide(
                            field.multiply(field.fromLong(3), q), field.multiply(field.fromLong(2), alpha)));
            assertThat(field.isZero(field.subtract(field.multiply(alpha, field.divide(q, alpha)), q)))
                    .isTrue();
        }

        @Test
        void differentFunctionsAreNotEqual() {
            assertThat(field.divide(q, alpha))
                    .isNotEqualTo(field.divide(alpha, q))
                    .isNotEqualTo(q);
            assertThat(RationalFunctionField.of(List.of("x")).one()).isNotEqualTo(field.one());
        }

        @Test
        void poleAndUnknownNameAreRefused() {
            RationalFunction quotient = field.divide(q, field.subtract(q, alpha));
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(
                            () -> field.evaluate(quotient, List.of(fraction(1, 2), fraction(1, 2), fraction(1, 1))));
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> field.indeterminate("beta"));
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> field.evaluate(quotient, List.of(fraction(1, 2))));
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> RationalFunctionField.of(List.of("a", "a")));
        }
    }

    /** Evaluation at a point is a homomorphism wherever both sides are defined. */
    @Property(tries = 300)
    void rationalFunctionsAreTheirValues(@ForAll Random random) {
        RationalFunctionField field = RingCase.FUNCTIONS;
        RationalField exact = RationalField.INSTANCE;
        RationalFunction a = RingCase.function(random);
        RationalFunction b = RingCase.function(random);
        // large primes are no pole of the small samples
        List<BigRational> point = List.of(fraction(1_000_003, 7), fraction(999_983, 11), fraction(-998_244_353, 13));
        BigRational p = field.evaluate(a, point);
        BigRational q = field.evaluate(b, point);
        assertThat(field.evaluate(field.add(a, b), point)).isEqualTo(exact.add(p, q));
        assertThat(field.evaluate(field.subtract(a, b), point)).isEqualTo(exact.subtract(p, q));
        assertThat(field.evaluate(field.multiply(a, b), point)).isEqualTo(exact.multiply(p, q));
        if (!field.isZero(b)) {
            assertThat(field.evaluate(field.divide(a, b), point)).isEqualTo(exact.divide(p, q));
        }
    }
}

package org.loopcert.ring;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.apfloat.Aprational;

/**
 * A ring and how to draw a random element of it. A new ring is one class and one line in {@link
 * #all()}; its declared properties choose the laws it is tested against.
 */
record RingCase<E>(Ring<E> ring, Function<Random, E> sampler) {
    static List<RingCase<?>> all() {
        List<RingCase<?>> cases = new ArrayList<>(exactOrEnclosing());
        RoundingFormat.all()
                .forEach(format -> cases.add(new RingCase<>(FloatingPoint.of(format), r -> value(format, r))));
        return cases;
    }

    private static List<RingCase<?>> exactOrEnclosing() {
        return List.of(
                new RingCase<>(RationalField.INSTANCE, RingCase::rational),
                new RingCase<>(AprationalField.INSTANCE, RingCase::aprational),
                new RingCase<>(DyadicRing.INSTANCE, RingCase::dyadic),
                new RingCase<>(IntervalRing.of(24), r -> interval(r, 24)),
                new RingCase<>(IntervalRing.of(113), r -> interval(r, 113)),
                residues(BigInteger.TWO),
                residues(BigInteger.valueOf(7)),
                residues(BigInteger.TWO.pow(61).subtract(BigInteger.ONE)),
                new RingCase<>(POLYNOMIALS, RingCase::polynomial),
                new RingCase<>(FUNCTIONS, RingCase::function),
                new RingCase<>(AFFINE, r -> affine(AFFINE, r, RingCase::rational)),
                new RingCase<>(AFFINE_APFLOAT, r -> affine(AFFINE_APFLOAT, r, RingCase::aprational)));
    }

    static final PolynomialRing POLYNOMIALS = PolynomialRing.of(List.of("q_1", "alpha", "eta"));
    static final RationalFunctionField FUNCTIONS = RationalFunctionField.of(List.of("q_1", "alpha", "eta"));
    static final AffineRing<BigRational> AFFINE = AffineRing.of(RationalField.INSTANCE, List.of("q_1", "q_2", "alpha"));
    static final AffineRing<Aprational> AFFINE_APFLOAT =
            AffineRing.of(AprationalField.INSTANCE, List.of("q_1", "alpha"));

    E sample(Random random) {
        // zero and one are where laws break first
        return switch (random.nextInt(12)) {
            case 0 -> ring.zero();
            case 1 -> ring.one();
            default -> sampler.apply(random);
        };
    }

    boolean has(Property property) {
        return ring.has(property);
    }

    static BigInteger integer(Random random, int maxBits) {
        BigInteger magnitude = new BigInteger(random.nextInt(maxBits) + 1, random);
        return random.nextBoolean() ? magnitude : magnitude.negate();
    }

    static BigRational rational(Random random) {
        int bits = random.nextBoolean() ? 4 : 90;
        return RationalField.of(
                integer(random, bits), integer(random, bits).abs().add(BigInteger.ONE));
    }

    static Aprational aprational(Random random) {
        return AprationalField.INSTANCE.fromRational(rational(random));
    }

    static Dyadic dyadic(Random random) {
        return new Dyadic(integer(random, 80), random.nextInt(121) - 60);
    }

    /** Mostly ordinary numbers, sometimes any finite bit pattern. */
    static double value(RoundingFormat format, Random random) {
        double value = random.nextInt(4) > 0
                ? format.round(random.nextGaussian() * Math.scalb(1.0, random.nextInt(41) - 20))
                : format.decode(random.nextLong() >>> (Long.SIZE - format.width()));
        return Double.isFinite(value) ? value : value(format, random);
    }

    static Interval interval(Random random, int precision) {
        Dyadic a = dyadic(random).roundDown(precision);
        Dyadic b = random.nextBoolean() ? a : dyadic(random).roundDown(precision);
        return a.compareTo(b) <= 0 ? new Interval(a, b) : new Interval(b, a);
    }

    private static RingCase<BigInteger> residues(BigInteger prime) {
        ResidueField field = ResidueField.of(prime);
        return new RingCase<>(field, r -> field.fromInteger(new BigInteger(80, r)));
    }

    static Polynomial polynomial(Random random) {
        Polynomial sum = POLYNOMIALS.zero();
        for (int term = 0; term <= random.nextInt(4); term++) {
            Polynomial product = POLYNOMIALS.constant(rational(random));
            for (String name : POLYNOMIALS.indeterminates()) {
                for (int k = random.nextInt(3); k > 0; k--) {
                    product = POLYNOMIALS.multiply(product, POLYNOMIALS.indeterminate(name));
                }
            }
            sum = POLYNOMIALS.add(sum, product);
        }
        return sum;
    }

    static RationalFunction function(Random random) {
        RationalFunction quotient = integralFunction(random);
        if (random.nextBoolean()) {
            RationalFunction divisor = integralFunction(random);
            quotient = FUNCTIONS.isZero(divisor) ? quotient : FUNCTIONS.divide(quotient, divisor);
        }
        return quotient;
    }

    private static RationalFunction integralFunction(Random random) {
        RationalFunction sum = FUNCTIONS.zero();
        for (int term = random.nextInt(3); term >= 0; term--) {
            RationalFunction product = FUNCTIONS.fromLong(random.nextInt(13) - 6);
            for (String name : FUNCTIONS.indeterminates()) {
                if (random.nextInt(3) == 0) {
                    product = FUNCTIONS.multiply(product, FUNCTIONS.indeterminate(name));
                }
            }
            sum = FUNCTIONS.add(sum, product);
        }
        return sum;
    }

    static <E> AffineForm<E> affine(AffineRing<E> ring, Random random, Function<Random, E> sampler) {
        List<E> coefficients = new ArrayList<>();
        boolean constant = random.nextBoolean();
        for (int i = 0; i < ring.indeterminates().size(); i++) {
            coefficients.add(constant || random.nextInt(3) == 0 ? ring.field().zero() : sampler.apply(random));
        }
        return ring.of(sampler.apply(random), coefficients);
    }
}

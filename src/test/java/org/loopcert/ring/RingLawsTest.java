package org.loopcert.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Every law runs on every ring that declares it, on random samples; jqwik prints the seed of a
 * failing run.
 */
class RingLawsTest {
    private static final int TRIES = 150;

    /** A law of one ring, given a source of samples. */
    private interface Law {
        <E> void check(RingCase<E> ringCase, Random random);
    }

    private static void onEveryRingWith(org.loopcert.ring.Property property, Random random, Law law) {
        for (RingCase<?> ringCase : RingCase.all()) {
            if (ringCase.has(property)) {
                law.check(ringCase, random);
            }
        }
    }

    /** A law of one arithmetic of elements of any shapes, given a source of samples. */
    private interface GeneralLaw {
        <E> void check(ArithmeticCase<E> each, Random random);
    }

    private static void onEveryArithmeticWith(org.loopcert.ring.Property property, Random random, GeneralLaw law) {
        for (ArithmeticCase<?> each : ArithmeticCase.all()) {
            if (each.has(property)) {
                law.check(each, random);
            }
        }
    }

    private static <E> void agree(RingCase<E> ringCase, Supplier<E> left, Supplier<E> right) {
        agree(ringCase.ring(), left, right);
    }

    private static <E> void agree(Arithmetic<E> ring, Supplier<E> left, Supplier<E> right) {
        Optional<E> a = defined(ring, left);
        Optional<E> b = defined(ring, right);
        // affine forms: a law is claimed where both sides are defined
        if (a.isPresent() && b.isPresent()) {
            assertThat(ring.equal(a.get(), b.get()))
                    .as("%s: %s against %s", ring.name(), a.get(), b.get())
                    .isTrue();
        }
    }

    private static <E> Optional<E> defined(Arithmetic<E> ring, Supplier<E> value) {
        if (!ring.has(org.loopcert.ring.Property.PARTIAL_MULTIPLICATION)) {
            return Optional.of(value.get());
        }
        try {
            return Optional.of(value.get());
        } catch (DegreeExceededException exceeded) {
            return Optional.empty();
        }
    }

    @Test
    void everyPropertyIsDeclaredBySomeRing() {
        Set<org.loopcert.ring.Property> declared = new HashSet<>();
        RingCase.all().forEach(ringCase -> declared.addAll(ringCase.ring().properties()));
        assertThat(declared).containsExactlyInAnyOrder(org.loopcert.ring.Property.values());
    }

    @Test
    void namesTellRingsApart() {
        assertThat(ArithmeticCase.all().stream().map(each -> each.arithmetic().name()))
                .doesNotHaveDuplicates();
    }

    @Property(tries = TRIES)
    void additionIsAGroup(@ForAll Random random) {
        onEveryArithmeticWith(org.loopcert.ring.Property.ADDITIVE_GROUP, random, new GeneralLaw() {
            @Override
            public <E> void check(ArithmeticCase<E> each, Random source) {
                Arithmetic<E> ring = each.arithmetic();
                Shape shape = each.shape(source);
                E a = each.sample(shape, source);
                E b = each.sample(shape, source);
                E c = each.sample(shape, source);
                agree(ring, () -> ring.add(ring.add(a, b), c), () -> ring.add(a, ring.add(b, c)));
                agree(ring, () -> ring.add(a, ring.negate(a)), () -> ring.zero(shape));
                agree(ring, () -> ring.subtract(a, b), () -> ring.add(a, ring.negate(b)));
                agree(ring, () -> ring.add(ring.subtract(a, b), b), () -> a);
            }
        });
    }

    @Property(tries = TRIES)
    void identitiesAndShapes(@ForAll Random random) {
        for (ArithmeticCase<?> each : ArithmeticCase.all()) {
            identities(each, random);
        }
        for (RingCase<?> ringCase : RingCase.all()) {
            scalars(ringCase, random);
        }
    }

    private static <E> void identities(ArithmeticCase<E> each, Random random) {
        Arithmetic<E> ring = each.arithmetic();
        Shape shape = each.shape(random);
        String other = each.dimension(random);
        E a = each.sample(shape, random);
        assertThat(ring.shape(a)).as(ring.name()).isEqualTo(shape);
        E leftOne = ring.one(new Shape(shape.rows(), shape.rows()));
        E rightOne = ring.one(new Shape(shape.columns(), shape.columns()));
        agree(ring, () -> ring.add(a, ring.zero(shape)), () -> a);
        agree(ring, () -> ring.add(ring.zero(shape), a), () -> a);
        agree(ring, () -> ring.multiply(a, rightOne), () -> a);
        agree(ring, () -> ring.multiply(leftOne, a), () -> a);
        agree(
                ring,
                () -> ring.multiply(a, ring.zero(new Shape(shape.columns(), other))),
                () -> ring.zero(new Shape(shape.rows(), other)));
        agree(ring, () -> ring.negate(ring.negate(a)), () -> a);
        assertThat(ring.isZero(ring.zero(shape))).isTrue();
        assertThat(ring.isZero(leftOne)).as(ring.name()).isFalse();
        assertThat(ring.isZero(a)).isEqualTo(ring.equal(a, ring.zero(shape)));
    }

    private static <E> void scalars(RingCase<E> ringCase, Random random) {
        Ring<E> ring = ringCase.ring();
        E a = ringCase.sample(random);
        agree(ring, () -> ring.transpose(a), () -> a);
        assertThat(ring.zero(ring.shape(a))).isEqualTo(ring.zero());
        assertThat(ring.one(ring.shape(a))).isEqualTo(ring.one());
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ring.zero(new Shape("n", "d")))
                .withMessageContaining("n x d");
    }

    /** Transposition is an involution that keeps sums and reverses products, everywhere. */
    @Property(tries = TRIES)
    void transpositionReversesProducts(@ForAll Random random) {
        for (ArithmeticCase<?> each : ArithmeticCase.all()) {
            transposition(each, random);
        }
    }

    private static <E> void transposition(ArithmeticCase<E> each, Random random) {
        Arithmetic<E> ring = each.arithmetic();
        Shape shape = each.shape(random);
        E a = each.sample(shape, random);
        E b = each.sample(shape, random);
        E c = each.sample(new Shape(shape.columns(), each.dimension(random)), random);
        assertThat(ring.shape(ring.transpose(a))).isEqualTo(shape.transpose());
        agree(ring, () -> ring.transpose(ring.transpose(a)), () -> a);
        agree(ring, () -> ring.transpose(ring.add(a, b)), () -> ring.add(ring.transpose(a), ring.transpose(b)));
        agree(ring, () -> ring.transpose(ring.negate(a)), () -> ring.negate(ring.transpose(a)));
        agree(
                ring,
                () -> ring.transpose(ring.multiply(a, c)),
                () -> ring.multiply(ring.transpose(c), ring.transpose(a)));
    }

    /** An element of shape 1 x 1 multiplies any other, from either side. */
    @Property(tries = TRIES)
    void scalarsCommuteWithEverything(@ForAll Random random) {
        for (ArithmeticCase<?> each : ArithmeticCase.all()) {
            scaling(each, random);
        }
    }

    private static <E> void scaling(ArithmeticCase<E> each, Random random) {
        Arithmetic<E> ring = each.arithmetic();
        Shape shape = each.shape(random);
        E a = each.sample(shape, random);
        E factor = each.sample(Shape.SCALAR, random);
        agree(ring, () -> ring.multiply(factor, a), () -> ring.multiply(a, factor));
        agree(ring, () -> ring.transpose(factor), () -> factor);
        if (defined(ring, () -> ring.multiply(factor, a)).isPresent()) {
            assertThat(ring.shape(ring.multiply(factor, a))).isEqualTo(shape);
        }
    }

    @Property(tries = TRIES)
    void multiplicationIsAssociative(@ForAll Random random) {
        onEveryArithmeticWith(org.loopcert.ring.Property.ASSOCIATIVE, random, new GeneralLaw() {
            @Override
            public <E> void check(ArithmeticCase<E> each, Random source) {
                Arithmetic<E> ring = each.arithmetic();
                Shape shape = each.shape(source);
                String next = each.dimension(source);
                E a = each.sample(shape, source);
                E b = each.sample(new Shape(shape.columns(), next), source);
                E c = each.sample(new Shape(next, each.dimension(source)), source);
                agree(ring, () -> ring.multiply(ring.multiply(a, b), c), () -> ring.multiply(a, ring.multiply(b, c)));
                E factor = each.sample(Shape.SCALAR, source);
                agree(
                        ring,
                        () -> ring.multiply(ring.multiply(a, factor), b),
                        () -> ring.multiply(factor, ring.multiply(a, b)));
            }
        });
    }

    @Property(tries = TRIES)
    void multiplicationCommutes(@ForAll Random random) {
        onEveryArithmeticWith(org.loopcert.ring.Property.COMMUTATIVE, random, new GeneralLaw() {
            @Override
            public <E> void check(ArithmeticCase<E> each, Random source) {
                Arithmetic<E> ring = each.arithmetic();
                String size = each.dimension(source);
                E a = each.sample(new Shape(size, size), source);
                E b = each.sample(new Shape(size, size), source);
                agree(ring, () -> ring.multiply(a, b), () -> ring.multiply(b, a));
                agree(ring, () -> ring.add(a, b), () -> ring.add(b, a));
            }
        });
    }

    @Property(tries = TRIES)
    void multiplicationDistributes(@ForAll Random random) {
        onEveryArithmeticWith(org.loopcert.ring.Property.DISTRIBUTIVE, random, new GeneralLaw() {
            @Override
            public <E> void check(ArithmeticCase<E> each, Random source) {
                Arithmetic<E> ring = each.arithmetic();
                Shape first = each.shape(source);
                Shape second = new Shape(first.columns(), each.dimension(source));
                E a = each.sample(first, source);
                E b = each.sample(first, source);
                E c = each.sample(second, source);
                E d = each.sample(second, source);
                agree(
                        ring,
                        () -> ring.multiply(a, ring.add(c, d)),
                        () -> ring.add(ring.multiply(a, c), ring.multiply(a, d)));
                agree(
                        ring,
                        () -> ring.multiply(ring.add(a, b), c),
                        () -> ring.add(ring.multiply(a, c), ring.multiply(b, c)));
            }
        });
    }

    @Property(tries = TRIES)
    void canonicalElementsAreEqualExactlyWhenTheirDifferenceIsZero(@ForAll Random random) {
        onEveryArithmeticWith(org.loopcert.ring.Property.CANONICAL, random, new GeneralLaw() {
            @Override
            public <E> void check(ArithmeticCase<E> each, Random source) {
                Arithmetic<E> ring = each.arithmetic();
                Shape shape = each.shape(source);
                E a = each.sample(shape, source);
                E b = each.sample(shape, source);
                assertThat(a.equals(b)).isEqualTo(ring.equal(a, b));
                if (!each.has(org.loopcert.ring.Property.ADDITIVE_GROUP)) {
                    return;
                }
                assertThat(ring.equal(a, b)).isEqualTo(ring.isZero(ring.subtract(a, b)));
                // the same element by another route has the same representation
                E again = ring.subtract(ring.add(a, b), b);
                assertThat(again).as(ring.name()).isEqualTo(a).hasSameHashCodeAs(a);
                assertThat(ring.show(again)).isEqualTo(ring.show(a));
            }
        });
    }

    /** What is not declared does not hold: matrix words and matrices of two rows do not commute. */
    @Test
    void commutativityIsDeclaredWhereverItHolds() {
        assertThat(ArithmeticCase.all())
                .filteredOn(each -> !each.has(org.loopcert.ring.Property.COMMUTATIVE))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(somePairDoesNotCommute(each))
                        .as(each.arithmetic().name())
                        .isTrue());
    }

    private static <E> boolean somePairDoesNotCommute(ArithmeticCase<E> each) {
        Arithmetic<E> ring = each.arithmetic();
        Random random = new Random(5);
        for (int k = 0; k < 200; k++) {
            String size = each.dimension(random);
            E a = each.sample(new Shape(size, size), random);
            E b = each.sample(new Shape(size, size), random);
            Optional<E> product = defined(ring, () -> ring.multiply(a, b));
            if (product.isPresent() && !ring.equal(product.get(), ring.multiply(b, a))) {
                return true;
            }
        }
        return false;
    }

    @Property(tries = TRIES)
    void integersMapHomomorphically(@ForAll Random random) {
        onEveryRingWith(org.loopcert.ring.Property.EXACT, random, new Law() {
            @Override
            public <E> void check(RingCase<E> ringCase, Random source) {
                Ring<E> ring = ringCase.ring();
                BigInteger a = RingCase.integer(source, 100);
                BigInteger b = RingCase.integer(source, 100);
                agree(
                        ringCase,
                        () -> ring.fromInteger(a.add(b)),
                        () -> ring.add(ring.fromInteger(a), ring.fromInteger(b)));
                agree(
                        ringCase,
                        () -> ring.fromInteger(a.multiply(b)),
                        () -> ring.multiply(ring.fromInteger(a), ring.fromInteger(b)));
                agree(ringCase, () -> ring.fromLong(1), ring::one);
            }
        });
    }

    @Property(tries = TRIES)
    void fieldsInvertAndTakeTheRationals(@ForAll Random random) {
        for (RingCase<?> ringCase : RingCase.all()) {
            if (ringCase.has(org.loopcert.ring.Property.FIELD)) {
                fieldLaws(ringCase, random);
            }
        }
    }

    private static <E> void fieldLaws(RingCase<E> ringCase, Random random) {
        assertThat(ringCase.ring()).isInstanceOf(Field.class);
        Field<E> field = (Field<E>) ringCase.ring();
        E a = ringCase.sample(random);
        E b = ringCase.sample(random);
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> field.divide(a, field.zero()))
                .withMessageContaining(field.name());
        if (!field.isZero(b)) {
            agree(ringCase, () -> field.multiply(field.divide(a, b), b), () -> a);
            agree(ringCase, () -> field.multiply(b, field.invert(b)), field::one);
        }
        BigRational p = RingCase.rational(random);
        BigRational q = RingCase.rational(random);
        if (field instanceof ResidueField residues
                && (p.getDenominatorBigInteger().mod(residues.prime()).signum() == 0
                        || q.getDenominatorBigInteger().mod(residues.prime()).signum() == 0)) {
            return;
        }
        RationalField rationals = RationalField.INSTANCE;
        agree(
                ringCase,
                () -> field.fromRational(rationals.add(p, q)),
                () -> field.add(field.fromRational(p), field.fromRational(q)));
        agree(
                ringCase,
                () -> field.fromRational(rationals.multiply(p, q)),
                () -> field.multiply(field.fromRational(p), field.fromRational(q)));
    }

    @Property(tries = TRIES)
    void orderIsTotalAndCompatible(@ForAll Random random) {
        for (RingCase<?> ringCase : RingCase.all()) {
            if (ringCase.has(org.loopcert.ring.Property.ORDERED)) {
                orderLaws(ringCase, random);
            }
        }
    }

    private static <E> void orderLaws(RingCase<E> ringCase, Random random) {
        assertThat(ringCase.ring()).isInstanceOf(OrderedRing.class);
        OrderedRing<E> ring = (OrderedRing<E>) ringCase.ring();
        E a = ringCase.sample(random);
        E b = ringCase.sample(random);
        E c = ringCase.sample(random);
        assertThat(ring.compare(a, b) == 0).isEqualTo(ring.equal(a, b));
        assertThat(Integer.signum(ring.compare(a, b))).isEqualTo(-Integer.signum(ring.compare(b, a)));
        if (ring.compare(a, b) <= 0 && ring.compare(b, c) <= 0) {
            assertThat(ring.compare(a, c)).isLessThanOrEqualTo(0);
        }
        if (ring.compare(a, b) <= 0) {
            assertThat(ring.compare(ring.add(a, c), ring.add(b, c)))
                    .as("%s: %s <= %s shifted by %s", ring.name(), a, b, c)
                    .isLessThanOrEqualTo(0);
        }
        assertThat(ring.signum(ring.multiply(ring.abs(a), ring.abs(b)))).isNotNegative();
        assertThat(ring.signum(ring.abs(a))).isEqualTo(Math.abs(ring.signum(a)));
        assertThat(ring.signum(ring.negate(a))).isEqualTo(-ring.signum(a));
        assertThat(ring.compare(ring.zero(), ring.one())).isNegative();
        if (ring.has(org.loopcert.ring.Property.EXACT)) {
            assertThat(ring.signum(ring.multiply(a, b))).isEqualTo(ring.signum(a) * ring.signum(b));
            assertThat(Integer.signum(ring.compare(a, b))).isEqualTo(ring.signum(ring.subtract(a, b)));
        }
    }

    @Property(tries = TRIES)
    void intervalsContainTheExactResults(@ForAll Random random) {
        for (int precision : new int[] {2, 24, 53, 113}) {
            IntervalRing ring = IntervalRing.of(precision);
            RationalField exact = RationalField.INSTANCE;
            Interval a = RingCase.interval(random, precision);
            Interval b = RingCase.interval(random, precision);
            BiConsumer<Interval, BigRational> contains = (interval, value) -> {
                assertThat(interval.contains(value))
                        .as("%s in %s", value, interval)
                        .isTrue();
                assertThat(interval.lower().mantissa().bitLength()).isLessThanOrEqualTo(precision);
                assertThat(interval.upper().mantissa().bitLength()).isLessThanOrEqualTo(precision);
            };
            BigRational p = member(a, random);
            BigRational q = member(b, random);
            contains.accept(ring.add(a, b), exact.add(p, q));
            contains.accept(ring.subtract(a, b), exact.subtract(p, q));
            contains.accept(ring.multiply(a, b), exact.multiply(p, q));
            contains.accept(ring.negate(a), exact.negate(p));
            if (b.contains(BigRational.ZERO)) {
                assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> ring.divide(a, b));
            } else {
                contains.accept(ring.divide(a, b), exact.divide(p, q));
            }
            BigRational r = RingCase.rational(random);
            Interval image = ring.fromRational(r);
            contains.accept(image, r);
            // outward, but not by more than one unit in the last place at each end
            BigRational allowed =
                    exact.multiply(exact.abs(r), RationalField.of(BigInteger.ONE, BigInteger.TWO.pow(precision - 2)));
            assertThat(exact.compare(image.width().toRational(), allowed)).isLessThanOrEqualTo(0);
        }
    }

    private static BigRational member(Interval interval, Random random) {
        RationalField exact = RationalField.INSTANCE;
        BigRational weight = RationalField.of(random.nextInt(17), 16);
        return exact.add(
                interval.lower().toRational(),
                exact.multiply(weight, interval.width().toRational()));
    }

    @Property(tries = 1000)
    void roundedOperationsAreTheExactResultRoundedOnce(@ForAll Random random) {
        for (RingCase<?> ringCase : RingCase.all()) {
            if (ringCase.has(org.loopcert.ring.Property.CORRECTLY_ROUNDED)) {
                assertThat(ringCase.ring()).isInstanceOf(FloatingPoint.class);
                FloatingPoint ring = (FloatingPoint) ringCase.ring();
                roundedOnce(ring, (Double) ringCase.sample(random), (Double) ringCase.sample(random));
            }
        }
    }

    private static void roundedOnce(FloatingPoint ring, double a, double b) {
        RationalField exact = RationalField.INSTANCE;
        BigRational p = FloatingPoint.exact(a);
        BigRational q = FloatingPoint.exact(b);
        assertThat(ring.equal(ring.add(a, b), ring.fromRational(exact.add(p, q))))
                .as("%s: %s + %s", ring.name(), a, b)
                .isTrue();
        assertThat(ring.equal(ring.subtract(a, b), ring.fromRational(exact.subtract(p, q))))
                .as("%s: %s - %s", ring.name(), a, b)
                .isTrue();
        assertThat(ring.equal(ring.multiply(a, b), ring.fromRational(exact.multiply(p, q))))
                .as("%s: %s * %s", ring.name(), a, b)
                .isTrue();
        if (b != 0.0) {
            assertThat(ring.equal(ring.divide(a, b), ring.fromRational(exact.divide(p, q))))
                    .as("%s: %s / %s", ring.name(), a, b)
                    .isTrue();
        }
    }

    @Property(tries = 200)
    void rationalsOnBothLibrariesAgree(@ForAll Random random) {
        BigRational p = RingCase.rational(random);
        BigRational q = RingCase.rational(random);
        RationalField first = RationalField.INSTANCE;
        AprationalField second = AprationalField.INSTANCE;
        var a = second.fromRational(p);
        var b = second.fromRational(q);
        assertThat(AprationalField.toRational(second.add(a, b))).isEqualTo(first.add(p, q));
        assertThat(AprationalField.toRational(second.subtract(a, b))).isEqualTo(first.subtract(p, q));
        assertThat(AprationalField.toRational(second.multiply(a, b))).isEqualTo(first.multiply(p, q));
        assertThat(second.compare(a, b)).isEqualTo(first.compare(p, q));
        assertThat(second.show(a)).isEqualTo(first.show(p));
        if (!first.isZero(q)) {
            assertThat(AprationalField.toRational(second.divide(a, b))).isEqualTo(first.divide(p, q));
        }
    }

    @Property(tries = 200)
    void dyadicsAgreeWithTheRationals(@ForAll Random random) {
        Dyadic a = RingCase.dyadic(random);
        Dyadic b = RingCase.dyadic(random);
        RationalField exact = RationalField.INSTANCE;
        DyadicRing ring = DyadicRing.INSTANCE;
        assertThat(ring.add(a, b).toRational()).isEqualTo(exact.add(a.toRational(), b.toRational()));
        assertThat(ring.multiply(a, b).toRational()).isEqualTo(exact.multiply(a.toRational(), b.toRational()));
        assertThat(Integer.signum(ring.compare(a, b))).isEqualTo(exact.compare(a.toRational(), b.toRational()));
        int bits = 2 + random.nextInt(60);
        assertThat(a.roundDown(bits).compareTo(a)).isLessThanOrEqualTo(0);
        assertThat(a.roundUp(bits).compareTo(a)).isGreaterThanOrEqualTo(0);
        assertThat(a.roundUp(bits).add(a.roundDown(bits).negate()).compareTo(ulp(a, bits)))
                .isLessThanOrEqualTo(0);
    }

    private static Dyadic ulp(Dyadic value, int bits) {
        int drop = Math.max(0, value.mantissa().bitLength() - bits);
        return new Dyadic(BigInteger.ONE, value.exponent() + drop);
    }
}

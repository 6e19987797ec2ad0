package org.loopcert.kernel.value;

import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.value.NotACounterexample.Reason;

/**
 * A real number between two rationals, ends included; equal ends are the number itself. What is exact stays exact, all
 * else is rounded outwards.
 */
public record Enclosure(Fraction lower, Fraction upper) {
    static final Enclosure ZERO = of(Fraction.ZERO);
    static final Enclosure ONE = of(Fraction.ONE);

    private static final Fraction LARGEST_EXPONENT = Fraction.of(4096);

    public Enclosure {
        if (upper.below(lower)) {
            throw new IllegalArgumentException("ends cross: " + lower + " > " + upper);
        }
    }

    public static Enclosure of(Fraction value) {
        return new Enclosure(value, value);
    }

    /** How exactly to compute, and what may be spent on it. */
    static final class Meter {
        private static final long WORK = 10_000_000;
        private static final int LENGTH = 20_000;

        /** Significant bits of rounded ends. */
        final int bits;

        private final AtomicLong spent;

        /** From what has been spent so far. */
        Meter(int bits, AtomicLong spent) {
            this.bits = bits;
            this.spent = spent;
        }

        /** Before work of so many products of 64-bit words. */
        void spend(long units) throws NotACounterexample {
            long sum = spent.addAndGet(units);
            NotACounterexample.require(sum <= WORK, Reason.LIMIT, "work within " + WORK, sum);
        }

        private void operands(Enclosure one, Enclosure other) throws NotACounterexample {
            spend(8 + (long) one.words() * other.words());
        }

        private Fraction checked(Fraction exact) throws NotACounterexample {
            int length =
                    Math.max(exact.numerator().bitLength(), exact.denominator().bitLength());
            NotACounterexample.require(length <= LENGTH, Reason.LIMIT, "numbers of " + LENGTH + " bits", length);
            return exact;
        }
    }

    public boolean isExact() {
        return lower.equals(upper);
    }

    public boolean contains(Fraction value) {
        return lower.atMost(value) && value.atMost(upper);
    }

    /** Whether no number lies in both. */
    boolean isApart(Enclosure other) {
        return upper.below(other.lower) || other.upper.below(lower);
    }

    private int words() {
        int ends = lower.numerator().bitLength() + lower.denominator().bitLength();
        return 1 + (ends + upper.numerator().bitLength() + upper.denominator().bitLength()) / 64;
    }

    private static Enclosure made(Fraction lower, Fraction upper, Meter meter) throws NotACounterexample {
        if (lower.equals(upper)) {
            return of(meter.checked(lower));
        }
        return new Enclosure(
                down(lower, meter.bits), down(upper.negate(), meter.bits).negate());
    }

    /** A number of about so many significant bits, at most the value and less than a unit of its last bit below it. */
    private static Fraction down(Fraction value, int bits) {
        int shift = bits - value.numerator().bitLength() + value.denominator().bitLength();
        BigInteger numerator = value.numerator();
        BigInteger denominator = value.denominator();
        if (shift >= 0) {
            numerator = numerator.shiftLeft(shift);
        } else {
            denominator = denominator.shiftLeft(-shift);
        }
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        return shift >= 0 ? Fraction.of(floor, BigInteger.ONE.shiftLeft(shift)) : Fraction.of(floor.shiftLeft(-shift));
    }

    Enclosure negate() {
        return new Enclosure(upper.negate(), lower.negate());
    }

    Enclosure add(Enclosure other, Meter meter) throws NotACounterexample {
        meter.operands(this, other);
        return made(lower.add(other.lower), upper.add(other.upper), meter);
    }

    Enclosure multiply(Enclosure other, Meter meter) throws NotACounterexample {
        meter.operands(this, other);
        if (isExact() && other.isExact()) {
            return of(meter.checked(lower.multiply(other.lower)));
        }
        Fraction one = lower.multiply(other.lower);
        Fraction two = lower.multiply(other.upper);
        Fraction three = upper.multiply(other.lower);
        Fraction four = upper.multiply(other.upper);
        return made(one.min(two).min(three.min(four)), one.max(two).max(three.max(four)), meter);
    }

    /** The square, which is not negative. */
    Enclosure square(Meter meter) throws NotACounterexample {
        Enclosure absolute = abs();
        return absolute.multiply(absolute, meter);
    }

    /** Undefined at zero. */
    Enclosure divide(Enclosure other, Meter meter) throws NotACounterexample {
        boolean zero = other.isExact() && other.lower.signum() == 0;
        NotACounterexample.require(!zero, Reason.UNDEFINED, "a divisor that is not zero", "0");
        NotACounterexample.require(
                !other.contains(Fraction.ZERO), Reason.PRECISION, "a divisor that is not zero", other);
        Enclosure inverse = new Enclosure(Fraction.ONE.divide(other.upper), Fraction.ONE.divide(other.lower));
        return multiply(inverse, meter);
    }

    Enclosure abs() {
        if (lower.signum() >= 0) {
            return this;
        }
        return upper.signum() <= 0 ? negate() : new Enclosure(Fraction.ZERO, upper.max(lower.negate()));
    }

    Enclosure max(Enclosure other) {
        return new Enclosure(lower.max(other.lower), upper.max(other.upper));
    }

    /** Undefined below zero. */
    Enclosure sqrt(Meter meter) throws NotACounterexample {
        NotACounterexample.require(upper.signum() >= 0, Reason.UNDEFINED, "a radicand that is not negative", upper);
        NotACounterexample.require(lower.signum() >= 0, Reason.PRECISION, "a radicand that is not negative", this);
        meter.operands(this, this);
        Fraction least = root(lower, false, meter.bits);
        return made(
                least, isExact() && least.multiply(least).equals(lower) ? least : root(upper, true, meter.bits), meter);
    }

    /** sqrt(p/q) = sqrt(p q)/q, rounded to one side unless p q is a square. */
    private static Fraction root(Fraction value, boolean above, int bits) {
        BigInteger radicand = value.numerator().multiply(value.denominator());
        int shift = Math.max(0, bits - radicand.bitLength() / 2);
        BigInteger[] root = radicand.shiftLeft(2 * shift).sqrtAndRemainder();
        BigInteger numerator = above && root[1].signum() != 0 ? root[0].add(BigInteger.ONE) : root[0];
        return Fraction.of(numerator, value.denominator().shiftLeft(shift));
    }

    Enclosure exp(Meter meter) throws NotACounterexample {
        return made(exp(lower, meter).lower, exp(upper, meter).upper, meter);
    }

    /** Undefined up to zero. */
    Enclosure log(Meter meter) throws NotACounterexample {
        NotACounterexample.require(upper.signum() > 0, Reason.UNDEFINED, "a logarithm of a positive number", upper);
        NotACounterexample.require(lower.signum() > 0, Reason.PRECISION, "a logarithm of a positive number", this);
        return made(log(lower, meter).lower, log(upper, meter).upper, meter);
    }

    /** exp(x) = exp(x / 2^k)^(2^k) with |x / 2^k| at most a half: each term of the series is at most half the one before. */
    private static Enclosure exp(Fraction value, Meter meter) throws NotACounterexample {
        if (value.signum() == 0) {
            return ONE;
        }
        NotACounterexample.require(
                value.abs().atMost(LARGEST_EXPONENT),
                Reason.LIMIT,
                "an exponent of at most " + LARGEST_EXPONENT,
                value);
        int halvings = 2
                + Math.max(
                        0, value.numerator().bitLength() - value.denominator().bitLength());
        Meter fine = new Meter(meter.bits + 2 * halvings + 16, meter.spent);
        Fraction reduced = value.divide(Fraction.of(BigInteger.ONE.shiftLeft(halvings)));
        Enclosure x = around(reduced, fine);
        Enclosure term = ONE;
        Enclosure sum = ONE;
        for (int i = 1; !term.isNegligible(fine); i++) {
            term = term.multiply(x, fine).divide(of(Fraction.of(i)), fine);
            sum = sum.add(term, fine);
        }
        // what is left out is at most the last term
        sum = sum.widen(term, fine);
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, fine);
        }
        return sum;
    }

    /** log(2^k m) = 2 artanh((m - 1)/(m + 1)) + 2 k artanh(1/3), with m between a half and two. */
    private static Enclosure log(Fraction value, Meter meter) throws NotACounterexample {
        if (value.equals(Fraction.ONE)) {
            return ZERO;
        }
        Meter fine = new Meter(meter.bits + 32, meter.spent);
        int shift = value.numerator().bitLength() - value.denominator().bitLength();
        Fraction power = Fraction.of(BigInteger.ONE.shiftLeft(Math.abs(shift)));
        Fraction m = shift >= 0 ? value.divide(power) : value.multiply(power);
        Enclosure one = artanh(m.subtract(Fraction.ONE).divide(m.add(Fraction.ONE)), fine);
        Enclosure two = artanh(Fraction.ONE.divide(Fraction.of(3)), fine);
        Enclosure log =
                one.add(two.multiply(of(Fraction.of(shift)), fine), fine).multiply(of(Fraction.TWO), fine);
        return log;
    }

    /** x + x^3/3 + x^5/5 + ... for |x| at most a third: each term is at most a ninth of the one before. */
    private static Enclosure artanh(Fraction value, Meter meter) throws NotACounterexample {
        Enclosure x = around(value, meter);
        Enclosure square = x.square(meter);
        Enclosure power = x;
        Enclosure sum = x;
        for (int i = 3; !power.isNegligible(meter); i += 2) {
            power = power.multiply(square, meter);
            sum = sum.add(power.divide(of(Fraction.of(i)), meter), meter);
        }
        return sum.widen(power, meter);
    }

    /** Never exact unless it is zero, so that powers are rounded. */
    private static Enclosure around(Fraction value, Meter meter) {
        Fraction slack = value.abs().divide(Fraction.of(BigInteger.ONE.shiftLeft(meter.bits)));
        Fraction upper = down(value.negate().subtract(slack), meter.bits).negate();
        return new Enclosure(down(value.subtract(slack), meter.bits), upper);
    }

    private boolean isNegligible(Meter meter) {
        Fraction unit = new Fraction(BigInteger.ONE, BigInteger.ONE.shiftLeft(meter.bits));
        return abs().upper.atMost(unit);
    }

    /** Every number that differs from one in here by at most the largest absolute value in the other. */
    Enclosure widen(Enclosure by, Meter meter) throws NotACounterexample {
        Fraction most = by.abs().upper;
        return add(new Enclosure(most.negate(), most), meter);
    }

    /** The value, or both ends. */
    @Override
    public String toString() {
        return isExact() ? lower.toString() : "[" + lower + ", " + upper + "]";
    }
}

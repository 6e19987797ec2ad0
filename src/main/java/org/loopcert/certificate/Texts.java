package org.loopcert.certificate;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loopcert.kernel.Json;
import org.loopcert.ring.RationalField;

/** Exact numbers in the one spelling that certificates allow. */
public final class Texts {
    /** Those that end up below the entries of most instances. */
    private static final String[] POWERS = new String[128];

    static {
        Arrays.setAll(POWERS, k -> BigInteger.ONE.shiftLeft(k).toString());
    }

    private Texts() {}

    /** {@code p} or {@code p/q} in lowest terms, q at least 2. */
    public static String fraction(BigRational value) {
        BigDecimal above = value.getNumerator();
        BigDecimal below = value.getDenominator();
        if (above.scale() == 0 && below.scale() == 0 && below.signum() > 0) {
            BigInteger q = below.unscaledValue();
            if (q.bitCount() == 1) {
                return dyadic(above.unscaledValue(), q.bitLength() - 1);
            }
        }
        BigRational reduced = RationalField.canonical(value);
        BigInteger p = reduced.getNumeratorBigInteger();
        BigInteger q = reduced.getDenominatorBigInteger();
        return fraction(p, q);
    }

    /** As {@link #fraction(BigRational)}, of p/q in lowest terms with a positive q. */
    private static String fraction(BigInteger p, BigInteger q) {
        return q.equals(BigInteger.ONE) ? decimal(p) : decimal(p) + "/" + decimal(q);
    }

    private static String decimal(BigInteger value) {
        return value.bitLength() < Long.SIZE ? Long.toString(value.longValue()) : value.toString();
    }

    /** p / 2^e in lowest terms: the exact values of doubles come in thousands, and need no gcd. */
    private static String dyadic(BigInteger p, int e) {
        int shared = p.signum() == 0 ? e : Math.min(e, p.getLowestSetBit());
        BigInteger odd = shared == 0 ? p : p.shiftRight(shared);
        return shared == e ? decimal(odd) : decimal(odd) + "/" + powerOfTwo(e - shared);
    }

    /** The digits of 2^exponent. */
    static String powerOfTwo(int exponent) {
        return exponent < POWERS.length
                ? POWERS[exponent]
                : BigInteger.ONE.shiftLeft(exponent).toString();
    }

    public static Json.Str number(BigRational value) {
        return string(fraction(value));
    }

    /** p/q, which is in lowest terms, q positive. */
    public static Json.Str number(BigInteger p, BigInteger q) {
        return string(fraction(p, q));
    }

    public static Json.Str integer(BigInteger value) {
        return string(decimal(value));
    }

    public static Json.Str string(String text) {
        return new Json.Str(0, text);
    }

    public static Json.Int count(long value) {
        return new Json.Int(0, value);
    }

    public static Json.Arr numbers(Iterable<BigRational> values) {
        List<Json> items = new ArrayList<>();
        values.forEach(value -> items.add(number(value)));
        return new Json.Arr(0, items);
    }

    public static Json.Arr integers(BigInteger... values) {
        return new Json.Arr(0, Arrays.stream(values).<Json>map(Texts::integer).toList());
    }

    public static Json.Arr array(List<? extends Json> items) {
        return new Json.Arr(0, List.copyOf(items));
    }

    /** An object of the given fields, in order. */
    public static Json.Obj object(Field... fields) {
        return object(List.of(fields));
    }

    public static Json.Obj object(List<Field> fields) {
        return new Json.Obj(
                0,
                fields.stream().map(Field::name).toList(),
                fields.stream().map(Field::value).toList());
    }

    public static Field field(String name, Json value) {
        return new Field(name, value);
    }

    /** One or more fields of a line that write themselves. */
    public interface Part {
        void write(CanonicalText out);
    }

    /** A named value. */
    public record Field(String name, Json value) implements Part {
        @Override
        public void write(CanonicalText out) {
            out.field(name, value);
        }
    }
}

package org.loopcert.certificate;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loopcert.kernel.Json;
import org.loopcert.ring.RationalField;

/** Exact numbers in the one spelling that certificates allow. */
public final class Texts {
    private Texts() {}

    /** {@code p} or {@code p/q} in lowest terms, q at least 2. */
    public static String fraction(BigRational value) {
        BigRational reduced = RationalField.canonical(value);
        BigInteger p = reduced.getNumeratorBigInteger();
        BigInteger q = reduced.getDenominatorBigInteger();
        return q.equals(BigInteger.ONE) ? p.toString() : p + "/" + q;
    }

    public static Json.Str number(BigRational value) {
        return string(fraction(value));
    }

    public static Json.Str integer(BigInteger value) {
        return string(value.toString());
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

    /** A named value. */
    public record Field(String name, Json value) {}
}

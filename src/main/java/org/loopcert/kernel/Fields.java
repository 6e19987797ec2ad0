package org.loopcert.kernel;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of an object in the order that the grammar fixes. */
final class Fields {
    private final Json.Obj object;
    private final Limits.Meter meter;
    private int next;

    private Fields(Json.Obj object, Limits.Meter meter) {
        this.object = object;
        this.meter = meter;
    }

    static Fields of(Json value, Limits.Meter meter) throws Refusal {
        if (value instanceof Json.Obj object) {
            return new Fields(object, meter);
        }
        throw Refusal.malformed(value.at(), "an object", kind(value));
    }

    int at() {
        return object.at();
    }

    /** Whether the next field has this name. */
    boolean has(String name) {
        return next < object.names().size() && object.names().get(next).equals(name);
    }

    Json take(String name) throws Refusal {
        if (!has(name)) {
            boolean more = next < object.names().size();
            throw Refusal.malformed(
                    more ? object.values().get(next).at() : object.at(),
                    "field '" + name + "'",
                    more ? "field " + Json.brief(object.names().get(next)) : "end of the object");
        }
        return object.values().get(next++);
    }

    void end() throws Refusal {
        if (next < object.names().size()) {
            throw Refusal.malformed(
                    object.values().get(next).at(),
                    "end of the object",
                    "field " + Json.brief(object.names().get(next)));
        }
    }

    Fields object(String name) throws Refusal {
        return of(take(name), meter);
    }

    String string(String name) throws Refusal {
        return text(take(name)).text();
    }

    /** A count: a plain integer in the range [low, high]. */
    long count(String name, long low, long high) throws Refusal {
        return count(take(name), low, high);
    }

    int index(String name, int low, int high) throws Refusal {
        return Math.toIntExact(count(name, low, high));
    }

    Fraction fraction(String name) throws Refusal {
        return Fraction.read(text(take(name)), meter);
    }

    List<Fraction> fractions(String name) throws Refusal {
        return fractions(take(name));
    }

    BigInteger[] integers(String name) throws Refusal {
        return integers(take(name));
    }

    BigInteger[][] integerRows(String name) throws Refusal {
        List<Json> rows = array(take(name));
        BigInteger[][] result = new BigInteger[rows.size()][];
        for (int i = 0; i < result.length; i++) {
            result[i] = integers(rows.get(i));
        }
        return result;
    }

    List<List<Fraction>> fractionRows(String name) throws Refusal {
        List<List<Fraction>> result = new ArrayList<>();
        for (Json row : array(take(name))) {
            result.add(fractions(row));
        }
        return List.copyOf(result);
    }

    List<Integer> indices(String name, int low, int high) throws Refusal {
        List<Integer> result = new ArrayList<>();
        for (Json item : array(take(name))) {
            result.add(Math.toIntExact(count(item, low, high)));
        }
        return result;
    }

    List<Fields> objects(String name) throws Refusal {
        List<Fields> result = new ArrayList<>();
        for (Json item : array(take(name))) {
            result.add(of(item, meter));
        }
        return result;
    }

    private BigInteger[] integers(Json value) throws Refusal {
        List<Json> items = array(value);
        BigInteger[] result = new BigInteger[items.size()];
        for (int i = 0; i < result.length; i++) {
            Fraction entry = Fraction.read(text(items.get(i)), meter);
            if (!entry.denominator().equals(BigInteger.ONE)) {
                throw Refusal.malformed(items.get(i).at(), "an integer", entry.toString());
            }
            result[i] = entry.numerator();
        }
        return result;
    }

    private List<Fraction> fractions(Json value) throws Refusal {
        List<Fraction> result = new ArrayList<>();
        for (Json item : array(value)) {
            result.add(Fraction.read(text(item), meter));
        }
        return List.copyOf(result);
    }

    private static long count(Json value, long low, long high) throws Refusal {
        if (value instanceof Json.Int number && number.value() >= low && number.value() <= high) {
            return number.value();
        }
        throw Refusal.malformed(
                value.at(),
                "an integer from " + low + " to " + high,
                value instanceof Json.Int number ? Long.toString(number.value()) : kind(value));
    }

    private static Json.Str text(Json value) throws Refusal {
        if (value instanceof Json.Str str) {
            return str;
        }
        throw Refusal.malformed(value.at(), "a string", kind(value));
    }

    private static List<Json> array(Json value) throws Refusal {
        if (value instanceof Json.Arr array) {
            return array.items();
        }
        throw Refusal.malformed(value.at(), "an array", kind(value));
    }

    private static String kind(Json value) {
        if (value instanceof Json.Obj) {
            return "an object";
        }
        if (value instanceof Json.Arr) {
            return "an array";
        }
        return value instanceof Json.Str str ? Json.brief(str.text()) : "a plain integer";
    }
}

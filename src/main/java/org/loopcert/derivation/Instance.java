package org.loopcert.derivation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.loopcert.kernel.Fraction;
import org.loopcert.matrix.Matrix;

/**
 * Values for some of the declared names. Immutable.
 *
 * @param integers dimensions and other integers
 * @param symbols matrices, vectors and scalars, the last ones 1 x 1
 * @param sequences values at consecutive integers
 */
record Instance(
        Map<String, Integer> integers,
        Map<String, Matrix<Fraction>> symbols,
        Map<String, SortedMap<Integer, Matrix<Fraction>>> sequences) {
    Instance {
        integers = Collections.unmodifiableMap(new LinkedHashMap<>(integers));
        symbols = Collections.unmodifiableMap(new LinkedHashMap<>(symbols));
        sequences = Collections.unmodifiableMap(new LinkedHashMap<>(sequences));
    }

    static Instance of(Map<String, Integer> integers) {
        return new Instance(integers, Map.of(), Map.of());
    }

    /** Something that needs a value: a symbol, or a sequence at one index. */
    record Unknown(String name, int index) {
        /** The index of a symbol, which has none. */
        static final int NONE = Integer.MIN_VALUE;

        static Unknown symbol(String name) {
            return new Unknown(name, NONE);
        }

        boolean isSymbol() {
            return index == NONE;
        }
    }

    /** The value, or null. */
    Matrix<Fraction> get(Unknown unknown) {
        return unknown.isSymbol()
                ? symbols.get(unknown.name())
                : sequences
                        .getOrDefault(unknown.name(), Collections.emptySortedMap())
                        .get(unknown.index());
    }

    Instance with(Unknown unknown, Matrix<Fraction> value) {
        if (unknown.isSymbol()) {
            Map<String, Matrix<Fraction>> more = new LinkedHashMap<>(symbols);
            more.put(unknown.name(), value);
            return new Instance(integers, more, sequences);
        }
        Map<String, SortedMap<Integer, Matrix<Fraction>>> more = new LinkedHashMap<>(sequences);
        SortedMap<Integer, Matrix<Fraction>> table =
                new TreeMap<>(sequences.getOrDefault(unknown.name(), Collections.emptySortedMap()));
        table.put(unknown.index(), value);
        more.put(unknown.name(), Collections.unmodifiableSortedMap(table));
        return new Instance(integers, symbols, more);
    }

    /** How complicated the values are: small integers are simple, fractions are not. */
    long cost() {
        long cost = symbols.values().stream().mapToLong(Instance::cost).sum();
        for (SortedMap<Integer, Matrix<Fraction>> each : sequences.values()) {
            cost += each.values().stream().mapToLong(Instance::cost).sum();
        }
        return cost;
    }

    static long cost(Matrix<Fraction> matrix) {
        return matrix.toLists().stream()
                .flatMap(java.util.List::stream)
                .mapToLong(Instance::cost)
                .sum();
    }

    static long cost(Fraction value) {
        int below = value.denominator().bitLength() - 1;
        long above = value.numerator().abs().bitLength();
        // 0, then 1, then -1, then 2, ...
        return 2 * above + 5L * below + (value.signum() < 0 ? 1 : 0);
    }
}

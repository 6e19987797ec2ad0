package org.loopcert.kernel.value;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of the names of a context, and of those that a line {@code for all} binds.
 *
 * @param integers of integers and dimensions
 * @param matrices of matrices, vectors and scalars, exactly
 * @param sequences of functions of one integer, as far as they are given
 */
public record Values(Map<String, BigInteger> integers, Map<String, Matrix> matrices, Map<String, Sequence> sequences) {
    public Values {
        integers = Collections.unmodifiableMap(new LinkedHashMap<>(integers));
        matrices = Collections.unmodifiableMap(new LinkedHashMap<>(matrices));
        sequences = Collections.unmodifiableMap(new LinkedHashMap<>(sequences));
    }

    /**
     * Values at consecutive integers. A hypothesis such as {@code for all t >= 0: s(t+1) = ...} says how they go on.
     *
     * @param first the integer of the first value
     * @param values at least one
     */
    public record Sequence(BigInteger first, List<Matrix> values) {
        public Sequence {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("no value");
            }
        }

        /** The integer of the last value. */
        BigInteger last() {
            return first.add(BigInteger.valueOf(values.size() - 1L));
        }
    }
}

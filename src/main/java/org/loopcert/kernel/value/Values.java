package org.loopcert.kernel.value;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.value.NotACounterexample.Reason;

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

    Values with(String name, BigInteger value) {
        Map<String, BigInteger> more = new LinkedHashMap<>(integers);
        more.put(name, value);
        return new Values(more, matrices, sequences);
    }

    Values with(String name, Matrix value) {
        Map<String, Matrix> more = new LinkedHashMap<>(matrices);
        more.put(name, value);
        return new Values(integers, more, sequences);
    }

    /** The value of a linear form. */
    BigInteger integer(LinearForm form) throws NotACounterexample {
        BigInteger sum = form.constant();
        for (String each : form.variables()) {
            sum = sum.add(form.coefficient(each).multiply(required(integers.get(each), each)));
        }
        return sum;
    }

    /** The value, unless there is none. */
    static <V> V required(V value, String name) throws NotACounterexample {
        NotACounterexample.require(value != null, Reason.MISSING, "a value of " + name, "none");
        return value;
    }
}

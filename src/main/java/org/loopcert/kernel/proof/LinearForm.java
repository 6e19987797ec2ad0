package org.loopcert.kernel.proof;

import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.loopcert.kernel.Fraction;

/**
 * An integer c0 + c1 v1 + ... + ck vk in named integer variables: a dimension such as n + 1, an index, an exponent.
 * Immutable; no stored coefficient is zero, so that equal forms are equal objects.
 *
 * @param coefficients by name, in order
 */
public record LinearForm(Map<String, BigInteger> coefficients, BigInteger constant) {
    public static final LinearForm ZERO = of(0);
    public static final LinearForm ONE = of(1);

    public LinearForm {
        // one by one: a map that says it is sorted need not be
        SortedMap<String, BigInteger> kept = new TreeMap<>();
        coefficients.forEach(kept::put);
        kept.values().removeIf(value -> Fraction.plain(value).signum() == 0);
        Fraction.plain(constant);
        coefficients = Collections.unmodifiableSortedMap(kept);
    }

    public static LinearForm of(long constant) {
        return of(BigInteger.valueOf(constant));
    }

    public static LinearForm of(BigInteger constant) {
        return new LinearForm(Map.of(), constant);
    }

    /** The variable itself. */
    public static LinearForm variable(String name) {
        return new LinearForm(Map.of(name, BigInteger.ONE), BigInteger.ZERO);
    }

    /** The coefficient of a variable, zero where it does not occur. */
    public BigInteger coefficient(String name) {
        return coefficients.getOrDefault(name, BigInteger.ZERO);
    }

    /** The variables that occur. */
    public Set<String> variables() {
        return Set.copyOf(coefficients.keySet());
    }

    public boolean isConstant() {
        return coefficients.isEmpty();
    }

    boolean isZero() {
        return isConstant() && constant.signum() == 0;
    }

    public boolean isOne() {
        return isConstant() && constant.equals(BigInteger.ONE);
    }

    /** The form without its constant. */
    LinearForm symbolic() {
        return new LinearForm(coefficients, BigInteger.ZERO);
    }

    public LinearForm add(LinearForm other) {
        Map<String, BigInteger> sum = new HashMap<>(coefficients);
        other.coefficients.forEach((name, value) -> sum.merge(name, value, BigInteger::add));
        return new LinearForm(sum, constant.add(other.constant));
    }

    static LinearForm sum(Stream<LinearForm> forms) {
        return forms.reduce(ZERO, LinearForm::add);
    }

    public LinearForm subtract(LinearForm other) {
        return add(other.times(BigInteger.ONE.negate()));
    }

    public LinearForm plus(long value) {
        return add(of(value));
    }

    public LinearForm times(BigInteger factor) {
        Map<String, BigInteger> product = new HashMap<>(coefficients);
        product.replaceAll((name, value) -> value.multiply(factor));
        return new LinearForm(product, constant.multiply(factor));
    }

    /** The form with its variables replaced at once; variables not in the map stay. */
    public LinearForm substitute(Map<String, LinearForm> values) {
        LinearForm result = of(constant);
        for (Map.Entry<String, BigInteger> each : coefficients.entrySet()) {
            LinearForm value = values.getOrDefault(each.getKey(), variable(each.getKey()));
            result = result.add(value.times(each.getValue()));
        }
        return result;
    }

    /** Whether every coefficient and the constant are at least zero. */
    boolean hasNoNegative() {
        return constant.signum() >= 0 && coefficients.values().stream().allMatch(value -> value.signum() > 0);
    }

    /** The form in one spelling: variables in order, the constant last. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        coefficients.forEach((name, value) -> {
            text.append(value.signum() < 0 ? "-" : text.length() > 0 ? "+" : "");
            text.append(value.abs().equals(BigInteger.ONE) ? "" : value.abs()).append(name);
        });
        if (constant.signum() != 0 || isConstant()) {
            text.append(constant.signum() >= 0 && text.length() > 0 ? "+" : "").append(constant);
        }
        return text.toString();
    }
}

package org.loopcert.derivation;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.loopcert.kernel.proof.LinearForm;

/**
 * Unifies dimensions: linear forms in the declared integer variables and in unknowns, which are variables whose names
 * begin with a question mark.
 */
final class Dimensions {
    private final Map<String, LinearForm> solved = new HashMap<>();
    private final Deque<String> trail = new ArrayDeque<>();
    private int unknowns;

    LinearForm unknown() {
        unknowns++;
        return LinearForm.variable("?" + unknowns);
    }

    /** A state to which {@link #undo} goes back. */
    int mark() {
        return trail.size();
    }

    void undo(int mark) {
        while (trail.size() > mark) {
            solved.remove(trail.pop());
        }
    }

    /** The form with every solved unknown replaced. */
    LinearForm resolve(LinearForm form) {
        LinearForm result = form;
        while (result.variables().stream().anyMatch(solved::containsKey)) {
            result = result.substitute(solved);
        }
        return result;
    }

    boolean isKnown(LinearForm form) {
        return resolve(form).variables().stream().noneMatch(Dimensions::isUnknown);
    }

    private static boolean isUnknown(String name) {
        return name.startsWith("?");
    }

    /** Makes two forms equal by solving for an unknown; false if that cannot be. */
    boolean unify(LinearForm expected, LinearForm found) {
        LinearForm first = resolve(expected);
        LinearForm second = resolve(found);
        LinearForm difference = second.subtract(first);
        if (difference.equals(LinearForm.ZERO)) {
            return true;
        }
        Optional<String> unknown = unknownOf(second, difference).or(() -> unknownOf(first, difference));
        if (unknown.isEmpty()) {
            return false;
        }
        String name = unknown.get();
        BigInteger coefficient = difference.coefficient(name);
        LinearForm rest = difference.subtract(LinearForm.variable(name).times(coefficient));
        LinearForm value = rest.times(coefficient.negate());
        if (value.isConstant() && value.constant().signum() <= 0) {
            return false;
        }
        solved.put(name, value);
        trail.push(name);
        return true;
    }

    /** An unknown of the form for which the difference can be solved over the integers. */
    private static Optional<String> unknownOf(LinearForm form, LinearForm difference) {
        return form.variables().stream()
                .filter(Dimensions::isUnknown)
                .filter(each -> difference.coefficient(each).abs().equals(BigInteger.ONE))
                .min((a, b) -> Integer.compare(Integer.parseInt(a.substring(1)), Integer.parseInt(b.substring(1))));
    }

    /** The form for a reader: unknowns are shown as ?. */
    String show(LinearForm form) {
        return resolve(form).toString().replaceAll("\\?\\d+", "?");
    }

    String show(LinearForm rows, LinearForm columns) {
        LinearForm height = resolve(rows);
        LinearForm width = resolve(columns);
        boolean scalar = height.equals(LinearForm.ONE) && width.equals(LinearForm.ONE);
        return scalar ? "scalar" : show(height) + " x " + show(width);
    }
}

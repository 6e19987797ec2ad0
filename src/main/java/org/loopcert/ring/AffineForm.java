package org.loopcert.ring;

import java.util.List;
import java.util.Objects;

/**
 * A constant plus a linear combination of indeterminates. Made by an {@link AffineRing}, which
 * keeps it canonical: a constant form has no coefficients at all, any other one per indeterminate.
 *
 * @param constant the value at zero
 * @param coefficients one per indeterminate, or none for a constant form
 * @param <E> the type of constant and coefficients
 */
public record AffineForm<E>(E constant, List<E> coefficients) {
    /** Copies the coefficients. */
    public AffineForm {
        Objects.requireNonNull(constant, "constant");
        coefficients = List.copyOf(coefficients);
    }

    /** Whether no indeterminate occurs. */
    public boolean isConstant() {
        return coefficients.isEmpty();
    }
}

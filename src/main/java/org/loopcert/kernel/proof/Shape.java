package org.loopcert.kernel.proof;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The shape of a term, rows x columns, as linear forms in the dimension variables. A scalar is 1 x 1.
 */
public record Shape(LinearForm rows, LinearForm columns) {
    public static final Shape SCALAR = new Shape(LinearForm.ONE, LinearForm.ONE);

    public boolean isScalar() {
        return rows.isOne() && columns.isOne();
    }

    public boolean isSquare() {
        return rows.equals(columns);
    }

    public boolean isVector() {
        return columns.isOne() || rows.isOne();
    }

    public Shape transpose() {
        return new Shape(columns, rows);
    }

    /** The dimension variables that occur. */
    public Set<String> variables() {
        Set<String> variables = new HashSet<>(rows.variables());
        variables.addAll(columns.variables());
        return variables;
    }

    /** The shape with its variables replaced at once. */
    Shape substitute(Map<String, LinearForm> values) {
        return new Shape(rows.substitute(values), columns.substitute(values));
    }

    @Override
    public String toString() {
        return isScalar() ? "scalar" : rows + " x " + columns;
    }
}

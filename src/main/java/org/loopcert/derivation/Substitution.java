package org.loopcert.derivation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Term;

/** Values for names, integers apart from matrices. */
record Substitution(Map<String, LinearForm> integers, Map<String, Term> symbols) {
    static Substitution of(List<Formula.Variable> variables, Map<String, Term> values) {
        Map<String, LinearForm> integers = new HashMap<>();
        Map<String, Term> symbols = new HashMap<>();
        for (Formula.Variable each : variables) {
            Term value = values.get(each.name());
            if (value != null && each.isInteger()) {
                value.asInteger().ifPresent(form -> integers.put(each.name(), form));
            } else if (value != null) {
                symbols.put(each.name(), value);
            }
        }
        return new Substitution(integers, symbols);
    }

    Formula in(Formula formula) throws IllTyped {
        return formula.substitute(integers, symbols);
    }
}

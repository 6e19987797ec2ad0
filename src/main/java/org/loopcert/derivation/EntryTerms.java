package org.loopcert.derivation;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Term;

/** Terms with all integers fixed. */
final class EntryTerms {
    private EntryTerms() {}

    static Term substituted(Term term, Map<String, LinearForm> integers, Map<String, Term> symbols) {
        try {
            return term.substitute(integers, symbols);
        } catch (IllTyped failure) {
            throw EntryFailure.unsupported(failure.getMessage());
        }
    }

    static Formula substituted(Formula formula, Map<String, LinearForm> integers, Map<String, Term> symbols) {
        try {
            return formula.substitute(integers, symbols);
        } catch (IllTyped failure) {
            throw EntryFailure.unsupported(failure.getMessage());
        }
    }

    /** The body of a definition at the arguments of a term, with all declared integers fixed. */
    static Term unfold(Declaration.Definition definition, Term term, Map<String, LinearForm> integers) {
        Map<String, LinearForm> fixed = new HashMap<>(integers);
        Map<String, Term> symbols = new HashMap<>();
        for (int i = 0; i < definition.parameters().size(); i++) {
            Variable parameter = definition.parameters().get(i);
            if (parameter.isInteger()) {
                fixed.put(parameter.name(), term.argument(i).asInteger().orElseThrow());
            } else {
                symbols.put(parameter.name(), term.argument(i));
            }
        }
        return substituted(definition.body(), fixed, symbols);
    }

    /** The value of a linear form without variables, as a small number. */
    static int number(LinearForm form) {
        if (!form.isConstant()) {
            throw EntryFailure.unsupported("an integer that is not declared: " + form);
        }
        if (form.constant().bitLength() > 20) {
            throw new EntryFailure(EntryFailure.Cause.BUDGET, "an integer beyond what is expanded: " + form);
        }
        return form.constant().intValueExact();
    }

    /** The rows or columns of a shape without variables. */
    static int size(LinearForm form) {
        int size = number(form);
        if (size < 1) {
            throw EntryFailure.undefined("a matrix without rows or columns");
        }
        return size;
    }

    /** Values of integer variables as the substitution that fixes them. */
    static Map<String, LinearForm> forms(Map<String, Integer> integers) {
        return integers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> LinearForm.of(each.getValue())));
    }
}

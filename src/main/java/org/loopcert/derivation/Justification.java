package org.loopcert.derivation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loopcert.kernel.proof.Term;

/**
 * What stands after {@code by}.
 *
 * @param names of facts and rules; empty where nothing is said and the checker is to find what it needs
 * @param with values of variables bound in the named facts, by the name the variable has in the fact's formula
 * @param misfit an ill-typed value, or a name of an ill-typed fact
 */
public record Justification(List<NameAt> names, Map<String, Term> with, Optional<Diagnostic> misfit) {
    public static final Justification NONE = new Justification(List.of(), Map.of(), Optional.empty());

    public Justification {
        names = List.copyOf(names);
        with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
    }
}

package org.loopcert.derivation;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula.Variable;

/**
 * What names mean where a term stands. Bound names that are also declared somewhere stand for variables of another
 * name, because a context takes each name once.
 */
final class Scope {
    /** What all scopes of one file share. */
    static final class Names {
        private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}\\p{M}\\p{Nd}_]*");

        /** Every name of the file: a new name is none of them. */
        final Set<String> taken;
        /** Names that are declared somewhere in the file, or free in some proof. */
        final Set<String> global;
        /** Names whose declaration or definition is ill-typed. */
        final Map<String, Diagnostic> broken = new HashMap<>();

        /** Names that the file does not contain, and the user's names for the same variables. */
        private final Map<String, String> hidden = new HashMap<>();

        /** How many undeclared names were met. */
        int undeclared;

        Names(Set<String> taken, Set<String> global) {
            this.taken = taken;
            this.global = global;
        }

        boolean isHidden(String name) {
            return hidden.containsKey(name);
        }

        /** A text with the user's names only. */
        String shown(String text) {
            return NAME.matcher(text).replaceAll(each -> hidden.getOrDefault(each.group(), each.group()));
        }

        /** A name like this one that is not used in the file. */
        String fresh(String name) {
            String stem = name.endsWith("*") || name.endsWith("~") ? name.substring(0, name.length() - 1) : name;
            int number = 1;
            while (taken.contains(stem + "_" + number)) {
                number++;
            }
            taken.add(stem + "_" + number);
            hidden.put(stem + "_" + number, name);
            return stem + "_" + number;
        }
    }

    final Context context;
    final Names names;
    private final Map<String, Variable> variables;

    Scope(Context context, Names names, Map<String, Variable> variables) {
        this.context = context;
        this.names = names;
        this.variables = new LinkedHashMap<>(variables);
    }

    /** The variable that a name stands for, or null. */
    Variable variable(String name) {
        return variables.get(name);
    }

    Set<String> variableNames() {
        return variables.keySet();
    }

    /** A name for a variable bound here. */
    String bindable(String name) {
        boolean used = names.global.contains(name)
                || variables.containsKey(name)
                || variables.values().stream().anyMatch(each -> each.name().equals(name));
        return used ? names.fresh(name) : name;
    }

    /** This scope with a name that stands for a variable. */
    Scope with(String name, Variable variable) {
        Scope inner = new Scope(context, names, variables);
        inner.variables.put(name, variable);
        return inner;
    }

    /** This scope with more declarations. */
    Scope in(Context larger) {
        return new Scope(larger, names, variables);
    }
}

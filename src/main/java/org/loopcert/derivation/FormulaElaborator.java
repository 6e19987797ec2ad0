package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.Term;

/** Syntax to formulas. */
final class FormulaElaborator {
    private FormulaElaborator() {}

    /** A scope with the variables of a quantifier, and these variables by the user's names. */
    record Bound(Scope scope, Map<String, Variable> variables) {}

    /** The formulas that a chained comparison stands for; one for any other. */
    static List<Formula> formulas(Scope scope, Syntax.Claim claim) throws Misfit {
        if (claim instanceof Syntax.ForAll all) {
            Bound bound = bind(scope, all.variables());
            List<Formula> conditions = new ArrayList<>();
            for (Syntax.Claim each : all.conditions()) {
                conditions.addAll(formulas(bound.scope(), each));
            }
            List<Formula> result = new ArrayList<>();
            for (Formula each : formulas(bound.scope(), all.body())) {
                result.add(new Formula.ForAll(List.copyOf(bound.variables().values()), conditions, each));
            }
            return result;
        }
        if (claim instanceof Syntax.Property property) {
            return List.of(property(scope, property));
        }
        Syntax.Comparison comparison = (Syntax.Comparison) claim;
        List<Formula> result = new ArrayList<>();
        for (int i = 0; i < comparison.signs().size(); i++) {
            result.add(compare(
                    scope,
                    comparison.terms().get(i),
                    comparison.signs().get(i),
                    comparison.terms().get(i + 1)));
        }
        return result;
    }

    /** Binds variables, under other names where theirs are in use. */
    static Bound bind(Scope scope, List<Syntax.Bound> variables) throws Misfit {
        Scope inner = scope;
        Map<String, Variable> bound = new LinkedHashMap<>();
        for (Syntax.Bound each : variables) {
            if (bound.containsKey(each.name())) {
                throw new Misfit(each.place(), "a variable that is bound once", "`" + each.name() + "` again", "");
            }
            String name = inner.bindable(each.name());
            Variable variable = each.isInteger()
                    ? Variable.integer(name, each.lower())
                    : Variable.of(name, new TermElaborator().shape(inner, each.space()));
            inner = inner.with(each.name(), variable);
            bound.put(each.name(), variable);
        }
        return new Bound(inner, bound);
    }

    private static Formula property(Scope scope, Syntax.Property property) throws Misfit {
        TermElaborator terms = new TermElaborator();
        TermElaborator.Draft draft = terms.infer(scope, property.term());
        terms.requireSquare(draft, "");
        Term term = terms.make(draft);
        try {
            return property.property().equals("symmetric")
                    ? Formula.equal(Term.transpose(term), term)
                    : Formula.invertible(term);
        } catch (IllTyped wrong) {
            throw new Misfit(property.term().place(), wrong.expected(), wrong.found(), "");
        }
    }

    private static Formula compare(Scope scope, Syntax.Expr left, Syntax.Sign sign, Syntax.Expr right) throws Misfit {
        TermElaborator terms = new TermElaborator();
        TermElaborator.Draft first = terms.infer(scope, left);
        requireComparable(terms, first, sign.relation());
        TermElaborator.Draft second = terms.infer(scope, right);
        terms.requireAs(second, first);
        Term one = terms.make(first);
        Term other = terms.build(second);
        try {
            return sign.reversed()
                    ? Formula.compare(sign.relation(), other, one)
                    : Formula.compare(sign.relation(), one, other);
        } catch (IllTyped wrong) {
            throw new Misfit(right.place(), wrong.expected(), wrong.found(), "");
        }
    }

    /** Shapes that the relation needs: scalars for an order, a square matrix for the Loewner order. */
    static void requireComparable(TermElaborator terms, TermElaborator.Draft draft, Relation relation) throws Misfit {
        switch (relation) {
            case AT_MOST, BELOW, DIFFERENT ->
                terms.requireScalar(
                        draft, relation == Relation.DIFFERENT ? "" : "matrices compare by <<= (Loewner order)");
            case LOEWNER -> terms.requireSquare(draft, "");
            case EQUAL -> {}
        }
    }
}

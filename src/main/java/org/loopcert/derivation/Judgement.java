package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Term;

/**
 * What a line of a derivation says: a formula, under assumptions, in the derivation's context. Of a statement for all it
 * is the body for the free names that its proof uses, under the conditions. Lines are named as reports name them, see
 * {@link LineReport}; lines that are ill-typed say nothing and are left out. Joins the trusted base where a counterexample
 * to a line is checked.
 *
 * @param part the lemma or claim that the line belongs to
 * @param step the number of the line within its part, from 1; 0 for the statement of the part itself
 * @param place where the line starts
 * @param text the line as the user wrote it
 * @param assumptions beside the hypotheses of the context: the conditions, those of statements in whose proof the line
 *     stands, and induction hypotheses
 */
public record Judgement(String part, int step, Place place, String text, List<Formula> assumptions, Formula formula) {
    public Judgement {
        assumptions = List.copyOf(assumptions);
    }

    /** The lines of a derivation, each statement before the lines of its proof. */
    public static List<Judgement> of(Derivation derivation) {
        Walk walk = new Walk(derivation.context());
        try {
            for (Statement each : derivation.statements()) {
                walk.part = each.name();
                walk.step = 0;
                walk.stated(each.formula(), each.fixed(), each.place(), each.text(), each.proof(), List.of());
            }
        } catch (IllTyped impossible) {
            throw new IllegalStateException("a statement that fits does not fit at free names", impossible);
        }
        return List.copyOf(walk.found);
    }

    /** Follows {@link DerivationChecker}, which numbers the lines. */
    private static final class Walk {
        private final Context context;
        private final List<Judgement> found = new ArrayList<>();
        private String part = "";
        private int step;

        Walk(Context context) {
            this.context = context;
        }

        private void stated(
                Elaborated<Formula> stated,
                Map<String, String> fixed,
                Place place,
                String text,
                Optional<Proof> proof,
                List<Formula> assumptions)
                throws IllTyped {
            if (stated.value().isEmpty()) {
                int before = found.size();
                for (Item each : proof.map(Walk::all).orElse(List.of())) {
                    item(each, assumptions);
                }
                // under which conditions these lines stand is not known
                found.subList(before, found.size()).clear();
                return;
            }
            Formula formula = stated.value().get();
            List<Formula> inside = assumptions;
            Formula body = formula;
            boolean free = true;
            if (formula instanceof ForAll all) {
                free = all.variables().stream().allMatch(each -> fixed.containsKey(each.name()));
                if (free) {
                    Map<String, Term> values = values(all, fixed);
                    inside = new ArrayList<>(assumptions);
                    inside.addAll(Prover.conditions(all, values));
                    body = Substitution.of(all.variables(), values).in(all.body());
                }
            }
            found.add(new Judgement(part, step, place, text, inside, body));
            if (proof.orElse(null) instanceof Proof.Induction induction) {
                induction(formula, induction, assumptions);
            } else if (proof.isPresent() && free) {
                items((Proof.Items) proof.get(), inside);
            }
        }

        private Map<String, Term> values(ForAll all, Map<String, String> fixed) throws IllTyped {
            Map<String, Term> values = new LinkedHashMap<>();
            for (Variable each : all.variables()) {
                values.put(each.name(), context.symbol(fixed.get(each.name())));
            }
            return values;
        }

        private static List<Item> all(Proof proof) {
            if (proof instanceof Proof.Items items) {
                return items.items();
            }
            Proof.Induction induction = (Proof.Induction) proof;
            List<Item> all = new ArrayList<>(induction.base().items());
            all.addAll(induction.step().items());
            return all;
        }

        private void induction(Formula formula, Proof.Induction induction, List<Formula> assumptions) throws IllTyped {
            String variable = induction.variable();
            boolean integer = context.declaration(variable).orElse(null) instanceof Context.Declaration.IntegerVariable;
            Formula body = formula;
            if (formula instanceof ForAll all) {
                boolean alone = all.variables().size() == 1
                        && all.variables().get(0).isInteger()
                        && all.conditions().isEmpty();
                if (!alone || !integer) {
                    return;
                }
                String bound = all.variables().get(0).name();
                body = all.body().substitute(Map.of(bound, LinearForm.variable(variable)), Map.of());
            }
            if (!integer) {
                return;
            }
            items(induction.base(), assumptions);
            List<Formula> inside = new ArrayList<>(assumptions);
            inside.add(body);
            items(induction.step(), inside);
        }

        private void items(Proof.Items items, List<Formula> assumptions) throws IllTyped {
            for (Item each : items.items()) {
                item(each, assumptions);
            }
        }

        private void item(Item item, List<Formula> assumptions) throws IllTyped {
            if (item instanceof Item.Have have) {
                step++;
                stated(have.formula(), have.fixed(), have.place(), have.text(), have.proof(), assumptions);
                return;
            }
            Item.Chain chain = (Item.Chain) item;
            Optional<Term> previous = chain.first().value();
            step += previous.isPresent() ? 0 : 1;
            boolean backwards = chain.steps().stream().anyMatch(Step::reversed);
            for (Step each : chain.steps()) {
                step++;
                Optional<Term> term = each.term().value();
                boolean fits = previous.isPresent()
                        && term.isPresent()
                        && (each.reversed() == backwards || each.relation() == Relation.EQUAL);
                if (fits) {
                    compare(each, previous.get(), term.get(), assumptions);
                }
                previous = term;
            }
        }

        private void compare(Step line, Term previous, Term term, List<Formula> assumptions) {
            try {
                Formula formula = line.reversed()
                        ? Formula.compare(line.relation(), term, previous)
                        : Formula.compare(line.relation(), previous, term);
                found.add(new Judgement(part, step, line.place(), line.text(), assumptions, formula));
            } catch (IllTyped saysNothing) {
                // its report says so
                return;
            }
        }
    }
}

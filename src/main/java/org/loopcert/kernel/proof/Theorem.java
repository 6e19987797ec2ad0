package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.NotProved.require;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.loopcert.kernel.proof.NotProved.Reason;

/**
 * A formula that follows from the hypotheses of its context and its own assumptions, for all values of the declared
 * names. Only {@link #derive}, {@link #hypothesis} and {@link #assume} make one; there is no way to load or copy one
 * from outside.
 */
public final class Theorem {
    private final Context context;
    private final Formula formula;
    private final Set<Formula> assumptions;
    private final String rule;
    private final List<Theorem> premises;

    private Theorem(Context context, Formula formula, Set<Formula> assumptions, String rule, List<Theorem> premises) {
        this.context = context;
        this.formula = formula;
        this.assumptions = Set.copyOf(assumptions);
        this.rule = rule;
        this.premises = List.copyOf(premises);
    }

    /** A rule of inference, with what it needs besides its premises. It computes its conclusion. */
    public sealed interface Rule
            permits EqualityRules.Algebra,
                    OrderRules.Sign,
                    OrderRules.Chain,
                    LemmaRules.Lemma,
                    OrderRules.Sturm,
                    QuantifierRules.Instantiate,
                    QuantifierRules.Generalize,
                    QuantifierRules.Induct {
        /** The name in reports, where no other is given that of the record. */
        default String name() {
            return getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }

        /** The conclusion, or the reason why there is none. */
        Formula conclude(Given given) throws NotProved, IllTyped;
    }

    /** The premises of an application of a rule, and the assumptions that it does away with. */
    record Given(Context context, List<Theorem> premises, Set<Formula> discharged) {
        /** The formulas of the premises from a number on. */
        List<Formula> facts(int from) {
            return premises.subList(from, premises.size()).stream()
                    .map(Theorem::formula)
                    .toList();
        }

        Theorem premise(int number) throws NotProved {
            require(
                    number >= 0 && number < premises.size(),
                    Reason.PREMISE,
                    "premise " + (number + 1),
                    premises.size() + " premises");
            return premises.get(number);
        }

        /** Refuses unless the premise of this number is this formula. */
        void requirePremise(int number, Formula expected) throws NotProved {
            Formula found = premise(number).formula();
            require(found.equals(expected), Reason.PREMISE, expected.toString(), found);
        }

        /** Refuses unless nothing is assumed about a name but what is discharged. */
        void requireArbitrary(String name) throws NotProved {
            require(context.isArbitrary(name), Reason.NOT_ARBITRARY, name + " without hypothesis or definition", name);
            for (Theorem each : premises) {
                for (Formula assumption : each.assumptions) {
                    boolean free = assumption.freeNames().contains(name) && !discharged.contains(assumption);
                    require(!free, Reason.NOT_ARBITRARY, "assumptions without " + name, assumption);
                }
            }
        }
    }

    /** The hypothesis of this number, from 0. */
    public static Theorem hypothesis(Context context, int number) {
        return new Theorem(context, context.hypotheses().get(number), Set.of(), "hypothesis", List.of());
    }

    /** The formula under the assumption of itself. */
    public static Theorem assume(Context context, Formula formula) throws IllTyped {
        context.check(formula);
        return new Theorem(context, formula, Set.of(formula), "assumption", List.of());
    }

    /**
     * Applies a rule.
     *
     * @throws NotProved if the rule does not derive its conclusion from these premises
     * @throws IllTyped if what the rule was given does not fit together
     */
    public static Theorem derive(Context context, Rule rule, List<Theorem> premises) throws NotProved, IllTyped {
        // read once: a list may answer differently the next time
        Given given = new Given(context, List.copyOf(premises), new LinkedHashSet<>());
        for (Theorem each : given.premises) {
            NotProved.require(each.context == context, Reason.PREMISE, "premises of this derivation", "one of another");
        }
        Formula conclusion = rule.conclude(given);
        context.check(conclusion);
        Set<Formula> assumptions = new LinkedHashSet<>();
        given.premises.forEach(each -> assumptions.addAll(each.assumptions));
        assumptions.removeAll(given.discharged);
        return new Theorem(context, conclusion, assumptions, rule.name(), given.premises);
    }

    public Context context() {
        return context;
    }

    /** What follows. */
    public Formula formula() {
        return formula;
    }

    /** What is assumed beside the hypotheses of the context. */
    public Set<Formula> assumptions() {
        return assumptions;
    }

    /** The name of the rule that derived it. */
    public String rule() {
        return rule;
    }

    public List<Theorem> premises() {
        return premises;
    }
}

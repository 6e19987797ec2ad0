package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.loopcert.derivation.LineReport.Problem;
import org.loopcert.derivation.LineReport.Verdict;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.NotProved;
import org.loopcert.kernel.proof.OrderRules;
import org.loopcert.kernel.proof.QuantifierRules;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Theorem;

/**
 * Checks a derivation line by line. Every line that is reported as proved is a theorem of the kernel; every equation
 * among them is expanded to entries at small shapes as well, and the two answers must not contradict each other.
 */
public final class DerivationChecker {
    /** Names after {@code by} that are no facts: only definitions and algebra, no other equation. */
    private static final List<String> PLAIN = List.of("definition", "definitions", "algebra");

    /** Names after {@code by} that say what is used anyway. */
    private static final Set<String> RULES = Set.of("sign", "chain", "instance", "induction");

    /** What all searches of one file may cost, and what each has at least, as {@link InstanceSearch} counts. */
    private static final long WHOLE_BUDGET = 1_000_000;

    private static final long LEAST_BUDGET = 1_000;

    private final Derivation derivation;
    private final Context context;
    private final Prover prover;
    private final SecondRoute secondRoute;
    private final List<Fact> facts = new ArrayList<>();
    private final Set<String> unproved = new HashSet<>();
    private final Map<Formula, Theorem> assumed = new HashMap<>();
    private final List<LineReport> lines = new ArrayList<>();
    private final List<Judgement> judgements;
    private long searched;
    private String part = "";
    private int step;

    private DerivationChecker(Derivation derivation) {
        this.derivation = derivation;
        context = derivation.context();
        prover = new Prover(context);
        secondRoute = new SecondRoute(context);
        judgements = Judgement.of(derivation);
    }

    /**
     * Checks a derivation.
     *
     * @param file its name, for reports
     */
    public static DerivationReport check(String file, Derivation derivation) {
        DerivationChecker checker = new DerivationChecker(derivation);
        List<DerivationReport.Outcome> outcomes = checker.run();
        return new DerivationReport(file, derivation.id(), derivation.title(), outcomes, checker.lines);
    }

    /**
     * Reads and checks a derivation.
     *
     * @throws DerivationSyntaxException if the text is no derivation
     */
    public static DerivationReport check(String file, String text) throws DerivationSyntaxException {
        return check(file, DerivationReader.read(file, text));
    }

    private List<DerivationReport.Outcome> run() {
        for (Diagnostic each : derivation.diagnostics()) {
            lines.add(new LineReport(
                    each.place(),
                    "declarations",
                    0,
                    "",
                    Verdict.ILL_TYPED,
                    List.of(),
                    List.of(),
                    Optional.of(new Problem("ill-typed", each.expected(), each.found(), each.message())),
                    Optional.empty(),
                    Optional.empty()));
        }
        for (int i = 0; i < derivation.hypotheses().size(); i++) {
            facts.add(new Fact(derivation.hypotheses().get(i).name(), Theorem.hypothesis(context, i)));
        }
        List<DerivationReport.Outcome> outcomes = new ArrayList<>();
        for (Statement each : derivation.statements()) {
            outcomes.add(statement(each));
        }
        return outcomes;
    }

    private DerivationReport.Outcome statement(Statement statement) {
        part = statement.name();
        step = 0;
        Optional<Theorem> theorem = establish(
                statement.name(),
                statement.formula(),
                statement.fixed(),
                statement.place(),
                statement.text(),
                statement.proof(),
                statement.by());
        if (theorem.isPresent() && !theorem.get().assumptions().isEmpty()) {
            throw new IllegalStateException(part + " rests on " + theorem.get().assumptions());
        }
        boolean misfit = statement.formula() instanceof Elaborated.DoesNotFit;
        Verdict verdict = theorem.isPresent() ? Verdict.PROVED : misfit ? Verdict.ILL_TYPED : Verdict.NOT_PROVED;
        return new DerivationReport.Outcome(
                statement.kind(),
                statement.name(),
                statement.place(),
                statement.text(),
                verdict,
                theorem.map(each -> Notation.of(each.formula())).orElse(""),
                theorem.map(each -> TheoremWords.of(derivation, each, statement.fixed()))
                        .orElse(""),
                theorem.map(this::hypothesisNames).orElse(List.of()));
    }

    private List<String> hypothesisNames(Theorem theorem) {
        return TheoremWords.hypothesesUsed(derivation, theorem).stream()
                .map(Hypothesis::name)
                .distinct()
                .toList();
    }

    /** Proves a lemma, claim or intermediate fact, and reports it after the lines of its proof. */
    private Optional<Theorem> establish(
            String name,
            Elaborated<Formula> formula,
            Map<String, String> fixed,
            Place place,
            String text,
            Optional<Proof> proof,
            Justification by) {
        int number = step;
        if (formula instanceof Elaborated.DoesNotFit<Formula> misfit) {
            illTyped(misfit, number, text);
            unproved.add(name);
            proof.ifPresent(this::reportUnusable);
            return Optional.empty();
        }
        int visible = facts.size();
        Optional<Theorem> theorem = Optional.empty();
        List<String> uses = List.of();
        try {
            Prover.Found found = derive(formula.value().orElseThrow(), fixed, proof, by);
            theorem = Optional.of(found.theorem());
            uses = found.uses();
        } catch (NotProved reason) {
            facts.subList(visible, facts.size()).clear();
            notProved(
                    place,
                    number,
                    text,
                    reason,
                    answers(place, number, formula.value().orElseThrow(), fixed));
        } catch (IllTyped reason) {
            notProved(place, number, text, NotProved.of(NotProved.Reason.NAME, reason.expected(), reason.found()));
        }
        facts.subList(visible, facts.size()).clear();
        if (theorem.isPresent()) {
            // before it is a fact: the second route must not take it for granted
            proved(place, number, text, new Prover.Found(theorem.get(), uses));
            facts.add(new Fact(name, theorem.get()));
            unproved.remove(name);
        } else {
            unproved.add(name);
        }
        return theorem;
    }

    /** What is said of a line that is not proved. */
    private record Answers(Optional<EntryCheck.Result> comparison, Optional<SearchResult> search) {
        static final Answers NONE = new Answers(Optional.empty(), Optional.empty());
    }

    /** The first lines of a long file may cost more than the others. */
    private long budget() {
        return Math.min(InstanceSearch.BUDGET, Math.max(LEAST_BUDGET, (WHOLE_BUDGET - searched) / 4));
    }

    /** The search for a counterexample, and where it finds none what the expansion to entries says. */
    private Answers answers(Place place, int number, Formula formula, Map<String, String> fixed) {
        Optional<InstanceSearch> search = judgements.stream()
                .filter(each -> each.part().equals(part)
                        && each.step() == number
                        && each.place().equals(place))
                .findFirst()
                .filter(any -> derivation.diagnostics().isEmpty())
                .map(each -> new InstanceSearch(derivation, each, budget()));
        Optional<SearchResult> result = search.map(InstanceSearch::run);
        search.ifPresent(each -> searched += budget() - each.left());
        if (result.orElse(null) instanceof SearchResult.Refuted) {
            return new Answers(Optional.empty(), result);
        }
        Optional<EntryCheck.Result> comparison = refute(formula, fixed);
        if (search.isPresent() && comparison.orElse(null) instanceof EntryCheck.Result.Refuted point) {
            Optional<SearchResult> found = search.get().from(point).map(SearchResult.Refuted::new);
            return new Answers(comparison, found.or(() -> result));
        }
        return new Answers(comparison, result);
    }

    /** What the expansion to entries says of a statement, at the free names of its proof and under its conditions. */
    private Optional<EntryCheck.Result> refute(Formula formula, Map<String, String> fixed) {
        if (formula instanceof Comparison comparison) {
            return secondRoute.refute(comparison, facts);
        }
        if (!(formula instanceof ForAll all) || fixed.size() != all.variables().size()) {
            return Optional.empty();
        }
        try {
            Map<String, Term> values = new LinkedHashMap<>();
            for (Variable each : all.variables()) {
                values.put(each.name(), context.symbol(fixed.get(each.name())));
            }
            List<Fact> known = new ArrayList<>(facts);
            for (Formula each : Prover.conditions(all, values)) {
                known.add(new Fact("condition", assume(each)));
            }
            return Substitution.of(all.variables(), values).in(all.body()) instanceof Comparison body
                    ? secondRoute.refute(body, known)
                    : Optional.empty();
        } catch (IllTyped impossible) {
            throw new IllegalStateException("a statement that fits does not fit at free names", impossible);
        }
    }

    /** The lines of a proof whose statement says nothing are still read for their shapes. */
    private void reportUnusable(Proof proof) {
        List<Item> items = new ArrayList<>();
        if (proof instanceof Proof.Items all) {
            items.addAll(all.items());
        } else if (proof instanceof Proof.Induction induction) {
            items.addAll(induction.base().items());
            items.addAll(induction.step().items());
        }
        int visible = facts.size();
        items.forEach(this::item);
        facts.subList(visible, facts.size()).clear();
    }

    private Prover.Found derive(Formula formula, Map<String, String> fixed, Optional<Proof> proof, Justification by)
            throws NotProved, IllTyped {
        if (proof.orElse(null) instanceof Proof.Induction induction) {
            return byInduction(formula, fixed, induction);
        }
        if (formula instanceof ForAll all) {
            return generalized(all, fixed, proof, by);
        }
        return direct(formula, proof, by);
    }

    /** The items of the proof, then the goal from what they gave. */
    private Prover.Found direct(Formula goal, Optional<Proof> proof, Justification by) throws NotProved, IllTyped {
        int before = facts.size();
        Optional<Theorem> last = Optional.empty();
        boolean complete = true;
        if (proof.orElse(null) instanceof Proof.Items items) {
            for (Item each : items.items()) {
                last = item(each);
                complete &= last.isPresent();
            }
        }
        if (last.isPresent() && last.get().formula().equals(goal)) {
            return new Prover.Found(last.get(), List.of());
        }
        if (!complete) {
            throw NotProved.of(NotProved.Reason.PREMISE, "a proof of which every line is proved", "lines that are not");
        }
        Prover.Means means = means(by);
        if (facts.size() > before && by.names().isEmpty()) {
            // what the proof gave comes first: the statement should follow from it alone
            try {
                List<Fact> own = new ArrayList<>(facts.subList(before, facts.size()));
                return prover.prove(goal, new Prover.Means(own, Set.of(), false, means.with()));
            } catch (NotProved needsMore) {
                return prover.prove(goal, means);
            }
        }
        return prover.prove(goal, means);
    }

    /** For all: the body of the free names that the proof uses, under the conditions. */
    private Prover.Found generalized(ForAll all, Map<String, String> fixed, Optional<Proof> proof, Justification by)
            throws NotProved, IllTyped {
        Map<String, Term> values = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        List<String> order = new ArrayList<>();
        for (Variable each : all.variables()) {
            String free = fixed.get(each.name());
            if (free == null) {
                throw NotProved.of(NotProved.Reason.NAME, "a free name for " + each.name(), "none");
            }
            values.put(each.name(), context.symbol(free));
            names.put(free, each.name());
            order.add(free);
        }
        List<Formula> conditions = Prover.conditions(all, values);
        for (Formula each : conditions) {
            facts.add(new Fact("condition", assume(each)));
        }
        Formula body = Substitution.of(all.variables(), values).in(all.body());
        Prover.Found found = direct(body, proof, by);
        Theorem theorem = Theorem.derive(
                context, new QuantifierRules.Generalize(names, order, conditions), List.of(found.theorem()));
        return new Prover.Found(theorem, found.uses());
    }

    private Theorem assume(Formula formula) throws IllTyped {
        Theorem known = assumed.get(formula);
        if (known == null) {
            known = Theorem.assume(context, formula);
            assumed.put(formula, known);
        }
        return known;
    }

    private Prover.Found byInduction(Formula formula, Map<String, String> fixed, Proof.Induction induction)
            throws NotProved, IllTyped {
        String variable = induction.variable();
        Formula body = formula;
        String bound = variable + "_";
        if (formula instanceof ForAll all) {
            boolean alone = all.variables().size() == 1
                    && all.variables().get(0).isInteger()
                    && all.conditions().isEmpty();
            if (!alone) {
                throw NotProved.of(
                        NotProved.Reason.PREMISE,
                        "a statement for all " + induction.shown() + " and nothing else",
                        formula);
            }
            bound = all.variables().get(0).name();
            body = Substitution.of(all.variables(), Map.of(bound, context.symbol(variable)))
                    .in(all.body());
        }
        if (!(context.declaration(variable).orElse(null) instanceof Context.Declaration.IntegerVariable integer)) {
            throw NotProved.of(NotProved.Reason.NAME, "an integer", variable);
        }
        LinearForm next = LinearForm.variable(variable).plus(1);
        Formula base = body.substitute(Map.of(variable, LinearForm.of(integer.lower())), Map.of());
        Formula following = body.substitute(Map.of(variable, next), Map.of());
        int visible = facts.size();
        NotProved failure = null;
        List<Theorem> premises = new ArrayList<>();
        try {
            premises.add(direct(base, Optional.of(induction.base()), Justification.NONE)
                    .theorem());
        } catch (NotProved reason) {
            failure = NotProved.of(
                    reason.reason(),
                    "base, at " + induction.shown() + " = " + integer.lower() + ": " + reason.expected(),
                    reason.found());
        }
        facts.subList(visible, facts.size()).clear();
        facts.add(new Fact("IH", assume(body)));
        try {
            premises.add(direct(following, Optional.of(induction.step()), Justification.NONE)
                    .theorem());
        } catch (NotProved reason) {
            failure = failure != null
                    ? failure
                    : NotProved.of(
                            reason.reason(),
                            "step, from " + induction.shown() + " to " + induction.shown() + " + 1: "
                                    + reason.expected(),
                            reason.found());
        }
        facts.subList(visible, facts.size()).clear();
        if (failure != null) {
            throw failure;
        }
        Theorem theorem = Theorem.derive(context, new QuantifierRules.Induct(variable, bound, body), premises);
        if (formula instanceof ForAll) {
            return new Prover.Found(theorem, List.of());
        }
        return new Prover.Found(
                Theorem.derive(
                        context,
                        new QuantifierRules.Instantiate(Map.of(bound, context.symbol(variable))),
                        List.of(theorem)),
                List.of());
    }

    private Optional<Theorem> item(Item item) {
        step++;
        if (item instanceof Item.Have have) {
            return establish(
                    have.name(), have.formula(), have.fixed(), have.place(), have.text(), have.proof(), have.by());
        }
        return chain((Item.Chain) item);
    }

    /** Each step of a chain is a line; together they give a comparison of the first term and the last. */
    private Optional<Theorem> chain(Item.Chain chain) {
        step--;
        Optional<Term> previous = chain.first().value();
        if (chain.first() instanceof Elaborated.DoesNotFit<Term> misfit) {
            step++;
            illTyped(misfit, step, chain.text());
        }
        List<Theorem> premises = new ArrayList<>();
        boolean complete = previous.isPresent();
        boolean backwards = chain.steps().stream().anyMatch(Step::reversed);
        for (Step each : chain.steps()) {
            step++;
            Optional<Theorem> theorem = step(previous, each, backwards);
            theorem.ifPresent(premises::add);
            complete &= theorem.isPresent();
            previous = each.term().value();
        }
        if (!complete || premises.isEmpty()) {
            return Optional.empty();
        }
        if (backwards) {
            java.util.Collections.reverse(premises);
        }
        try {
            Theorem all =
                    premises.size() == 1 ? premises.get(0) : Theorem.derive(context, new OrderRules.Chain(), premises);
            facts.add(new Fact("line " + step, all));
            return Optional.of(all);
        } catch (NotProved | IllTyped reason) {
            Problem problem = new Problem(
                    "premise",
                    "relations that compose",
                    reason.getMessage(),
                    "the chain does not compose: " + reason.getMessage());
            report(chain.place(), step, chain.text(), Verdict.NOT_PROVED, problem);
            return Optional.empty();
        }
    }

    /** previous relation term; in a chain that goes down, term relation previous. */
    private Optional<Theorem> step(Optional<Term> previous, Step line, boolean backwards) {
        if (line.term() instanceof Elaborated.DoesNotFit<Term> misfit) {
            illTyped(misfit, step, line.text());
            return Optional.empty();
        }
        if (previous.isEmpty()) {
            Problem problem = new Problem(
                    "premise", "a term that says something", "an ill-typed one", "the term before it is ill-typed");
            report(line.place(), step, line.text(), Verdict.NOT_PROVED, problem);
            return Optional.empty();
        }
        Term term = line.term().value().orElseThrow();
        Comparison goal = null;
        try {
            goal = backwards
                    ? Formula.compare(line.relation(), term, previous.get())
                    : Formula.compare(line.relation(), previous.get(), term);
            if (backwards && !line.reversed() && line.relation() != Relation.EQUAL) {
                throw NotProved.of(
                        NotProved.Reason.PREMISE,
                        "a chain in one direction",
                        line.relation().sign() + " among >= or >");
            }
            Prover.Found found = prover.prove(goal, means(line.by()));
            proved(line.place(), step, line.text(), found);
            return Optional.of(found.theorem());
        } catch (NotProved reason) {
            notProved(
                    line.place(),
                    step,
                    line.text(),
                    reason,
                    goal == null ? Answers.NONE : answers(line.place(), step, goal, Map.of()));
        } catch (IllTyped reason) {
            Problem problem = new Problem(
                    "ill-typed",
                    reason.expected(),
                    reason.found(),
                    "expected " + reason.expected() + ", found " + reason.found());
            report(line.place(), step, line.text(), Verdict.ILL_TYPED, problem);
        }
        return Optional.empty();
    }

    /** The facts and names after {@code by}. */
    private Prover.Means means(Justification by) throws NotProved {
        if (by.misfit().isPresent()) {
            Diagnostic misfit = by.misfit().get();
            throw NotProved.of(NotProved.Reason.NAME, misfit.expected(), misfit.message() + " at " + misfit.place());
        }
        Set<String> named = new LinkedHashSet<>();
        boolean restricted = false;
        for (NameAt each : by.names()) {
            boolean known = facts.stream().anyMatch(fact -> fact.name().equals(each.name()));
            if (known) {
                named.add(each.name());
                restricted = true;
            } else if (PLAIN.contains(each.name())) {
                restricted = true;
            } else if (unproved.contains(each.name())) {
                throw NotProved.of(
                        NotProved.Reason.PREMISE, "a fact that is proved", each.name() + " (" + each.place() + ")");
            } else if (!RULES.contains(each.name())) {
                Set<String> names = new LinkedHashSet<>(new TreeSet<>(PLAIN));
                facts.forEach(fact -> names.add(fact.name()));
                throw NotProved.of(
                        NotProved.Reason.NAME,
                        "a hypothesis, lemma or rule: " + String.join(", ", names),
                        each.name() + " at " + each.place());
            }
        }
        return new Prover.Means(List.copyOf(facts), named, restricted, by.with());
    }

    private void illTyped(Elaborated.DoesNotFit<?> misfit, int number, String text) {
        Problem problem = new Problem("ill-typed", misfit.expected(), misfit.found(), misfit.message());
        report(misfit.place(), number, text, Verdict.ILL_TYPED, problem);
    }

    private void notProved(Place place, int number, String text, NotProved reason) {
        notProved(place, number, text, reason, Answers.NONE);
    }

    private void notProved(Place place, int number, String text, NotProved reason, Answers answers) {
        String found = NormalForms.shown(reason.found());
        Problem problem = new Problem(
                reason.reason().code(),
                reason.expected(),
                found,
                "expected " + reason.expected() + ", found " + found + hint(reason, found));
        lines.add(new LineReport(
                place,
                part,
                number,
                text,
                Verdict.NOT_PROVED,
                List.of(),
                List.of(),
                Optional.of(problem),
                answers.comparison(),
                answers.search()));
    }

    private static String hint(NotProved reason, String found) {
        if (reason.reason() != NotProved.Reason.UNDEFINED) {
            return "";
        }
        return reason.expected().equals("a factor that is not zero")
                ? "; assume " + found + " != 0, or a sign, or prove it in a lemma"
                : "; assume it, or prove it in a lemma";
    }

    private void report(Place place, int number, String text, Verdict verdict, Problem problem) {
        lines.add(new LineReport(
                place,
                part,
                number,
                text,
                verdict,
                List.of(),
                List.of(),
                Optional.of(problem),
                Optional.empty(),
                Optional.empty()));
    }

    private void proved(Place place, int number, String text, Prover.Found found) {
        Set<String> rules = new LinkedHashSet<>();
        rules.add(found.theorem().rule());
        Optional<EntryCheck.Result> comparison = found.theorem().formula() instanceof Comparison equation
                ? secondRoute.confirm(place, equation, facts)
                : Optional.empty();
        lines.add(new LineReport(
                place,
                part,
                number,
                text,
                Verdict.PROVED,
                List.copyOf(rules),
                found.uses(),
                Optional.empty(),
                comparison,
                Optional.empty()));
    }
}

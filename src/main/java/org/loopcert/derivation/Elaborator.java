package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;

/** A parsed file to contexts, formulas and terms; what is ill-typed makes only what uses it ill-typed. */
final class Elaborator {
    private final Context.Builder builder = new Context.Builder();
    /** Of everything so far; null where something was added since. */
    private Context context;

    private final List<Hypothesis> hypotheses = new ArrayList<>();
    private final List<Statement> statements = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Scope.Names names;

    /** Formulas by the names of their facts, and the user's names of their variables. */
    private final Map<String, List<Map<String, Variable>>> facts = new HashMap<>();

    private final Map<String, Diagnostic> brokenFacts = new HashMap<>();
    /** Free variables by the user's name. */
    private final Map<String, List<Variable>> free = new HashMap<>();

    /** Names that some line declares or defines. */
    private final Set<String> userDeclared;

    private Elaborator(Scope.Names names, Set<String> userDeclared) {
        this.names = names;
        this.userDeclared = userDeclared;
    }

    static Derivation elaborate(Syntax.File file, Tokens tokens) {
        Set<String> taken = new HashSet<>();
        for (String each : tokens.names()) {
            // a name ending in * or ~ is two tokens
            taken.addAll(List.of(each, each + "*", each + "~"));
        }
        Set<String> declared = new HashSet<>();
        Set<String> generalised = new HashSet<>();
        file.lines().forEach(each -> globals(each, declared, generalised));
        Set<String> global = new HashSet<>(declared);
        global.addAll(generalised);
        Elaborator elaborator = new Elaborator(new Scope.Names(taken, global), declared);
        file.lines().forEach(elaborator::line);
        return new Derivation(
                file.id(),
                file.title(),
                elaborator.context(),
                elaborator.hypotheses,
                elaborator.statements,
                elaborator.diagnostics);
    }

    private static void globals(Syntax.Line line, Set<String> declared, Set<String> generalised) {
        if (line instanceof Syntax.Declare declare) {
            declared.add(declare.name());
        } else if (line instanceof Syntax.Define define) {
            declared.add(define.name());
        } else if (line instanceof Syntax.Assert assertion) {
            globals(assertion.claim(), generalised);
            assertion.proof().ifPresent(each -> globals(each, generalised));
        }
    }

    private static void globals(Syntax.Claim claim, Set<String> global) {
        if (claim instanceof Syntax.ForAll all) {
            all.variables().forEach(each -> global.add(each.name()));
        }
    }

    private static void globals(Syntax.ProofText proof, Set<String> global) {
        if (proof instanceof Syntax.InductionText induction) {
            globals(induction.base(), global);
            globals(induction.step(), global);
            return;
        }
        for (Syntax.ItemText each : ((Syntax.ItemsText) proof).items()) {
            if (each instanceof Syntax.HaveText have) {
                globals(have.claim(), global);
                have.proof().ifPresent(inner -> globals(inner, global));
            }
        }
    }

    private Context context() {
        if (context == null) {
            context = builder.context();
        }
        return context;
    }

    private Scope scope() {
        return new Scope(context(), names, Map.of());
    }

    private void line(Syntax.Line line) {
        if (line instanceof Syntax.Declare declare) {
            attempt(declare.name(), () -> declare(declare));
        } else if (line instanceof Syntax.Define define) {
            attempt(define.name(), () -> define(define));
        } else if (line instanceof Syntax.Assume assume) {
            assume(assume);
        } else if (line instanceof Syntax.Assert assertion) {
            statements.add(statement(assertion));
        }
    }

    /** What declares. */
    private interface Declaring {
        void run() throws Misfit;
    }

    private void attempt(String name, Declaring declaring) {
        try {
            declaring.run();
        } catch (Misfit misfit) {
            names.broken.put(name, misfit.root(names));
            diagnostics.add(misfit.diagnostic(names));
        } finally {
            context = null;
        }
    }

    private void declare(Syntax.Declare declare) throws Misfit {
        try {
            switch (declare.kind()) {
                case "dimension" -> builder.dimension(declare.name());
                case "integer" -> builder.integer(declare.name(), declare.lower());
                case "sequence" -> {
                    List<Shape> index = new ArrayList<>();
                    index.add(null);
                    builder.function(declare.name(), index, shape(declare.space()));
                }
                case "function" -> {
                    List<Shape> parameters = new ArrayList<>();
                    for (Syntax.Space each : declare.parameters()) {
                        parameters.add(each.integers() ? null : shape(each));
                    }
                    builder.function(declare.name(), parameters, shape(declare.space()));
                }
                default -> builder.symbol(declare.name(), shape(declare.space()));
            }
        } catch (IllTyped wrong) {
            throw new Misfit(declare.place(), wrong.expected(), wrong.found(), "");
        }
    }

    private Shape shape(Syntax.Space space) throws Misfit {
        if (space.integers()) {
            throw new Misfit(space.place(), "a space such as R or R^{n x d}", "N", "");
        }
        return new TermElaborator().shape(scope(), space);
    }

    private void define(Syntax.Define define) throws Misfit {
        Scope scope = scope();
        FormulaElaborator.Bound bound = FormulaElaborator.bind(scope, define.parameters());
        Optional<Shape> shape = Optional.empty();
        if (define.space().isPresent()) {
            shape = Optional.of(shape(define.space().get()));
        }
        Term body = shape.isPresent()
                ? new TermElaborator().term(bound.scope(), define.body(), shape.get())
                : new TermElaborator().term(bound.scope(), define.body());
        try {
            builder.define(define.name(), List.copyOf(bound.variables().values()), body);
        } catch (IllTyped wrong) {
            throw new Misfit(define.body().place(), wrong.expected(), wrong.found(), "");
        }
    }

    private void assume(Syntax.Assume assume) {
        try {
            Scope scope = scope();
            List<Formula> formulas = FormulaElaborator.formulas(scope, assume.claim());
            String name = assume.label().isEmpty() ? "" : assume.label();
            for (Formula each : formulas) {
                builder.hypothesis(each);
                context = null;
                String shown = name.isEmpty() ? generated("H", hypotheses.size() + 1) : name;
                hypotheses.add(new Hypothesis(shown, each, assume.claim().place(), assume.text()));
                fact(shown, assume.claim(), each);
            }
        } catch (Misfit misfit) {
            broken(assume, misfit);
        } catch (IllTyped wrong) {
            broken(assume, new Misfit(assume.claim().place(), wrong.expected(), wrong.found(), ""));
        }
    }

    private void broken(Syntax.Assume assume, Misfit misfit) {
        diagnostics.add(misfit.diagnostic(names));
        if (!assume.label().isEmpty()) {
            brokenFacts.put(assume.label(), misfit.root(names));
        }
    }

    private String generated(String stem, int number) {
        return names.taken.contains(stem + number) ? generated(stem + "_", number) : stem + number;
    }

    /** Remembers by which names the variables of a fact are known. */
    private void fact(String name, Syntax.Claim claim, Formula formula) {
        if (claim instanceof Syntax.ForAll all && formula instanceof Formula.ForAll made) {
            Map<String, Variable> variables = new LinkedHashMap<>();
            for (int i = 0; i < made.variables().size(); i++) {
                variables.put(all.variables().get(i).name(), made.variables().get(i));
            }
            facts.computeIfAbsent(name, each -> new ArrayList<>()).add(variables);
        }
    }

    // ---------------------------------------------------------------- statements

    /** A formula, and the scope of its proof. */
    private record Stated(Elaborated<Formula> formula, Map<String, String> fixed, Scope scope) {}

    private Statement statement(Syntax.Assert assertion) {
        String stem = assertion.kind() == Statement.Kind.LEMMA ? "lemma" : "claim";
        String name = assertion.label().isEmpty() ? generated(stem, statements.size() + 1) : assertion.label();
        Stated stated = state(scope(), assertion.claim());
        Justification by = justification(stated.scope(), assertion.by());
        Optional<Proof> proof = assertion.proof().map(each -> proof(stated.scope(), each));
        known(name, assertion.claim(), stated);
        return new Statement(
                assertion.kind(),
                name,
                stated.formula(),
                stated.fixed(),
                assertion.place(),
                assertion.text(),
                proof,
                by);
    }

    private void known(String name, Syntax.Claim claim, Stated stated) {
        if (stated.formula() instanceof Elaborated.Fits<Formula> fits) {
            fact(name, claim, fits.term());
        } else if (stated.formula() instanceof Elaborated.DoesNotFit<Formula> wrong) {
            brokenFacts.put(name, new Diagnostic(wrong.place(), wrong.expected(), wrong.found(), wrong.message()));
        }
    }

    private Stated state(Scope outer, Syntax.Claim claim) {
        Scope scope = outer;
        Map<String, String> fixed = new LinkedHashMap<>();
        try {
            if (claim instanceof Syntax.ForAll all) {
                // each variable has two names: one bound in the formula, one free in the proof
                for (Syntax.Bound each : all.variables()) {
                    Variable variable = each.isInteger()
                            ? Variable.integer(each.name(), each.lower())
                            : Variable.of(each.name(), new TermElaborator().shape(scope, each.space()));
                    scope = scope.with(each.name(), free(each, variable)).in(context());
                }
            }
            List<Formula> formulas = FormulaElaborator.formulas(outer.in(context()), claim);
            Formula formula = formulas.get(0);
            context().check(formula);
            if (claim instanceof Syntax.ForAll all && formula instanceof Formula.ForAll made) {
                for (int i = 0; i < made.variables().size(); i++) {
                    fixed.put(
                            made.variables().get(i).name(),
                            scope.variable(all.variables().get(i).name()).name());
                }
            }
            return new Stated(new Elaborated.Fits<>(formula), fixed, scope);
        } catch (Misfit misfit) {
            return new Stated(misfit.result(names), fixed, scope);
        } catch (IllTyped wrong) {
            Misfit misfit = new Misfit(claim.place(), wrong.expected(), wrong.found(), "");
            return new Stated(misfit.result(names), fixed, scope);
        }
    }

    /** A variable declared in the context that the proof uses for a bound one; the same for equal types. */
    private Variable free(Syntax.Bound bound, Variable wanted) throws IllTyped {
        List<Variable> same = free.computeIfAbsent(bound.name(), each -> new ArrayList<>());
        for (Variable each : same) {
            boolean fits = wanted.isInteger()
                    ? each.isInteger() && each.lower().equals(wanted.lower())
                    : wanted.shape().equals(each.shape());
            if (fits) {
                return each;
            }
        }
        boolean declared = builder.names().contains(bound.name()) || userDeclared.contains(bound.name());
        String name = declared ? names.fresh(bound.name()) : bound.name();
        Variable variable;
        context = null;
        if (wanted.isInteger()) {
            builder.integer(name, bound.lower());
            variable = Variable.integer(name, bound.lower());
        } else {
            builder.symbol(name, wanted.shape());
            variable = Variable.of(name, wanted.shape());
        }
        same.add(variable);
        return variable;
    }

    // ---------------------------------------------------------------- proofs

    private Proof proof(Scope scope, Syntax.ProofText text) {
        if (text instanceof Syntax.InductionText induction) {
            Variable variable = scope.variable(induction.variable());
            String name = variable == null ? induction.variable() : variable.name();
            return new Proof.Induction(
                    name,
                    induction.variable(),
                    induction.place(),
                    items(scope, induction.base()),
                    items(scope, induction.step()));
        }
        return items(scope, (Syntax.ItemsText) text);
    }

    private Proof.Items items(Scope scope, Syntax.ItemsText text) {
        List<Item> items = new ArrayList<>();
        for (Syntax.ItemText each : text.items()) {
            Scope now = scope.in(context());
            items.add(each instanceof Syntax.HaveText have ? have(now, have) : chain(now, (Syntax.ChainText) each));
        }
        return new Proof.Items(items);
    }

    private Item.Have have(Scope scope, Syntax.HaveText have) {
        Stated stated = state(scope, have.claim());
        Justification by = justification(stated.scope(), have.by());
        Optional<Proof> proof = have.proof().map(each -> proof(stated.scope(), each));
        if (!have.label().isEmpty()) {
            known(have.label(), have.claim(), stated);
        }
        return new Item.Have(have.label(), stated.formula(), stated.fixed(), have.place(), have.text(), by, proof);
    }

    /** One term of a chain on its way. */
    private static final class Link {
        private final TermElaborator.Draft draft;
        private final TermElaborator.Mark from;
        private final TermElaborator.Mark to;
        private final Misfit misfit;

        Link(TermElaborator.Draft draft, TermElaborator.Mark from, TermElaborator.Mark to, Misfit misfit) {
            this.draft = draft;
            this.from = from;
            this.to = to;
            this.misfit = misfit;
        }
    }

    /** All terms of a chain have one shape, so that literals in one of them get theirs from another. */
    private Item.Chain chain(Scope scope, Syntax.ChainText chain) {
        TermElaborator terms = new TermElaborator();
        List<Link> links = new ArrayList<>();
        TermElaborator.Draft first = null;
        for (int i = 0; i <= chain.steps().size(); i++) {
            Syntax.Expr expr = i == 0 ? chain.first() : chain.steps().get(i - 1).term();
            TermElaborator.Mark from = terms.mark();
            try {
                TermElaborator.Draft draft = terms.infer(scope, expr);
                if (first != null) {
                    terms.requireAs(draft, first);
                }
                if (i > 0) {
                    FormulaElaborator.requireComparable(
                            terms, draft, chain.steps().get(i - 1).sign().relation());
                }
                first = first == null ? draft : first;
                links.add(new Link(draft, from, terms.mark(), null));
            } catch (Misfit misfit) {
                terms.undo(from);
                links.add(new Link(null, from, from, misfit));
            }
        }
        List<Elaborated<Term>> made = new ArrayList<>();
        links.forEach(each -> made.add(finish(terms, each)));
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < chain.steps().size(); i++) {
            Syntax.StepText step = chain.steps().get(i);
            steps.add(new Step(
                    step.sign().relation(),
                    step.sign().reversed(),
                    made.get(i + 1),
                    justification(scope, step.by()),
                    step.sign().place(),
                    step.text()));
        }
        return new Item.Chain(chain.place(), chain.text(), made.get(0), steps);
    }

    private Elaborated<Term> finish(TermElaborator terms, Link link) {
        if (link.misfit != null) {
            return link.misfit.result(names);
        }
        try {
            terms.settle(link.from, link.to);
            return new Elaborated.Fits<>(terms.build(link.draft));
        } catch (Misfit misfit) {
            return misfit.result(names);
        }
    }

    private Justification justification(Scope scope, Syntax.By by) {
        Optional<Diagnostic> misfit = by.names().stream()
                .filter(each -> brokenFacts.containsKey(each.name()))
                .map(each -> {
                    Diagnostic broken = brokenFacts.get(each.name());
                    return Misfit.because(
                                    broken, each.place(), "facts that fit", "`" + each.name() + "`, which is ill-typed")
                            .diagnostic(names);
                })
                .findFirst();
        Map<String, Term> with = new LinkedHashMap<>();
        for (Syntax.With each : by.with()) {
            try {
                Optional<Variable> variable = variableOf(by, each.name());
                String name = variable.map(Variable::name).orElse(each.name());
                with.put(name, value(scope, each, variable));
            } catch (Misfit wrong) {
                misfit = misfit.or(() -> Optional.of(wrong.diagnostic(names)));
            }
        }
        return new Justification(by.names(), with, misfit);
    }

    private Optional<Variable> variableOf(Syntax.By by, String name) {
        return by.names().stream()
                .flatMap(each -> facts.getOrDefault(each.name(), List.of()).stream())
                .filter(each -> each.containsKey(name))
                .map(each -> each.get(name))
                .findFirst();
    }

    private static Term value(Scope scope, Syntax.With with, Optional<Variable> variable) throws Misfit {
        TermElaborator terms = new TermElaborator();
        if (variable.isEmpty()) {
            return terms.term(scope, with.value());
        }
        return variable.get().isInteger()
                ? Term.integer(terms.integer(scope, with.value()))
                : terms.term(scope, with.value(), variable.get().shape());
    }
}

package org.loopcert.derivation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.loopcert.derivation.Instance.Unknown;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Term.Kind;
import org.loopcert.matrix.Matrix;

/**
 * Builds values that satisfy hypotheses, at fixed integers. What an equation defines is computed ({@code y = X theta*},
 * {@code kappa = L/mu}); what equations determine only in part is solved for; numbers between bounds are tried at the
 * bounds first; the rest is chosen. A sequence is chosen at its start and goes on by its recurrence.
 */
final class Construction {
    /** What is tried for one unknown before the attempt is given up. */
    private static final int TRIED = 10;

    private static final int BISECTED = 6;

    private final Context context;
    private final Map<String, Integer> integers;
    private final Judge judge;
    private final Map<String, ForAll> defining = new HashMap<>();
    private final List<Stage> stages = new ArrayList<>();
    private final int first;

    /**
     * One unknown, in the order in which values are found.
     *
     * @param definition a term that it is equal to, in what was found before
     * @param conditions that can be judged once it is known
     */
    private record Stage(Unknown unknown, int rows, int columns, Optional<Term> definition, List<Formula> conditions) {}

    /**
     * Plans the construction.
     *
     * @param conditions hypotheses and assumptions
     * @param line that they stand around
     * @param names that need values
     * @param reversed whether of unknowns alike the last declared is chosen first, not the first
     */
    Construction(
            Context context,
            Map<String, Integer> integers,
            List<Formula> conditions,
            Formula line,
            Collection<String> names,
            boolean reversed,
            Judge judge) {
        this.context = context;
        this.integers = integers;
        this.judge = judge;
        List<Formula> fixed = new ArrayList<>();
        for (Formula each : conditions) {
            fixed.add(EntryTerms.substituted(each, EntryTerms.forms(integers), Map.of()));
        }
        // what holds in a range only is an equation for each integer of it
        for (Formula each : fixed) {
            if (!isConditional(each)) {
                defined(context, each).ifPresent(name -> defining.putIfAbsent(name, (ForAll) each));
            }
        }
        List<Formula> judged = new ArrayList<>();
        for (Formula each : fixed) {
            if (isConditional(each) && defined(context, each).isPresent()) {
                judged.addAll(EntryRules.instances((ForAll) each, horizon()));
            } else if (!defining.containsValue(each)) {
                judged.add(each);
            }
        }
        List<Formula> all = new ArrayList<>(judged);
        all.add(EntryTerms.substituted(line, EntryTerms.forms(integers), Map.of()));
        first = all.stream().mapToInt(this::least).min().orElse(0);
        List<Unknown> unknowns = unknowns(names);
        if (reversed) {
            Collections.reverse(unknowns);
        }
        plan(judged, unknowns);
    }

    /** The function that a statement for all values defines: a sequence by earlier values, another one by a term. */
    static Optional<String> defined(Context context, Formula formula) {
        if (!(formula instanceof ForAll all)
                || !(all.body() instanceof Comparison comparison)
                || comparison.relation() != Relation.EQUAL) {
            return Optional.empty();
        }
        return isDefined(context, all, comparison.left())
                ? Optional.of(comparison.left().name())
                : isDefined(context, all, comparison.right())
                        ? Optional.of(comparison.right().name())
                        : Optional.empty();
    }

    private static boolean isDefined(Context context, ForAll all, Term head) {
        if (head.kind() != Kind.APPLY
                || !(context.declaration(head.name()).orElse(null) instanceof Declaration.Function function)) {
            return false;
        }
        if (isSequence(function)) {
            return all.variables().size() == 1
                    && all.variables().get(0).isInteger()
                    && isAt(head, all.variables().get(0).name());
        }
        List<Term> variables = all.variables().stream()
                .map(each -> each.isInteger()
                        ? Term.integer(LinearForm.variable(each.name()))
                        : Term.symbol(each.name(), each.shape()))
                .toList();
        return all.conditions().isEmpty() && head.arguments().equals(variables);
    }

    private static boolean isAt(Term term, String variable) {
        return term.kind() == Kind.APPLY
                && term.arguments().size() == 1
                && term.argument(0).asInteger().isPresent()
                && term.argument(0).asInteger().get().coefficient(variable).equals(BigInteger.ONE)
                && term.argument(0).asInteger().get().variables().size() == 1;
    }

    private static boolean isConditional(Formula formula) {
        return formula instanceof ForAll all && !all.conditions().isEmpty();
    }

    /** The last integer at which a sequence that no recurrence continues has a value. */
    private int horizon() {
        return EntryShapes.largest(integers) + 1;
    }

    /** The least integer at which a sequence is needed, at most 0. */
    private int least(Formula formula) {
        if (formula instanceof Comparison comparison) {
            return Math.min(least(comparison.left()), least(comparison.right()));
        }
        return 0;
    }

    private int least(Term term) {
        int least = 0;
        if (term.kind() == Kind.APPLY
                && context.declaration(term.name()).orElse(null) instanceof Declaration.Function function
                && isSequence(function)) {
            Optional<LinearForm> index = term.argument(0).asInteger().filter(LinearForm::isConstant);
            least = Math.min(0, index.map(EntryTerms::number).orElse(0));
        }
        for (Term each : term.arguments()) {
            least = Math.min(least, least(each));
        }
        return least;
    }

    private List<Unknown> unknowns(Collection<String> names) {
        List<Unknown> unknowns = new ArrayList<>();
        for (String name : names) {
            Declaration declaration = context.declaration(name).orElse(null);
            if (declaration instanceof Declaration.Symbol) {
                unknowns.add(Unknown.symbol(name));
            } else if (declaration instanceof Declaration.Function function && isSequence(function)) {
                for (int i = first; i < given(name); i++) {
                    unknowns.add(new Unknown(name, i));
                }
            }
        }
        return unknowns;
    }

    static boolean isSequence(Declaration.Function function) {
        return function.parameters().size() == 1 && function.parameters().get(0) == null;
    }

    /** The integer from which on the values of a sequence are a recurrence's matter, or are not needed. */
    private int given(String name) {
        ForAll all = defining.get(name);
        if (all == null) {
            return horizon() + 1;
        }
        Comparison body = (Comparison) all.body();
        String variable = all.variables().get(0).name();
        Term defined = isAt(body.left(), variable) ? body.left() : body.right();
        LinearForm argument = defined.argument(0).asInteger().orElseThrow();
        return EntryTerms.number(argument.substitute(
                Map.of(variable, LinearForm.of(all.variables().get(0).lower()))));
    }

    private Shape shape(Unknown unknown) {
        Shape shape = EntryNames.declared(context, unknown.name());
        Map<String, LinearForm> forms = EntryTerms.forms(integers);
        return new Shape(shape.rows().substitute(forms), shape.columns().substitute(forms));
    }

    private void plan(List<Formula> conditions, List<Unknown> unknowns) {
        Map<Formula, Set<Unknown>> needs = new LinkedHashMap<>();
        conditions.forEach(each -> needs.put(each, needs(each)));
        Set<Unknown> known = new LinkedHashSet<>();
        List<Unknown> open = new ArrayList<>(unknowns);
        List<Formula> left = new ArrayList<>(conditions);
        while (!open.isEmpty()) {
            Unknown next = null;
            Optional<Term> definition = Optional.empty();
            for (Unknown each : open) {
                definition = definition(each, conditions, known);
                if (definition.isPresent()) {
                    next = each;
                    break;
                }
            }
            if (next == null) {
                next = chosen(open, conditions, unknowns);
            }
            open.remove(next);
            known.add(next);
            List<Formula> here = left.stream()
                    .filter(each -> known.containsAll(needs.get(each)))
                    .toList();
            left.removeAll(here);
            Shape shape = shape(next);
            stages.add(
                    new Stage(next, EntryTerms.size(shape.rows()), EntryTerms.size(shape.columns()), definition, here));
        }
    }

    /** A side of an equation whose other side is the unknown. */
    private Optional<Term> definition(Unknown unknown, List<Formula> conditions, Set<Unknown> known) {
        for (Formula each : conditions) {
            Optional<Term> value = definition(unknown, each).filter(term -> known.containsAll(needs(term)));
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    private Optional<Term> definition(Unknown unknown, Formula formula) {
        if (!(formula instanceof Comparison comparison) || comparison.relation() != Relation.EQUAL) {
            return Optional.empty();
        }
        if (is(comparison.left(), unknown) && !needs(comparison.right()).contains(unknown)) {
            return Optional.of(comparison.right());
        }
        return is(comparison.right(), unknown) && !needs(comparison.left()).contains(unknown)
                ? Optional.of(comparison.left())
                : Optional.empty();
    }

    private static boolean is(Term term, Unknown unknown) {
        if (!term.name().equals(unknown.name())) {
            return false;
        }
        return unknown.isSymbol()
                ? term.kind() == Kind.SYMBOL
                : term.kind() == Kind.APPLY
                        && term.argument(0)
                                .asInteger()
                                .filter(form -> form.equals(LinearForm.of(unknown.index())))
                                .isPresent();
    }

    /** What no equation defines comes first; matrices before vectors before scalars, divisors before other scalars. */
    private Unknown chosen(List<Unknown> open, List<Formula> conditions, List<Unknown> all) {
        Unknown best = null;
        int least = Integer.MAX_VALUE;
        for (Unknown each : open) {
            Shape shape = shape(each);
            boolean defined = conditions.stream().anyMatch(formula -> definition(each, formula)
                    .filter(term -> all.containsAll(needs(term)))
                    .isPresent());
            boolean vector = shape.isVector() || EntryTerms.size(shape.columns()) == 1;
            Shape declared = EntryNames.declared(context, each.name());
            int size = declared.isScalar() ? 2 : vector || declared.isVector() ? 1 : 0;
            boolean divides = size == 2 && conditions.stream().anyMatch(formula -> divides(formula, each));
            int rank = (defined ? 10 : 0) + 2 * size - (divides ? 1 : 0);
            if (rank < least) {
                least = rank;
                best = each;
            }
        }
        return best;
    }

    private boolean divides(Formula formula, Unknown unknown) {
        return formula instanceof Comparison comparison
                && (divides(comparison.left(), unknown) || divides(comparison.right(), unknown));
    }

    private boolean divides(Term term, Unknown unknown) {
        return term.kind() == Kind.QUOTIENT && needs(term.argument(1)).contains(unknown)
                || term.arguments().stream().anyMatch(each -> divides(each, unknown));
    }

    /** What the value of a term depends on. */
    private Set<Unknown> needs(Term term) {
        Set<Unknown> needs = new HashSet<>();
        collect(term, needs, new TreeSet<>());
        return needs;
    }

    private Set<Unknown> needs(Formula formula) {
        Set<Unknown> needs = new HashSet<>();
        collect(formula, needs, new TreeSet<>());
        return needs;
    }

    private void collect(Formula formula, Set<Unknown> into, Set<String> entered) {
        if (formula instanceof Comparison comparison) {
            collect(comparison.left(), into, entered);
            collect(comparison.right(), into, entered);
        } else if (formula instanceof Formula.Invertible invertible) {
            collect(invertible.term(), into, entered);
        } else if (formula instanceof ForAll all) {
            all.conditions().forEach(each -> collect(each, into, entered));
            collect(all.body(), into, entered);
        }
    }

    private void collect(Term term, Set<Unknown> into, Set<String> entered) {
        Declaration declaration = term.kind() == Kind.SYMBOL || term.kind() == Kind.APPLY
                ? context.declaration(term.name()).orElse(null)
                : null;
        if (declaration instanceof Declaration.Definition definition) {
            if (entered.add(term.name())) {
                collect(definition.body(), into, entered);
            }
        } else if (declaration instanceof Declaration.Symbol) {
            into.add(Unknown.symbol(term.name()));
        } else if (declaration instanceof Declaration.Function function && !isSequence(function)) {
            if (defining.containsKey(term.name()) && entered.add(term.name())) {
                collect(defining.get(term.name()), into, entered);
            }
        } else if (declaration instanceof Declaration.Function) {
            int given = given(term.name());
            Optional<LinearForm> index = term.argument(0).asInteger().filter(LinearForm::isConstant);
            boolean one = index.isPresent()
                    && index.get().constant().compareTo(BigInteger.valueOf(first)) >= 0
                    && index.get().constant().compareTo(BigInteger.valueOf(given)) < 0;
            if (one) {
                into.add(new Unknown(term.name(), index.get().constant().intValueExact()));
            } else {
                for (int i = first; i < given; i++) {
                    into.add(new Unknown(term.name(), i));
                }
                if (defining.containsKey(term.name()) && entered.add(term.name())) {
                    collect(defining.get(term.name()), into, entered);
                }
            }
        }
        term.arguments().forEach(each -> collect(each, into, entered));
    }

    /**
     * Values that satisfy all conditions that can be judged, or nothing where the choices made lead nowhere.
     *
     * @param boldness of the choices: 0 takes the simplest ones
     */
    Optional<Instance> attempt(int boldness, Random random) {
        Instance instance = Instance.of(integers);
        for (Stage each : stages) {
            Optional<Instance> next = extended(instance, each, boldness, random);
            if (next.isEmpty()) {
                return next;
            }
            instance = next.get();
        }
        return Optional.of(instance);
    }

    private Optional<Instance> extended(Instance instance, Stage stage, int boldness, Random random) {
        if (stage.definition().isPresent()) {
            return judge.value(instance, stage.definition().get())
                    .map(value -> instance.with(stage.unknown(), value))
                    .filter(next -> holds(next, stage.conditions()));
        }
        List<Matrix<Fraction>> candidates = candidates(instance, stage, random);
        int offset =
                boldness == 0 || candidates.isEmpty() ? 0 : random.nextInt(Math.min(candidates.size(), 2 + boldness));
        for (int i = 0; i < Math.min(candidates.size(), stage.conditions().isEmpty() ? 1 : TRIED + offset); i++) {
            // from the offset on, then what lies before it
            int at = i + offset < candidates.size() ? i + offset : i + offset - candidates.size();
            Instance next = instance.with(stage.unknown(), candidates.get(at));
            if (holds(next, stage.conditions())) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    private boolean holds(Instance instance, List<Formula> conditions) {
        return conditions.stream().allMatch(each -> judge.truth(instance, each) == Judge.Answer.TRUE);
    }

    /** Values for an unknown: those that solve its equations where it enters them affinely, else small ones. */
    private List<Matrix<Fraction>> candidates(Instance instance, Stage stage, Random random) {
        List<Matrix<Fraction>> all = new ArrayList<>();
        Optional<AffineSolution> solution = solution(instance, stage);
        if (solution.isPresent()) {
            all.addAll(points(stage, solution.get(), random));
        } else {
            boolean scalar = stage.rows() == 1 && stage.columns() == 1;
            if (scalar) {
                stage.conditions().forEach(each -> all.addAll(ends(instance, stage.unknown(), each)));
            }
            stage.conditions().forEach(each -> all.addAll(beyond(instance, stage, each)));
            all.addAll(Candidates.of(stage.rows(), stage.columns(), random));
        }
        if (!stage.conditions().isEmpty() && (stage.rows() == 1 || stage.columns() == 1)) {
            all.addAll(normalized(all));
        }
        return all.stream().distinct().toList();
    }

    /** Where the unknown lies above or below a known matrix in the Loewner order: that matrix and semidefinite ones. */
    private List<Matrix<Fraction>> beyond(Instance instance, Stage stage, Formula formula) {
        if (stage.rows() == 1
                || !(formula instanceof Comparison comparison)
                || comparison.relation() != Relation.LOEWNER) {
            return List.of();
        }
        boolean above = is(comparison.right(), stage.unknown());
        if (!above && !is(comparison.left(), stage.unknown())) {
            return List.of();
        }
        return judge.value(instance, above ? comparison.left() : comparison.right())
                .map(known -> Candidates.semidefinite(stage.rows()).stream()
                        .map(each -> Matrix.of(
                                stage.rows(),
                                stage.rows(),
                                (i, j) -> above
                                        ? known.get(i, j).add(each.get(i, j))
                                        : known.get(i, j).subtract(each.get(i, j))))
                        .toList())
                .orElse(List.of());
    }

    private static List<Matrix<Fraction>> points(Stage stage, AffineSolution solution, Random random) {
        List<Matrix<Fraction>> points = new ArrayList<>();
        int free = solution.directions().size();
        for (int k = 0; k < (free == 0 ? 1 : 8 + 2 * free); k++) {
            List<Fraction> multiples = new ArrayList<>();
            for (int i = 0; i < free; i++) {
                boolean simple = k <= free;
                multiples.add(
                        simple
                                ? Fraction.of(i + 1 == k ? 1 : 0)
                                : Candidates.scalars().get(random.nextInt(8)));
            }
            List<Fraction> point = solution.at(multiples);
            points.add(Matrix.of(stage.rows(), stage.columns(), (i, j) -> point.get(i * stage.columns() + j)));
        }
        return points;
    }

    /** Vectors of rational length, divided by it. */
    private static List<Matrix<Fraction>> normalized(List<Matrix<Fraction>> vectors) {
        List<Matrix<Fraction>> all = new ArrayList<>();
        for (Matrix<Fraction> each : vectors) {
            Fraction squares = each.toLists().stream()
                    .flatMap(List::stream)
                    .map(entry -> entry.multiply(entry))
                    .reduce(Fraction.ZERO, Fraction::add);
            root(squares)
                    .filter(root -> root.signum() > 0 && !root.equals(Fraction.ONE))
                    .ifPresent(root -> all.add(each.map(entry -> entry.divide(root))));
        }
        return all;
    }

    private static Optional<Fraction> root(Fraction value) {
        if (value.signum() < 0) {
            return Optional.empty();
        }
        Fraction root = Fraction.of(value.numerator().sqrt())
                .divide(Fraction.of(value.denominator().sqrt()));
        return root.multiply(root).equals(value) ? Optional.of(root) : Optional.empty();
    }

    /** The solutions of the equations into which the unknown enters affinely, if there are such equations. */
    private Optional<AffineSolution> solution(Instance instance, Stage stage) {
        List<List<Fraction>> equations = new ArrayList<>();
        for (Formula each : stage.conditions()) {
            if (each instanceof Comparison comparison && comparison.relation() == Relation.EQUAL) {
                equations.addAll(affine(instance, stage, comparison).orElse(List.of()));
            }
        }
        return equations.isEmpty() ? Optional.empty() : AffineSolution.of(stage.rows() * stage.columns(), equations);
    }

    /** Rows of the linear equations for the entries, by values of the difference of both sides. */
    private Optional<List<List<Fraction>>> affine(Instance instance, Stage stage, Comparison comparison) {
        int size = stage.rows() * stage.columns();
        Optional<List<Fraction>> origin = difference(instance, stage, comparison, -1, 0);
        if (origin.isEmpty()) {
            return Optional.empty();
        }
        List<List<Fraction>> slopes = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            Optional<List<Fraction>> here = difference(instance, stage, comparison, k, 1);
            Optional<List<Fraction>> beyond = difference(instance, stage, comparison, k, 3);
            if (here.isEmpty() || beyond.isEmpty()) {
                return Optional.empty();
            }
            List<Fraction> slope = subtract(here.get(), origin.get());
            List<Fraction> thrice =
                    slope.stream().map(each -> each.multiply(Fraction.of(3))).toList();
            if (!subtract(beyond.get(), origin.get()).equals(thrice)) {
                return Optional.empty();
            }
            slopes.add(slope);
        }
        // mixed products show only off the axes
        Optional<List<Fraction>> mixed = difference(instance, stage, comparison, size, 1);
        List<Fraction> sum = origin.get();
        for (List<Fraction> each : slopes) {
            sum = add(sum, each);
        }
        if (mixed.isEmpty() || !mixed.get().equals(sum)) {
            return Optional.empty();
        }
        List<List<Fraction>> rows = new ArrayList<>();
        for (int i = 0; i < origin.get().size(); i++) {
            List<Fraction> row = new ArrayList<>();
            for (List<Fraction> each : slopes) {
                row.add(each.get(i));
            }
            row.add(origin.get().get(i).negate());
            rows.add(row);
        }
        return Optional.of(rows);
    }

    /** Left side less right side where one entry of the unknown, or each if the number is the size, has this value. */
    private Optional<List<Fraction>> difference(
            Instance instance, Stage stage, Comparison comparison, int entry, long value) {
        int size = stage.rows() * stage.columns();
        Matrix<Fraction> at = Matrix.of(stage.rows(), stage.columns(), (i, j) -> {
            boolean here = entry == size || i * stage.columns() + j == entry;
            return Fraction.of(here ? value : 0);
        });
        Instance there = instance.with(stage.unknown(), at);
        Optional<Matrix<Fraction>> left = judge.value(there, comparison.left());
        Optional<Matrix<Fraction>> right = judge.value(there, comparison.right());
        return left.isPresent() && right.isPresent()
                ? Optional.of(subtract(flat(left.get()), flat(right.get())))
                : Optional.empty();
    }

    private static List<Fraction> flat(Matrix<Fraction> matrix) {
        return matrix.toLists().stream().flatMap(List::stream).toList();
    }

    private static List<Fraction> subtract(List<Fraction> left, List<Fraction> right) {
        return add(left, right.stream().map(Fraction::negate).toList());
    }

    private static List<Fraction> add(List<Fraction> left, List<Fraction> right) {
        List<Fraction> sum = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            sum.add(left.get(i).add(right.get(i)));
        }
        return sum;
    }

    /** Where both sides of a comparison meet, as far as a line, parabola or hyperbola tells, and numbers beside it. */
    private List<Matrix<Fraction>> ends(Instance instance, Unknown unknown, Formula formula) {
        if (!(formula instanceof Comparison comparison)
                || !comparison.left().shape().isScalar()) {
            return List.of();
        }
        Optional<Fraction> zero = gap(instance, unknown, comparison, Fraction.ZERO);
        Optional<Fraction> one = gap(instance, unknown, comparison, Fraction.ONE);
        Optional<Fraction> two = gap(instance, unknown, comparison, Fraction.TWO);
        Optional<Fraction> less = gap(instance, unknown, comparison, Fraction.of(-1));
        Set<Fraction> ends = new LinkedHashSet<>();
        if (zero.isPresent() && one.isPresent() && less.isPresent()) {
            Fraction half = Fraction.ONE.divide(Fraction.TWO);
            Fraction square = one.get().add(less.get()).multiply(half).subtract(zero.get());
            Fraction slope = one.get().subtract(less.get()).multiply(half);
            if (square.signum() == 0 && slope.signum() != 0) {
                ends.add(zero.get().divide(slope).negate());
            } else if (square.signum() != 0) {
                Fraction discriminant =
                        slope.multiply(slope).subtract(Fraction.of(4).multiply(square.multiply(zero.get())));
                root(discriminant).ifPresent(root -> {
                    Fraction below = square.add(square);
                    ends.add(root.subtract(slope).divide(below));
                    ends.add(root.negate().subtract(slope).divide(below));
                });
            }
        } else if (one.isPresent() && two.isPresent()) {
            // c + s/x
            Fraction s = one.get().subtract(two.get()).multiply(Fraction.TWO);
            Fraction c = one.get().subtract(s);
            if (c.signum() != 0) {
                ends.add(s.divide(c).negate());
            }
        }
        if (ends.isEmpty()) {
            bisected(instance, unknown, comparison, one).ifPresent(ends::add);
        }
        List<Matrix<Fraction>> all = new ArrayList<>();
        for (Fraction each : ends) {
            all.add(Candidates.scalar(each));
            all.add(Candidates.scalar(each.divide(Fraction.TWO)));
            all.add(Candidates.scalar(each.add(each)));
            all.add(Candidates.scalar(each.add(Fraction.ONE)));
            all.add(Candidates.scalar(each.subtract(Fraction.ONE)));
            all.add(Candidates.scalar(each.subtract(Candidates.fraction(1, 2))));
        }
        return all;
    }

    /** The first power of a half, or of two, at which an inequality holds that one does not satisfy. */
    private Optional<Fraction> bisected(
            Instance instance, Unknown unknown, Comparison comparison, Optional<Fraction> one) {
        if (comparison.relation() == Relation.EQUAL || one.isPresent()) {
            return Optional.empty();
        }
        Fraction small = Fraction.ONE;
        Fraction large = Fraction.ONE;
        for (int i = 0; i < BISECTED; i++) {
            small = small.divide(Fraction.TWO);
            large = large.add(large);
            for (Fraction each : List.of(small, large)) {
                Instance there = instance.with(unknown, Candidates.scalar(each));
                if (judge.truth(there, comparison) == Judge.Answer.TRUE) {
                    return Optional.of(each);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Fraction> gap(Instance instance, Unknown unknown, Comparison comparison, Fraction value) {
        Instance there = instance.with(unknown, Candidates.scalar(value));
        Optional<Matrix<Fraction>> left = judge.value(there, comparison.left());
        Optional<Matrix<Fraction>> right = judge.value(there, comparison.right());
        return left.isPresent() && right.isPresent()
                ? Optional.of(left.get().get(0, 0).subtract(right.get().get(0, 0)))
                : Optional.empty();
    }

    /** The instance with these exact fractions by entry; entries that are not named are zero. */
    Instance of(Map<String, String> assignment) {
        Instance instance = Instance.of(integers);
        for (Stage each : stages) {
            Unknown unknown = each.unknown();
            Shape declared = EntryNames.declared(context, unknown.name());
            String node = unknown.isSymbol() ? unknown.name() : unknown.name() + "(" + unknown.index() + ")";
            instance = instance.with(
                    unknown,
                    Matrix.of(
                            each.rows(),
                            each.columns(),
                            (i, j) -> number(
                                    assignment.getOrDefault(EntryNames.entry(node, declared, i + 1, j + 1), "0"))));
        }
        return instance;
    }

    private static Fraction number(String text) {
        String[] parts = text.split("/");
        Fraction above = Fraction.of(new BigInteger(parts[0]));
        return parts.length == 1 ? above : above.divide(Fraction.of(new BigInteger(parts[1])));
    }

    /** The unknowns that were chosen, not computed, in the order in which they were. */
    List<Unknown> chosen() {
        return stages.stream()
                .filter(each -> each.definition().isEmpty())
                .map(Stage::unknown)
                .toList();
    }

    /**
     * The instance with another value of one unknown: what is defined by it follows, what was solved for is solved for
     * again where it must be.
     *
     * @param keep whether the other chosen values stay where they can, or are chosen again
     */
    Optional<Instance> replaced(
            Instance instance, Unknown unknown, Matrix<Fraction> value, boolean keep, Random random) {
        Instance next = Instance.of(integers);
        boolean changed = false;
        for (Stage each : stages) {
            Matrix<Fraction> before = instance.get(each.unknown());
            Optional<Instance> kept = Optional.empty();
            if (each.unknown().equals(unknown)) {
                changed = true;
                kept = Optional.of(next.with(unknown, value)).filter(there -> holds(there, each.conditions()));
                if (kept.isEmpty()) {
                    return kept;
                }
            } else if (!changed) {
                next = next.with(each.unknown(), before);
                continue;
            } else if (keep && each.definition().isEmpty()) {
                kept = Optional.of(next.with(each.unknown(), before)).filter(there -> holds(there, each.conditions()));
            }
            if (kept.isEmpty()) {
                kept = extended(next, each, 0, random);
            }
            if (kept.isEmpty()) {
                return kept;
            }
            next = kept.get();
        }
        return Optional.of(next);
    }
}

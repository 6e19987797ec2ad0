package org.loopcert.kernel.value;

import static org.loopcert.kernel.value.NotACounterexample.require;
import static org.loopcert.kernel.value.Values.required;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.value.Enclosure.Meter;
import org.loopcert.kernel.value.NotACounterexample.Reason;

/**
 * Values of terms and truth of formulas at given values, as each operation is defined; no law is used. All parts of a
 * term must be defined, needed or not.
 */
public final class Evaluator {
    private static final List<Integer> BITS = List.of(64, 128, 256, 512, 1024);
    private static final int LARGEST_SIZE = 100;
    private static final int LARGEST_COUNT = 10_000;
    private static final int DEPTH = 400;

    private final Context context;
    private final Values values;
    private final Recurrences recurrences;
    private final AtomicLong spent = new AtomicLong();

    /** What is known of a formula. */
    public enum Truth {
        TRUE,
        FALSE,
        /** The enclosures do not tell. */
        UNKNOWN;

        Truth negation() {
            return this == UNKNOWN ? UNKNOWN : this == TRUE ? FALSE : TRUE;
        }
    }

    /** With the value of each term of the last formula without quantifier. */
    record Decision(Truth truth, List<Matrix> sides) {}

    /**
     * With the values of a context's names.
     *
     * @throws NotACounterexample if a value does not fit its declaration, or a defining hypothesis is circular
     */
    public Evaluator(Context context, Values values) throws NotACounterexample {
        this(context, List.of(), values);
    }

    /** With those of further names, which the context does not declare. */
    Evaluator(Context context, List<Variable> bound, Values values) throws NotACounterexample {
        this.context = context;
        this.values = values;
        Map<String, BigInteger> lower = new HashMap<>();
        Map<String, Shape> symbols = new HashMap<>();
        Map<String, Shape> sequences = new HashMap<>();
        for (Variable each : bound) {
            if (each.isInteger()) {
                lower.put(each.name(), each.lower());
            } else {
                symbols.put(each.name(), each.shape());
            }
        }
        context.declarations().forEach((name, declaration) -> {
            if (declaration instanceof Declaration.IntegerVariable integer) {
                lower.put(name, integer.lower());
            } else if (declaration instanceof Declaration.Symbol symbol) {
                symbols.put(name, symbol.shape());
            } else if (isSequence(context, name)) {
                sequences.put(name, ((Declaration.Function) declaration).result());
            }
        });
        for (Map.Entry<String, BigInteger> each : values.integers().entrySet()) {
            BigInteger least = lower.get(each.getKey());
            boolean fits = least != null && each.getValue().compareTo(least) >= 0;
            require(fits, Reason.RANGE, "an integer that is declared, at least its lower bound", each);
        }
        require(symbols.keySet().containsAll(values.matrices().keySet()), Reason.NAME, "declared matrices", values);
        require(sequences.keySet().containsAll(values.sequences().keySet()), Reason.NAME, "declared sequences", values);
        Run run = new Run(BITS.get(0));
        for (Map.Entry<String, Shape> each : symbols.entrySet()) {
            Matrix given = values.matrices().get(each.getKey());
            run.requireFitting(each.getValue(), given == null ? List.of() : List.of(given));
        }
        for (Map.Entry<String, Shape> each : sequences.entrySet()) {
            Values.Sequence given = values.sequences().get(each.getKey());
            run.requireFitting(each.getValue(), given == null ? List.of() : given.values());
        }
        recurrences = new Recurrences(context, values);
    }

    Recurrences recurrences() {
        return recurrences;
    }

    static boolean isSequence(Context context, String name) {
        return context.declaration(name).orElse(null) instanceof Declaration.Function function
                && function.parameters().size() == 1
                && function.parameters().get(0) == null;
    }

    /**
     * The value of a term in declared names.
     *
     * @param bits significant bits of what is not exact
     */
    public Matrix evaluate(Term term, int bits) throws NotACounterexample {
        return new Run(bits).value(term, values);
    }

    /** Whether a formula in declared names is true at the values. */
    public Truth truth(Formula formula) throws NotACounterexample {
        return decide(formula).truth();
    }

    /** At the first precision that suffices; unknown also where a part cannot be evaluated at any. */
    Decision decide(Formula formula) throws NotACounterexample {
        Decision decision = null;
        for (int bits : BITS) {
            Run run = new Run(bits);
            try {
                decision = new Decision(run.truth(formula, values), run.sides);
            } catch (NotACounterexample reason) {
                if (reason.reason() != Reason.PRECISION) {
                    throw reason;
                }
                decision = new Decision(Truth.UNKNOWN, List.of());
            }
            if (decision.truth() != Truth.UNKNOWN) {
                break;
            }
        }
        return decision;
    }

    private static void requireCount(BigInteger from, BigInteger to) throws NotACounterexample {
        boolean few = to.subtract(from).compareTo(BigInteger.valueOf(LARGEST_COUNT)) < 0;
        require(few, Reason.LIMIT, "at most " + LARGEST_COUNT + " integers", from + " to " + to);
    }

    /** One evaluation at one precision; all names, bound ones too, have their values in the argument {@code at}. */
    private final class Run {
        private final Meter meter;
        private final Map<String, Matrix> definitions = new HashMap<>();
        private final Map<String, Map<BigInteger, Matrix>> continued = new HashMap<>();
        private List<Matrix> sides = List.of();
        private int depth;

        Run(int bits) {
            meter = new Meter(bits, spent);
        }

        private void requireFitting(Shape shape, List<Matrix> given) throws NotACounterexample {
            int rows = size(shape.rows(), values);
            int columns = size(shape.columns(), values);
            for (Matrix each : given) {
                boolean fits = each.rows() == rows && each.columns() == columns && each.isExact();
                require(fits, Reason.SHAPE, rows + " x " + columns + " exact entries", each);
            }
        }

        private Truth truth(Formula formula, Values at) throws NotACounterexample {
            if (formula instanceof ForAll all) {
                return truth(all, 0, at);
            }
            if (formula instanceof Formula.Invertible invertible) {
                sides = List.of(value(invertible.term(), at));
                try {
                    sides.get(0).inverse(meter);
                    return Truth.TRUE;
                } catch (NotACounterexample reason) {
                    if (reason.reason() == Reason.UNDEFINED) {
                        return Truth.FALSE;
                    }
                    throw reason;
                }
            }
            Comparison comparison = (Comparison) formula;
            Matrix left = value(comparison.left(), at);
            Matrix right = value(comparison.right(), at);
            sides = List.of(left, right);
            return switch (comparison.relation()) {
                case EQUAL -> left.equal(right);
                case DIFFERENT -> left.equal(right).negation();
                case AT_MOST -> below(right, left).negation();
                case BELOW -> below(left, right);
                case LOEWNER -> semidefinite(right.subtract(left, meter));
            };
        }

        private Truth below(Matrix left, Matrix right) {
            Enclosure one = left.get(0, 0);
            Enclosure other = right.get(0, 0);
            if (one.upper().below(other.lower())) {
                return Truth.TRUE;
            }
            return other.upper().atMost(one.lower()) ? Truth.FALSE : Truth.UNKNOWN;
        }

        private Truth semidefinite(Matrix difference) throws NotACounterexample {
            Truth symmetric = difference.equal(difference.transpose());
            boolean not = symmetric == Truth.TRUE && difference.sign(meter) == Matrix.Sign.NOT_SEMIDEFINITE;
            return not ? Truth.FALSE : symmetric;
        }

        /** One integer after the other, as far as the conditions allow. */
        private Truth truth(ForAll all, int number, Values at) throws NotACounterexample {
            if (number == all.variables().size()) {
                for (Formula each : all.conditions()) {
                    Truth met = truth(each, at);
                    if (met != Truth.TRUE) {
                        return met.negation();
                    }
                }
                return truth(all.body(), at);
            }
            Variable variable = all.variables().get(number);
            BigInteger last = variable.isInteger() ? last(all, number, at) : null;
            require(last != null, Reason.QUANTIFIER, "finitely many values of " + variable.name(), "infinitely many");
            requireCount(variable.lower(), last);
            Truth truth = Truth.TRUE;
            for (BigInteger i = variable.lower(); i.compareTo(last) <= 0; i = i.add(BigInteger.ONE)) {
                meter.spend(1);
                Truth one = truth(all, number + 1, at.with(variable.name(), i));
                if (one == Truth.FALSE) {
                    return one;
                }
                truth = one == Truth.UNKNOWN ? one : truth;
            }
            return truth;
        }

        /** No integer after this one satisfies a condition {@code i <= t}, t free of what is bound from here on; or null. */
        private BigInteger last(ForAll all, int number, Values at) throws NotACounterexample {
            Term variable =
                    Term.integer(LinearForm.variable(all.variables().get(number).name()));
            List<String> open = all.variables().subList(number, all.variables().size()).stream()
                    .map(Variable::name)
                    .toList();
            for (Formula each : all.conditions()) {
                boolean bounds = each instanceof Comparison comparison
                        && (comparison.relation() == Relation.AT_MOST || comparison.relation() == Relation.BELOW)
                        && comparison.left().equals(variable)
                        && comparison.right().freeNames().stream().noneMatch(open::contains);
                if (bounds) {
                    Fraction most =
                            value(((Comparison) each).right(), at).get(0, 0).upper();
                    return most.numerator().divide(most.denominator());
                }
            }
            return null;
        }

        private int size(LinearForm form, Values at) throws NotACounterexample {
            BigInteger size = at.integer(form);
            require(size.signum() > 0, Reason.RANGE, form + " of at least 1", size);
            boolean small = size.compareTo(BigInteger.valueOf(LARGEST_SIZE)) <= 0;
            require(small, Reason.LIMIT, "sizes of at most " + LARGEST_SIZE, size);
            return size.intValueExact();
        }

        /** The value of a term, of the term's shape. */
        private Matrix value(Term term, Values at) throws NotACounterexample {
            depth++;
            require(depth <= DEPTH, Reason.LIMIT, "nesting of at most " + DEPTH, "more");
            int rows = size(term.shape().rows(), at);
            int columns = size(term.shape().columns(), at);
            meter.spend((long) rows * columns);
            Matrix value =
                    switch (term.kind()) {
                        case NUMBER -> Matrix.scalar(term.value());
                        case INTEGER -> Matrix.scalar(Fraction.of(at.integer(term.index(0))));
                        case SYMBOL, APPLY -> named(term, at);
                        case ZERO -> Matrix.of(rows, columns, (i, j) -> Enclosure.ZERO);
                        case IDENTITY -> Matrix.identity(rows);
                        case ONES -> Matrix.of(rows, columns, (i, j) -> Enclosure.ONE);
                        case UNIT -> {
                            int index = inside(term.index(0), rows, at);
                            yield Matrix.of(rows, 1, (i, j) -> i + 1 == index ? Enclosure.ONE : Enclosure.ZERO);
                        }
                        case BLOCKS -> blocks(term, at);
                        case INDEX_SUM -> {
                            Matrix sum = Matrix.of(rows, columns, (i, j) -> Enclosure.ZERO);
                            BigInteger to = at.integer(term.index(1));
                            requireCount(at.integer(term.index(0)), to);
                            for (BigInteger i = at.integer(term.index(0)); i.compareTo(to) <= 0; ) {
                                sum = sum.add(value(term.argument(0), at.with(term.name(), i)), meter);
                                i = i.add(BigInteger.ONE);
                            }
                            yield sum;
                        }
                        case SUM, PRODUCT, HADAMARD, QUOTIENT -> fold(term, at);
                        case POWER -> power(term, at);
                        default -> function(term, value(term.argument(0), at), at);
                    };
            boolean fits = value.rows() == rows && value.columns() == columns;
            require(fits, Reason.SHAPE, rows + " x " + columns, value);
            depth--;
            return value;
        }

        /** An index from one to the size. */
        private int inside(LinearForm form, int size, Values at) throws NotACounterexample {
            BigInteger index = at.integer(form);
            boolean inside = index.signum() > 0 && index.compareTo(BigInteger.valueOf(size)) <= 0;
            require(inside, Reason.UNDEFINED, "an index of 1 to " + size, index);
            return index.intValueExact();
        }

        private Matrix named(Term term, Values at) throws NotACounterexample {
            String name = term.name();
            if (term.kind() == Term.Kind.SYMBOL && at.matrices().containsKey(name)) {
                return at.matrices().get(name);
            }
            if (context.declaration(name).orElse(null) instanceof Declaration.Definition definition) {
                Matrix known = definitions.get(name);
                if (known == null) {
                    known = value(definition.body(), arguments(definition.parameters(), term, at));
                    if (definition.parameters().isEmpty()) {
                        definitions.put(name, known);
                    }
                }
                return known;
            }
            if (isSequence(context, name)) {
                return sequence(name, at.integer(term.argument(0).asInteger().orElseThrow()));
            }
            Recurrences.Equation equation = required(recurrences.function(name), name);
            Values arguments = arguments(equation.variables(), term, at);
            for (Variable each : equation.variables()) {
                boolean below = each.isInteger()
                        && arguments.integers().get(each.name()).compareTo(each.lower()) < 0;
                require(!below, Reason.MISSING, "a value of " + name + " for " + each.name(), "none");
            }
            return value(equation.body(), arguments);
        }

        /** The values with those of the parameters, and without what is bound where the arguments stand. */
        private Values arguments(List<Variable> parameters, Term term, Values at) throws NotACounterexample {
            Values inner = values;
            for (int i = 0; i < parameters.size(); i++) {
                Variable parameter = parameters.get(i);
                Term argument = term.argument(i);
                inner = parameter.isInteger()
                        ? inner.with(
                                parameter.name(),
                                at.integer(argument.asInteger().orElseThrow()))
                        : inner.with(parameter.name(), value(argument, at));
            }
            return inner;
        }

        private Matrix sequence(String name, BigInteger index) throws NotACounterexample {
            Values.Sequence table = values.sequences().get(name);
            if (table != null && index.compareTo(table.first()) >= 0 && index.compareTo(table.last()) <= 0) {
                return table.values().get(index.subtract(table.first()).intValueExact());
            }
            Map<BigInteger, Matrix> known = continued.computeIfAbsent(name, each -> new HashMap<>());
            Recurrences.Equation equation = recurrences.sequence(name);
            if (equation != null) {
                // from the first value that is not known, so that the depth does not grow with the index
                BigInteger next = table == null
                        ? equation.first()
                        : equation.first().max(table.last().add(BigInteger.ONE));
                next = next.add(BigInteger.valueOf(known.size()));
                requireCount(next, index);
                for (; next.compareTo(index) <= 0; next = next.add(BigInteger.ONE)) {
                    String variable = equation.variables().get(0).name();
                    Values at = values.with(variable, next.subtract(equation.offset()));
                    for (Formula each : equation.all().conditions()) {
                        Truth met = truth(each, at);
                        Reason reason = met == Truth.UNKNOWN ? Reason.PRECISION : Reason.MISSING;
                        require(met == Truth.TRUE, reason, "a condition that is true at " + next, met);
                    }
                    known.put(next, value(equation.body(), at));
                }
            }
            return required(known.get(index), name + "(" + index + ")");
        }

        private Matrix blocks(Term term, Values at) throws NotACounterexample {
            List<List<Enclosure>> rows = new ArrayList<>();
            for (List<Term> blockRow : term.blockRows()) {
                int from = rows.size();
                for (Term each : blockRow) {
                    List<List<Enclosure>> block = value(each, at).entries();
                    for (int i = 0; i < block.size(); i++) {
                        if (rows.size() == from + i) {
                            rows.add(new ArrayList<>());
                        }
                        rows.get(from + i).addAll(block.get(i));
                    }
                }
            }
            return new Matrix(rows);
        }

        private Matrix fold(Term term, Values at) throws NotACounterexample {
            Matrix result = value(term.argument(0), at);
            for (Term each : term.arguments().subList(1, term.arguments().size())) {
                Matrix next = value(each, at);
                result = switch (term.kind()) {
                    case SUM -> result.add(next, meter);
                    case PRODUCT -> result.multiply(next, meter);
                    case HADAMARD -> result.combine(next, (left, right) -> left.multiply(right, meter));
                    default -> result.combine(next.get(0, 0), (left, right) -> left.divide(right, meter));
                };
            }
            return result;
        }

        private Matrix power(Term term, Values at) throws NotACounterexample {
            Term inner = term.argument(0);
            Matrix base = value(inner, at);
            BigInteger exponent = at.integer(term.index(0));
            boolean norm = inner.kind() == Term.Kind.NORM && !exponent.testBit(0);
            if (norm) {
                // an even power of a norm is exact where its square is
                base = Matrix.scalar(value(inner.argument(0), at).sumOfSquares(meter));
                exponent = exponent.shiftRight(1);
            }
            requireCount(BigInteger.ZERO, exponent.abs());
            Matrix factor = exponent.signum() < 0 ? base.inverse(meter) : base;
            Matrix power = Matrix.identity(base.rows());
            for (int i = exponent.abs().bitLength(); i >= 0; i--) {
                power = power.multiply(power, meter);
                power = exponent.abs().testBit(i) ? power.multiply(factor, meter) : power;
            }
            return power;
        }

        /** A function of a matrix. */
        private Matrix function(Term term, Matrix argument, Values at) throws NotACounterexample {
            Enclosure first = argument.get(0, 0);
            Enclosure scalar =
                    switch (term.kind()) {
                        case LOG -> first.log(meter);
                        case SQRT -> first.sqrt(meter);
                        case ABS -> first.abs();
                        case NORM -> argument.sumOfSquares(meter).sqrt(meter);
                        case NORM_INF -> argument.fold((most, each) -> most.max(each.abs()));
                        case SPECTRAL_NORM ->
                            argument.transpose()
                                    .multiply(argument, meter)
                                    .largestEigenvalue(meter)
                                    .sqrt(meter);
                        case TRACE ->
                            argument.combine(
                                            Matrix.identity(argument.rows()),
                                            (entry, one) -> entry.multiply(one, meter))
                                    .fold((sum, each) -> sum.add(each, meter));
                        case LAMBDA_MAX -> argument.largestEigenvalue(meter);
                        case LAMBDA_MIN ->
                            argument.combine(first, (entry, any) -> entry.negate())
                                    .largestEigenvalue(meter)
                                    .negate();
                        default -> null;
                    };
            if (scalar != null) {
                return Matrix.scalar(scalar);
            }
            return switch (term.kind()) {
                case TRANSPOSE -> argument.transpose();
                case INVERSE -> argument.inverse(meter);
                case EXP, EXP_ENTRYWISE -> argument.combine(first, (entry, any) -> entry.exp(meter));
                case DIAG -> {
                    int size = argument.rows();
                    yield Matrix.of(size, size, (i, j) -> i == j ? argument.get(i, 0) : Enclosure.ZERO);
                }
                case SLICE -> {
                    int row = inside(term.index(0), argument.rows(), at);
                    int column = inside(term.index(2), argument.columns(), at);
                    int rows = inside(term.index(1), argument.rows(), at) - row + 1;
                    int columns = inside(term.index(3), argument.columns(), at) - column + 1;
                    yield Matrix.of(rows, columns, (i, j) -> argument.get(row - 1 + i, column - 1 + j));
                }
                default -> throw new IllegalStateException("no value of " + term.kind());
            };
        }
    }
}

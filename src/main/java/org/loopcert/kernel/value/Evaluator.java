package org.loopcert.kernel.value;

import static org.loopcert.kernel.value.NotACounterexample.require;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final int DEPTH = 1000;

    private final Context context;
    private final Values values;
    private final Recurrences recurrences;
    private final AtomicLong spent = new AtomicLong();

    /** What is known of a formula. */
    public enum Truth {
        TRUE,
        FALSE,
        /** The enclosures do not tell. */
        UNKNOWN
    }

    /**
     * With the values of a context's names.
     *
     * @throws NotACounterexample if a value does not fit its declaration, or a defining hypothesis is circular
     */
    public Evaluator(Context context, Values values) throws NotACounterexample {
        this.context = context;
        this.values = values;
        requireFitting();
        recurrences = new Recurrences(context, values);
    }

    Recurrences recurrences() {
        return recurrences;
    }

    /** Names bound around a term, with their values. */
    record Bound(Map<String, BigInteger> integers, Map<String, Matrix> matrices) {
        static final Bound NONE = new Bound(Map.of(), Map.of());

        Bound {
            integers = Map.copyOf(integers);
            matrices = Map.copyOf(matrices);
        }

        Bound with(String name, BigInteger value) {
            Map<String, BigInteger> more = new HashMap<>(integers);
            more.put(name, value);
            return new Bound(more, matrices);
        }

        Bound with(String name, Matrix value) {
            Map<String, Matrix> more = new HashMap<>(matrices);
            more.put(name, value);
            return new Bound(integers, more);
        }
    }

    private void requireFitting() throws NotACounterexample {
        Run run = new Run(BITS.get(0));
        for (Map.Entry<String, BigInteger> each : values.integers().entrySet()) {
            boolean declared =
                    context.declaration(each.getKey()).orElse(null) instanceof Declaration.IntegerVariable integer
                            && each.getValue().compareTo(integer.lower()) >= 0;
            require(declared, Reason.RANGE, "an integer that is declared, at least its lower bound", each);
        }
        for (Map.Entry<String, Declaration> each : context.declarations().entrySet()) {
            if (each.getValue() instanceof Declaration.Symbol symbol) {
                Matrix value = values.matrices().get(each.getKey());
                run.requireFitting(
                        each.getKey(), symbol.shape(), value == null ? List.of() : List.of(value), Bound.NONE);
            } else if (each.getValue() instanceof Declaration.Function function) {
                for (Shape shape : function.parameters()) {
                    run.requireFitting(each.getKey(), shape, List.of(), Bound.NONE);
                }
                Values.Sequence table = values.sequences().get(each.getKey());
                run.requireFitting(
                        each.getKey(), function.result(), table == null ? List.of() : table.values(), Bound.NONE);
            }
        }
        for (String each : values.matrices().keySet()) {
            boolean symbol = context.declaration(each).orElse(null) instanceof Declaration.Symbol;
            require(symbol, Reason.NAME, "a matrix, vector or scalar that is declared", each);
        }
        for (String each : values.sequences().keySet()) {
            require(isSequence(context, each), Reason.NAME, "a sequence that is declared", each);
        }
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
        return new Run(bits).value(term, Bound.NONE);
    }

    /** Whether a formula in declared names is true at the values. */
    public Truth truth(Formula formula) throws NotACounterexample {
        return truth(formula, Bound.NONE);
    }

    Truth truth(Formula formula, Bound bound) throws NotACounterexample {
        for (int bits : BITS) {
            Truth truth = new Run(bits).guarded(formula, bound);
            if (truth != Truth.UNKNOWN) {
                return truth;
            }
        }
        return Truth.UNKNOWN;
    }

    /** The values of the terms of a formula without quantifier, at the precision that decides it. */
    List<Matrix> sides(Formula formula, Bound bound) throws NotACounterexample {
        int number = 0;
        while (number < BITS.size() - 1 && new Run(BITS.get(number)).guarded(formula, bound) == Truth.UNKNOWN) {
            number++;
        }
        Run run = new Run(BITS.get(number));
        if (formula instanceof Comparison comparison) {
            return List.of(run.value(comparison.left(), bound), run.value(comparison.right(), bound));
        }
        return List.of(run.value(((Formula.Invertible) formula).term(), bound));
    }

    /** Refuses a value of another shape than its name. */
    void requireFitting(String name, Shape shape, Matrix value, Bound bound) throws NotACounterexample {
        new Run(BITS.get(0)).requireFitting(name, shape, List.of(value), bound);
    }

    /** One evaluation at one precision. */
    final class Run {
        private final Meter meter;
        private final Map<String, Matrix> definitions = new HashMap<>();
        private final Map<String, Map<BigInteger, Matrix>> continued = new HashMap<>();
        private int depth;

        Run(int bits) {
            meter = new Meter(bits, spent);
        }

        private void requireFitting(String name, Shape shape, List<Matrix> given, Bound bound)
                throws NotACounterexample {
            if (shape == null) {
                return;
            }
            int rows = size(shape.rows(), bound);
            int columns = size(shape.columns(), bound);
            for (Matrix each : given) {
                boolean fits = each.rows() == rows && each.columns() == columns && each.isExact();
                require(fits, Reason.SHAPE, name + " of " + rows + " x " + columns + " exact entries", each);
            }
        }

        /** Unknown also where a part cannot be evaluated at this precision. */
        private Truth guarded(Formula formula, Bound bound) throws NotACounterexample {
            try {
                return truth(formula, bound);
            } catch (NotACounterexample reason) {
                if (reason.reason() == Reason.PRECISION) {
                    return Truth.UNKNOWN;
                }
                throw reason;
            }
        }

        Truth truth(Formula formula, Bound bound) throws NotACounterexample {
            if (formula instanceof ForAll all) {
                return truth(all, 0, bound);
            }
            if (formula instanceof Formula.Invertible invertible) {
                return invertible(value(invertible.term(), bound));
            }
            Comparison comparison = (Comparison) formula;
            Matrix left = value(comparison.left(), bound);
            Matrix right = value(comparison.right(), bound);
            return switch (comparison.relation()) {
                case EQUAL -> equal(left, right);
                case DIFFERENT -> not(equal(left, right));
                case AT_MOST -> not(below(right, left));
                case BELOW -> below(left, right);
                case LOEWNER -> semidefinite(right.subtract(left, meter));
            };
        }

        private Truth not(Truth truth) {
            return truth == Truth.UNKNOWN ? truth : truth == Truth.TRUE ? Truth.FALSE : Truth.TRUE;
        }

        private Truth equal(Matrix left, Matrix right) {
            boolean exact = true;
            for (int i = 0; i < left.rows(); i++) {
                for (int j = 0; j < left.columns(); j++) {
                    if (left.get(i, j).isApart(right.get(i, j))) {
                        return Truth.FALSE;
                    }
                    exact &= left.get(i, j).isExact() && right.get(i, j).isExact();
                }
            }
            return exact ? Truth.TRUE : Truth.UNKNOWN;
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
            if (difference.isAsymmetric()) {
                return Truth.FALSE;
            }
            if (!difference.isExact()) {
                return Truth.UNKNOWN;
            }
            return difference.sign(meter) == Matrix.Sign.NOT_SEMIDEFINITE ? Truth.FALSE : Truth.TRUE;
        }

        private Truth invertible(Matrix matrix) throws NotACounterexample {
            try {
                matrix.inverse(meter);
                return Truth.TRUE;
            } catch (NotACounterexample reason) {
                if (reason.reason() == Reason.UNDEFINED) {
                    return Truth.FALSE;
                }
                throw reason;
            }
        }

        /** One integer after the other, each within the bounds that the conditions give. */
        private Truth truth(ForAll all, int number, Bound bound) throws NotACounterexample {
            if (number == all.variables().size()) {
                for (Formula each : all.conditions()) {
                    Truth met = truth(each, bound);
                    if (met != Truth.TRUE) {
                        return met == Truth.FALSE ? Truth.TRUE : Truth.UNKNOWN;
                    }
                }
                return truth(all.body(), bound);
            }
            Variable variable = all.variables().get(number);
            Optional<BigInteger> last = variable.isInteger() ? last(all, variable, bound) : Optional.empty();
            require(
                    last.isPresent(),
                    Reason.QUANTIFIER,
                    "finitely many values of " + variable.name(),
                    "infinitely many");
            requireCount(variable.lower(), last.get());
            Truth truth = Truth.TRUE;
            for (BigInteger i = variable.lower(); i.compareTo(last.get()) <= 0; i = i.add(BigInteger.ONE)) {
                meter.spend(1);
                Truth one = truth(all, number + 1, bound.with(variable.name(), i));
                if (one == Truth.FALSE) {
                    return one;
                }
                truth = one == Truth.UNKNOWN ? one : truth;
            }
            return truth;
        }

        /** The last integer that the conditions allow, if those in this variable and ones before it give one. */
        private Optional<BigInteger> last(ForAll all, Variable variable, Bound bound) throws NotACounterexample {
            Optional<BigInteger> least = Optional.empty();
            for (Formula each : all.conditions()) {
                boolean order = each instanceof Comparison comparison
                        && (comparison.relation() == Relation.AT_MOST || comparison.relation() == Relation.BELOW);
                if (!order) {
                    continue;
                }
                Comparison comparison = (Comparison) each;
                LinearForm room = difference(comparison).orElse(LinearForm.ZERO);
                BigInteger slope = room.coefficient(variable.name());
                boolean alone = room.variables().stream()
                        .allMatch(name -> name.equals(variable.name())
                                || all.variables().stream()
                                        .noneMatch(other -> other.name().equals(name))
                                || bound.integers().containsKey(name));
                if (slope.signum() >= 0 || !alone) {
                    continue;
                }
                // rest + slope i >= 0, or > 0
                BigInteger rest = integer(room, bound.with(variable.name(), BigInteger.ZERO));
                if (comparison.relation() == Relation.BELOW) {
                    rest = rest.subtract(BigInteger.ONE);
                }
                BigInteger[] parts = rest.divideAndRemainder(slope.negate());
                BigInteger last = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
                least = Optional.of(least.map(last::min).orElse(last));
            }
            return least;
        }

        private Optional<LinearForm> difference(Comparison comparison) {
            Optional<LinearForm> left = linear(comparison.left());
            Optional<LinearForm> right = linear(comparison.right());
            return left.isPresent() && right.isPresent()
                    ? Optional.of(right.get().subtract(left.get()))
                    : Optional.empty();
        }

        /** A term that is written as a sum of integers and integer multiples. */
        private Optional<LinearForm> linear(Term term) {
            if (term.kind() != Term.Kind.SUM && term.kind() != Term.Kind.PRODUCT) {
                return term.asInteger();
            }
            LinearForm result = null;
            for (Term each : term.arguments()) {
                Optional<LinearForm> part = linear(each);
                if (part.isEmpty()) {
                    return part;
                }
                LinearForm form = part.get();
                if (result == null) {
                    result = form;
                } else if (term.kind() == Term.Kind.SUM) {
                    result = result.add(form);
                } else if (form.isConstant() || result.isConstant()) {
                    result = form.isConstant() ? result.times(form.constant()) : form.times(result.constant());
                } else {
                    return Optional.empty();
                }
            }
            return Optional.ofNullable(result);
        }

        private void requireCount(BigInteger from, BigInteger to) throws NotACounterexample {
            boolean few = to.subtract(from).compareTo(BigInteger.valueOf(LARGEST_COUNT)) < 0;
            require(few, Reason.LIMIT, "at most " + LARGEST_COUNT + " integers", from + " to " + to);
        }

        private BigInteger integer(LinearForm form, Bound bound) throws NotACounterexample {
            BigInteger sum = form.constant();
            for (String each : form.variables()) {
                BigInteger value = bound.integers().get(each);
                if (value == null) {
                    value = values.integers().get(each);
                }
                require(value != null, Reason.MISSING, "a value of " + each, "none");
                sum = sum.add(form.coefficient(each).multiply(value));
            }
            return sum;
        }

        private int size(LinearForm form, Bound bound) throws NotACounterexample {
            BigInteger size = integer(form, bound);
            require(size.signum() > 0, Reason.RANGE, form + " of at least 1", size);
            boolean small = size.compareTo(BigInteger.valueOf(LARGEST_SIZE)) <= 0;
            require(small, Reason.LIMIT, "sizes of at most " + LARGEST_SIZE, size);
            return size.intValueExact();
        }

        /** The value of a term, of the term's shape. */
        Matrix value(Term term, Bound bound) throws NotACounterexample {
            depth++;
            require(depth <= DEPTH, Reason.LIMIT, "nesting of at most " + DEPTH, "more");
            int rows = size(term.shape().rows(), bound);
            int columns = size(term.shape().columns(), bound);
            meter.spend((long) rows * columns);
            Matrix value =
                    switch (term.kind()) {
                        case NUMBER -> Matrix.scalar(Enclosure.of(term.value()));
                        case INTEGER -> Matrix.scalar(Fraction.of(integer(term.index(0), bound)));
                        case SYMBOL, APPLY -> named(term, bound);
                        case ZERO -> Matrix.of(rows, columns, (i, j) -> Enclosure.ZERO);
                        case IDENTITY -> Matrix.identity(rows);
                        case ONES -> Matrix.of(rows, columns, (i, j) -> Enclosure.ONE);
                        case UNIT -> {
                            int index = inside(term.index(0), rows, bound);
                            yield Matrix.of(rows, 1, (i, j) -> i + 1 == index ? Enclosure.ONE : Enclosure.ZERO);
                        }
                        case BLOCKS -> blocks(term, bound);
                        case INDEX_SUM -> sum(term, rows, columns, bound);
                        case SUM, PRODUCT, HADAMARD, QUOTIENT -> fold(term, bound);
                        case POWER -> power(term, bound);
                        default -> function(term, value(term.argument(0), bound), bound);
                    };
            boolean fits = value.rows() == rows && value.columns() == columns;
            require(fits, Reason.SHAPE, rows + " x " + columns, value.rows() + " x " + value.columns());
            depth--;
            return value;
        }

        /** An index from one to the size. */
        private int inside(LinearForm form, int size, Bound bound) throws NotACounterexample {
            BigInteger index = integer(form, bound);
            boolean inside = index.signum() > 0 && index.compareTo(BigInteger.valueOf(size)) <= 0;
            require(inside, Reason.UNDEFINED, "an index of 1 to " + size, index);
            return index.intValueExact();
        }

        private Matrix named(Term term, Bound bound) throws NotACounterexample {
            String name = term.name();
            if (term.kind() == Term.Kind.SYMBOL && bound.matrices().containsKey(name)) {
                return bound.matrices().get(name);
            }
            Declaration declaration = context.declaration(name).orElse(null);
            if (declaration instanceof Declaration.Definition definition) {
                Matrix known = definitions.get(name);
                if (known == null) {
                    known = value(definition.body(), arguments(definition.parameters(), term, bound));
                    if (definition.parameters().isEmpty()) {
                        definitions.put(name, known);
                    }
                }
                return known;
            }
            if (declaration instanceof Declaration.Symbol) {
                Matrix value = values.matrices().get(name);
                require(value != null, Reason.MISSING, "a value of " + name, "none");
                return value;
            }
            if (isSequence(context, name)) {
                return sequence(name, integer(term.argument(0).asInteger().orElseThrow(), bound));
            }
            Optional<Recurrences.Equation> equation = recurrences.function(name);
            require(equation.isPresent(), Reason.MISSING, "a value of " + name, "none");
            Bound arguments = arguments(equation.get().variables(), term, bound);
            for (Variable each : equation.get().variables()) {
                boolean said = !each.isInteger()
                        || arguments.integers().get(each.name()).compareTo(each.lower()) >= 0;
                require(
                        said,
                        Reason.MISSING,
                        "a value of " + name + " for " + each.name() + " >= " + each.lower(),
                        "none");
            }
            return value(equation.get().body(), arguments);
        }

        /** The values of arguments, by the names of the parameters. */
        private Bound arguments(List<Variable> parameters, Term term, Bound bound) throws NotACounterexample {
            Bound inner = Bound.NONE;
            for (int i = 0; i < parameters.size(); i++) {
                Variable parameter = parameters.get(i);
                if (parameter.isInteger()) {
                    BigInteger value = integer(term.argument(i).asInteger().orElseThrow(), bound);
                    inner = inner.with(parameter.name(), value);
                } else {
                    inner = inner.with(parameter.name(), value(term.argument(i), bound));
                }
            }
            return inner;
        }

        private Matrix sequence(String name, BigInteger index) throws NotACounterexample {
            Values.Sequence table = values.sequences().get(name);
            boolean given = table != null && index.compareTo(table.first()) >= 0 && index.compareTo(table.last()) <= 0;
            if (given) {
                return table.values().get(index.subtract(table.first()).intValueExact());
            }
            Map<BigInteger, Matrix> known = continued.computeIfAbsent(name, each -> new HashMap<>());
            Optional<Recurrences.Equation> equation = recurrences.sequence(name);
            if (equation.isPresent()) {
                // from the first value that is not known, so that the depth does not grow with the index
                BigInteger next = equation.get().first();
                if (table != null) {
                    next = next.max(table.last().add(BigInteger.ONE));
                }
                next = next.add(BigInteger.valueOf(known.size()));
                requireCount(next, index);
                for (; next.compareTo(index) <= 0; next = next.add(BigInteger.ONE)) {
                    known.put(next, value(equation.get(), next));
                }
            }
            Matrix value = known.get(index);
            require(value != null, Reason.MISSING, "a value of " + name + "(" + index + ")", "none");
            return value;
        }

        private Matrix value(Recurrences.Equation equation, BigInteger index) throws NotACounterexample {
            String name = equation.variables().get(0).name();
            Bound bound = Bound.NONE.with(name, index.subtract(equation.offset()));
            for (Formula each : equation.all().conditions()) {
                Truth met = truth(each, bound);
                require(met != Truth.UNKNOWN, Reason.PRECISION, "a condition that is decided", "at " + index);
                require(met == Truth.TRUE, Reason.MISSING, "a value of " + equation.name() + "(" + index + ")", "none");
            }
            return value(equation.body(), bound);
        }

        private Matrix blocks(Term term, Bound bound) throws NotACounterexample {
            List<List<Enclosure>> rows = new ArrayList<>();
            for (List<Term> blockRow : term.blockRows()) {
                int from = rows.size();
                for (Term each : blockRow) {
                    Matrix block = value(each, bound);
                    for (int i = 0; i < block.rows(); i++) {
                        if (rows.size() == from + i) {
                            rows.add(new ArrayList<>());
                        }
                        rows.get(from + i).addAll(block.entries().get(i));
                    }
                }
            }
            return Matrix.of(
                    rows.size(), rows.get(0).size(), (i, j) -> rows.get(i).get(j));
        }

        private Matrix sum(Term term, int rows, int columns, Bound bound) throws NotACounterexample {
            BigInteger from = integer(term.index(0), bound);
            BigInteger to = integer(term.index(1), bound);
            requireCount(from, to);
            Matrix sum = Matrix.of(rows, columns, (i, j) -> Enclosure.ZERO);
            for (BigInteger i = from; i.compareTo(to) <= 0; i = i.add(BigInteger.ONE)) {
                sum = sum.add(value(term.argument(0), bound.with(term.name(), i)), meter);
            }
            return sum;
        }

        private Matrix fold(Term term, Bound bound) throws NotACounterexample {
            Matrix result = value(term.argument(0), bound);
            for (Term each : term.arguments().subList(1, term.arguments().size())) {
                Matrix next = value(each, bound);
                result = switch (term.kind()) {
                    case SUM -> result.add(next, meter);
                    case PRODUCT -> result.multiply(next, meter);
                    case HADAMARD -> result.combine(next, (left, right) -> left.multiply(right, meter));
                    default -> result.combine(next.get(0, 0), (left, right) -> left.divide(right, meter));
                };
            }
            return result;
        }

        private Matrix power(Term term, Bound bound) throws NotACounterexample {
            Matrix base = value(term.argument(0), bound);
            BigInteger exponent = integer(term.index(0), bound);
            Term.Kind inner = term.argument(0).kind();
            boolean root = inner == Term.Kind.NORM || inner == Term.Kind.SQRT;
            if (root && !base.isExact() && !exponent.testBit(0)) {
                // an even power of a root is exact where its square is
                Matrix argument = value(term.argument(0).argument(0), bound);
                base = inner == Term.Kind.SQRT ? argument : Matrix.scalar(argument.sumOfSquares(meter));
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
        private Matrix function(Term term, Matrix argument, Bound bound) throws NotACounterexample {
            return switch (term.kind()) {
                case TRANSPOSE -> argument.transpose();
                case INVERSE -> argument.inverse(meter);
                case SLICE -> {
                    int row = inside(term.index(0), argument.rows(), bound) - 1;
                    int column = inside(term.index(2), argument.columns(), bound) - 1;
                    int rows = inside(term.index(1), argument.rows(), bound) - row;
                    int columns = inside(term.index(3), argument.columns(), bound) - column;
                    yield Matrix.of(rows, columns, (i, j) -> argument.get(row + i, column + j));
                }
                case EXP, EXP_ENTRYWISE -> argument.combine(Enclosure.ONE, (entry, one) -> entry.exp(meter));
                case LOG -> Matrix.scalar(argument.get(0, 0).log(meter));
                case SQRT -> Matrix.scalar(argument.get(0, 0).sqrt(meter));
                case ABS -> Matrix.scalar(argument.get(0, 0).abs());
                case NORM -> Matrix.scalar(argument.sumOfSquares(meter).sqrt(meter));
                case NORM_INF -> Matrix.scalar(argument.largestAbsolute());
                case SPECTRAL_NORM -> Matrix.scalar(argument.spectralNorm(meter));
                case TRACE -> Matrix.scalar(argument.trace(meter));
                case DIAG ->
                    Matrix.of(argument.rows(), argument.rows(), (i, j) -> i == j ? argument.get(i, 0) : Enclosure.ZERO);
                case LAMBDA_MAX -> Matrix.scalar(argument.largestEigenvalue(meter));
                case LAMBDA_MIN -> {
                    Matrix negative = argument.combine(Enclosure.ONE, (entry, one) -> entry.negate());
                    yield Matrix.scalar(negative.largestEigenvalue(meter).negate());
                }
                default -> throw new IllegalStateException("no value of " + term.kind());
            };
        }
    }
}

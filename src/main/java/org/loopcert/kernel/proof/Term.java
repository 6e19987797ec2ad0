package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.IllTyped.require;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loopcert.kernel.Fraction;

/**
 * A term over the reals with its shape. The factories check shapes, so every term is well-typed; names are checked
 * against a {@link Context}. Every term denotes a value: where an operation is undefined (division by zero, the inverse
 * of a singular matrix, the root or logarithm of a number outside their domain, extreme eigenvalues of a matrix that is
 * not symmetric) it denotes some fixed value of its shape, about which no rule says anything.
 */
public final class Term {
    /** Nesting beyond this is refused, so that walks over terms need no more stack than this. */
    public static final int MAX_DEPTH = 200;

    /** What a term is made by. */
    public enum Kind {
        NUMBER,
        INTEGER,
        SYMBOL,
        APPLY,
        ZERO,
        IDENTITY,
        ONES,
        /** The unit vector whose entry at indices(0), counted from 1, is one. */
        UNIT,
        SUM,
        PRODUCT,
        HADAMARD,
        TRANSPOSE,
        QUOTIENT,
        INVERSE,
        /** The argument to the exponent indices(0). */
        POWER,
        /** Blocks row by row; indices(0) counts the block columns. */
        BLOCKS,
        /** Rows indices(0)..indices(1) and columns indices(2)..indices(3) of the argument, from 1, ends included. */
        SLICE,
        /** The sum of the argument for the bound index {@code name} from indices(0) to indices(1). */
        INDEX_SUM,
        EXP,
        LOG,
        SQRT,
        ABS,
        /** Euclidean norm of a vector. */
        NORM,
        /** Largest absolute entry of a vector. */
        NORM_INF,
        SPECTRAL_NORM,
        TRACE,
        EXP_ENTRYWISE,
        DIAG,
        LAMBDA_MAX,
        LAMBDA_MIN
    }

    private final Parts parts;
    private final int depth;
    private final int hash;

    /** What a term is made of. */
    private record Parts(
            Kind kind, String name, List<Term> arguments, List<LinearForm> indices, Fraction value, Shape shape) {
        Parts {
            arguments = List.copyOf(arguments);
            indices = List.copyOf(indices);
        }
    }

    private Term(Parts parts) {
        this.parts = parts;
        depth = 1 + parts.arguments.stream().mapToInt(each -> each.depth).max().orElse(0);
        hash = parts.hashCode();
    }

    private static Term leaf(Kind kind, String name, List<LinearForm> indices, Fraction value, Shape shape) {
        return new Term(new Parts(kind, name, List.of(), indices, value, shape));
    }

    private static Term node(Kind kind, String name, List<Term> arguments, List<LinearForm> indices, Shape shape)
            throws IllTyped {
        Term term = new Term(new Parts(kind, name, arguments, indices, null, shape));
        require(term.depth <= MAX_DEPTH, "nesting of at most " + MAX_DEPTH, term.depth);
        return term;
    }

    public static Term number(Fraction value) {
        return leaf(Kind.NUMBER, "", List.of(), value, Shape.SCALAR);
    }

    public static Term number(long value) {
        return number(Fraction.of(value));
    }

    /** The integer that a linear form denotes, as a scalar. */
    public static Term integer(LinearForm form) {
        return form.isConstant()
                ? number(Fraction.of(form.constant()))
                : leaf(Kind.INTEGER, "", List.of(form), null, Shape.SCALAR);
    }

    /** A symbol, declared in a context or bound by a quantifier. */
    public static Term symbol(String name, Shape shape) {
        return leaf(Kind.SYMBOL, name, List.of(), null, shape);
    }

    /** A declared function or sequence, or a definition with parameters, at arguments. */
    static Term apply(String name, List<Term> arguments, Shape shape) throws IllTyped {
        return node(Kind.APPLY, name, arguments, List.of(), shape);
    }

    public static Term zero(Shape shape) {
        return shape.isScalar() ? number(0) : leaf(Kind.ZERO, "", List.of(), null, shape);
    }

    /** I of the given size. */
    public static Term identity(LinearForm size) {
        return size.isOne() ? number(1) : leaf(Kind.IDENTITY, "", List.of(), null, new Shape(size, size));
    }

    public static Term ones(Shape shape) {
        return shape.isScalar() ? number(1) : leaf(Kind.ONES, "", List.of(), null, shape);
    }

    /** e_index of length {@code size}; the index counts from 1. */
    public static Term unit(LinearForm size, LinearForm index) {
        return leaf(Kind.UNIT, "", List.of(index), null, new Shape(size, LinearForm.ONE));
    }

    public static Term sum(List<Term> summands) throws IllTyped {
        // read once: a list may answer differently the next time
        summands = List.copyOf(summands);
        require(!summands.isEmpty(), "at least one summand", "none");
        Shape first = summands.get(0).shape();
        for (Term each : summands) {
            require(each.shape().equals(first), first.toString(), each.shape());
        }
        return summands.size() == 1 ? summands.get(0) : node(Kind.SUM, "", summands, List.of(), first);
    }

    /** The product in this order; scalar factors may stand anywhere. */
    public static Term product(List<Term> factors) throws IllTyped {
        factors = List.copyOf(factors);
        require(!factors.isEmpty(), "at least one factor", "none");
        Shape shape = factors.get(0).shape();
        for (Term each : factors.subList(1, factors.size())) {
            shape = product(shape, each.shape());
        }
        return factors.size() == 1 ? factors.get(0) : node(Kind.PRODUCT, "", factors, List.of(), shape);
    }

    private static Shape product(Shape left, Shape right) throws IllTyped {
        if (left.isScalar()) {
            return right;
        }
        if (right.isScalar()) {
            return left;
        }
        require(left.columns().equals(right.rows()), "a factor with " + left.columns() + " rows", right);
        return new Shape(left.rows(), right.columns());
    }

    public static Term negate(Term term) throws IllTyped {
        return product(List.of(number(-1), term));
    }

    public static Term subtract(Term left, Term right) throws IllTyped {
        return sum(List.of(left, negate(right)));
    }

    public static Term hadamard(Term left, Term right) throws IllTyped {
        require(left.shape().equals(right.shape()), left.shape().toString(), right.shape());
        return node(Kind.HADAMARD, "", List.of(left, right), List.of(), left.shape());
    }

    public static Term transpose(Term term) throws IllTyped {
        return node(Kind.TRANSPOSE, "", List.of(term), List.of(), term.shape().transpose());
    }

    public static Term quotient(Term dividend, Term divisor) throws IllTyped {
        require(divisor.shape().isScalar(), "a scalar divisor", divisor.shape());
        return node(Kind.QUOTIENT, "", List.of(dividend, divisor), List.of(), dividend.shape());
    }

    public static Term inverse(Term term) throws IllTyped {
        require(term.shape().isSquare(), "a square matrix", term.shape());
        return node(Kind.INVERSE, "", List.of(term), List.of(), term.shape());
    }

    /** A square term to an integer power; at least zero unless a rule is given that the term is not zero. */
    public static Term power(Term base, LinearForm exponent) throws IllTyped {
        require(base.shape().isSquare(), "a scalar or a square matrix", base.shape());
        return node(Kind.POWER, "", List.of(base), List.of(exponent), base.shape());
    }

    /** A matrix from blocks, given by rows of blocks. */
    public static Term blocks(List<List<Term>> rows) throws IllTyped {
        rows = rows.stream().map(List::copyOf).toList();
        require(!rows.isEmpty() && !rows.get(0).isEmpty(), "at least one block", "none");
        int width = rows.get(0).size();
        List<Term> all = new ArrayList<>();
        for (List<Term> row : rows) {
            require(row.size() == width, width + " blocks in each row", row.size());
            for (int j = 0; j < width; j++) {
                Shape expected = new Shape(
                        row.get(0).shape().rows(), rows.get(0).get(j).shape().columns());
                require(
                        row.get(j).shape().equals(expected),
                        "a block of " + expected,
                        row.get(j).shape());
            }
            all.addAll(row);
        }
        LinearForm height =
                LinearForm.sum(rows.stream().map(row -> row.get(0).shape().rows()));
        LinearForm columns =
                LinearForm.sum(rows.get(0).stream().map(each -> each.shape().columns()));
        return all.size() == 1
                ? all.get(0)
                : node(Kind.BLOCKS, "", all, List.of(LinearForm.of(width)), new Shape(height, columns));
    }

    /** Rows and columns of a term, counted from 1, ends included. Whether they lie inside is checked where used. */
    public static Term slice(
            Term term, LinearForm fromRow, LinearForm toRow, LinearForm fromColumn, LinearForm toColumn)
            throws IllTyped {
        Shape shape = new Shape(
                toRow.subtract(fromRow).plus(1), toColumn.subtract(fromColumn).plus(1));
        return node(Kind.SLICE, "", List.of(term), List.of(fromRow, toRow, fromColumn, toColumn), shape);
    }

    /** The sum of the body for the bound index from one bound to the other; zero where they cross. */
    public static Term indexSum(String index, LinearForm from, LinearForm to, Term body) throws IllTyped {
        boolean bound = from.variables().contains(index) || to.variables().contains(index);
        require(!bound, "bounds without the index " + index, from + ".." + to);
        require(!body.shape().variables().contains(index), "a shape without the index " + index, body.shape());
        return node(Kind.INDEX_SUM, index, List.of(body), List.of(from, to), body.shape());
    }

    /** One of the functions of one argument, {@link Kind#EXP} and those after it. */
    public static Term function(Kind kind, Term argument) throws IllTyped {
        Shape in = argument.shape();
        switch (kind) {
            case EXP, LOG, SQRT, ABS -> require(in.isScalar(), "a scalar", in);
            case NORM, NORM_INF -> require(in.isVector(), "a vector", in);
            case TRACE, LAMBDA_MAX, LAMBDA_MIN -> require(in.isSquare(), "a square matrix", in);
            case DIAG -> require(in.columns().isOne(), "a column vector", in);
            case SPECTRAL_NORM, EXP_ENTRYWISE -> {}
            default -> throw new IllegalArgumentException("not a function of one argument: " + kind);
        }
        Shape diagonal = new Shape(in.rows(), in.rows());
        Shape out = kind == Kind.EXP_ENTRYWISE ? in : kind == Kind.DIAG ? diagonal : Shape.SCALAR;
        return node(kind, "", List.of(argument), List.of(), out);
    }

    public Kind kind() {
        return parts.kind;
    }

    /** The name of a symbol, function or bound index; empty otherwise. */
    public String name() {
        return parts.name;
    }

    public List<Term> arguments() {
        return parts.arguments;
    }

    public Term argument(int number) {
        return arguments().get(number);
    }

    public List<LinearForm> indices() {
        return parts.indices;
    }

    public LinearForm index(int number) {
        return indices().get(number);
    }

    /** The value of a {@link Kind#NUMBER}. */
    public Fraction value() {
        return parts.value;
    }

    public Shape shape() {
        return parts.shape;
    }

    /** The blocks of a {@link Kind#BLOCKS} by rows. */
    public List<List<Term>> blockRows() {
        int width = index(0).constant().intValueExact();
        List<List<Term>> rows = new ArrayList<>();
        for (int i = 0; i < arguments().size(); i += width) {
            rows.add(arguments().subList(i, i + width));
        }
        return rows;
    }

    /** This integer-valued term as a linear form, where it is written as one. */
    public Optional<LinearForm> asInteger() {
        if (kind() == Kind.INTEGER) {
            return Optional.of(index(0));
        }
        boolean integer = kind() == Kind.NUMBER && value().denominator().equals(BigInteger.ONE);
        return integer ? Optional.of(LinearForm.of(value().numerator())) : Optional.empty();
    }

    /** The free names: symbols, functions, definitions, and integer variables in indices and shapes. */
    public Set<String> freeNames() {
        Set<String> names = new HashSet<>();
        arguments().forEach(each -> names.addAll(each.freeNames()));
        if (kind() == Kind.INDEX_SUM) {
            names.remove(name());
        } else if (!name().isEmpty()) {
            names.add(name());
        }
        indices().forEach(each -> names.addAll(each.variables()));
        names.addAll(shape().variables());
        return names;
    }

    /**
     * The term with integer variables and symbols replaced at once; bound indices are renamed where they would capture.
     *
     * @throws IllTyped if a symbol's value has another shape than the symbol
     */
    public Term substitute(Map<String, LinearForm> integers, Map<String, Term> symbols) throws IllTyped {
        Shape to = shape().substitute(integers);
        if (kind() == Kind.SYMBOL && symbols.containsKey(name())) {
            Term replacement = symbols.get(name());
            require(replacement.shape().equals(to), to.toString(), replacement.shape());
            return replacement;
        }
        if (kind() == Kind.INTEGER) {
            return integer(index(0).substitute(integers));
        }
        Map<String, LinearForm> inner = integers;
        String index = name();
        if (kind() == Kind.INDEX_SUM) {
            index = fresh(integers, symbols);
            inner = new HashMap<>(integers);
            inner.put(name(), LinearForm.variable(index));
        }
        List<Term> terms = new ArrayList<>();
        for (Term each : arguments()) {
            terms.add(each.substitute(inner, symbols));
        }
        List<LinearForm> forms = new ArrayList<>();
        indices().forEach(each -> forms.add(each.substitute(integers)));
        return kind() == Kind.NUMBER ? this : node(kind(), index, terms, forms, to);
    }

    /** The bound index, or a new name where a replacement mentions it. */
    private String fresh(Map<String, LinearForm> integers, Map<String, Term> symbols) {
        Set<String> taken = new HashSet<>(argument(0).freeNames());
        taken.remove(name());
        integers.values().forEach(each -> taken.addAll(each.variables()));
        symbols.values().forEach(each -> taken.addAll(each.freeNames()));
        String candidate = name();
        while (taken.contains(candidate)) {
            candidate += "_";
        }
        return candidate;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Term term && hash == term.hash && parts.equals(term.parts);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** All of it, for messages about misuse. */
    @Override
    public String toString() {
        return kind() + name() + indices() + (value() == null ? "" : value()) + arguments();
    }
}

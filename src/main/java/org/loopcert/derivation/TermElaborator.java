package org.loopcert.derivation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.loopcert.derivation.Syntax.Expr;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;

/**
 * Syntax to terms. {@link #infer} finds shapes by unification and yields drafts; {@link #make} builds the terms of drafts
 * whose shapes are known by then. Terms that must agree in shape share one elaborator.
 */
final class TermElaborator {
    private static final LinearForm ONE = LinearForm.ONE;
    private static final int MAX_HINTS = 200;
    private static final String TRANSPOSE = "transpose is written X' or X^⊤";

    private final Dimensions dimensions = new Dimensions();
    private final List<Plain> plain = new ArrayList<>();

    /** A term whose shape may still have unknowns. */
    record Draft(Expr source, LinearForm rows, LinearForm columns, Maker maker) {
        Place place() {
            return source.place();
        }
    }

    /** Builds a term when shapes are known. */
    interface Maker {
        Term make() throws IllTyped, Misfit;
    }

    /** A height or width that is 1 where nothing else is said. */
    private record Plain(LinearForm size, Place place) {}

    // ---------------------------------------------------------------- results

    /** The term of one expression that stands alone. */
    Term term(Scope scope, Expr expr) throws Misfit {
        Draft draft = infer(scope, expr);
        return make(draft);
    }

    /** A term of a given shape. */
    Term term(Scope scope, Expr expr, Shape shape) throws Misfit {
        Draft draft = infer(scope, expr);
        requireShape(draft, shape.rows(), shape.columns(), "");
        return make(draft);
    }

    /** A state to which {@link #undo} goes back. */
    record Mark(int dimensions, int plain) {}

    Mark mark() {
        return new Mark(dimensions.mark(), plain.size());
    }

    void undo(Mark mark) {
        dimensions.undo(mark.dimensions());
        plain.subList(mark.plain(), plain.size()).clear();
    }

    /** Gives rows and columns of blocks that are all plain literals, and have no size otherwise, the size 1. */
    void settle(Mark from, Mark to) throws Misfit {
        List<Plain> open = plain.subList(from.plain(), to.plain()).stream()
                .filter(each -> !dimensions.isKnown(each.size()))
                .toList();
        for (Plain each : open) {
            if (!dimensions.unify(ONE, each.size())) {
                throw new Misfit(
                        each.place(),
                        "blocks whose sizes can be told",
                        "a row or column of plain numbers, which has size 1 unless its place says otherwise",
                        "write sizes, as in 0_{n x d} or 1_{1 x n}");
            }
        }
    }

    Term make(Draft draft) throws Misfit {
        settle(new Mark(0, 0), mark());
        return build(draft);
    }

    /** Builds without settling open sizes first. */
    Term build(Draft draft) throws Misfit {
        try {
            return draft.maker().make();
        } catch (IllTyped wrong) {
            throw new Misfit(draft.place(), wrong.expected(), wrong.found(), "");
        }
    }

    private List<Term> build(List<Draft> drafts) throws Misfit {
        List<Term> terms = new ArrayList<>();
        for (Draft each : drafts) {
            terms.add(build(each));
        }
        return terms;
    }

    void requireShape(Draft draft, LinearForm rows, LinearForm columns, String hint) throws Misfit {
        String expected = dimensions.show(rows, columns);
        boolean identity =
                draft.source() instanceof Syntax.Name name && name.name().equals("I");
        String found = identity && !dimensions.isKnown(draft.rows()) ? "I, which is square" : shown(draft);
        if (!dimensions.unify(rows, draft.rows()) || !dimensions.unify(columns, draft.columns())) {
            throw new Misfit(draft.place(), expected, found, hint);
        }
    }

    void requireScalar(Draft draft) throws Misfit {
        requireScalar(draft, "");
    }

    void requireScalar(Draft draft, String hint) throws Misfit {
        requireShape(draft, ONE, ONE, hint);
    }

    void requireSquare(Draft draft, String hint) throws Misfit {
        String found = shown(draft);
        if (!dimensions.unify(draft.rows(), draft.columns())) {
            throw new Misfit(draft.place(), "a square matrix", found, hint);
        }
    }

    /** As the other one. */
    void requireAs(Draft draft, Draft other) throws Misfit {
        boolean number = strip(other.source()) instanceof Syntax.Num || strip(other.source()) instanceof Syntax.Product;
        String hint = isScalar(other) && !isScalar(draft) && number && squareNow(draft)
                ? "the identity matrix is written I"
                : "";
        requireShape(draft, other.rows(), other.columns(), hint);
    }

    private boolean squareNow(Draft draft) {
        return dimensions.resolve(draft.rows()).equals(dimensions.resolve(draft.columns()));
    }

    private String shown(Draft draft) {
        return dimensions.show(draft.rows(), draft.columns());
    }

    private boolean isOne(LinearForm form) {
        return dimensions.resolve(form).equals(ONE);
    }

    private boolean isScalar(Draft draft) {
        return isOne(draft.rows()) && isOne(draft.columns());
    }

    private static Expr strip(Expr expr) {
        Expr inner = expr;
        while (inner instanceof Syntax.Paren paren) {
            inner = paren.inner();
        }
        return inner;
    }

    private static Draft scalar(Expr source, Maker maker) {
        return new Draft(source, ONE, ONE, maker);
    }

    // ---------------------------------------------------------------- terms

    Draft infer(Scope scope, Expr expr) throws Misfit {
        if (expr instanceof Syntax.Num number) {
            return number(number);
        } else if (expr instanceof Syntax.Name name) {
            return name(scope, name);
        } else if (expr instanceof Syntax.Sized sized) {
            return sized(scope, sized);
        } else if (expr instanceof Syntax.Call call) {
            return call(scope, call);
        } else if (expr instanceof Syntax.Paren paren) {
            Draft inner = infer(scope, paren.inner());
            return new Draft(paren, inner.rows(), inner.columns(), () -> build(inner));
        } else if (expr instanceof Syntax.Sum sum) {
            return sum(scope, sum);
        } else if (expr instanceof Syntax.Product product) {
            return product(scope, product);
        } else if (expr instanceof Syntax.Quotient quotient) {
            return quotient(scope, quotient);
        } else if (expr instanceof Syntax.Entrywise entrywise) {
            Draft left = infer(scope, entrywise.left());
            Draft right = infer(scope, entrywise.right());
            requireAs(right, left);
            return new Draft(expr, left.rows(), left.columns(), () -> Term.hadamard(build(left), build(right)));
        } else if (expr instanceof Syntax.Transpose transpose) {
            Draft base = infer(scope, transpose.base());
            return new Draft(expr, base.columns(), base.rows(), () -> Term.transpose(build(base)));
        } else if (expr instanceof Syntax.Power power) {
            return power(scope, power);
        } else if (expr instanceof Syntax.Blocks blocks) {
            return blocks(scope, blocks);
        } else if (expr instanceof Syntax.Slice slice) {
            return slice(scope, slice);
        } else if (expr instanceof Syntax.IndexSum sum) {
            return indexSum(scope, sum);
        } else if (expr instanceof Syntax.Bars bars) {
            return bars(scope, bars);
        }
        return inner(scope, (Syntax.Inner) expr);
    }

    private static boolean isZero(Expr expr) {
        return expr instanceof Syntax.Num number && number.value().signum() == 0;
    }

    private static boolean isOneLiteral(Expr expr) {
        return expr instanceof Syntax.Num number && number.value().equals(Fraction.ONE);
    }

    private Draft number(Syntax.Num number) {
        if (!isZero(number)) {
            return scalar(number, () -> Term.number(number.value()));
        }
        LinearForm rows = dimensions.unknown();
        LinearForm columns = dimensions.unknown();
        return new Draft(number, rows, columns, () -> {
            requireKnown(number.place(), "0", "0_{n x d} or 0_n", rows, columns);
            return Term.zero(shape(rows, columns));
        });
    }

    private Shape shape(LinearForm rows, LinearForm columns) {
        return new Shape(dimensions.resolve(rows), dimensions.resolve(columns));
    }

    private void requireKnown(Place place, String literal, String how, LinearForm rows, LinearForm columns)
            throws Misfit {
        if (!dimensions.isKnown(rows) || !dimensions.isKnown(columns)) {
            throw new Misfit(
                    place,
                    "a place that determines the shape of " + literal,
                    literal + " of shape " + dimensions.show(rows, columns),
                    "write " + how);
        }
    }

    private Draft name(Scope scope, Syntax.Name name) throws Misfit {
        Variable variable = scope.variable(name.name());
        if (variable != null) {
            return variable.isInteger()
                    ? scalar(name, () -> Term.integer(LinearForm.variable(variable.name())))
                    : new Draft(
                            name,
                            variable.shape().rows(),
                            variable.shape().columns(),
                            () -> Term.symbol(variable.name(), variable.shape()));
        }
        Optional<Declaration> declaration = scope.context.declaration(name.name());
        if (declaration.isPresent()) {
            try {
                Term term = scope.context.symbol(name.name());
                return new Draft(name, term.shape().rows(), term.shape().columns(), () -> term);
            } catch (IllTyped wrong) {
                throw new Misfit(name.place(), name.name() + " with its arguments", "`" + name.name() + "` alone", "");
            }
        }
        requireNotBroken(scope, name.place(), name.name());
        if (name.name().equals("I")) {
            LinearForm size = dimensions.unknown();
            return new Draft(name, size, size, () -> {
                requireKnown(name.place(), "I", "I_d or I_{d+1}", size, size);
                return Term.identity(dimensions.resolve(size));
            });
        }
        Optional<Expr> split = subscripted(scope, name);
        if (split.isPresent()) {
            return infer(scope, split.get());
        }
        throw undeclared(scope, name.place(), name.name());
    }

    private static void requireNotBroken(Scope scope, Place place, String name) throws Misfit {
        Diagnostic broken = scope.names.broken.get(name);
        if (broken != null) {
            throw Misfit.because(
                    broken,
                    place,
                    "names whose definitions fit",
                    "`" + name + "`, whose definition or declaration is ill-typed");
        }
    }

    private static boolean isDeclared(Scope scope, String name) {
        return scope.variable(name) != null || scope.context.declaration(name).isPresent();
    }

    /** x_i and e_i and I_d, which are one word. */
    private Optional<Expr> subscripted(Scope scope, Syntax.Name name) {
        int underscore = name.name().lastIndexOf('_');
        if (underscore <= 0 || underscore == name.name().length() - 1) {
            return Optional.empty();
        }
        String stem = name.name().substring(0, underscore);
        String index = name.name().substring(underscore + 1);
        boolean number = index.chars().allMatch(c -> c >= '0' && c <= '9') && index.length() < 10;
        Place place = new Place(
                name.place().line(), name.place().column() + name.name().codePointCount(0, underscore + 1));
        if (!number && !isDeclared(scope, index)) {
            return Optional.empty();
        }
        Expr subscript =
                number ? new Syntax.Num(place, Fraction.of(Long.parseLong(index))) : new Syntax.Name(place, index);
        if (isDeclared(scope, stem)) {
            Syntax.Name base = new Syntax.Name(name.place(), stem);
            return Optional.of(
                    new Syntax.Slice(name.place(), base, List.of(new Syntax.Range(place, subscript, subscript))));
        }
        return stem.equals("I") || stem.equals("e")
                ? Optional.of(new Syntax.Sized(name.place(), stem, List.of(subscript)))
                : Optional.empty();
    }

    private static Misfit undeclared(Scope scope, Place place, String name) {
        if (++scope.names.undeclared > MAX_HINTS) {
            return new Misfit(place, "a declared name", "undeclared name " + name, "");
        }
        Set<String> known = new TreeSet<>(scope.context.declarations().keySet());
        known.removeIf(scope.names::isHidden);
        known.addAll(scope.variableNames());
        List<String> parts = Names.split(name, known);
        List<String> near = Names.nearest(name, known);
        List<String> sizes = Names.split(name, join(known, "x"));
        String hint =
                Parser.FUNCTIONS.contains(name) ? "it is a function; write " + name + "(...)" : "declare it first";
        if (!parts.isEmpty()) {
            hint = "did you mean " + String.join(" ", parts) + "?";
        } else if (sizes.size() == 3 && sizes.get(1).equals("x")) {
            hint = "did you mean " + String.join(" ", sizes) + "?";
        } else if (!near.isEmpty()) {
            hint = "did you mean " + String.join(" or ", near) + "?";
        }
        return new Misfit(place, "a declared name", "undeclared name " + name, hint);
    }

    private static Set<String> join(Set<String> names, String more) {
        Set<String> all = new TreeSet<>(names);
        all.add(more);
        return all;
    }

    private Draft sized(Scope scope, Syntax.Sized sized) throws Misfit {
        List<LinearForm> sizes = new ArrayList<>();
        for (Expr each : sized.sizes()) {
            sizes.add(integer(scope, each));
        }
        LinearForm first = sizes.get(0);
        LinearForm second = sizes.size() > 1 ? sizes.get(1) : ONE;
        switch (sized.what()) {
            case "0" -> {
                return new Draft(sized, first, second, () -> Term.zero(new Shape(first, second)));
            }
            case "1" -> {
                return new Draft(sized, first, second, () -> Term.ones(new Shape(first, second)));
            }
            case "I" -> {
                if (sizes.size() > 1 && !first.equals(second)) {
                    throw new Misfit(
                            sized.sizes().get(1).place(), "the same size twice: " + first, second.toString(), "");
                }
                return new Draft(sized, first, first, () -> Term.identity(first));
            }
            default -> {
                LinearForm size = sizes.size() > 1 ? second : dimensions.unknown();
                return new Draft(sized, size, ONE, () -> {
                    requireKnown(sized.place(), "e_{" + first + "}", "e_{i, n}, with its length", size, ONE);
                    return Term.unit(dimensions.resolve(size), first);
                });
            }
        }
    }

    private Draft call(Scope scope, Syntax.Call call) throws Misfit {
        if (scope.variable(call.name()) == null) {
            Optional<Declaration> declaration = scope.context.declaration(call.name());
            if (declaration.isPresent()) {
                return application(scope, call, call.name(), call.arguments(), declaration.get());
            }
            requireNotBroken(scope, call.place(), call.name());
            if (Parser.FUNCTIONS.contains(call.name())) {
                return builtin(scope, call);
            }
            throw undeclared(scope, call.place(), call.name());
        }
        throw new Misfit(call.place(), "a function", "`" + call.name() + "`, which is none", "");
    }

    private Draft application(Scope scope, Expr source, String name, List<Expr> arguments, Declaration declaration)
            throws Misfit {
        List<Shape> shapes = new ArrayList<>();
        Shape result;
        if (declaration instanceof Declaration.Function function) {
            shapes.addAll(function.parameters());
            result = function.result();
        } else if (declaration instanceof Declaration.Definition definition
                && !definition.parameters().isEmpty()) {
            definition.parameters().forEach(each -> shapes.add(each.shape()));
            result = definition.body().shape();
        } else {
            throw new Misfit(source.place(), "a function", "`" + name + "`, which is none", "");
        }
        if (shapes.size() != arguments.size()) {
            Place place = arguments.size() > shapes.size()
                    ? arguments.get(shapes.size()).place()
                    : source.place();
            throw new Misfit(
                    place,
                    shapes.size() + (shapes.size() == 1 ? " argument of " : " arguments of ") + name,
                    String.valueOf(arguments.size()),
                    "");
        }
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            if (shapes.get(i) == null) {
                LinearForm form = integer(scope, arguments.get(i));
                drafts.add(scalar(arguments.get(i), () -> Term.integer(form)));
            } else {
                Draft draft = infer(scope, arguments.get(i));
                requireShape(
                        draft, shapes.get(i).rows(), shapes.get(i).columns(), "argument " + (i + 1) + " of " + name);
                drafts.add(draft);
            }
        }
        return new Draft(source, result.rows(), result.columns(), () -> scope.context.apply(name, build(drafts)));
    }

    private Draft builtin(Scope scope, Syntax.Call call) throws Misfit {
        String name = call.name().replace('λ', '@').replace("@", "lambda");
        if (call.arguments().size() != 1) {
            throw new Misfit(
                    call.place(),
                    "1 argument of " + name,
                    String.valueOf(call.arguments().size()),
                    "");
        }
        Draft in = infer(scope, call.arguments().get(0));
        LinearForm rows = ONE;
        LinearForm columns = ONE;
        switch (name) {
            case "log", "sqrt", "abs" -> requireScalar(in);
            case "tr", "trace", "lambda_max", "lambda_min" -> requireSquare(in, "");
            case "inv" -> {
                requireSquare(in, "");
                rows = in.rows();
                columns = in.columns();
            }
            case "diag" -> {
                requireShape(in, in.rows(), ONE, "");
                rows = in.rows();
                columns = in.rows();
            }
            case "exp", "exp_entrywise" -> {
                if (isZero(strip(in.source()))) {
                    requireScalar(in);
                }
                rows = in.rows();
                columns = in.columns();
            }
            default -> {}
        }
        return new Draft(call, rows, columns, () -> applied(name, build(in), in));
    }

    private Term applied(String name, Term argument, Draft in) throws IllTyped, Misfit {
        Term.Kind kind =
                switch (name) {
                    case "exp" -> argument.shape().isScalar() ? Term.Kind.EXP : Term.Kind.EXP_ENTRYWISE;
                    case "tr" -> Term.Kind.TRACE;
                    case "norm" -> argument.shape().isVector() ? Term.Kind.NORM : Term.Kind.SPECTRAL_NORM;
                    case "specnorm" -> Term.Kind.SPECTRAL_NORM;
                    case "inv" -> Term.Kind.INVERSE;
                    default -> Term.Kind.valueOf(name.toUpperCase(java.util.Locale.ROOT));
                };
        if (kind == Term.Kind.NORM_INF && !argument.shape().isVector()) {
            throw new Misfit(in.place(), "a vector", shown(in), "");
        }
        return kind == Term.Kind.INVERSE ? Term.inverse(argument) : Term.function(kind, argument);
    }

    private Draft sum(Scope scope, Syntax.Sum sum) throws Misfit {
        List<Draft> drafts = new ArrayList<>();
        for (Expr each : sum.summands()) {
            Draft draft = infer(scope, each);
            if (!drafts.isEmpty()) {
                requireAs(draft, drafts.get(0));
            }
            drafts.add(draft);
        }
        Draft first = drafts.get(0);
        return new Draft(sum, first.rows(), first.columns(), () -> Term.sum(build(drafts)));
    }

    private Draft product(Scope scope, Syntax.Product product) throws Misfit {
        boolean single = product.factors().size() == 1;
        if (single
                && product.factors().get(0) instanceof Syntax.Num number
                && number.value().signum() != 0) {
            return negative(product, number.value(), isUnary(product));
        }
        List<Draft> drafts = new ArrayList<>();
        LinearForm rows = ONE;
        LinearForm columns = ONE;
        String left = "";
        for (Expr each : product.factors()) {
            Draft factor = infer(scope, each);
            if (!single && isZero(strip(each))) {
                requireScalar(factor);
            }
            drafts.add(factor);
            if (isScalar(factor)) {
                continue;
            }
            if (isOne(rows) && isOne(columns)) {
                rows = factor.rows();
                columns = factor.columns();
                continue;
            }
            String expected = dimensions.show(columns);
            left = dimensions.show(rows, columns);
            String found = shown(factor);
            if (!dimensions.unify(columns, factor.rows())) {
                throw new Misfit(
                        factor.place(),
                        "a factor with " + expected + (expected.equals("1") ? " row" : " rows"),
                        found,
                        "what stands to its left is " + left);
            }
            columns = factor.columns();
        }
        return new Draft(product, rows, columns, () -> {
            List<Term> factors = new ArrayList<>();
            if (product.minus()) {
                factors.add(Term.number(-1));
            }
            factors.addAll(build(drafts));
            return Term.product(factors);
        });
    }

    /** A number with its sign, or, where something is subtracted or divided, -1 times it. */
    private static Draft negative(Expr source, Fraction value, boolean whole) {
        return scalar(
                source,
                () -> whole ? Term.number(value.negate()) : Term.product(List.of(Term.number(-1), Term.number(value))));
    }

    /** Whether the minus belongs to the product and not to the sum it stands in: then the product starts there. */
    private static boolean isUnary(Syntax.Product product) {
        return !product.place().equals(product.factors().get(0).place());
    }

    private Draft quotient(Scope scope, Syntax.Quotient quotient) throws Misfit {
        Optional<Fraction> dividend = literal(quotient.dividend());
        Optional<Fraction> divisor = literal(quotient.divisor());
        if (dividend.isPresent() && divisor.isPresent() && divisor.get().signum() != 0) {
            Fraction value = dividend.get().divide(divisor.get());
            return quotient.dividend() instanceof Syntax.Product product && !isUnary(product)
                    ? negative(quotient, value.negate(), false)
                    : scalar(quotient, () -> Term.number(value));
        }
        boolean negative = dividend.isPresent() && dividend.get().signum() < 0;
        Draft top = negative
                ? negative(quotient.dividend(), dividend.get().negate(), false)
                : infer(scope, quotient.dividend());
        Draft bottom = infer(scope, quotient.divisor());
        requireShape(bottom, ONE, ONE, "only scalars divide; the inverse of a matrix is written A^-1");
        return new Draft(quotient, top.rows(), top.columns(), () -> Term.quotient(build(top), build(bottom)));
    }

    /** A number with its sign, without brackets. */
    private static Optional<Fraction> literal(Expr expr) {
        if (expr instanceof Syntax.Num number) {
            return Optional.of(number.value());
        }
        boolean negative = expr instanceof Syntax.Product product
                && product.minus()
                && product.factors().size() == 1
                && product.factors().get(0) instanceof Syntax.Num;
        return negative ? literal(((Syntax.Product) expr).factors().get(0)).map(Fraction::negate) : Optional.empty();
    }

    private Draft power(Scope scope, Syntax.Power power) throws Misfit {
        if (power.base() instanceof Syntax.Name name && scope.variable(name.name()) == null) {
            Optional<Declaration> declaration = scope.context.declaration(name.name());
            boolean indexed = power.exponent() instanceof Syntax.Paren
                    && declaration.isPresent()
                    && (declaration.get() instanceof Declaration.Function
                            || declaration.get() instanceof Declaration.Definition definition
                                    && !definition.parameters().isEmpty());
            if (indexed) {
                Expr index = ((Syntax.Paren) power.exponent()).inner();
                return application(scope, power, name.name(), List.of(index), declaration.get());
            }
            if (name.name().equals("e") && declaration.isEmpty() && !scope.names.broken.containsKey("e")) {
                Draft exponent = infer(scope, power.exponent());
                requireScalar(exponent);
                return scalar(power, () -> Term.function(Term.Kind.EXP, build(exponent)));
            }
        }
        Draft base = infer(scope, power.base());
        Expr exponent = strip(power.exponent());
        boolean looksTransposed =
                exponent instanceof Syntax.Name name && name.name().startsWith("T") && !isDeclared(scope, name.name());
        if (looksTransposed) {
            throw new Misfit(
                    power.exponent().place(),
                    "an integer as exponent",
                    "undeclared name " + ((Syntax.Name) exponent).name(),
                    TRANSPOSE);
        }
        boolean capital = exponent instanceof Syntax.Name name && name.name().equals("T");
        Optional<Fraction> number = literal(exponent);
        if (exponent instanceof Syntax.Quotient quotient) {
            Optional<Fraction> one = literal(quotient.dividend());
            Optional<Fraction> two = literal(quotient.divisor());
            if (one.equals(Optional.of(Fraction.ONE)) && two.equals(Optional.of(Fraction.TWO))) {
                requireScalar(base);
                return scalar(power, () -> Term.function(Term.Kind.SQRT, build(base)));
            }
        }
        requireSquare(base, capital ? TRANSPOSE : "only a scalar or a square matrix has powers");
        if (number.equals(Optional.of(Fraction.of(-1)))) {
            return new Draft(power, base.rows(), base.columns(), () -> Term.inverse(build(base)));
        }
        LinearForm form = integer(scope, power.exponent());
        return new Draft(power, base.rows(), base.columns(), () -> Term.power(build(base), form));
    }

    private Draft blocks(Scope scope, Syntax.Blocks blocks) throws Misfit {
        int width = blocks.rows().get(0).size();
        List<List<Draft>> rows = new ArrayList<>();
        for (List<Expr> row : blocks.rows()) {
            List<Draft> drafts = new ArrayList<>();
            for (Expr each : row) {
                drafts.add(isOneLiteral(each) ? ones(each) : infer(scope, each));
            }
            rows.add(drafts);
        }
        // sizes that are written come before literals, so that the block that is wrong is blamed
        for (boolean literals : new boolean[] {false, true}) {
            for (int i = 0; i < rows.size(); i++) {
                for (int j = 0; j < width; j++) {
                    Draft block = rows.get(i).get(j);
                    if (isPlain(block.source()) == literals) {
                        Draft rowHead = head(rows.get(i));
                        int column = j;
                        Draft columnHead =
                                head(rows.stream().map(row -> row.get(column)).toList());
                        requireBlock(block, rowHead.rows(), columnHead.columns());
                    }
                }
            }
        }
        LinearForm height = LinearForm.ZERO;
        LinearForm breadth = LinearForm.ZERO;
        for (List<Draft> row : rows) {
            height = height.add(row.get(0).rows());
            if (row.stream().allMatch(each -> isPlain(each.source()))) {
                plain.add(new Plain(row.get(0).rows(), row.get(0).place()));
            }
        }
        for (int j = 0; j < width; j++) {
            int column = j;
            breadth = breadth.add(rows.get(0).get(j).columns());
            if (rows.stream().allMatch(row -> isPlain(row.get(column).source()))) {
                plain.add(new Plain(
                        rows.get(0).get(j).columns(), rows.get(0).get(j).place()));
            }
        }
        return new Draft(blocks, height, breadth, () -> {
            List<List<Term>> terms = new ArrayList<>();
            for (List<Draft> row : rows) {
                terms.add(build(row));
            }
            return Term.blocks(terms);
        });
    }

    private void requireBlock(Draft block, LinearForm rows, LinearForm columns) throws Misfit {
        String height = dimensions.show(rows);
        String width = dimensions.show(columns);
        String found = shown(block);
        if (!dimensions.unify(rows, block.rows())) {
            String expected = "a block with " + height + (height.equals("1") ? " row" : " rows");
            throw new Misfit(block.place(), expected, found, "blocks side by side have equal heights");
        }
        if (!dimensions.unify(columns, block.columns())) {
            String expected = "a block with " + width + (width.equals("1") ? " column" : " columns");
            throw new Misfit(block.place(), expected, found, "blocks above each other have equal widths");
        }
    }

    /** The first block that is no plain literal, or the first. */
    private static Draft head(List<Draft> drafts) {
        return drafts.stream()
                .filter(each -> !isPlain(each.source()))
                .findFirst()
                .orElse(drafts.get(0));
    }

    /** 0 or 1, which take their shape from where they stand. */
    private static boolean isPlain(Expr expr) {
        return isZero(expr) || isOneLiteral(expr);
    }

    /** 1 as a block: all ones. */
    private Draft ones(Expr literal) {
        LinearForm rows = dimensions.unknown();
        LinearForm columns = dimensions.unknown();
        return new Draft(literal, rows, columns, () -> {
            requireKnown(literal.place(), "1", "1_{n x d} or 1_n", rows, columns);
            return Term.ones(shape(rows, columns));
        });
    }

    private record Ends(LinearForm from, LinearForm to) {}

    private Draft slice(Scope scope, Syntax.Slice slice) throws Misfit {
        Draft base = infer(scope, slice.base());
        Ends rows;
        Ends columns;
        if (slice.ranges().size() == 2) {
            rows = ends(scope, slice.ranges().get(0), base.rows(), "a row");
            columns = ends(scope, slice.ranges().get(1), base.columns(), "a column");
        } else if (isOne(base.columns())) {
            rows = ends(scope, slice.ranges().get(0), base.rows(), "an entry");
            columns = new Ends(ONE, ONE);
        } else if (isOne(base.rows())) {
            rows = new Ends(ONE, ONE);
            columns = ends(scope, slice.ranges().get(0), base.columns(), "an entry");
        } else {
            throw new Misfit(
                    slice.ranges().get(0).place(),
                    "rows and columns of a matrix of " + shown(base),
                    "one index",
                    "row i is written [i, :]");
        }
        LinearForm height = rows.to().subtract(rows.from()).plus(1);
        LinearForm width = columns.to().subtract(columns.from()).plus(1);
        return new Draft(
                slice,
                height,
                width,
                () -> Term.slice(
                        build(base),
                        dimensions.resolve(rows.from()),
                        dimensions.resolve(rows.to()),
                        dimensions.resolve(columns.from()),
                        dimensions.resolve(columns.to())));
    }

    private Ends ends(Scope scope, Syntax.Range range, LinearForm size, String what) throws Misfit {
        if (range.from() == null) {
            return new Ends(ONE, size);
        }
        LinearForm from = integer(scope, range.from());
        LinearForm to = range.from() == range.to() ? from : integer(scope, range.to());
        if (from.isConstant() && from.constant().signum() < 1) {
            throw new Misfit(range.from().place(), what + " of at least 1", from.toString(), "");
        }
        LinearForm missing = dimensions.resolve(size).subtract(to);
        if (missing.isConstant() && missing.constant().signum() < 0) {
            throw new Misfit(range.to().place(), what + " of at most " + dimensions.show(size), to.toString(), "");
        }
        LinearForm length = to.subtract(from);
        if (length.isConstant() && length.constant().signum() < 0) {
            throw new Misfit(range.to().place(), "an end of at least " + from, to.toString(), "");
        }
        return new Ends(from, to);
    }

    private Draft indexSum(Scope scope, Syntax.IndexSum sum) throws Misfit {
        LinearForm from = integer(scope, sum.from());
        LinearForm to = integer(scope, sum.to());
        String index = scope.bindable(sum.index());
        Draft body = infer(scope.with(sum.index(), Variable.integer(index, 0)), sum.body());
        return new Draft(sum, body.rows(), body.columns(), () -> Term.indexSum(index, from, to, build(body)));
    }

    private Draft bars(Scope scope, Syntax.Bars bars) throws Misfit {
        Draft in = infer(scope, bars.inner());
        if (isZero(strip(in.source()))) {
            requireKnown(in.place(), "0", "0_n", in.rows(), in.columns());
        }
        return scalar(bars, () -> {
            Term term = build(in);
            boolean vector = term.shape().isVector();
            if (!bars.twice()) {
                if (!vector) {
                    throw new Misfit(
                            in.place(), "a scalar or a vector", shown(in), "the norm of a matrix is written ||A||");
                }
                boolean scalar = term.shape().isScalar();
                return Term.function(scalar ? Term.Kind.ABS : Term.Kind.NORM, term);
            }
            switch (bars.suffix()) {
                case "inf", "1" -> {
                    if (!vector) {
                        throw new Misfit(in.place(), "a vector", shown(in), "");
                    }
                    return bars.suffix().equals("1")
                            ? absoluteSum(scope, term)
                            : Term.function(Term.Kind.NORM_INF, term);
                }
                case "F" -> {
                    Term square = Term.product(List.of(Term.transpose(term), term));
                    return Term.function(Term.Kind.SQRT, Term.function(Term.Kind.TRACE, square));
                }
                default -> {
                    return Term.function(vector ? Term.Kind.NORM : Term.Kind.SPECTRAL_NORM, term);
                }
            }
        });
    }

    /** ||x||_1 as the sum of the absolute values of the entries. */
    private static Term absoluteSum(Scope scope, Term vector) throws IllTyped {
        String name = scope.names.fresh("i");
        LinearForm index = LinearForm.variable(name);
        boolean column = vector.shape().columns().equals(ONE);
        Term entry = column ? Term.slice(vector, index, index, ONE, ONE) : Term.slice(vector, ONE, ONE, index, index);
        LinearForm length = column ? vector.shape().rows() : vector.shape().columns();
        return Term.indexSum(name, ONE, length, Term.function(Term.Kind.ABS, entry));
    }

    private Draft inner(Scope scope, Syntax.Inner inner) throws Misfit {
        Draft left = infer(scope, inner.left());
        requireShape(left, left.rows(), ONE, "an inner product is of two columns");
        Draft right = infer(scope, inner.right());
        requireAs(right, left);
        return scalar(inner, () -> Term.product(List.of(Term.transpose(build(left)), build(right))));
    }

    // ---------------------------------------------------------------- integers

    /** A dimension, index or exponent: linear in the integer variables. */
    LinearForm integer(Scope scope, Expr expr) throws Misfit {
        if (expr instanceof Syntax.Paren paren) {
            return integer(scope, paren.inner());
        }
        if (expr instanceof Syntax.Num number && number.value().denominator().equals(BigInteger.ONE)) {
            return LinearForm.of(number.value().numerator());
        }
        if (expr instanceof Syntax.Name name) {
            return integerName(scope, name);
        }
        if (expr instanceof Syntax.Sum sum) {
            LinearForm total = LinearForm.ZERO;
            for (Expr each : sum.summands()) {
                total = total.add(integer(scope, each));
            }
            return total;
        }
        if (expr instanceof Syntax.Product product) {
            LinearForm total = product.minus() ? LinearForm.of(-1) : ONE;
            for (Expr each : product.factors()) {
                LinearForm factor = integer(scope, each);
                if (total.isConstant()) {
                    total = factor.times(total.constant());
                } else if (factor.isConstant()) {
                    total = total.times(factor.constant());
                } else {
                    throw new Misfit(
                            each.place(), "a whole number as the other factor of " + total, factor.toString(), "");
                }
            }
            return total;
        }
        throw new Misfit(expr.place(), "an integer such as 2, t or 2n + 1", "another term", "");
    }

    private LinearForm integerName(Scope scope, Syntax.Name name) throws Misfit {
        Variable variable = scope.variable(name.name());
        if (variable != null && variable.isInteger()) {
            return LinearForm.variable(variable.name());
        }
        Optional<Declaration> declaration =
                variable == null ? scope.context.declaration(name.name()) : Optional.empty();
        if (declaration.isPresent() && declaration.get() instanceof Declaration.IntegerVariable) {
            return LinearForm.variable(name.name());
        }
        if (variable == null && declaration.isEmpty()) {
            requireNotBroken(scope, name.place(), name.name());
            throw undeclared(scope, name.place(), name.name());
        }
        throw new Misfit(name.place(), "an integer", "`" + name.name() + "`, which is none", "");
    }

    /** The shape of a space. */
    Shape shape(Scope scope, Syntax.Space space) throws Misfit {
        LinearForm rows = space.rows() == null ? ONE : size(scope, space.rows());
        LinearForm columns = space.columns() == null ? ONE : size(scope, space.columns());
        return new Shape(rows, columns);
    }

    private LinearForm size(Scope scope, Expr expr) throws Misfit {
        LinearForm form = integer(scope, expr);
        if (form.isConstant() && form.constant().signum() < 1) {
            throw new Misfit(expr.place(), "a size of at least 1", form.toString(), "");
        }
        return form;
    }
}

package org.loopcert.kernel.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.Formula.Variable;
import org.loopcert.kernel.proof.Term.Kind;

/** Random terms over one context with hypotheses of every kind, and random values that satisfy the hypotheses. */
final class RandomTerms {
    private static final LinearForm ONE = LinearForm.ONE;
    static final LinearForm N = LinearForm.variable("n");
    static final LinearForm M = LinearForm.variable("m");
    static final LinearForm T = LinearForm.variable("t");
    private static final LinearForm S = LinearForm.variable("s");
    private static final LinearForm K = LinearForm.variable("k");
    private static final LinearForm J = LinearForm.variable("j");
    private static final Shape COLUMN = new Shape(N, ONE);
    private static final Shape SQUARE = new Shape(N, N);
    private static final Shape WIDE = new Shape(N, M);
    private static final Shape BORDERED = new Shape(N.plus(1), N.plus(1));
    private static final Shape LONG = new Shape(N.plus(1), ONE);
    private static final Shape SHORT = new Shape(M, ONE);
    private static final List<Shape> KNOWN = List.of(COLUMN, WIDE, LONG, SHORT);

    /** Where the value of f is known. */
    private static final LinearForm LAST = LinearForm.ZERO.subtract(T).subtract(S);

    /** Each with the exponents that it can be raised to, whatever the base. */
    private static final List<LinearForm> EXPONENTS = List.of(
            LinearForm.of(0),
            LinearForm.of(2),
            LinearForm.of(2),
            LinearForm.of(3),
            T,
            T.plus(1),
            T.add(T),
            S,
            LinearForm.of(2).subtract(S),
            LinearForm.of(3).subtract(S),
            K.plus(-1),
            K);

    private final Random random;
    final Context context;
    private int indices;

    RandomTerms(long seed) {
        random = new Random(seed);
        try {
            context = declare();
        } catch (IllTyped impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Context declare() throws IllTyped {
        Context.Builder all = new Context.Builder();
        all.dimension("n")
                .dimension("m")
                .integer("t", 0)
                .integer("s", 0)
                .integer("k", 1)
                .integer("j", 1);
        for (String each : List.of("x", "y", "p", "q", "w", "g", "h", "r")) {
            all.symbol(each, Shape.SCALAR);
        }
        for (String each : List.of("u", "v", "e")) {
            all.symbol(each, COLUMN);
        }
        all.symbol("c", new Shape(M, ONE));
        for (String each : List.of("A", "H", "V", "P", "Z", "Q")) {
            all.symbol(each, SQUARE);
        }
        all.symbol("B", WIDE);
        all.function("d", Collections.singletonList(null), Shape.SCALAR);
        all.function("a", Collections.singletonList(null), COLUMN);
        all.function("f", List.of(Shape.SCALAR), Shape.SCALAR);
        Context names = all.context();
        Term g = names.symbol("g");
        Term one = Term.number(1);
        Term identity = Term.identity(N);
        all.define("b", List.of(), Term.sum(List.of(names.symbol("u"), scaled(names.symbol("x"), names.symbol("v")))));
        Variable matrix = Variable.of("X", SQUARE);
        Variable count = Variable.integer("i", 0);
        Term bound = Term.symbol("X", SQUARE);
        all.define(
                "l",
                List.of(matrix, count),
                Term.sum(List.of(
                        Term.product(List.of(bound, names.symbol("A"))),
                        scaled(Term.integer(LinearForm.variable("i")), Term.transpose(bound)))));
        List<Formula> hypotheses = List.of(
                Formula.compare(Relation.AT_MOST, Term.integer(S), Term.number(2)),
                Formula.compare(Relation.AT_MOST, Term.integer(K), Term.integer(N)),
                Formula.compare(Relation.AT_MOST, Term.integer(N), Term.integer(J)),
                Formula.compare(Relation.AT_MOST, Term.integer(J), Term.integer(N.plus(1))),
                Formula.equal(names.apply("f", List.of(Term.integer(LAST))), Term.number(3)),
                Formula.compare(Relation.BELOW, Term.number(0), names.symbol("p")),
                Formula.compare(Relation.AT_MOST, Term.number(0), names.symbol("q")),
                Formula.compare(Relation.DIFFERENT, names.symbol("w"), Term.number(0)),
                Formula.equal(Term.product(List.of(g, g)), Term.product(List.of(Term.number(2), g))),
                Formula.equal(
                        Term.product(List.of(Term.number(2), names.symbol("h"))),
                        Term.product(List.of(Term.number(-2), names.symbol("y")))),
                Formula.equal(
                        names.symbol("r"),
                        Term.sum(List.of(Term.product(List.of(names.symbol("x"), names.symbol("y"))), one))),
                Formula.equal(Term.product(List.of(Term.transpose(names.symbol("e")), names.symbol("e"))), one),
                Formula.equal(Term.transpose(names.symbol("H")), names.symbol("H")),
                Formula.invertible(names.symbol("V")),
                Formula.equal(Term.product(List.of(names.symbol("P"), names.symbol("P"))), names.symbol("P")),
                Formula.equal(Term.product(List.of(names.symbol("Z"), names.symbol("Z"))), Term.zero(SQUARE)),
                Formula.equal(Term.product(List.of(Term.transpose(names.symbol("Q")), names.symbol("Q"))), identity));
        for (Formula each : hypotheses) {
            all.hypothesis(each);
        }
        return all.context();
    }

    private static Term scaled(Term scalar, Term term) throws IllTyped {
        return Term.product(List.of(scalar, term));
    }

    List<Theorem> facts() {
        List<Theorem> facts = new ArrayList<>();
        for (int i = 0; i < context.hypotheses().size(); i++) {
            facts.add(Theorem.hypothesis(context, i));
        }
        return facts;
    }

    /** Values of every name; where {@code generic}, far from the special cases. */
    TermValues values(boolean generic) {
        int n = generic ? 2 + random.nextInt(2) : 1 + random.nextInt(3);
        Map<String, Integer> integers = new HashMap<>();
        integers.put("n", n);
        int m = generic ? 5 - n : 1 + random.nextInt(2);
        integers.put("m", m);
        integers.put("t", generic ? 2 + random.nextInt(2) : random.nextInt(3));
        integers.put("s", generic ? 1 : random.nextInt(3));
        integers.put("k", generic ? n : 1 + random.nextInt(n));
        integers.put("j", generic ? n : n + random.nextInt(2));
        Map<String, Fraction[][]> symbols = new HashMap<>();
        for (String each : List.of("x", "y")) {
            symbols.put(each, scalar(generic ? number(7, true) : number(2, false)));
        }
        symbols.put("p", scalar(generic ? number(5, true).abs() : Fraction.of(1 + random.nextInt(2))));
        symbols.put("q", scalar(number(generic ? 5 : 1, generic).abs()));
        symbols.put("w", scalar(number(generic ? 5 : 1, true)));
        symbols.put("g", scalar(Fraction.of(generic ? 2 : 2 * random.nextInt(2))));
        symbols.put("h", scalar(symbols.get("y")[0][0].negate()));
        Fraction product = symbols.get("x")[0][0].multiply(symbols.get("y")[0][0]);
        symbols.put("r", scalar(product.add(Fraction.ONE)));
        symbols.put("u", matrix(n, 1, generic));
        symbols.put("v", matrix(n, 1, generic));
        symbols.put("e", unitVector(n));
        symbols.put("c", matrix(m, 1, generic));
        symbols.put("A", matrix(n, n, generic));
        Fraction[][] half = matrix(n, n, generic);
        symbols.put("H", TermValues.add(half, TermValues.transpose(half)));
        Fraction[][] change = invertible(n, generic);
        Fraction[][] back = TermValues.inverse(change).orElseThrow();
        symbols.put("V", invertible(n, generic));
        int rank = random.nextInt(n + 1);
        symbols.put("P", conjugate(change, back, (i, j) -> i == j && i < rank ? Fraction.ONE : Fraction.ZERO));
        symbols.put(
                "Z", conjugate(change, back, (i, j) -> i == 0 && j == n - 1 && n > 1 ? Fraction.TWO : Fraction.ZERO));
        Fraction[][] axis = unitVector(n);
        symbols.put("Q", TermValues.fill(n, n, (i, j) -> (i == j ? Fraction.ONE : Fraction.ZERO)
                .subtract(Fraction.TWO.multiply(axis[i][0]).multiply(axis[j][0]))));
        symbols.put("B", matrix(n, m, generic));
        long salt = random.nextInt(1000);
        TermValues.Function function = (arguments, rows, columns) -> TermValues.fill(rows, columns, (i, j) -> {
            Random value = new Random(salt * 31 + arguments.hashCode() * 17L + i);
            value.nextInt();
            return Fraction.of(value.nextInt(7) - 3L);
        });
        Fraction last = Fraction.of(-integers.get("t") - integers.get("s"));
        TermValues.Function known = (arguments, rows, columns) ->
                arguments.get(0).equals(last) ? scalar(Fraction.of(3)) : function.at(arguments, rows, columns);
        Map<String, TermValues.Function> functions = Map.of("d", function, "a", function, "f", known);
        return new TermValues(context, integers, symbols, functions);
    }

    private static Fraction[][] conjugate(Fraction[][] change, Fraction[][] back, TermValues.Entry entry) {
        Fraction[][] middle = TermValues.fill(change.length, change.length, entry);
        return TermValues.multiply(TermValues.multiply(change, middle), back);
    }

    private Fraction[][] unitVector(int n) {
        long[][] triples = {{1, 0, 0, 1}, {3, 4, 0, 5}, {2, 1, 2, 3}};
        long[] chosen = triples[random.nextInt(n)];
        int sign = random.nextBoolean() ? 1 : -1;
        return TermValues.fill(
                n, 1, (i, j) -> Fraction.of(BigInteger.valueOf(sign * chosen[i]), BigInteger.valueOf(chosen[3])));
    }

    private Fraction[][] invertible(int n, boolean generic) {
        while (true) {
            Fraction[][] candidate = matrix(n, n, generic);
            if (TermValues.inverse(candidate).isPresent()) {
                return candidate;
            }
        }
    }

    private Fraction[][] matrix(int rows, int columns, boolean generic) {
        boolean zero = !generic && random.nextInt(4) == 0 && rows != columns;
        return TermValues.fill(
                rows, columns, (i, j) -> zero ? Fraction.ZERO : number(generic ? 5 : 1 + random.nextInt(2), false));
    }

    private static Fraction[][] scalar(Fraction value) {
        return TermValues.scalar(value);
    }

    private Fraction number(int size, boolean nonZero) {
        int value = random.nextInt(2 * size + 1) - size;
        return Fraction.of(nonZero && value == 0 ? size : value);
    }

    /** A term of a random shape. */
    Term term(int depth) throws IllTyped {
        List<Shape> shapes = List.of(
                Shape.SCALAR,
                Shape.SCALAR,
                Shape.SCALAR,
                COLUMN,
                SQUARE,
                SQUARE,
                WIDE,
                BORDERED,
                LONG,
                COLUMN.transpose());
        return term(shapes.get(random.nextInt(shapes.size())), depth);
    }

    Term scalarTerm(int depth) throws IllTyped {
        return term(Shape.SCALAR, depth);
    }

    private Term name(String... names) throws IllTyped {
        return context.symbol(names[random.nextInt(names.length)]);
    }

    private Term term(Shape shape, int depth) throws IllTyped {
        int choice = random.nextInt(depth <= 0 ? 4 : 20);
        if (choice >= 4 && choice < 8) {
            return Term.sum(List.of(term(shape, depth - 1), term(shape, depth - 1)));
        }
        if (choice == 8) {
            return Term.subtract(term(shape, depth - 1), term(shape, depth - 1));
        }
        if (choice == 9) {
            return scaled(term(Shape.SCALAR, depth - 1), term(shape, depth - 1));
        }
        if (choice == 10) {
            return Term.quotient(term(shape, depth - 1), divisor(depth - 1));
        }
        if (choice == 11) {
            return Term.transpose(term(shape.transpose(), depth - 1));
        }
        if (choice == 12) {
            return Term.hadamard(term(shape, depth - 1), term(shape, depth - 1));
        }
        if (choice == 13) {
            return sum(shape, depth);
        }
        if (shape.isScalar()) {
            return scalar(depth);
        }
        if (shape.equals(SQUARE)) {
            return square(depth);
        }
        if (shape.equals(BORDERED)) {
            return Term.blocks(List.of(
                    List.of(term(SQUARE, depth - 1), term(COLUMN, depth - 1)),
                    List.of(term(COLUMN.transpose(), depth - 1), term(Shape.SCALAR, depth - 1))));
        }
        if (shape.equals(LONG)) {
            return depth > 0 && random.nextBoolean()
                    ? Term.product(List.of(term(BORDERED, depth - 1), term(LONG, depth - 1)))
                    : Term.blocks(List.of(List.of(term(COLUMN, depth - 1)), List.of(term(Shape.SCALAR, depth - 1))));
        }
        if (shape.equals(COLUMN)) {
            return column(depth);
        }
        if (shape.equals(WIDE)) {
            return depth > 0 && random.nextBoolean()
                    ? Term.product(List.of(term(SQUARE, depth - 1), term(WIDE, depth - 1)))
                    : depth > 0 && random.nextInt(4) == 0
                            ? Term.product(List.of(term(COLUMN, depth - 1), Term.transpose(name("c"))))
                            : random.nextInt(6) == 0 ? Term.ones(WIDE) : name("B");
        }
        if (shape.equals(SHORT)) {
            return depth > 0 && random.nextBoolean()
                    ? Term.product(List.of(term(WIDE.transpose(), depth - 1), term(COLUMN, depth - 1)))
                    : name("c");
        }
        if (!shape.isVector() && !shape.equals(WIDE.transpose()) || !KNOWN.contains(shape.transpose())) {
            throw new IllegalArgumentException("no terms of " + shape);
        }
        return Term.transpose(term(shape.transpose(), depth));
    }

    private Term divisor(int depth) throws IllTyped {
        return switch (random.nextInt(6)) {
            case 0 -> name("w", "p");
            case 1 -> Term.sum(List.of(name("p"), name("q")));
            case 2 -> Term.number(2);
            case 3 -> Term.integer(random.nextBoolean() ? N : random.nextBoolean() ? T : T.plus(1));
            case 4 -> Term.function(Kind.EXP, name("x", "y"));
            default -> term(Shape.SCALAR, depth);
        };
    }

    /** A sum over an index, of what the shape allows. */
    private Term sum(Shape shape, int depth) throws IllTyped {
        String index = "i" + indices++;
        LinearForm i = LinearForm.variable(index);
        Term unit = Term.unit(N, i);
        Term factor =
                switch (random.nextInt(6)) {
                    case 0 -> context.apply("d", List.of(Term.integer(i)));
                    case 1 -> Term.product(List.of(Term.transpose(unit), term(COLUMN, depth - 1)));
                    case 2 ->
                        Term.product(
                                List.of(Term.transpose(context.apply("a", List.of(Term.integer(i)))), name("u", "v")));
                    case 3 -> Term.integer(i);
                    case 4 -> Term.power(term(Shape.SCALAR, depth - 2), i.plus(random.nextInt(2)));
                    default -> Term.product(List.of(Term.transpose(unit), term(SQUARE, depth - 1), unit));
                };
        boolean overSpace = factor.freeNames().contains("n") || random.nextInt(3) == 0;
        LinearForm from = overSpace ? ONE : LinearForm.of(random.nextInt(2));
        LinearForm to = overSpace ? N : random.nextBoolean() ? T : T.plus(-1 + random.nextInt(3));
        if (!shape.isScalar() && shape.rows().equals(N) && random.nextBoolean()) {
            Term row = term(new Shape(ONE, shape.columns()), depth - 1);
            return Term.indexSum(index, ONE, N, Term.product(List.of(factor, unit, row)));
        }
        return Term.indexSum(index, from, to, scaled(factor, term(shape, depth - 1)));
    }

    private LinearForm exponent() {
        return EXPONENTS.get(random.nextInt(EXPONENTS.size()));
    }

    private Term scalar(int depth) throws IllTyped {
        if (depth <= 0) {
            return switch (random.nextInt(5)) {
                case 0 -> Term.number(random.nextInt(5) - 2L);
                case 1 -> Term.integer(random.nextBoolean() ? N : random.nextBoolean() ? T : K);
                case 2 -> context.apply("d", List.of(Term.integer(random.nextBoolean() ? K : T.plus(1))));
                default -> name("x", "y", "p", "q", "w", "g", "h", "r");
            };
        }
        int below = depth - 1;
        return switch (random.nextInt(18)) {
            case 0, 1, 2 -> Term.product(List.of(term(COLUMN.transpose(), below), term(COLUMN, below)));
            case 3, 4 -> Term.function(Kind.TRACE, term(random.nextInt(4) == 0 ? BORDERED : SQUARE, below));
            case 5, 6, 7 -> Term.power(term(Shape.SCALAR, below), exponent());
            case 8 -> Term.function(Kind.NORM, term(random.nextBoolean() ? COLUMN : LONG, below));
            case 9 -> Term.function(Kind.ABS, term(Shape.SCALAR, below));
            case 10 -> Term.function(Kind.SQRT, Term.power(term(Shape.SCALAR, below), LinearForm.of(2)));
            case 11 -> Term.function(Kind.SQRT, term(Shape.SCALAR, below));
            case 12 -> Term.function(Kind.EXP, term(Shape.SCALAR, below));
            case 13 ->
                Term.function(
                        Kind.LOG,
                        random.nextBoolean()
                                ? Term.function(Kind.EXP, term(Shape.SCALAR, below))
                                : Term.product(List.of(name("p"), Term.function(Kind.EXP, name("x", "q")))));
            case 14 -> {
                Term last = random.nextBoolean() ? Term.integer(LAST) : Term.negate(Term.integer(T.subtract(S)));
                yield context.apply("f", List.of(random.nextBoolean() ? last : term(Shape.SCALAR, below)));
            }
            case 15 -> {
                Kind kind = random.nextBoolean() ? Kind.NORM_INF : Kind.SPECTRAL_NORM;
                yield Term.function(kind, kind == Kind.NORM_INF ? term(COLUMN, below) : term(SQUARE, below));
            }
            case 16 -> {
                Term matrix = term(SQUARE, below);
                Term symmetric = random.nextBoolean()
                        ? Term.sum(List.of(matrix, Term.transpose(matrix)))
                        : scaled(term(Shape.SCALAR, below), name("H"));
                yield Term.function(random.nextBoolean() ? Kind.LAMBDA_MAX : Kind.LAMBDA_MIN, symmetric);
            }
            default -> {
                LinearForm row = random.nextBoolean() ? K : ONE;
                LinearForm column = random.nextBoolean() ? K : ONE;
                yield random.nextBoolean()
                        ? Term.slice(term(SQUARE, below), row, row, column, column)
                        : Term.slice(term(LONG, below), row.equals(K) ? J : row, row.equals(K) ? J : row, ONE, ONE);
            }
        };
    }

    private Term column(int depth) throws IllTyped {
        if (depth <= 0) {
            return switch (random.nextInt(7)) {
                case 0 -> Term.ones(COLUMN);
                case 1 -> Term.unit(N, random.nextBoolean() ? K : random.nextBoolean() ? ONE : N);
                case 2 -> context.apply("a", List.of(Term.integer(random.nextBoolean() ? K : T)));
                default -> name("u", "v", "e", "b");
            };
        }
        int below = depth - 1;
        return switch (random.nextInt(6)) {
            case 0 -> Term.slice(term(LONG, below), ONE, N, ONE, ONE);
            case 1 -> Term.slice(term(LONG, below), LinearForm.of(2), N.plus(1), ONE, ONE);
            case 2 -> Term.product(List.of(term(WIDE, below), name("c")));
            case 3 -> Term.function(Kind.EXP_ENTRYWISE, term(COLUMN, below));
            default -> Term.product(List.of(term(SQUARE, below), term(COLUMN, below)));
        };
    }

    private Term square(int depth) throws IllTyped {
        if (depth <= 0) {
            return random.nextInt(6) == 0
                    ? Term.identity(N)
                    : random.nextInt(12) == 0 ? Term.ones(SQUARE) : name("A", "H", "V", "P", "Z", "Q");
        }
        int below = depth - 1;
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> Term.product(List.of(term(SQUARE, below), term(SQUARE, below)));
            case 3 -> Term.product(List.of(term(COLUMN, below), term(COLUMN.transpose(), below)));
            case 4 -> Term.product(List.of(term(WIDE, below), term(WIDE.transpose(), below)));
            case 5 -> Term.power(term(SQUARE, below), exponent());
            case 6 ->
                Term.inverse(
                        random.nextInt(4) > 0
                                ? name("V")
                                : random.nextBoolean()
                                        ? Term.transpose(name("V"))
                                        : scaled(divisor(below), random.nextBoolean() ? name("V") : Term.identity(N)));
            case 7 -> Term.function(Kind.DIAG, term(COLUMN, below));
            case 8 -> Term.slice(term(BORDERED, below), ONE, N, LinearForm.of(2), N.plus(1));
            case 9 ->
                context.apply(
                        "l", List.of(term(SQUARE, below), Term.integer(random.nextBoolean() ? T : LinearForm.of(2))));
            case 10 -> Term.function(Kind.EXP_ENTRYWISE, term(SQUARE, below));
            default -> Term.inverse(term(SQUARE, below));
        };
    }
}

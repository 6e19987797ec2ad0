package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;

/**
 * A printed term reads as itself. Left out are the terms whose notation means another term: 0 alone, -1 times a number
 * alone (-2), quotients of two whole numbers (1/2), 2T + 1 as one integer, one row of nothing but rows.
 */
class RoundTripTest {
    private static final LinearForm N = LinearForm.variable("n");
    private static final LinearForm D = LinearForm.variable("d");
    private static final LinearForm T = LinearForm.variable("T");
    private static final LinearForm ONE = LinearForm.ONE;

    private static Context context() throws IllTyped {
        Context.Builder builder = new Context.Builder();
        builder.dimension("n").dimension("d").integer("T", 0);
        builder.symbol("X", new Shape(N, D)).symbol("A", new Shape(D, D)).symbol("B", new Shape(D, D));
        builder.symbol("y", new Shape(N, ONE)).symbol("q", new Shape(D, ONE)).symbol("theta*", new Shape(D, ONE));
        builder.symbol("alpha", Shape.SCALAR).symbol("β", Shape.SCALAR);
        List<Shape> index = new ArrayList<>();
        index.add(null);
        builder.function("theta", index, new Shape(D, ONE)).function("s", index, Shape.SCALAR);
        builder.function("f", List.of(new Shape(D, ONE)), Shape.SCALAR);
        builder.function("g", List.of(new Shape(D, ONE), Shape.SCALAR), new Shape(D, ONE));
        return builder.context();
    }

    /** Random terms of a shape. */
    private static final class Grower {
        private final Context context;
        private final Random random;
        private int indices;

        Grower(Context context, long seed) {
            this.context = context;
            this.random = new Random(seed);
        }

        private LinearForm dimension() {
            return List.of(N, D, ONE).get(random.nextInt(3));
        }

        Term grow(LinearForm rows, LinearForm columns, int depth) throws IllTyped {
            Shape shape = new Shape(rows, columns);
            if (depth == 0) {
                return leaf(shape);
            }
            switch (random.nextInt(shape.isScalar() ? 16 : 9)) {
                case 0, 1 -> {
                    List<Term> summands = new ArrayList<>();
                    for (int i = 0; i < 2 + random.nextInt(2); i++) {
                        Term term = grow(rows, columns, depth - 1);
                        summands.add(random.nextBoolean() || isNumber(term) ? term : Term.negate(term));
                    }
                    return Term.sum(summands);
                }
                case 2, 3 -> {
                    return product(rows, columns, depth);
                }
                case 4 -> {
                    return Term.transpose(grow(columns, rows, depth - 1));
                }
                case 5 -> {
                    return Term.hadamard(grow(rows, columns, depth - 1), grow(rows, columns, depth - 1));
                }
                case 6 -> {
                    Term dividend = grow(rows, columns, depth - 1);
                    Term divisor = grow(ONE, ONE, depth - 1);
                    boolean clash = isNumber(dividend) && isNumber(divisor);
                    return clash ? dividend : Term.quotient(dividend, divisor);
                }
                case 7 -> {
                    indices++;
                    return Term.indexSum("i" + indices, ONE, D, indexed(shape, "i" + indices, depth));
                }
                case 8 -> {
                    return shape.isSquare() ? power(rows, depth) : blocks(rows, columns, depth);
                }
                case 9 -> {
                    return Term.slice(blocks(N, D, depth), ONE, ONE, D, D);
                }
                case 10 -> {
                    return norm(depth);
                }
                case 11 -> {
                    Term.Kind kind = List.of(Term.Kind.EXP, Term.Kind.LOG, Term.Kind.SQRT, Term.Kind.EXP_ENTRYWISE)
                            .get(random.nextInt(4));
                    return Term.function(kind, grow(ONE, ONE, depth - 1));
                }
                case 12 -> {
                    Term.Kind kind = List.of(Term.Kind.TRACE, Term.Kind.LAMBDA_MAX, Term.Kind.LAMBDA_MIN)
                            .get(random.nextInt(3));
                    return Term.function(kind, grow(D, D, depth - 1));
                }
                case 13 -> {
                    return context.apply("f", List.of(grow(D, ONE, depth - 1)));
                }
                default -> {
                    return leaf(shape);
                }
            }
        }

        private static boolean isNumber(Term term) {
            return term.kind() == Term.Kind.NUMBER;
        }

        private Term indexed(Shape shape, String name, int depth) throws IllTyped {
            LinearForm index = LinearForm.variable(name);
            Term entry = Term.slice(context.symbol("q"), index, index, ONE, ONE);
            return Term.product(List.of(entry, grow(shape.rows(), shape.columns(), depth - 1)));
        }

        private Term product(LinearForm rows, LinearForm columns, int depth) throws IllTyped {
            List<Term> factors = new ArrayList<>();
            if (random.nextInt(3) == 0) {
                factors.add(Term.number(-1));
            }
            if (random.nextBoolean()) {
                factors.add(grow(ONE, ONE, depth - 1));
            }
            LinearForm inner = random.nextBoolean() ? N : D;
            factors.add(grow(rows, inner, depth - 1));
            factors.add(grow(inner, columns, depth - 1));
            return Term.product(factors);
        }

        private Term power(LinearForm size, int depth) throws IllTyped {
            Term base = grow(size, size, depth - 1);
            return random.nextBoolean()
                    ? Term.inverse(base)
                    : Term.power(
                            base,
                            List.of(T, T.plus(1), LinearForm.of(2), T.add(T)).get(random.nextInt(4)));
        }

        private Term blocks(LinearForm rows, LinearForm columns, int depth) throws IllTyped {
            Term block = entry(rows, columns, depth);
            Term right = entry(rows, ONE, depth);
            Term below = entry(ONE, columns, depth);
            Term corner = entry(ONE, ONE, depth);
            Term whole = Term.blocks(List.of(List.of(block, right), List.of(below, corner)));
            return Term.slice(whole, ONE, rows, ONE, columns);
        }

        private Term entry(LinearForm rows, LinearForm columns, int depth) throws IllTyped {
            return random.nextInt(4) == 0 ? Term.zero(new Shape(rows, columns)) : grow(rows, columns, depth - 1);
        }

        private Term norm(int depth) throws IllTyped {
            Term vector = grow(D, ONE, depth - 1);
            return switch (random.nextInt(4)) {
                case 0 -> Term.function(Term.Kind.NORM, vector);
                case 1 -> Term.function(Term.Kind.NORM_INF, vector);
                case 2 -> Term.function(Term.Kind.SPECTRAL_NORM, grow(N, D, depth - 1));
                default -> {
                    Term scalar = grow(ONE, ONE, depth - 1);
                    yield Term.function(Term.Kind.ABS, scalar);
                }
            };
        }

        private Term leaf(Shape shape) throws IllTyped {
            if (shape.isScalar()) {
                return switch (random.nextInt(6)) {
                    case 0 -> Term.number(1 + random.nextInt(9));
                    case 1 -> Term.number(Fraction.of(-3));
                    case 2 ->
                        Term.number(Fraction.of(random.nextBoolean() ? 1 : -1).divide(Fraction.of(7)));
                    case 3 -> Term.integer(T);
                    case 4 -> context.apply("s", List.of(Term.integer(T.plus(random.nextInt(3) - 1))));
                    default -> context.symbol(random.nextBoolean() ? "alpha" : "β");
                };
            }
            if (shape.equals(new Shape(D, ONE)) && random.nextBoolean()) {
                Term theta = context.apply("theta", List.of(Term.integer(T)));
                return random.nextBoolean()
                        ? theta
                        : context.apply("g", List.of(context.symbol("theta*"), Term.number(2)));
            }
            for (String each : List.of("A", "X", "y", "q", "B")) {
                Term symbol = context.symbol(each);
                if (symbol.shape().equals(shape) && random.nextInt(3) > 0) {
                    return symbol;
                }
            }
            return switch (random.nextInt(3)) {
                case 0 -> Term.zero(shape);
                case 1 -> shape.isSquare() ? Term.identity(shape.rows()) : Term.ones(shape);
                default ->
                    shape.columns().equals(ONE)
                            ? Term.unit(
                                    shape.rows(), List.of(ONE, T, shape.rows()).get(random.nextInt(3)))
                            : Term.ones(shape);
            };
        }

        Term any() throws IllTyped {
            return grow(dimension(), dimension(), 1 + random.nextInt(4));
        }
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }

    @Property(tries = 2000)
    void aPrintedTermReadsAsItself(@ForAll("seeds") long seed) throws IllTyped, DerivationSyntaxException {
        Context context = context();
        Term term = new Grower(context, seed).any();
        assertThat(DerivationReader.readTerm(context, Notation.of(term))).isEqualTo(new Elaborated.Fits<>(term));
    }
}

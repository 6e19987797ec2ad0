package org.loopcert.ring;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.MatrixArithmetic;

/**
 * An arithmetic, the dimensions its shapes are drawn from, and how to draw a random element of a
 * shape. A ring of scalars is registered in {@link RingCase#all()} and joins from there; for any
 * other arithmetic it is one line in {@link #all()}.
 */
record ArithmeticCase<E>(Arithmetic<E> arithmetic, List<String> dimensions, BiFunction<Shape, Random, E> sampler) {
    static List<ArithmeticCase<?>> all() {
        List<ArithmeticCase<?>> cases = new ArrayList<>(List.of(
                new ArithmeticCase<>(MatrixWordArithmetic.INSTANCE, List.of("1", "n", "d"), ArithmeticCase::word),
                matrices(RationalField.INSTANCE, RingCase::rational),
                matrices(ResidueField.of(BigInteger.valueOf(7)), r -> BigInteger.valueOf(r.nextInt(7))),
                matrices(IntervalRing.of(24), r -> RingCase.interval(r, 24))));
        RingCase.all().forEach(ringCase -> cases.add(scalars(ringCase)));
        return cases;
    }

    private static <E> ArithmeticCase<E> scalars(RingCase<E> ringCase) {
        return new ArithmeticCase<>(ringCase.ring(), List.of("1"), (shape, random) -> ringCase.sample(random));
    }

    private static <E> ArithmeticCase<Matrix<E>> matrices(Ring<E> ring, Function<Random, E> sampler) {
        RingCase<E> entries = new RingCase<>(ring, sampler);
        return new ArithmeticCase<>(
                new MatrixArithmetic<>(ring),
                List.of("1", "2", "3"),
                (shape, random) -> Matrix.of(
                        Integer.parseInt(shape.rows()),
                        Integer.parseInt(shape.columns()),
                        (i, j) -> entries.sample(random)));
    }

    boolean has(Property property) {
        return arithmetic.has(property);
    }

    String dimension(Random random) {
        return dimensions.get(random.nextInt(dimensions.size()));
    }

    Shape shape(Random random) {
        return new Shape(dimension(random), dimension(random));
    }

    E sample(Shape shape, Random random) {
        // zero and one are where laws break first
        return switch (random.nextInt(12)) {
            case 0 -> arithmetic.zero(shape);
            case 1 -> shape.equals(shape.transpose()) ? arithmetic.one(shape) : arithmetic.zero(shape);
            default -> sampler.apply(shape, random);
        };
    }

    /** A symbol from every dimension to every other, and of each kind. */
    static final List<MatrixSymbol> SYMBOLS = List.of(
            MatrixSymbol.matrix("X", "n", "d"),
            MatrixSymbol.matrix("Y", "n", "d"),
            MatrixSymbol.matrix("N", "n", "n"),
            MatrixSymbol.matrix("A", "d", "d"),
            MatrixSymbol.symmetric("S", "d"),
            MatrixSymbol.vector("y", "n"),
            MatrixSymbol.vector("q", "d"),
            MatrixSymbol.vector("u", "d"),
            MatrixSymbol.scalar("eta"),
            MatrixSymbol.nonzero("alpha"));

    /** A sum of random walks through the dimensions, from the rows to the columns of the shape. */
    static MatrixWord word(Shape shape, Random random) {
        MatrixWordArithmetic words = MatrixWordArithmetic.INSTANCE;
        MatrixWord sum = words.zero(shape);
        for (int term = random.nextInt(3); term >= 0; term--) {
            MatrixWord product = words.one(new Shape(shape.rows(), shape.rows()));
            String here = shape.rows();
            for (int more = random.nextInt(4); more >= 0; more--) {
                String next =
                        more == 0 ? shape.columns() : List.of("1", "n", "d").get(random.nextInt(3));
                if (more > 0 || !here.equals(next) || random.nextInt(3) > 0) {
                    product = words.multiply(product, letter(new Shape(here, next), random));
                }
                here = next;
            }
            if (random.nextInt(4) == 0) {
                product = words.multiply(words.invert(MatrixWord.of(MatrixSymbol.nonzero("alpha"))), product);
            }
            BigRational coefficient =
                    random.nextBoolean() ? RationalField.of(random.nextInt(5) - 2, 1) : RingCase.rational(random);
            sum = words.add(sum, words.multiply(words.constant(coefficient), product));
        }
        return sum;
    }

    private static MatrixWord letter(Shape shape, Random random) {
        List<MatrixWord> letters = new ArrayList<>();
        for (MatrixSymbol symbol : SYMBOLS) {
            MatrixWord word = MatrixWord.of(symbol);
            if (symbol.shape().equals(shape)) {
                letters.add(word);
            }
            if (symbol.shape().transpose().equals(shape)) {
                letters.add(MatrixWordArithmetic.INSTANCE.transpose(word));
            }
        }
        return letters.get(random.nextInt(letters.size()));
    }
}

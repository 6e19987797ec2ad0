package org.loopcert.ring;

import ch.obermuhlner.math.big.BigRational;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The arithmetic of dimension-free matrix words. Equality holds exactly if it holds for all
 * dimensions and all values of the symbols, see {@link MatrixWord}. Operations are defined where
 * shapes fit, and the laws hold there; besides, an element of shape 1 x 1 multiplies any other.
 */
public final class MatrixWordArithmetic implements Arithmetic<MatrixWord> {
    /** The only one: words carry their symbols. */
    public static final MatrixWordArithmetic INSTANCE = new MatrixWordArithmetic();

    private static final Set<Property> PROPERTIES = Set.copyOf(EnumSet.of(
            Property.EXACT, Property.CANONICAL, Property.ADDITIVE_GROUP, Property.ASSOCIATIVE, Property.DISTRIBUTIVE));

    private MatrixWordArithmetic() {}

    @Override
    public String name() {
        return "matrix words";
    }

    @Override
    public Set<Property> properties() {
        return PROPERTIES;
    }

    @Override
    public Shape shape(MatrixWord element) {
        return element.shape();
    }

    @Override
    public MatrixWord zero(Shape shape) {
        return new MatrixWord(shape, Map.of());
    }

    @Override
    public MatrixWord one(Shape shape) {
        if (!shape.equals(shape.transpose())) {
            throw new IllegalArgumentException(name() + ": expected a square shape, got " + shape);
        }
        return new MatrixWord(shape, Map.of(MatrixWord.Monomial.ONE, BigRational.ONE));
    }

    /** The 1 x 1 word of a rational. */
    public MatrixWord constant(BigRational value) {
        return new MatrixWord(Shape.SCALAR, Map.of(MatrixWord.Monomial.ONE, RationalField.canonical(value)));
    }

    @Override
    public MatrixWord add(MatrixWord left, MatrixWord right) {
        if (!left.shape().equals(right.shape())) {
            throw new IllegalArgumentException(
                    name() + ": expected a summand of shape " + left.shape() + ", got " + right.shape());
        }
        Map<MatrixWord.Monomial, BigRational> terms = new TreeMap<>(left.terms());
        right.terms().forEach((monomial, coefficient) -> accumulate(terms, monomial, coefficient));
        return new MatrixWord(left.shape(), terms);
    }

    @Override
    public MatrixWord subtract(MatrixWord left, MatrixWord right) {
        return add(left, negate(right));
    }

    @Override
    public MatrixWord negate(MatrixWord element) {
        Map<MatrixWord.Monomial, BigRational> terms = new TreeMap<>(element.terms());
        terms.replaceAll((monomial, coefficient) -> RationalField.INSTANCE.negate(coefficient));
        return new MatrixWord(element.shape(), terms);
    }

    @Override
    public MatrixWord multiply(MatrixWord left, MatrixWord right) {
        Shape shape = productShape(left.shape(), right.shape());
        Map<MatrixWord.Monomial, BigRational> terms = new TreeMap<>();
        left.terms().forEach((first, p) -> right.terms()
                .forEach((second, q) ->
                        accumulate(terms, first.multiply(second), RationalField.INSTANCE.multiply(p, q))));
        return new MatrixWord(shape, terms);
    }

    private Shape productShape(Shape left, Shape right) {
        if (left.columns().equals(right.rows())) {
            return new Shape(left.rows(), right.columns());
        }
        if (left.equals(Shape.SCALAR)) {
            return right;
        }
        if (right.equals(Shape.SCALAR)) {
            return left;
        }
        throw new IllegalArgumentException(
                name() + ": expected a right factor of " + left.columns() + " rows, got shape " + right);
    }

    private static void accumulate(
            Map<MatrixWord.Monomial, BigRational> terms, MatrixWord.Monomial monomial, BigRational coefficient) {
        terms.merge(monomial, coefficient, RationalField.INSTANCE::add);
    }

    @Override
    public MatrixWord transpose(MatrixWord element) {
        Map<MatrixWord.Monomial, BigRational> terms = new TreeMap<>();
        element.terms().forEach((monomial, coefficient) -> terms.put(monomial.transpose(), coefficient));
        return new MatrixWord(element.shape().transpose(), terms);
    }

    @Override
    public boolean equal(MatrixWord left, MatrixWord right) {
        return left.equals(right);
    }

    /**
     * The inverse of a nonzero rational times powers of nonzero symbols.
     *
     * @throws ArithmeticException for any other word, whether or not its values have inverses
     */
    public MatrixWord invert(MatrixWord scalar) {
        if (scalar.shape().equals(Shape.SCALAR) && scalar.terms().size() == 1) {
            MatrixWord.Monomial monomial = scalar.terms().firstKey();
            if (monomial.scalars().stream().allMatch(MatrixWord.Power::isInvertible)) {
                MatrixWord.Monomial inverse = new MatrixWord.Monomial(
                        monomial.scalars().stream()
                                .map(power -> new MatrixWord.Power(power.base(), Math.negateExact(power.exponent())))
                                .toList(),
                        monomial.product());
                BigRational coefficient = scalar.terms().get(monomial);
                return new MatrixWord(
                        Shape.SCALAR, Map.of(inverse, RationalField.INSTANCE.divide(BigRational.ONE, coefficient)));
            }
        }
        throw new ArithmeticException(name() + ": expected a product of nonzero scalars, got " + scalar);
    }

    /** The word with other words of the same shape and kind in place of symbols; the rest stays. */
    public MatrixWord substitute(MatrixWord word, Map<MatrixSymbol, MatrixWord> replacements) {
        return word.evaluate(new Substitution(symbol -> replacements.getOrDefault(symbol, MatrixWord.of(symbol))));
    }

    private record Substitution(Function<MatrixSymbol, MatrixWord> image) implements Interpretation<MatrixWord> {
        @Override
        public Arithmetic<MatrixWord> arithmetic() {
            return INSTANCE;
        }

        @Override
        public MatrixWord symbol(MatrixSymbol symbol) {
            return image.apply(symbol);
        }

        @Override
        public Shape shape(Shape shape) {
            return shape;
        }

        @Override
        public MatrixWord constant(BigRational value) {
            return INSTANCE.constant(value);
        }

        @Override
        public MatrixWord invert(MatrixWord scalar) {
            return INSTANCE.invert(scalar);
        }
    }
}

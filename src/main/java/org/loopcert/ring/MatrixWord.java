package org.loopcert.ring;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A linear combination, over the rationals, of products of matrices of symbolic shapes and their
 * transposes, with commuting scalar factors; for instance q'X'X + alpha y'X of shape 1 x d. An
 * immutable value in normal form, so that two are equal exactly if they are equal for all
 * dimensions and all matrices that the symbols can stand for.
 *
 * <p>The normal form: a product is cut wherever neighbours meet in a dimension of one. A piece of
 * shape 1 x 1, such as q'X'y, is a number: it commutes with everything and equals its transpose, so
 * it is moved in front, as the smaller of the two ways to write it. What remains is one word, or a
 * column times a row. Symmetric symbols are never written transposed. That no other relation holds
 * in all dimensions is the first and second fundamental theorem of the invariants of orthogonal
 * groups: products that are different in this form are linearly independent once dimensions are
 * large enough. A dimension named by a number other than one counts as a variable.
 *
 * <p>Words are added and multiplied by {@link MatrixWordArithmetic}.
 */
public final class MatrixWord {
    private final Shape shape;
    private final SortedMap<Monomial, BigRational> terms;

    /**
     * A symbol or its transpose.
     *
     * @param symbol the symbol
     * @param transposed whether it is transposed; never true where that changes nothing
     */
    public record Letter(MatrixSymbol symbol, boolean transposed) implements Comparable<Letter> {
        private static final Comparator<Letter> ORDER =
                Comparator.comparing(Letter::symbol).thenComparing(Letter::transposed);

        /** Drops a transposition that changes nothing. */
        public Letter {
            transposed = transposed && !symbol.isSymmetric();
        }

        /** The shape, transposed where the symbol is. */
        public Shape shape() {
            return transposed ? symbol.shape().transpose() : symbol.shape();
        }

        /** The transpose. */
        public Letter transpose() {
            return new Letter(symbol, !transposed);
        }

        @Override
        public int compareTo(Letter other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return transposed ? symbol + "'" : symbol.name();
        }
    }

    /**
     * A product of letters in this order; the identity if there is none.
     *
     * @param letters the factors, of fitting shapes
     */
    public record Product(List<Letter> letters) implements Comparable<Product> {
        private static final Comparator<List<Letter>> ORDER = lexicographic();

        /** Copies the list. */
        public Product {
            letters = List.copyOf(letters);
        }

        /** The transpose: the letters transposed, in the other order. */
        public Product transpose() {
            List<Letter> reversed = new ArrayList<>();
            for (Letter letter : letters) {
                reversed.add(0, letter.transpose());
            }
            return new Product(reversed);
        }

        @Override
        public int compareTo(Product other) {
            return ORDER.compare(letters, other.letters);
        }

        @Override
        public String toString() {
            return String.join("*", letters.stream().map(Letter::toString).toList());
        }
    }

    /**
     * A power of a number.
     *
     * @param base a product of shape 1 x 1, the smaller of itself and its transpose
     * @param exponent not zero; negative for nonzero symbols only
     */
    public record Power(Product base, int exponent) implements Comparable<Power> {
        private static final Comparator<Power> ORDER =
                Comparator.comparing(Power::base).thenComparing(Power::exponent);

        /** Whether the base is a nonzero symbol. */
        public boolean isInvertible() {
            // such a symbol is a scalar, and no longer product contains one
            return base.letters().get(0).symbol().kind() == MatrixSymbol.Kind.NONZERO;
        }

        @Override
        public int compareTo(Power other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            String text = base.letters().size() == 1 ? base.toString() : "(" + base + ")";
            return exponent == 1 ? text : text + "^" + exponent;
        }
    }

    /**
     * Numbers times a product of matrices.
     *
     * @param scalars powers of different bases, in order
     * @param product the matrices; empty for an identity matrix and wherever the shape is 1 x 1
     */
    public record Monomial(List<Power> scalars, Product product) implements Comparable<Monomial> {
        private static final Comparator<List<Power>> POWERS = lexicographic();
        static final Monomial ONE = new Monomial(List.of(), new Product(List.of()));

        /** Copies the list. */
        public Monomial {
            scalars = List.copyOf(scalars);
        }

        @Override
        public int compareTo(Monomial other) {
            int order = POWERS.compare(scalars, other.scalars);
            return order == 0 ? product.compareTo(other.product) : order;
        }

        Monomial multiply(Monomial right) {
            SortedMap<Product, Integer> powers = new TreeMap<>();
            scalars.forEach(power -> raise(powers, power.base(), power.exponent()));
            right.scalars.forEach(power -> raise(powers, power.base(), power.exponent()));
            List<Letter> letters = new ArrayList<>(product.letters());
            letters.addAll(right.product.letters());
            return normal(powers, letters);
        }

        Monomial transpose() {
            return new Monomial(scalars, product.transpose());
        }

        /** Cuts a product at every junction of dimension one and moves the numbers to the front. */
        static Monomial normal(SortedMap<Product, Integer> powers, List<Letter> letters) {
            List<Letter> kept = new ArrayList<>();
            int from = 0;
            for (int i = 0; i < letters.size(); i++) {
                boolean isUnit = letters.get(i).shape().columns().equals(Shape.SCALAR.columns());
                if (isUnit || i == letters.size() - 1) {
                    List<Letter> piece = letters.subList(from, i + 1);
                    if (isUnit && piece.get(0).shape().rows().equals(Shape.SCALAR.rows())) {
                        Product number = new Product(piece);
                        Product transpose = number.transpose();
                        raise(powers, number.compareTo(transpose) <= 0 ? number : transpose, 1);
                    } else {
                        kept.addAll(piece);
                    }
                    from = i + 1;
                }
            }
            List<Power> scalars = new ArrayList<>();
            powers.forEach((base, exponent) -> scalars.add(new Power(base, exponent)));
            return new Monomial(scalars, new Product(kept));
        }

        private static void raise(SortedMap<Product, Integer> powers, Product base, int exponent) {
            int sum = Math.addExact(powers.getOrDefault(base, 0), exponent);
            if (sum == 0) {
                powers.remove(base);
            } else {
                powers.put(base, sum);
            }
        }
    }

    MatrixWord(Shape shape, Map<Monomial, BigRational> terms) {
        this.shape = shape;
        SortedMap<Monomial, BigRational> nonzero = new TreeMap<>();
        terms.forEach((monomial, coefficient) -> {
            if (!RationalField.INSTANCE.isZero(coefficient)) {
                nonzero.put(monomial, coefficient);
            }
        });
        this.terms = Collections.unmodifiableSortedMap(nonzero);
    }

    /** The word of a single symbol. */
    public static MatrixWord of(MatrixSymbol symbol) {
        return of(new Letter(symbol, false));
    }

    /** The word of a single symbol or its transpose. */
    public static MatrixWord of(Letter letter) {
        Monomial monomial = Monomial.normal(new TreeMap<>(), List.of(letter));
        return new MatrixWord(letter.shape(), Map.of(monomial, BigRational.ONE));
    }

    /**
     * The word of a single power.
     *
     * @throws IllegalArgumentException unless it could be one of {@link Monomial#scalars}
     */
    public static MatrixWord of(Power power) {
        Monomial base = Monomial.normal(new TreeMap<>(), power.base().letters());
        boolean isNormal = base.scalars().equals(List.of(new Power(power.base(), 1)))
                && base.product().letters().isEmpty();
        if (!isNormal || power.exponent() == 0 || (power.exponent() < 0 && !power.isInvertible())) {
            throw new IllegalArgumentException("expected a power of a scalar in normal form, got " + power);
        }
        return new MatrixWord(Shape.SCALAR, Map.of(new Monomial(List.of(power), base.product()), BigRational.ONE));
    }

    /** The shape. */
    public Shape shape() {
        return shape;
    }

    /** The nonzero coefficients, in a fixed order, unmodifiable. */
    public SortedMap<Monomial, BigRational> terms() {
        return terms;
    }

    /** The symbols that occur. */
    public SortedSet<MatrixSymbol> symbols() {
        SortedSet<MatrixSymbol> symbols = new TreeSet<>();
        for (Monomial monomial : terms.keySet()) {
            monomial.product().letters().forEach(letter -> symbols.add(letter.symbol()));
            monomial.scalars().forEach(power -> power.base().letters().forEach(letter -> symbols.add(letter.symbol())));
        }
        return symbols;
    }

    /**
     * The value where the symbols have the given meaning.
     *
     * @throws IllegalArgumentException if a value does not have the shape or the kind of its symbol,
     *     or one is missing
     * @throws ArithmeticException if a value to be inverted has no inverse
     */
    public <F> F evaluate(Interpretation<F> interpretation) {
        Arithmetic<F> arithmetic = interpretation.arithmetic();
        F sum = arithmetic.zero(interpretation.shape(shape));
        for (Map.Entry<Monomial, BigRational> term : terms.entrySet()) {
            F value = interpretation.constant(term.getValue());
            for (Power power : term.getKey().scalars()) {
                F base = evaluate(interpretation, power.base());
                F factor = power.exponent() > 0 ? base : interpretation.invert(base);
                for (int k = Math.absExact(power.exponent()); k > 0; k--) {
                    value = arithmetic.multiply(value, factor);
                }
            }
            Product product = term.getKey().product();
            if (!product.letters().isEmpty()) {
                value = arithmetic.multiply(value, evaluate(interpretation, product));
            } else if (!shape.equals(Shape.SCALAR)) {
                value = arithmetic.multiply(value, arithmetic.one(interpretation.shape(shape)));
            }
            sum = arithmetic.add(sum, value);
        }
        return sum;
    }

    private static <F> F evaluate(Interpretation<F> interpretation, Product product) {
        F value = evaluate(interpretation, product.letters().get(0));
        for (Letter letter : product.letters().subList(1, product.letters().size())) {
            value = interpretation.arithmetic().multiply(value, evaluate(interpretation, letter));
        }
        return value;
    }

    private static <F> F evaluate(Interpretation<F> interpretation, Letter letter) {
        Arithmetic<F> arithmetic = interpretation.arithmetic();
        MatrixSymbol symbol = letter.symbol();
        F value = interpretation.symbol(symbol);
        Shape expected = interpretation.shape(symbol.shape());
        if (!arithmetic.shape(value).equals(expected)) {
            throw new IllegalArgumentException(
                    "expected a value of shape " + expected + " for " + symbol + ", got " + arithmetic.shape(value));
        }
        if (symbol.kind() == MatrixSymbol.Kind.SYMMETRIC && !arithmetic.equal(value, arithmetic.transpose(value))) {
            throw new IllegalArgumentException(
                    "expected a symmetric value for " + symbol + ", got " + arithmetic.show(value));
        }
        if (symbol.kind() == MatrixSymbol.Kind.NONZERO && arithmetic.isZero(value)) {
            throw new IllegalArgumentException("expected a nonzero value for " + symbol + ", got 0");
        }
        return letter.transposed() ? arithmetic.transpose(value) : value;
    }

    /** Shorter lists first, then by the first difference. */
    private static <T extends Comparable<T>> Comparator<List<T>> lexicographic() {
        return Comparator.<List<T>>comparingInt(List::size).thenComparing((left, right) -> {
            for (int i = 0; i < left.size(); i++) {
                int order = left.get(i).compareTo(right.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MatrixWord word && shape.equals(word.shape) && terms.equals(word.terms);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + terms.hashCode();
    }

    /** The terms in order, as in {@code q'*X'*X + alpha*y'*X}; identity matrices are I. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        terms.forEach((monomial, coefficient) -> {
            List<String> factors = new ArrayList<>();
            monomial.scalars().forEach(power -> factors.add(power.toString()));
            if (!monomial.product().letters().isEmpty()) {
                factors.add(monomial.product().toString());
            } else if (!shape.equals(Shape.SCALAR)) {
                factors.add("I");
            }
            boolean isNegative = RationalField.INSTANCE.signum(coefficient) < 0;
            BigRational size = RationalField.INSTANCE.abs(coefficient);
            if (factors.isEmpty() || !size.equals(BigRational.ONE)) {
                factors.add(0, RationalField.INSTANCE.show(size));
            }
            if (text.isEmpty()) {
                text.append(isNegative ? "-" : "");
            } else {
                text.append(isNegative ? " - " : " + ");
            }
            text.append(String.join("*", factors));
        });
        return text.isEmpty() ? "0" : text.toString();
    }
}

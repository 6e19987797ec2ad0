package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.NotProved.require;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Atom.Kind;
import org.loopcert.kernel.proof.Atom.Letter;
import org.loopcert.kernel.proof.Atom.Word;
import org.loopcert.kernel.proof.NotProved.Reason;

/** Inverses, norms, roots and the other functions of one argument, with the identities that hold wherever they are defined. */
final class Functions {
    private static final Fraction MINUS_ONE = Fraction.of(-1);

    private final Rewriter rewriter;
    private final Signs signs;
    private final Blocks blocks;

    Functions(Rewriter rewriter, Signs signs, Blocks blocks) {
        this.rewriter = rewriter;
        this.signs = signs;
        this.blocks = blocks;
    }

    BlockMatrix apply(Term.Kind function, BlockMatrix argument) throws NotProved {
        return switch (function) {
            case TRACE -> BlockMatrix.of(trace(argument));
            case DIAG -> diagonal(argument);
            case EXP_ENTRYWISE ->
                BlockMatrix.of(argument.heights(), argument.widths(), (i, j) -> entrywise(argument.get(i, j)));
            case NORM -> BlockMatrix.of(norm(argument));
            case NORM_INF -> BlockMatrix.of(maximumNorm(argument));
            case SPECTRAL_NORM -> BlockMatrix.of(argument.shape().isVector() ? norm(argument) : spectralNorm(argument));
            case LAMBDA_MAX, LAMBDA_MIN -> BlockMatrix.of(extremeEigenvalue(function, argument));
            case EXP -> BlockMatrix.of(Rewriter.exponential(argument.get(0, 0)));
            case LOG -> BlockMatrix.of(logarithm(argument.get(0, 0)));
            case SQRT -> BlockMatrix.of(root(argument.get(0, 0)));
            case ABS -> BlockMatrix.of(absolute(argument.get(0, 0)));
            default -> throw new IllegalArgumentException("not a function: " + function);
        };
    }

    private Polynomial trace(BlockMatrix argument) throws NotProved {
        BlockMatrix square = blocks.add(argument, zero(argument));
        Polynomial sum = Polynomial.zero(Shape.SCALAR);
        for (int i = 0; i < square.heights().size(); i++) {
            sum = sum.add(rewriter.trace(square.get(i, i)));
        }
        return sum;
    }

    /** Zero in the transposed partition, so that adding it makes the diagonal blocks square. */
    private static BlockMatrix zero(BlockMatrix like) throws NotProved {
        return BlockMatrix.of(
                like.widths(),
                like.heights(),
                (i, j) -> Polynomial.zero(
                        new Shape(like.widths().get(i), like.heights().get(j))));
    }

    private BlockMatrix diagonal(BlockMatrix vector) throws NotProved {
        return BlockMatrix.of(vector.heights(), vector.heights(), (i, j) -> {
            LinearForm rows = vector.heights().get(i);
            return i == j
                    ? diagonal(vector.get(i, 0))
                    : Polynomial.zero(new Shape(rows, vector.heights().get(j)));
        });
    }

    private Polynomial diagonal(Polynomial vector) throws NotProved {
        LinearForm size = vector.shape().rows();
        if (size.isOne()) {
            return vector;
        }
        Polynomial sum = Polynomial.zero(new Shape(size, size));
        for (Map.Entry<Monomial, Fraction> each : vector.terms().entrySet()) {
            Word word = each.getKey().word();
            boolean ones =
                    word.letters().size() == 1 && word.letters().get(0).atom().kind() == Kind.ONES;
            Polynomial matrix = ones
                    ? Polynomial.identity(size)
                    : Polynomial.of(new Atom(Kind.DIAG, word.key(), sum.shape(), word, true));
            Polynomial scalars = Polynomial.of(Shape.SCALAR, each.getKey().withWord(Word.EMPTY), each.getValue());
            sum = sum.add(rewriter.multiply(scalars, matrix));
        }
        return sum;
    }

    private Polynomial entrywise(Polynomial argument) throws NotProved {
        if (argument.shape().isScalar()) {
            return Rewriter.exponential(argument);
        }
        if (argument.isZero()) {
            return rewriter.multiply(
                    Rewriter.ones(argument.shape().rows(), false),
                    Rewriter.ones(argument.shape().columns(), true));
        }
        Polynomial mirrored = rewriter.transpose(argument);
        boolean flip = mirrored.key().compareTo(argument.key()) < 0;
        Polynomial kept = flip ? mirrored : argument;
        Atom atom = new Atom(Kind.ENTRYWISE, kept.key(), kept.shape(), null, mirrored.equals(argument));
        return Rewriter.letter(atom, flip);
    }

    /** |v| = sqrt(v'v). */
    private Polynomial norm(BlockMatrix vector) throws NotProved {
        BlockMatrix column = vector.shape().columns().isOne() ? vector : blocks.transpose(vector);
        return squareRoot(blocks.multiply(blocks.transpose(column), column).get(0, 0));
    }

    private Polynomial maximumNorm(BlockMatrix vector) throws NotProved {
        BlockMatrix column = vector.shape().columns().isOne() ? vector : blocks.transpose(vector);
        if (column.shape().isScalar()) {
            return absolute(column.get(0, 0));
        }
        if (!column.isSingle()) {
            return Polynomial.of(Atom.function(Term.Kind.NORM_INF, column.key()));
        }
        Factored parts = factor(column.get(0, 0));
        return parts.rest().isZero()
                ? Polynomial.zero(Shape.SCALAR)
                : rewriter.multiply(
                        absolute(parts.scalar()),
                        Polynomial.of(
                                Atom.function(Term.Kind.NORM_INF, parts.rest().key())));
    }

    private Polynomial spectralNorm(BlockMatrix matrix) throws NotProved {
        if (!matrix.isSingle()) {
            return Polynomial.of(Atom.function(Term.Kind.SPECTRAL_NORM, matrix.key()));
        }
        Factored parts = factor(matrix.get(0, 0));
        Polynomial rest = parts.rest();
        if (rest.isZero() || rest.isNumber()) {
            return rest.isZero() ? Polynomial.zero(Shape.SCALAR) : absolute(parts.scalar());
        }
        Word word = rest.leading().word();
        boolean square = rest.terms().size() == 1 && rest.leading().powers().isEmpty() && Signs.isSquare(word);
        if (square) {
            Polynomial half = spectralNorm(
                    word.part(word.letters().size() / 2, word.letters().size()));
            return rewriter.multiply(absolute(parts.scalar()), rewriter.multiply(half, half));
        }
        return rewriter.multiply(absolute(parts.scalar()), spectralNorm(rest));
    }

    private Polynomial spectralNorm(Word word) throws NotProved {
        Shape shape = new Shape(
                word.letters().get(0).shape().rows(),
                word.letters().get(word.letters().size() - 1).shape().columns());
        return spectralNorm(BlockMatrix.of(Polynomial.of(shape, Monomial.ONE.withWord(word), Fraction.ONE)));
    }

    private Polynomial spectralNorm(Polynomial matrix) throws NotProved {
        if (matrix.shape().isVector()) {
            return norm(BlockMatrix.of(matrix));
        }
        String key = matrix.key();
        String mirrored = rewriter.transpose(matrix).key();
        return Polynomial.of(Atom.function(Term.Kind.SPECTRAL_NORM, key.compareTo(mirrored) <= 0 ? key : mirrored));
    }

    /** An extreme eigenvalue of a symmetric matrix: shifts by multiples of I and scalar factors of known sign come out. */
    private Polynomial extremeEigenvalue(Term.Kind function, BlockMatrix matrix) throws NotProved {
        BlockMatrix difference = blocks.add(matrix, blocks.scale(blocks.transpose(matrix), -1));
        for (List<Polynomial> row : difference.blocks()) {
            for (Polynomial each : row) {
                require(rewriter.clear(each).isZero(), Reason.UNDEFINED, "a symmetric matrix", matrix);
            }
        }
        if (!matrix.isSingle()) {
            return Polynomial.of(Atom.function(function, matrix.key()));
        }
        Polynomial shift = Polynomial.zero(Shape.SCALAR);
        Polynomial rest = matrix.get(0, 0);
        if (rest.shape().isScalar()) {
            return rest;
        }
        for (Map.Entry<Monomial, Fraction> each : matrix.get(0, 0).terms().entrySet()) {
            if (each.getKey().word().isEmpty()) {
                shift = shift.add(Polynomial.of(Shape.SCALAR, each.getKey(), each.getValue()));
                rest = rest.subtract(Polynomial.of(rest.shape(), each.getKey(), each.getValue()));
            }
        }
        if (rest.isZero()) {
            return shift;
        }
        Factored parts = factor(rest);
        Term.Kind other = function == Term.Kind.LAMBDA_MAX ? Term.Kind.LAMBDA_MIN : Term.Kind.LAMBDA_MAX;
        Polynomial value;
        if (signs.isNonNegative(parts.scalar())) {
            value = rewriter.multiply(parts.scalar(), eigenvalue(function, parts.rest()));
        } else if (signs.isNonNegative(parts.scalar().scale(MINUS_ONE))) {
            value = rewriter.multiply(parts.scalar(), eigenvalue(other, parts.rest()));
        } else {
            value = eigenvalue(function, rest);
        }
        return shift.add(value);
    }

    private static Polynomial eigenvalue(Term.Kind function, Polynomial matrix) {
        return Polynomial.of(Atom.function(function, matrix.key()));
    }

    private Polynomial logarithm(Polynomial argument) throws NotProved {
        require(signs.isPositive(argument), Reason.UNDEFINED, "the logarithm of a positive number", argument);
        if (argument.isNumber() && argument.number().equals(Fraction.ONE)) {
            return Polynomial.zero(Shape.SCALAR);
        }
        boolean single = argument.terms().size() == 1;
        if (single
                && argument.leading().powers().size() == 1
                && argument.number().equals(Fraction.ONE)) {
            Atom atom = argument.leading().powers().firstKey();
            if (atom.kind() == Kind.EXP && argument.leading().exponent(atom).isOne()) {
                return atom.polynomial();
            }
        }
        boolean factors = single
                && !argument.isNumber()
                && argument.leading().powers().keySet().stream()
                        .allMatch(each -> signs.isPositive(Polynomial.of(each)));
        if (!factors) {
            return Polynomial.of(Atom.of(Kind.LOG, argument, Shape.SCALAR, true));
        }
        Polynomial sum = logarithm(Polynomial.number(argument.coefficient(argument.leading())));
        for (Map.Entry<Atom, LinearForm> each : argument.leading().powers().entrySet()) {
            Polynomial factor = each.getKey().kind() == Kind.EXP
                    ? each.getKey().polynomial()
                    : Polynomial.of(Atom.of(Kind.LOG, Polynomial.of(each.getKey()), Shape.SCALAR, true));
            sum = sum.add(rewriter.multiply(Polynomial.integer(each.getValue()), factor));
        }
        return sum;
    }

    private Polynomial root(Polynomial argument) throws NotProved {
        require(signs.isNonNegative(argument), Reason.UNDEFINED, "the root of a number of at least zero", argument);
        return squareRoot(argument);
    }

    /**
     * The root of what is at least zero: squares come out as absolute values. Where a factor that came out is zero, so
     * is the root, whatever remains under it.
     */
    private Polynomial squareRoot(Polynomial argument) throws NotProved {
        if (argument.isZero()) {
            return argument;
        }
        Factored parts = factor(argument);
        Polynomial outside = Polynomial.number(Fraction.ONE);
        Polynomial inside = parts.rest();
        Monomial scalar = parts.scalar().leading();
        for (Map.Entry<Atom, LinearForm> each : scalar.powers().entrySet()) {
            BigInteger exponent = each.getValue().constant();
            BigInteger odd = exponent.mod(BigInteger.TWO);
            BigInteger half = exponent.subtract(odd).shiftRight(1);
            Polynomial atom = Polynomial.of(each.getKey());
            outside = rewriter.multiply(outside, absolute(rewriter.power(atom, LinearForm.of(half))));
            inside = rewriter.multiply(inside, rewriter.power(atom, LinearForm.of(odd)));
        }
        // sqrt(p/q) = sqrt(p q) / q, and squares of small primes come out
        Fraction number = parts.scalar().coefficient(scalar);
        BigInteger radicand = number.numerator().multiply(number.denominator());
        Fraction square = Fraction.of(BigInteger.ONE, number.denominator());
        for (long p = 2; p < 1000; p++) {
            BigInteger prime = BigInteger.valueOf(p);
            while (radicand.mod(prime.multiply(prime)).signum() == 0) {
                radicand = radicand.divide(prime.multiply(prime));
                square = square.multiply(Fraction.of(prime));
            }
        }
        BigInteger whole = radicand.abs().sqrt();
        if (radicand.equals(whole.multiply(whole))) {
            square = square.multiply(Fraction.of(whole));
            radicand = BigInteger.ONE;
        }
        inside = inside.scale(Fraction.of(radicand));
        outside = outside.scale(square);
        boolean one = inside.isNumber() && inside.number().equals(Fraction.ONE);
        return one
                ? outside
                : rewriter.multiply(outside, Polynomial.of(Atom.of(Kind.SQRT, inside, Shape.SCALAR, true)));
    }

    private Polynomial absolute(Polynomial argument) throws NotProved {
        if (signs.isNonNegative(argument)) {
            return argument;
        }
        if (signs.isNonNegative(argument.scale(MINUS_ONE))) {
            return argument.scale(MINUS_ONE);
        }
        Factored parts = factor(argument);
        Monomial scalar = parts.scalar().leading();
        Polynomial product =
                Polynomial.number(parts.scalar().coefficient(scalar).abs());
        SortedMap<Atom, LinearForm> powers = new TreeMap<>(scalar.powers());
        if (argument.terms().size() == 1) {
            powers.putAll(argument.leading().powers());
        } else {
            product = rewriter.multiply(product, absoluteAtom(parts.rest()));
        }
        for (Map.Entry<Atom, LinearForm> each : powers.entrySet()) {
            LinearForm exponent = each.getValue();
            boolean even = exponent.isConstant() && !exponent.constant().testBit(0);
            Polynomial atom = Polynomial.of(each.getKey());
            Polynomial size = even || signs.isNonNegative(atom) ? atom : absoluteAtom(atom);
            product = rewriter.multiply(product, rewriter.power(size, exponent));
        }
        return product;
    }

    private static Polynomial absoluteAtom(Polynomial argument) {
        return Polynomial.of(Atom.of(Kind.ABS, argument, Shape.SCALAR, true));
    }

    /** scalar x rest: the common powers and the leading coefficient taken out. */
    private record Factored(Polynomial scalar, Polynomial rest) {}

    private Factored factor(Polynomial polynomial) {
        if (polynomial.isZero()) {
            return new Factored(Polynomial.number(Fraction.ONE), polynomial);
        }
        SortedMap<Atom, LinearForm> common = Rewriter.common(polynomial);
        Fraction leading = polynomial.coefficient(polynomial.leading());
        Polynomial rest = Rewriter.without(polynomial, common).scale(Fraction.ONE.divide(leading));
        return new Factored(Polynomial.of(Shape.SCALAR, new Monomial(common, Word.EMPTY), leading), rest);
    }

    /** The inverse of a matrix that is known to have one. */
    BlockMatrix inverse(BlockMatrix matrix, Normalizer known) throws NotProved {
        if (matrix.shape().isScalar()) {
            return BlockMatrix.of(rewriter.power(matrix.get(0, 0), LinearForm.of(-1)));
        }
        boolean identity = matrix.isSingle()
                && matrix.get(0, 0).isNumber()
                && !matrix.get(0, 0).isZero();
        if (identity) {
            return BlockMatrix.of(matrix.get(0, 0)
                    .scale(Fraction.ONE
                            .divide(matrix.get(0, 0).number())
                            .divide(matrix.get(0, 0).number())));
        }
        if (matrix.isSingle()) {
            List<Letter> letters = new ArrayList<>(
                    matrix.get(0, 0).isZero()
                            ? List.of()
                            : matrix.get(0, 0).leading().word().letters());
            boolean single = letters.size() == 1
                    && letters.get(0).atom().kind() == Kind.INVERSE
                    && matrix.get(0, 0)
                            .equals(Rewriter.letter(
                                    letters.get(0).atom(), letters.get(0).transposed()));
            if (single) {
                BlockMatrix inner = letters.get(0).atom().blocks();
                return letters.get(0).transposed() ? blocks.transpose(inner) : inner;
            }
            Factored parts = factor(matrix.get(0, 0));
            boolean plain = parts.scalar().isNumber() && parts.scalar().number().equals(Fraction.ONE);
            if (!plain && signs.isNonZero(parts.scalar())) {
                BlockMatrix rest = inverse(BlockMatrix.of(parts.rest()), known);
                return blocks.scale(rest, rewriter.power(parts.scalar(), LinearForm.of(-1)));
            }
        }
        require(known.isInvertible(matrix), Reason.UNDEFINED, "an invertible matrix", matrix);
        BlockMatrix mirrored = blocks.transpose(matrix);
        boolean symmetric = mirrored.key().equals(matrix.key());
        boolean flip = mirrored.key().compareTo(matrix.key()) < 0;
        BlockMatrix kept = flip ? mirrored : matrix;
        Atom atom = new Atom(Kind.INVERSE, kept.key(), matrix.shape(), kept, symmetric);
        rewriter.introduce(atom);
        return BlockMatrix.of(Rewriter.letter(atom, flip));
    }
}

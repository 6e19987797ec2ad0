package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.NotProved.require;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Atom.Kind;
import org.loopcert.kernel.proof.Atom.Letter;
import org.loopcert.kernel.proof.Atom.Word;
import org.loopcert.kernel.proof.Blocks.BlockMatrix;
import org.loopcert.kernel.proof.NotProved.Reason;
import org.loopcert.kernel.proof.Polynomial.Monomial;

/**
 * Inverses, norms, roots and the other functions of one argument, with the identities that hold wherever they are defined;
 * sums over an index.
 */
record Functions(Rewriter rewriter, Signs signs, Blocks blocks) {
    private static final Fraction MINUS_ONE = Fraction.of(-1);

    BlockMatrix apply(Term.Kind function, BlockMatrix argument) throws NotProved {
        if (function == Term.Kind.DIAG) {
            List<LinearForm> sizes = argument.heights();
            return BlockMatrix.of(
                    sizes,
                    sizes,
                    (i, j) -> i == j
                            ? diagonal(argument.get(i, 0))
                            : Polynomial.zero(new Shape(sizes.get(i), sizes.get(j))));
        }
        if (function == Term.Kind.EXP_ENTRYWISE) {
            return BlockMatrix.of(argument.heights(), argument.widths(), (i, j) -> entrywise(argument.get(i, j)));
        }
        return BlockMatrix.of(
                switch (function) {
                    case TRACE -> trace(argument);
                    case NORM -> norm(argument);
                    case NORM_INF -> maximumNorm(argument);
                    case SPECTRAL_NORM -> spectralNorm(argument);
                    case LAMBDA_MAX, LAMBDA_MIN -> extremeEigenvalue(function, argument);
                    case EXP -> Rewriter.exponential(argument.get(0, 0));
                    case LOG -> logarithm(argument.get(0, 0));
                    case SQRT -> {
                        boolean defined = signs.isNonNegative(argument.get(0, 0));
                        require(defined, Reason.UNDEFINED, "the root of a number of at least zero", argument);
                        yield squareRoot(argument.get(0, 0));
                    }
                    case ABS -> absolute(argument.get(0, 0));
                    default -> throw new IllegalArgumentException("not a function: " + function);
                });
    }

    private Polynomial trace(BlockMatrix argument) throws NotProved {
        // adding zero in the transposed partition makes the diagonal blocks square
        List<LinearForm> rows = argument.widths();
        List<LinearForm> columns = argument.heights();
        BlockMatrix zero =
                BlockMatrix.of(rows, columns, (i, j) -> Polynomial.zero(new Shape(rows.get(i), columns.get(j))));
        BlockMatrix square = blocks.add(argument, zero);
        Polynomial sum = Polynomial.zero(Shape.SCALAR);
        for (int i = 0; i < square.heights().size(); i++) {
            sum = sum.add(rewriter.trace(square.get(i, i)));
        }
        return sum;
    }

    private Polynomial diagonal(Polynomial vector) throws NotProved {
        LinearForm size = vector.shape().rows();
        if (size.isOne()) {
            return vector;
        }
        Shape square = new Shape(size, size);
        return vector.map(square, each -> {
            Word word = each.word();
            boolean ones = word.equals(Rewriter.ones(size, false).leading().word());
            Atom atom = new Atom(Kind.DIAG, word.key(), square, word, true);
            Polynomial matrix = ones ? Polynomial.identity(size) : Polynomial.of(atom);
            return rewriter.multiply(Polynomial.scalar(each.powers(), Fraction.ONE), matrix);
        });
    }

    private Polynomial entrywise(Polynomial argument) throws NotProved {
        if (argument.shape().isScalar()) {
            return Rewriter.exponential(argument);
        }
        if (argument.isZero()) {
            return rewriter.ones(argument.shape());
        }
        Polynomial mirrored = rewriter.transpose(argument);
        boolean flip = mirrored.key().compareTo(argument.key()) < 0;
        Polynomial kept = flip ? mirrored : argument;
        return Polynomial.letter(Atom.of(Kind.ENTRYWISE, kept, kept.shape(), mirrored.equals(argument)), flip);
    }

    private BlockMatrix column(BlockMatrix vector) throws NotProved {
        return vector.shape().columns().isOne() ? vector : blocks.transpose(vector);
    }

    /** |v| = sqrt(v'v). */
    private Polynomial norm(BlockMatrix vector) throws NotProved {
        BlockMatrix column = column(vector);
        return squareRoot(blocks.multiply(blocks.transpose(column), column).get(0, 0));
    }

    private Polynomial maximumNorm(BlockMatrix vector) throws NotProved {
        BlockMatrix column = column(vector);
        if (!column.isSingle()) {
            return unknown(Term.Kind.NORM_INF, column.key());
        }
        Polynomial single = column.get(0, 0);
        if (single.isZero() || single.shape().isScalar()) {
            return single.isZero() ? Polynomial.zero(Shape.SCALAR) : absolute(single);
        }
        Rewriter.Factored parts = Rewriter.factor(single);
        Polynomial size = unknown(Term.Kind.NORM_INF, parts.rest().key());
        return rewriter.multiply(absolute(parts.scalar()), size);
    }

    private Polynomial unknown(Term.Kind function, String argument) throws NotProved {
        return rewriter.normal(Atom.function(function, argument));
    }

    /** |c A| = |c| |A|, |A'| = |A|, |A'A| = |A|^2. */
    private Polynomial spectralNorm(BlockMatrix matrix) throws NotProved {
        if (matrix.shape().isVector()) {
            return norm(matrix);
        }
        if (!matrix.isSingle()) {
            return unknown(Term.Kind.SPECTRAL_NORM, matrix.key());
        }
        Rewriter.Factored parts = Rewriter.factor(matrix.get(0, 0));
        Polynomial rest = parts.rest();
        if (rest.isNumber()) {
            return rest.isZero() ? Polynomial.zero(Shape.SCALAR) : absolute(parts.scalar());
        }
        Word word = rest.leading().word();
        String mirrored = rewriter.transpose(rest).key();
        String least = rest.key().compareTo(mirrored) <= 0 ? rest.key() : mirrored;
        Polynomial size = unknown(Term.Kind.SPECTRAL_NORM, least);
        if (!word.isEmpty() && rest.equals(Polynomial.of(word)) && Signs.isSquare(word)) {
            Word half = word.part(word.letters().size() / 2, word.letters().size());
            Polynomial root = spectralNorm(BlockMatrix.of(Polynomial.of(half)));
            size = rewriter.multiply(root, root);
        }
        return rewriter.multiply(absolute(parts.scalar()), size);
    }

    /** An extreme eigenvalue of a symmetric matrix: shifts by multiples of I and scalar factors of known sign come out. */
    private Polynomial extremeEigenvalue(Term.Kind function, BlockMatrix matrix) throws NotProved {
        BlockMatrix difference = blocks.subtract(matrix, blocks.transpose(matrix));
        require(rewriter.isZero(difference), Reason.UNDEFINED, "a symmetric matrix", matrix);
        if (!matrix.isSingle() || matrix.shape().isScalar()) {
            return matrix.isSingle() ? matrix.get(0, 0) : unknown(function, matrix.key());
        }
        Polynomial all = matrix.get(0, 0);
        Polynomial none = Polynomial.zero(all.shape());
        Polynomial rest = all.map(
                all.shape(), each -> each.word().isEmpty() ? none : Polynomial.of(all.shape(), each, Fraction.ONE));
        Polynomial shift = all.subtract(rest).map(Shape.SCALAR, each -> Polynomial.scalar(each.powers(), Fraction.ONE));
        if (rest.isZero()) {
            return shift;
        }
        Rewriter.Factored parts = Rewriter.factor(rest);
        boolean keeps = signs.isNonNegative(parts.scalar());
        boolean turns = signs.isNonNegative(parts.scalar().scale(MINUS_ONE));
        if (!keeps && !turns) {
            return shift.add(unknown(function, rest.key()));
        }
        Term.Kind other = function == Term.Kind.LAMBDA_MAX ? Term.Kind.LAMBDA_MIN : Term.Kind.LAMBDA_MAX;
        Polynomial value = unknown(keeps ? function : other, parts.rest().key());
        return shift.add(rewriter.multiply(parts.scalar(), value));
    }

    /** log 1 = 0, log exp a = a, log (a b) = log a + log b for positive a, b. */
    private Polynomial logarithm(Polynomial argument) throws NotProved {
        require(signs.isPositive(argument), Reason.UNDEFINED, "the logarithm of a positive number", argument);
        if (argument.isOne()) {
            return Polynomial.zero(Shape.SCALAR);
        }
        Map<Atom, LinearForm> powers = argument.leading().powers();
        boolean splits = argument.terms().size() == 1
                && !argument.isNumber()
                && powers.keySet().stream().allMatch(each -> signs.isPositive(each.value()));
        if (!splits) {
            return Polynomial.of(Atom.of(Kind.LOG, argument, Shape.SCALAR, true));
        }
        Polynomial sum = logarithm(Polynomial.number(argument.coefficient(argument.leading())));
        for (Map.Entry<Atom, LinearForm> each : powers.entrySet()) {
            Polynomial factor = each.getKey().kind() == Kind.EXP
                    ? each.getKey().polynomial()
                    : Polynomial.of(Atom.of(Kind.LOG, each.getKey().value(), Shape.SCALAR, true));
            sum = sum.add(rewriter.multiply(Polynomial.integer(each.getValue()), factor));
        }
        return sum;
    }

    /**
     * The root of what is at least zero: squares come out as absolute values. Where a factor that came out is zero, so
     * is the root, whatever remains under it.
     */
    private Polynomial squareRoot(Polynomial argument) throws NotProved {
        if (argument.isZero()) {
            return argument;
        }
        Rewriter.Factored parts = Rewriter.factor(argument);
        Polynomial outside = Polynomial.number(Fraction.ONE);
        Polynomial inside = parts.rest();
        Monomial scalar = parts.scalar().leading();
        Map<Polynomial, BigInteger> factors = new LinkedHashMap<>();
        scalar.powers().forEach((atom, exponent) -> factors.put(atom.value(), exponent.constant()));
        // a number to an exponent may stand beside the coefficient with the same prime
        Rewriter.factors(parts.scalar().coefficient(scalar))
                .forEach((base, count) -> factors.merge(Polynomial.number(Fraction.of(base)), count, BigInteger::add));
        for (Map.Entry<Polynomial, BigInteger> each : factors.entrySet()) {
            BigInteger odd = each.getValue().mod(BigInteger.TWO);
            LinearForm half = LinearForm.of(each.getValue().subtract(odd).shiftRight(1));
            outside = rewriter.multiply(outside, absolute(rewriter.power(each.getKey(), half)));
            inside = rewriter.multiply(inside, rewriter.power(each.getKey(), LinearForm.of(odd)));
        }
        Polynomial root = inside.isOne() ? inside : Polynomial.of(Atom.of(Kind.SQRT, inside, Shape.SCALAR, true));
        return rewriter.multiply(outside, root);
    }

    /** |a b| = |a| |b|. */
    private Polynomial absolute(Polynomial argument) throws NotProved {
        boolean keeps = signs.isNonNegative(argument);
        if (keeps || signs.isNonNegative(argument.scale(MINUS_ONE))) {
            return keeps ? argument : argument.scale(MINUS_ONE);
        }
        Rewriter.Factored parts = Rewriter.factor(argument);
        Monomial scalar = parts.scalar().leading();
        Polynomial product =
                Polynomial.number(parts.scalar().coefficient(scalar).abs());
        SortedMap<Atom, LinearForm> powers = new TreeMap<>(scalar.powers());
        if (argument.terms().size() == 1) {
            powers.putAll(argument.leading().powers());
        } else {
            product = rewriter.multiply(product, size(parts.rest()));
        }
        for (Map.Entry<Atom, LinearForm> each : powers.entrySet()) {
            boolean even =
                    each.getValue().isConstant() && !each.getValue().constant().testBit(0);
            Polynomial atom = each.getKey().value();
            Polynomial size = even || signs.isNonNegative(atom) ? atom : size(atom);
            product = rewriter.multiply(product, rewriter.power(size, each.getValue()));
        }
        return product;
    }

    private static Polynomial size(Polynomial argument) {
        return Polynomial.of(Atom.of(Kind.ABS, argument, Shape.SCALAR, true));
    }

    /** The inverse of one factor: of an inverse it is its argument. */
    private BlockMatrix inverse(Letter letter, Normalizer known) throws NotProved {
        if (letter.atom().kind() == Kind.INVERSE) {
            return letter.transposed()
                    ? blocks.transpose(letter.atom().blocks())
                    : letter.atom().blocks();
        }
        BlockMatrix factor = BlockMatrix.of(Polynomial.letter(letter.atom(), letter.transposed()));
        require(known.isInvertible(factor), Reason.UNDEFINED, "an invertible matrix", factor);
        return inverse(factor, known);
    }

    /** The inverse of a matrix that is known to have one; of a product it is the product of inverses, turned round. */
    BlockMatrix inverse(BlockMatrix matrix, Normalizer known) throws NotProved {
        if (matrix.shape().isScalar()) {
            return BlockMatrix.of(rewriter.power(matrix.get(0, 0), LinearForm.of(-1)));
        }
        Polynomial single = matrix.isSingle() ? matrix.get(0, 0) : Polynomial.zero(matrix.shape());
        Rewriter.Factored parts = Rewriter.factor(single);
        if (!parts.scalar().isOne() && signs.isNonZero(parts.scalar())) {
            BlockMatrix rest = inverse(BlockMatrix.of(parts.rest()), known);
            return blocks.scale(rest, rewriter.power(parts.scalar(), LinearForm.of(-1)));
        }
        if (single.isNumber() && !single.isZero()) {
            return matrix;
        }
        if (!known.isInvertible(matrix)
                && single.terms().size() == 1
                && single.leading().powers().isEmpty()) {
            BlockMatrix product =
                    BlockMatrix.of(Polynomial.identity(matrix.shape().rows()));
            for (Letter each : single.leading().word().letters()) {
                product = blocks.multiply(inverse(each, known), product);
            }
            return product;
        }
        require(known.isInvertible(matrix), Reason.UNDEFINED, "an invertible matrix", matrix);
        BlockMatrix mirrored = blocks.transpose(matrix);
        boolean flip = mirrored.key().compareTo(matrix.key()) < 0;
        BlockMatrix kept = flip ? mirrored : matrix;
        Atom atom = new Atom(Kind.INVERSE, kept.key(), matrix.shape(), kept, mirrored.equals(matrix));
        if (matrix.isSingle()) {
            rewriter.cancel(Polynomial.letter(atom, false), kept.get(0, 0));
        }
        return BlockMatrix.of(Polynomial.letter(atom, flip));
    }

    /**
     * The sum of a normal form over an index from 0 to length - 1. What does not depend on the index comes out; over all
     * unit vectors of a space, the sum of e e' is the identity and the sum of e is the all-ones vector.
     */
    record IndexSums(Rewriter rewriter, String index, LinearForm length) {
        BlockMatrix sum(BlockMatrix body) throws NotProved {
            return BlockMatrix.of(body.heights(), body.widths(), (i, j) -> {
                Shape shape = body.get(i, j).shape();
                return body.get(i, j).map(shape, each -> sum(each, shape));
            });
        }

        /** Names of bound indices begin with a sign that no other name holds, and there are at most nine. */
        private boolean depends(String key) {
            return key.contains(index);
        }

        private Polynomial sum(Monomial monomial, Shape shape) throws NotProved {
            SortedMap<Atom, LinearForm> outside = new TreeMap<>();
            SortedMap<Atom, LinearForm> inside = new TreeMap<>();
            List<Word> forms = new ArrayList<>();
            Word word = monomial.word();
            boolean units = onlyUnits(word);
            for (Map.Entry<Atom, LinearForm> each : monomial.powers().entrySet()) {
                LinearForm exponent = each.getValue();
                boolean dependent = depends(each.getKey().key()) || depends(exponent.toString());
                (dependent ? inside : outside).put(each.getKey(), exponent);
                boolean form = dependent
                        && each.getKey().kind() == Kind.FORM
                        && (exponent.isOne() || exponent.equals(LinearForm.of(2)))
                        && onlyUnits(each.getKey().word());
                units &= form || !dependent;
                for (int i = 0; form && i < exponent.constant().intValueExact(); i++) {
                    forms.add(each.getKey().word());
                }
            }
            Polynomial scalars = Polynomial.scalar(outside, Fraction.ONE);
            if (inside.isEmpty() && !depends(word.key())) {
                return rewriter.multiply(rewriter.multiply(scalars, Polynomial.integer(length)), product(word, shape));
            }
            Polynomial contracted = units ? contract(forms, word, shape) : null;
            return rewriter.multiply(scalars, contracted != null ? contracted : unknown(inside, word, shape));
        }

        /** A sum of which nothing more is known. */
        private Polynomial unknown(SortedMap<Atom, LinearForm> inside, Word word, Shape shape) throws NotProved {
            boolean matrices = depends(word.key());
            Monomial summand = new Monomial(inside, matrices ? word : Word.EMPTY);
            String key = index + ":" + length + ":" + summand.key();
            Polynomial sum = Polynomial.of(new Atom(Kind.SUM, key, matrices ? shape : Shape.SCALAR, null, false));
            return matrices ? sum : rewriter.multiply(sum, product(word, shape));
        }

        /** Whether the letters that depend on the index are the unit vectors of a space, over all of it. */
        private boolean onlyUnits(Word word) {
            return word.letters().stream().allMatch(each -> !depends(each.key()) || isUnit(each));
        }

        private boolean isUnit(Letter letter) {
            Atom atom = letter.atom();
            LinearForm here = LinearForm.variable(index).plus(1);
            boolean whole = atom.shape().rows().equals(length);
            return atom.kind() == Kind.UNIT && whole && atom.forms().get(0).equals(here);
        }

        private boolean endsWithUnit(Word piece) {
            Letter last =
                    piece.isEmpty() ? null : piece.letters().get(piece.letters().size() - 1);
            return last != null && !last.transposed() && isUnit(last);
        }

        /**
         * The sum of a product with one or two unit vectors in it; null where there are more. Its pieces are a column (which
         * can end in e), a row (which can begin with e') and scalars (which can do both, and turn round).
         */
        private Polynomial contract(List<Word> forms, Word word, Shape shape) throws NotProved {
            int cut = 0;
            while (cut < word.letters().size()
                    && (cut == 0 || !word.letters().get(cut).shape().rows().isOne())) {
                cut++;
            }
            cut = cut == word.letters().size() && shape.rows().isOne() ? 0 : cut;
            Word column = word.part(0, cut);
            Word row = word.part(cut, word.letters().size());
            List<Word> ends = new ArrayList<>();
            for (Word each : forms) {
                ends.add(endsWithUnit(each) ? each : each.transpose());
            }
            boolean inColumn = endsWithUnit(column);
            boolean inRow = endsWithUnit(row.transpose());
            long inForms = forms.stream()
                    .flatMap(each -> each.letters().stream())
                    .filter(this::isUnit)
                    .count();
            long count = inForms + (inColumn ? 1 : 0) + (inRow ? 1 : 0);
            Polynomial scalar = Polynomial.number(Fraction.ONE);
            if (count == 1) {
                Word ones = new Word(List.of(new Letter(Atom.ones(length), false)));
                column = inColumn ? Rewriter.join(front(column), ones) : column;
                row = inRow ? Rewriter.join(ones.transpose(), back(row)) : row;
                scalar = ends.isEmpty() ? scalar : product(Rewriter.join(front(ends.get(0)), ones), Shape.SCALAR);
            } else if (count != 2) {
                return null;
            } else if (ends.size() == 1 && inForms == 2) {
                scalar = rewriter.trace(product(back(front(ends.get(0))), new Shape(length, length)));
            } else if (inColumn && inRow) {
                column = Rewriter.join(front(column), back(row));
                row = Word.EMPTY;
            } else if (inColumn) {
                column = Rewriter.join(front(column), back(ends.get(0).transpose()));
            } else if (inRow) {
                row = Rewriter.join(front(ends.get(0)), back(row));
            } else {
                scalar = product(
                        Rewriter.join(front(ends.get(0)), back(ends.get(1).transpose())), Shape.SCALAR);
            }
            return rewriter.multiply(scalar, product(Rewriter.join(column, row), shape));
        }

        /** The product of letters, simplified; of none it is the identity. */
        private Polynomial product(Word word, Shape shape) throws NotProved {
            Polynomial product = Polynomial.of(shape, Monomial.ONE, Fraction.ONE);
            for (int i = 0; i < word.letters().size(); i++) {
                Polynomial letter = Polynomial.of(word.part(i, i + 1));
                product = i == 0 ? letter : rewriter.multiply(product, letter);
            }
            return product;
        }

        private static Word front(Word word) {
            return word.part(0, word.letters().size() - 1);
        }

        private static Word back(Word word) {
            return word.part(1, word.letters().size());
        }
    }
}

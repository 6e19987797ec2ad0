package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.NotProved.require;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * Products and powers of polynomials in normal form. A word is cut wherever two letters meet in dimension one; pieces of
 * shape 1 x 1 are scalars, equal to their transposes. Known equations rewrite their larger monomial. Every rewriting
 * replaces equals by equals; what is not rewritten only leaves an equality undecided.
 */
final class Rewriter {
    private static final int MAX_STEPS = 400_000;
    private static final int MAX_TERMS = 20_000;
    private static final int MAX_NESTING = 400;
    private static final BigInteger MAX_EXPANSION = BigInteger.valueOf(24);
    private static final BigInteger MAX_BITS = BigInteger.valueOf(200_000);
    private static final Fraction MINUS_ONE = Fraction.of(-1);

    private final Signs signs;
    private final List<Rule> rules = new ArrayList<>();
    private final Set<String> ruleKeys = new HashSet<>();
    private final Set<Atom> symmetric = new HashSet<>();
    private int steps;
    private int nesting;

    Rewriter(Signs signs) {
        this.signs = signs;
    }

    /** An equation pattern = result; the pattern has positive exponents. */
    private record Rule(Monomial pattern, Polynomial result) {}

    /** Notes that a polynomial is zero: its largest monomial becomes the pattern. Returns whether this was news. */
    boolean addEquation(Polynomial zero) throws NotProved {
        boolean news = false;
        Polynomial reduced = clear(zero);
        for (int i = 0; i < 2; i++) {
            if (!reduced.isZero()) {
                news |= addRule(reduced.leading(), reduced);
            }
            reduced = transpose(reduced);
        }
        return news;
    }

    private boolean addRule(Monomial pattern, Polynomial zero) {
        Fraction coefficient = zero.coefficient(pattern);
        // an equation of matrices is used on words only, whose letters fix the shape
        boolean usable =
                pattern.isPattern() && zero.shape().isScalar() == pattern.word().isEmpty();
        if (!usable || coefficient.signum() == 0 || !ruleKeys.add(zero.key())) {
            return false;
        }
        Polynomial whole = Polynomial.of(zero.shape(), pattern, Fraction.ONE);
        Polynomial result = whole.subtract(zero.scale(Fraction.ONE.divide(coefficient)));
        List<Letter> letters = pattern.word().letters();
        if (pattern.powers().isEmpty()
                && letters.size() == 1
                && result.equals(Polynomial.of(pattern.word().transpose()))) {
            return symmetric.add(letters.get(0).atom());
        }
        return rules.add(new Rule(pattern, result));
    }

    /** An inverse times its argument is the identity. */
    void cancel(Polynomial inverse, Polynomial argument) throws NotProved {
        Polynomial identity = Polynomial.identity(argument.shape().rows());
        addEquation(multiply(inverse, argument).subtract(identity));
        addEquation(multiply(argument, inverse).subtract(identity));
    }

    /** The transpose of a word, where some letters are known to be their own. */
    private Word transpose(Word word) {
        return plain(word.transpose());
    }

    private Word plain(Word word) {
        return new Word(word.letters().stream()
                .map(each -> symmetric.contains(each.atom()) ? new Letter(each.atom(), false) : each)
                .toList());
    }

    static Word join(Word first, Word rest) {
        List<Letter> letters = new ArrayList<>(first.letters());
        letters.addAll(rest.letters());
        return new Word(letters);
    }

    private void step(int terms) throws NotProved {
        steps += 1 + terms / 64;
        require(steps <= MAX_STEPS, Reason.LIMIT, "at most " + MAX_STEPS + " rewriting steps", "more");
        require(terms <= MAX_TERMS, Reason.LIMIT, "at most " + MAX_TERMS + " terms", terms);
    }

    Polynomial transpose(Polynomial polynomial) throws NotProved {
        Shape shape = polynomial.shape().transpose();
        return shape.isScalar()
                ? polynomial
                : polynomial.map(shape, each -> reduce(each.powers(), transpose(each.word()), shape));
    }

    /** The product; a factor of shape 1 x 1 multiplies as a scalar. */
    Polynomial multiply(Polynomial left, Polynomial right) throws NotProved {
        boolean scalarLeft = left.shape().isScalar();
        boolean scalarRight = right.shape().isScalar();
        if (left.isNumber() && !left.isZero() && (scalarLeft || !scalarRight)) {
            return right.scale(left.number());
        }
        if (right.isNumber() && !right.isZero() && (scalarRight || !scalarLeft)) {
            return left.scale(right.number());
        }
        boolean fits = left.shape().columns().equals(right.shape().rows());
        if (!scalarLeft && !scalarRight && !fits) {
            throw new IllegalArgumentException("product of " + left.shape() + " and " + right.shape());
        }
        Shape inner = new Shape(left.shape().rows(), right.shape().columns());
        Shape shape = scalarLeft ? right.shape() : scalarRight ? left.shape() : inner;
        step(left.terms().size() * right.terms().size());
        return left.map(
                shape,
                a -> right.map(
                        shape,
                        b -> reduce(Monomial.multiply(a.powers(), b.powers()), join(a.word(), b.word()), shape)));
    }

    /** powers x word in normal form. */
    private Polynomial reduce(Map<Atom, LinearForm> powers, Word written, Shape shape) throws NotProved {
        nesting++;
        require(nesting <= MAX_NESTING, Reason.LIMIT, "rewriting nested at most " + MAX_NESTING + " deep", "more");
        try {
            step(0);
            Word word = plain(written);
            Polynomial rewritten = rewriteWord(powers, word, shape);
            if (rewritten != null) {
                return rewritten;
            }
            SortedMap<Atom, LinearForm> all = new TreeMap<>(powers);
            Word rest = cut(all, word, shape);
            rewritten = rewritePowers(all, rest, shape);
            return rewritten != null ? rewritten : Polynomial.of(shape, new Monomial(all, rest), Fraction.ONE);
        } finally {
            nesting--;
        }
    }

    /** An atom by itself, which an equation may rewrite. */
    Polynomial normal(Atom atom) throws NotProved {
        Polynomial plain = Polynomial.of(atom);
        return plain.map(plain.shape(), each -> reduce(each.powers(), each.word(), plain.shape()));
    }

    private Polynomial reduce(Atom atom, LinearForm exponent) throws NotProved {
        return reduce(Map.of(atom, exponent), Word.EMPTY, Shape.SCALAR);
    }

    /** Moves pieces of shape 1 x 1 from the word to the powers; what is left is one piece, or a column and a row. */
    private Word cut(SortedMap<Atom, LinearForm> powers, Word word, Shape shape) {
        List<Letter> rest = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= word.letters().size(); i++) {
            if (i < word.letters().size()
                    && !word.letters().get(i).shape().rows().isOne()) {
                continue;
            }
            Word piece = word.part(start, i);
            boolean scalar = piece.letters().get(0).shape().rows().isOne()
                    && piece.letters().get(i - start - 1).shape().columns().isOne();
            if (scalar) {
                powers.merge(form(piece), LinearForm.ONE, LinearForm::add);
            } else {
                rest.addAll(piece.letters());
            }
            start = i;
        }
        powers.values().removeIf(LinearForm::isZero);
        if (shape.isScalar() && !rest.isEmpty()) {
            throw new IllegalStateException("a scalar with the word " + rest);
        }
        return new Word(rest);
    }

    /** The scalar that a word of shape 1 x 1 denotes. */
    private Atom form(Word word) {
        Word mirrored = transpose(word);
        Word least = word.compareTo(mirrored) <= 0 ? word : mirrored;
        return new Atom(Kind.FORM, least.key(), Shape.SCALAR, least, true);
    }

    /** The trace of a polynomial. */
    Polynomial trace(Polynomial polynomial) throws NotProved {
        if (!polynomial.shape().isSquare()) {
            throw new IllegalArgumentException("trace of " + polynomial.shape());
        }
        LinearForm size = polynomial.shape().rows();
        return polynomial.map(
                Shape.SCALAR,
                each -> multiply(reduce(each.powers(), Word.EMPTY, Shape.SCALAR), trace(each.word(), size)));
    }

    private Polynomial trace(Word word, LinearForm size) throws NotProved {
        int length = word.letters().size();
        if (length == 0) {
            return Polynomial.integer(size);
        }
        Word least = word;
        for (int i = 0; i < length; i++) {
            Word turned = join(word.part(i, length), word.part(0, i));
            if (turned.letters().get(0).shape().rows().isOne()) {
                return reduce(new TreeMap<>(), turned, Shape.SCALAR);
            }
            for (Word each : List.of(turned, transpose(turned))) {
                least = each.compareTo(least) < 0 ? each : least;
            }
        }
        return Polynomial.of(new Atom(Kind.TRACE, least.key(), Shape.SCALAR, least, true));
    }

    /** Replaces the first part of the word that can be; null where there is none. */
    private Polynomial rewriteWord(Map<Atom, LinearForm> powers, Word word, Shape shape) throws NotProved {
        int length = word.letters().size();
        for (int i = 0; i + 1 < length; i++) {
            Polynomial simple = adjacent(word.letters().get(i), word.letters().get(i + 1));
            if (simple != null) {
                return replace(powers, word, i, i + 2, simple, shape);
            }
        }
        for (Rule rule : rules) {
            Word pattern = rule.pattern().word();
            int size = pattern.letters().size();
            boolean fits = size > 0 && divides(rule.pattern().powers(), powers);
            for (int i = 0; fits && i + size <= length; i++) {
                if (word.part(i, i + size).equals(pattern)) {
                    Map<Atom, LinearForm> rest = divide(powers, rule.pattern().powers());
                    return replace(rest, word, i, i + size, rule.result(), shape);
                }
            }
        }
        return null;
    }

    private static boolean divides(Map<Atom, LinearForm> pattern, Map<Atom, LinearForm> powers) {
        return pattern.entrySet().stream().allMatch(each -> {
            LinearForm have = powers.getOrDefault(each.getKey(), LinearForm.ZERO);
            return have.isConstant()
                    && have.constant().compareTo(each.getValue().constant()) >= 0;
        });
    }

    static SortedMap<Atom, LinearForm> divide(Map<Atom, LinearForm> powers, Map<Atom, LinearForm> pattern) {
        Map<Atom, LinearForm> inverse = new TreeMap<>(pattern);
        inverse.replaceAll((atom, exponent) -> exponent.times(BigInteger.ONE.negate()));
        return Monomial.multiply(powers, inverse);
    }

    /** powers x (word with letters from..to replaced by a polynomial). */
    private Polynomial replace(Map<Atom, LinearForm> powers, Word word, int from, int to, Polynomial by, Shape shape)
            throws NotProved {
        Word start = word.part(0, from);
        Word end = word.part(to, word.letters().size());
        return by.map(
                shape,
                each -> reduce(Monomial.multiply(powers, each.powers()), join(join(start, each.word()), end), shape));
    }

    /** What two neighbouring letters make by what they denote; null where nothing is known. */
    private Polynomial adjacent(Letter left, Letter right) throws NotProved {
        Atom a = left.atom();
        Atom b = right.atom();
        String kinds = a.kind() + " " + b.kind();
        if (left.transposed() && !right.transposed()) {
            return switch (kinds) {
                case "ONES ONES" -> Polynomial.integer(a.shape().rows());
                case "UNIT ONES", "ONES UNIT" -> Polynomial.number(Fraction.ONE);
                case "UNIT UNIT" -> {
                    LinearForm distance = a.forms().get(0).subtract(b.forms().get(0));
                    yield distance.isConstant()
                            ? Polynomial.number(distance.isZero() ? Fraction.ONE : Fraction.ZERO)
                            : null;
                }
                case "SELECT SELECT" -> selections(a, b);
                case "SELECT ONES" -> ones(a.shape().columns(), false);
                case "ONES SELECT" -> ones(b.shape().columns(), true);
                case "SELECT UNIT" -> selected(a, b.forms().get(0), false);
                case "UNIT SELECT" -> selected(b, a.forms().get(0), true);
                case "ONES DIAG" -> Polynomial.of(b.word().transpose());
                default -> powers(left, right);
            };
        }
        if (kinds.equals("DIAG ONES") && !right.transposed()) {
            return Polynomial.of(a.word());
        }
        if (kinds.equals("SELECT SELECT") && !left.transposed() && !right.transposed()) {
            LinearForm offset = a.forms().get(0).add(b.forms().get(0));
            return Polynomial.of(Atom.select(a.shape().rows(), offset, b.shape().columns()));
        }
        return powers(left, right);
    }

    /** Powers of one matrix: the exponents add; null where these are none. */
    private Polynomial powers(Letter left, Letter right) throws NotProved {
        boolean powers = left.atom().kind() == Kind.POWER && right.atom().kind() == Kind.POWER;
        if (!powers || left.transposed() != right.transposed()) {
            return null;
        }
        Atom.Power power = left.atom().power();
        Atom.Power other = right.atom().power();
        if (!power.base().equals(other.base())) {
            return null;
        }
        Polynomial both = power(power.base(), power.exponent().add(other.exponent()));
        return left.transposed() ? transpose(both) : both;
    }

    /** 1 of a size; a number where the size is one. */
    static Polynomial ones(LinearForm size, boolean transposed) {
        return size.isOne() ? Polynomial.number(Fraction.ONE) : Polynomial.letter(Atom.ones(size), transposed);
    }

    /** The matrix of ones. */
    Polynomial ones(Shape shape) throws NotProved {
        return multiply(ones(shape.rows(), false), ones(shape.columns(), true));
    }

    /** S'e for a selection and a unit vector: a shorter unit vector, zero, or unknown. */
    private Polynomial selected(Atom selection, LinearForm index, boolean transposed) {
        LinearForm size = selection.forms().get(1);
        LinearForm inner = index.subtract(selection.forms().get(0));
        if (signs.isNonNegative(inner.plus(-1)) && signs.isNonNegative(size.subtract(inner))) {
            return Polynomial.letter(Atom.unit(size, inner), transposed);
        }
        Shape shape = new Shape(size, LinearForm.ONE);
        boolean outside = signs.isNonNegative(inner.times(BigInteger.ONE.negate()))
                || signs.isNonNegative(inner.subtract(size).plus(-1));
        return outside ? Polynomial.zero(transposed ? shape.transpose() : shape) : null;
    }

    /** S'R for two selections from one range: the identity, zero, or unknown. */
    private Polynomial selections(Atom left, Atom right) {
        LinearForm start = left.forms().get(0);
        LinearForm otherStart = right.forms().get(0);
        LinearForm size = left.forms().get(1);
        LinearForm otherSize = right.forms().get(1);
        if (start.equals(otherStart) && size.equals(otherSize)) {
            return Polynomial.identity(size);
        }
        boolean apart = signs.isNonNegative(otherStart.subtract(start.add(size)))
                || signs.isNonNegative(start.subtract(otherStart.add(otherSize)));
        return apart ? Polynomial.zero(new Shape(size, otherSize)) : null;
    }

    /** Rewrites scalar factors: roots, absolute values, exponentials, powers of sums, known equations; null if none. */
    private Polynomial rewritePowers(SortedMap<Atom, LinearForm> powers, Word word, Shape shape) throws NotProved {
        int exponentials = 0;
        for (Map.Entry<Atom, LinearForm> each : powers.entrySet()) {
            Atom atom = each.getKey();
            LinearForm exponent = each.getValue();
            BigInteger count = exponent.constant();
            Polynomial value = null;
            LinearForm kept = LinearForm.ZERO;
            if ((atom.kind() == Kind.SQRT || atom.kind() == Kind.ABS) && exponent.isConstant()) {
                // r^2 = s: the exponent becomes zero or one
                BigInteger odd = count.mod(BigInteger.TWO);
                BigInteger squares = count.subtract(odd).shiftRight(1);
                kept = LinearForm.of(odd);
                value = squares.signum() == 0 ? null : power(atom.polynomial(), LinearForm.of(squares));
                value = value != null && atom.kind() == Kind.ABS ? multiply(value, value) : value;
            } else if (atom.kind() == Kind.BASE) {
                boolean sign = atom.polynomial().isNumber()
                        && atom.polynomial().number().equals(MINUS_ONE);
                boolean small = atom.polynomial().isNumber() || count.compareTo(MAX_EXPANSION) <= 0;
                if (count.signum() > 0 && small && splits(atom.polynomial(), exponent)) {
                    kept = exponent.symbolic();
                    value = power(atom.polynomial(), LinearForm.of(count));
                } else if (sign && !parity(exponent).equals(exponent)) {
                    kept = parity(exponent);
                    value = Polynomial.number(Fraction.ONE);
                }
            } else if (atom.kind() == Kind.EXP && (!exponent.isOne() || ++exponentials > 1)) {
                return mergeExponentials(powers, word, shape);
            }
            if (value != null) {
                SortedMap<Atom, LinearForm> rest = new TreeMap<>(powers);
                rest.put(atom, kept);
                return multiply(value, reduce(Monomial.multiply(rest, Map.of()), word, shape));
            }
        }
        for (Rule rule : rules) {
            if (rule.pattern().word().isEmpty() && divides(rule.pattern().powers(), powers)) {
                Monomial rest = new Monomial(divide(powers, rule.pattern().powers()), word);
                return multiply(Polynomial.of(shape, rest, Fraction.ONE), rule.result());
            }
        }
        return null;
    }

    /** Whether p^(s + c) = p^s p^c for a number c: not for p = 0 and s below zero. */
    private boolean splits(Polynomial base, LinearForm exponent) {
        return signs.isNonNegative(exponent.symbolic()) || base.shape().isScalar() && signs.isNonZero(base);
    }

    /** The form modulo two. */
    static LinearForm parity(LinearForm exponent) {
        Map<String, BigInteger> odd = new HashMap<>(exponent.coefficients());
        odd.replaceAll((variable, value) -> value.mod(BigInteger.TWO));
        return new LinearForm(odd, exponent.constant().mod(BigInteger.TWO));
    }

    /** exp(a)^k exp(b) = exp(k a + b). */
    private Polynomial mergeExponentials(SortedMap<Atom, LinearForm> powers, Word word, Shape shape) throws NotProved {
        SortedMap<Atom, LinearForm> rest = new TreeMap<>(powers);
        Polynomial argument = Polynomial.zero(Shape.SCALAR);
        for (Map.Entry<Atom, LinearForm> each : powers.entrySet()) {
            if (each.getKey().kind() == Kind.EXP) {
                Polynomial exponent = Polynomial.integer(each.getValue());
                argument = argument.add(multiply(each.getKey().polynomial(), exponent));
                rest.remove(each.getKey());
            }
        }
        return multiply(exponential(argument), reduce(rest, word, shape));
    }

    static Polynomial exponential(Polynomial argument) {
        return argument.isZero()
                ? Polynomial.number(Fraction.ONE)
                : Polynomial.of(Atom.of(Kind.EXP, argument, Shape.SCALAR, true));
    }

    /** The scalar or square matrix to an integer power. A negative power needs a scalar that is not zero. */
    Polynomial power(Polynomial base, LinearForm exponent) throws NotProved {
        boolean scalar = base.shape().isScalar();
        if (!signs.isNonNegative(exponent)) {
            require(scalar, Reason.RANGE, "an exponent of at least zero", exponent);
            require(signs.isNonZero(base), Reason.UNDEFINED, "a factor that is not zero", base);
        }
        boolean positive = exponent.isConstant() && exponent.constant().signum() > 0;
        boolean small = positive && exponent.constant().compareTo(MAX_EXPANSION) <= 0;
        if (exponent.isZero() || small && (base.terms().size() != 1 || !scalar)) {
            Polynomial product = Polynomial.identity(base.shape().rows());
            for (int i = 0; i < exponent.constant().intValueExact(); i++) {
                product = multiply(product, base);
            }
            return product;
        }
        if (base.isZero()) {
            require(signs.isNonNegative(exponent.plus(-1)), Reason.RANGE, "a positive exponent of zero", exponent);
            return base;
        }
        return scalar ? scalarPower(base, exponent) : matrixPower(base, exponent);
    }

    private Polynomial matrixPower(Polynomial base, LinearForm exponent) throws NotProved {
        if (base.isNumber()) {
            Polynomial number = scalarPower(Polynomial.number(base.number()), exponent);
            return multiply(number, Polynomial.identity(base.shape().rows()));
        }
        boolean splits = exponent.constant().signum() > 0 && !exponent.isConstant() && splits(base, exponent);
        LinearForm kept = splits ? exponent.symbolic() : exponent;
        Polynomial mirrored = transpose(base);
        boolean flip = mirrored.key().compareTo(base.key()) < 0;
        Polynomial least = flip ? mirrored : base;
        Atom atom = new Atom(
                Kind.POWER, least.key() + "^" + kept, base.shape(), new Atom.Power(least, kept), mirrored.equals(base));
        Polynomial power = Polynomial.letter(atom, flip);
        // powers of c I + k w commute with the word w; the power goes last
        List<Word> words = base.terms().keySet().stream()
                .map(Monomial::word)
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
        if (words.size() == 1 && ruleKeys.add("commutes " + power.key())) {
            Polynomial word = Polynomial.of(words.get(0));
            Polynomial first = multiply(power, word);
            Polynomial zero = first.subtract(multiply(word, power));
            if (!zero.isZero()) {
                addRule(first.leading(), zero);
            }
            if (!zero.isZero() && !atom.symmetric()) {
                addRule(transpose(first).leading(), transpose(zero));
            }
        }
        return splits ? multiply(power(base, LinearForm.of(exponent.constant())), power) : power;
    }

    private Polynomial scalarPower(Polynomial base, LinearForm exponent) throws NotProved {
        if (base.terms().size() == 1) {
            Polynomial product = numberPower(base.coefficient(base.leading()), exponent);
            for (Map.Entry<Atom, LinearForm> each : base.leading().powers().entrySet()) {
                LinearForm inner = each.getValue();
                boolean linear = inner.isConstant() || exponent.isConstant();
                require(linear, Reason.LIMIT, "an exponent linear in its variables", exponent);
                LinearForm power =
                        inner.isConstant() ? exponent.times(inner.constant()) : inner.times(exponent.constant());
                product = multiply(product, reduce(each.getKey(), power));
            }
            return product;
        }
        Factored parts = factor(base);
        if (parts.scalar().isOne()) {
            return reduce(Atom.of(Kind.BASE, base, Shape.SCALAR, true), exponent);
        }
        return multiply(scalarPower(parts.scalar(), exponent), scalarPower(parts.rest(), exponent));
    }

    /** scalar x rest: the common powers and the leading coefficient taken out. */
    record Factored(Polynomial scalar, Polynomial rest) {}

    static Factored factor(Polynomial polynomial) {
        if (polynomial.isZero()) {
            return new Factored(Polynomial.number(Fraction.ONE), polynomial);
        }
        SortedMap<Atom, LinearForm> common = common(polynomial);
        Fraction leading = polynomial.coefficient(polynomial.leading());
        Polynomial rest = without(polynomial, common).scale(Fraction.ONE.divide(leading));
        return new Factored(Polynomial.scalar(common, leading), rest);
    }

    /** The powers that divide every monomial, numbers as exponents only. */
    static SortedMap<Atom, LinearForm> common(Polynomial polynomial) {
        SortedMap<Atom, LinearForm> common = new TreeMap<>(polynomial.leading().powers());
        common.keySet().removeIf(atom -> atom.kind() == Kind.EXP);
        for (Monomial each : polynomial.terms().keySet()) {
            common.replaceAll((atom, exponent) -> {
                LinearForm other = each.exponent(atom);
                boolean numbers = other.isConstant() && exponent.isConstant();
                return numbers ? LinearForm.of(exponent.constant().min(other.constant())) : LinearForm.ZERO;
            });
        }
        common.values().removeIf(LinearForm::isZero);
        return common;
    }

    /** The polynomial with powers that divide every monomial taken out. */
    static Polynomial without(Polynomial polynomial, Map<Atom, LinearForm> common) {
        return polynomial.map(polynomial.shape(), each -> {
            Monomial rest = new Monomial(divide(each.powers(), common), each.word());
            return Polynomial.of(polynomial.shape(), rest, Fraction.ONE);
        });
    }

    private Polynomial numberPower(Fraction number, LinearForm exponent) throws NotProved {
        if (exponent.isConstant()) {
            int bits = Math.max(
                    number.numerator().bitLength(), number.denominator().bitLength());
            BigInteger count = exponent.constant().abs();
            BigInteger size = count.multiply(BigInteger.valueOf(bits));
            require(size.compareTo(MAX_BITS) <= 0, Reason.LIMIT, "at most " + MAX_BITS + " bits", size);
            int times = count.intValueExact();
            Fraction power = Fraction.of(
                    number.numerator().pow(times), number.denominator().pow(times));
            return Polynomial.number(exponent.constant().signum() < 0 ? Fraction.ONE.divide(power) : power);
        }
        SortedMap<Atom, LinearForm> powers = new TreeMap<>();
        factors(number)
                .forEach((base, count) -> powers.put(
                        Atom.of(Kind.BASE, Polynomial.number(Fraction.of(base)), Shape.SCALAR, true),
                        exponent.times(count)));
        return reduce(powers, Word.EMPTY, Shape.SCALAR);
    }

    /** -1 and small primes with their exponents, so that powers of 4 and of 2 meet; what remains is a base of its own. */
    static SortedMap<BigInteger, BigInteger> factors(Fraction number) {
        SortedMap<BigInteger, BigInteger> factors = new TreeMap<>();
        if (number.signum() < 0) {
            factors.put(BigInteger.ONE.negate(), BigInteger.ONE);
        }
        for (boolean up : new boolean[] {true, false}) {
            BigInteger rest = (up ? number.numerator() : number.denominator()).abs();
            BigInteger count = up ? BigInteger.ONE : BigInteger.ONE.negate();
            for (long p = 2; p < 1000; p++) {
                for (BigInteger prime = BigInteger.valueOf(p);
                        rest.mod(prime).signum() == 0;
                        rest = rest.divide(prime)) {
                    factors.merge(prime, count, BigInteger::add);
                }
            }
            if (!rest.equals(BigInteger.ONE)) {
                factors.merge(rest, count, BigInteger::add);
            }
        }
        return factors;
    }

    /**
     * A polynomial that is zero exactly where the given one is: its denominators are multiplied out, and powers of one
     * base that differ by a number are brought to the least one.
     */
    Polynomial clear(Polynomial polynomial) throws NotProved {
        Polynomial cleared = polynomial;
        Set<Atom> done = new HashSet<>();
        while (true) {
            Atom next = null;
            for (Monomial each : cleared.terms().keySet()) {
                for (Map.Entry<Atom, LinearForm> power : each.powers().entrySet()) {
                    boolean open = power.getKey().kind() == Kind.BASE
                            || power.getValue().constant().signum() < 0;
                    next = next == null && open && !done.contains(power.getKey()) ? power.getKey() : next;
                }
            }
            if (next == null) {
                return cleared;
            }
            done.add(next);
            cleared = clear(cleared, next);
        }
    }

    /** Whether all blocks are zero, once cleared. */
    boolean isZero(BlockMatrix matrix) throws NotProved {
        boolean zero = true;
        for (Polynomial each : matrix.all()) {
            zero = zero && clear(each).isZero();
        }
        return zero;
    }

    private Polynomial clear(Polynomial polynomial, Atom atom) throws NotProved {
        Map<LinearForm, BigInteger> least = new HashMap<>();
        least.put(LinearForm.ZERO, BigInteger.ZERO);
        for (Monomial each : polynomial.terms().keySet()) {
            LinearForm exponent = each.exponent(atom);
            least.merge(exponent.symbolic(), exponent.constant(), BigInteger::min);
        }
        // an atom with a negative exponent is not zero, so multiplying the whole by its power loses nothing
        BigInteger raise = least.get(LinearForm.ZERO).negate();
        Polynomial base = atom.value();
        return polynomial.map(polynomial.shape(), each -> {
            LinearForm symbolic = each.exponent(atom).symbolic();
            BigInteger constant = each.exponent(atom).constant();
            BigInteger lowest = symbolic.isZero() ? raise.negate() : least.get(symbolic);
            SortedMap<Atom, LinearForm> rest = new TreeMap<>(each.powers());
            rest.remove(atom);
            Polynomial raised = power(base, LinearForm.of(constant.subtract(lowest)));
            Polynomial kept = symbolic.isZero()
                    ? Polynomial.number(Fraction.ONE)
                    : reduce(atom, symbolic.add(LinearForm.of(lowest.add(raise))));
            Monomial other = new Monomial(rest, each.word());
            return multiply(multiply(kept, raised), Polynomial.of(polynomial.shape(), other, Fraction.ONE));
        });
    }
}

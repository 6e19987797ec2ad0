package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.NotProved.require;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Atom.Kind;
import org.loopcert.kernel.proof.Atom.Letter;
import org.loopcert.kernel.proof.Atom.Word;
import org.loopcert.kernel.proof.NotProved.Reason;

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
    private static final BigInteger MAX_NUMBER_POWER = BigInteger.valueOf(4096);
    private static final Fraction MINUS_ONE = Fraction.of(-1);

    private final Signs signs;
    private final List<Rule> rules = new ArrayList<>();
    private final Set<String> ruleKeys = new HashSet<>();
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
        if (!reduced.isZero() && reduced.leading().isPattern()) {
            news = addRule(reduced.leading(), reduced);
        }
        Polynomial mirrored = transpose(reduced);
        if (!mirrored.isZero() && mirrored.leading().isPattern()) {
            news |= addRule(mirrored.leading(), mirrored);
        }
        return news;
    }

    private boolean addRule(Monomial pattern, Polynomial zero) {
        Fraction coefficient = zero.coefficient(pattern);
        // an equation of matrices is used on words only, whose letters fix the shape
        if (zero.shape().isScalar() != pattern.word().isEmpty()
                || coefficient.signum() == 0
                || !ruleKeys.add(pattern.key() + "=" + zero.key())) {
            return false;
        }
        Polynomial whole = Polynomial.of(zero.shape(), pattern, coefficient);
        rules.add(new Rule(pattern, whole.subtract(zero).scale(Fraction.ONE.divide(coefficient))));
        return true;
    }

    /** Rules that hold of an atom by what it denotes: an inverse times its argument, powers of one matrix commute. */
    void introduce(Atom atom) throws NotProved {
        if (atom.kind() == Kind.INVERSE && atom.blocks().isSingle()) {
            Polynomial argument = atom.blocks().get(0, 0);
            Polynomial identity = Polynomial.identity(atom.shape().rows());
            Polynomial inverse = Polynomial.of(atom);
            cancel(atom, argument, inverse, identity, false);
            cancel(atom, argument, inverse, identity, true);
        } else if (atom.kind() == Kind.POWER) {
            commute(atom, atom.power().base());
        }
    }

    /** inv(K) K = I, solved for inv(K) times the largest word of K; from the right where {@code right}. */
    private void cancel(Atom atom, Polynomial argument, Polynomial inverse, Polynomial identity, boolean right)
            throws NotProved {
        if (argument.isZero() || !argument.leading().powers().isEmpty()) {
            return;
        }
        Word largest = argument.leading().word();
        Fraction coefficient = argument.coefficient(argument.leading());
        Polynomial rest = argument.subtract(Polynomial.of(argument.shape(), argument.leading(), coefficient));
        Letter letter = new Letter(atom, false);
        Word pattern = right ? join(largest, letter) : join(letter, largest);
        if (!ruleKeys.add("inverse " + pattern.key())) {
            return;
        }
        Polynomial product = right ? multiply(rest, inverse) : multiply(inverse, rest);
        Polynomial result = identity.subtract(product).scale(Fraction.ONE.divide(coefficient));
        rules.add(new Rule(Monomial.ONE.withWord(pattern), result));
        if (!atom.symmetric()) {
            rules.add(new Rule(Monomial.ONE.withWord(pattern.transpose()), transpose(result)));
        }
    }

    /** A power of c I + k w, w a word, commutes with w: the power goes last. */
    private void commute(Atom atom, Polynomial base) {
        List<Word> words = base.terms().keySet().stream()
                .map(Monomial::word)
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
        if (words.size() != 1 || !ruleKeys.add("power " + atom.key())) {
            return;
        }
        Word word = words.get(0);
        Letter power = new Letter(atom, false);
        Shape shape = atom.shape();
        rules.add(new Rule(
                Monomial.ONE.withWord(join(power, word)),
                Polynomial.of(shape, Monomial.ONE.withWord(join(word, power)), Fraction.ONE)));
    }

    private static Word join(Letter first, Word rest) {
        return join(new Word(List.of(first)), rest);
    }

    private static Word join(Word first, Letter last) {
        return join(first, new Word(List.of(last)));
    }

    private static Word join(Word first, Word rest) {
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
        if (polynomial.shape().isScalar()) {
            return polynomial;
        }
        Polynomial sum = Polynomial.zero(polynomial.shape().transpose());
        for (Map.Entry<Monomial, Fraction> each : polynomial.terms().entrySet()) {
            Word word = each.getKey().word().transpose();
            sum = sum.add(reduce(each.getKey().powers(), word, sum.shape()).scale(each.getValue()));
        }
        return sum;
    }

    /** The product; a factor of shape 1 x 1 multiplies as a scalar. */
    Polynomial multiply(Polynomial left, Polynomial right) throws NotProved {
        boolean scaling = left.shape().isScalar() || right.shape().isScalar();
        Shape shape = scaling
                ? (left.shape().isScalar() ? right.shape() : left.shape())
                : new Shape(left.shape().rows(), right.shape().columns());
        if (!scaling && !left.shape().columns().equals(right.shape().rows())) {
            throw new IllegalArgumentException("product of " + left.shape() + " and " + right.shape());
        }
        if (left.isNumber() && left.shape().isSquare() && !left.isZero()) {
            return right.scale(left.number());
        }
        if (right.isNumber() && right.shape().isSquare() && !right.isZero()) {
            return left.scale(right.number());
        }
        Polynomial sum = Polynomial.zero(shape);
        for (Map.Entry<Monomial, Fraction> a : left.terms().entrySet()) {
            for (Map.Entry<Monomial, Fraction> b : right.terms().entrySet()) {
                step(sum.terms().size());
                SortedMap<Atom, LinearForm> powers =
                        Monomial.multiply(a.getKey().powers(), b.getKey().powers());
                Word word = join(a.getKey().word(), b.getKey().word());
                sum = sum.add(reduce(powers, word, shape).scale(a.getValue().multiply(b.getValue())));
            }
        }
        return sum;
    }

    /** powers x word in normal form. */
    private Polynomial reduce(SortedMap<Atom, LinearForm> powers, Word word, Shape shape) throws NotProved {
        nesting++;
        require(nesting <= MAX_NESTING, Reason.LIMIT, "rewriting nested at most " + MAX_NESTING + " deep", "more");
        try {
            step(0);
            Optional<Polynomial> rewritten = rewriteWord(powers, word, shape);
            if (rewritten.isPresent()) {
                return rewritten.get();
            }
            SortedMap<Atom, LinearForm> all = new TreeMap<>(powers);
            Word rest = cut(all, word, shape);
            rewritten = rewritePowers(all, rest, shape);
            return rewritten.isPresent()
                    ? rewritten.get()
                    : Polynomial.of(shape, new Monomial(all, rest), Fraction.ONE);
        } finally {
            nesting--;
        }
    }

    /** Moves pieces of shape 1 x 1 from the word to the powers; what is left is one piece, or a column and a row. */
    private static Word cut(SortedMap<Atom, LinearForm> powers, Word word, Shape shape) {
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
    private static Atom form(Word word) {
        Word mirrored = word.transpose();
        Word least = word.compareTo(mirrored) <= 0 ? word : mirrored;
        return new Atom(Kind.FORM, least.key(), Shape.SCALAR, least, true);
    }

    /** The trace of a polynomial. */
    Polynomial trace(Polynomial polynomial) throws NotProved {
        Polynomial sum = Polynomial.zero(Shape.SCALAR);
        for (Map.Entry<Monomial, Fraction> each : polynomial.terms().entrySet()) {
            Polynomial scalars = reduce(each.getKey().powers(), Word.EMPTY, Shape.SCALAR);
            Polynomial trace = trace(each.getKey().word(), polynomial.shape().rows());
            sum = sum.add(multiply(scalars, trace).scale(each.getValue()));
        }
        return sum;
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
            for (Word each : List.of(turned, turned.transpose())) {
                least = each.compareTo(least) < 0 ? each : least;
            }
        }
        return Polynomial.of(new Atom(Kind.TRACE, least.key(), Shape.SCALAR, least, true));
    }

    /** Replaces the first part of the word that can be, if any. */
    private Optional<Polynomial> rewriteWord(SortedMap<Atom, LinearForm> powers, Word word, Shape shape)
            throws NotProved {
        for (int i = 0; i + 1 < word.letters().size(); i++) {
            Optional<Polynomial> simple =
                    adjacent(word.letters().get(i), word.letters().get(i + 1));
            if (simple.isPresent()) {
                return Optional.of(replace(powers, word, i, i + 2, simple.get(), shape));
            }
        }
        for (Rule rule : rules) {
            Word pattern = rule.pattern().word();
            if (pattern.isEmpty() || !divides(rule.pattern().powers(), powers)) {
                continue;
            }
            for (int i = 0; i + pattern.letters().size() <= word.letters().size(); i++) {
                int to = i + pattern.letters().size();
                if (word.part(i, to).equals(pattern)) {
                    return Optional.of(
                            replace(divide(powers, rule.pattern().powers()), word, i, to, rule.result(), shape));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean divides(Map<Atom, LinearForm> pattern, Map<Atom, LinearForm> powers) {
        return pattern.entrySet().stream().allMatch(each -> {
            LinearForm have = powers.getOrDefault(each.getKey(), LinearForm.ZERO);
            return have.isConstant()
                    && have.constant().compareTo(each.getValue().constant()) >= 0;
        });
    }

    private static SortedMap<Atom, LinearForm> divide(Map<Atom, LinearForm> powers, Map<Atom, LinearForm> pattern) {
        Map<Atom, LinearForm> inverse = new TreeMap<>(pattern);
        inverse.replaceAll((atom, exponent) -> exponent.times(BigInteger.ONE.negate()));
        return Monomial.multiply(powers, inverse);
    }

    /** powers x (word with letters from..to replaced by a polynomial). */
    private Polynomial replace(
            SortedMap<Atom, LinearForm> powers, Word word, int from, int to, Polynomial by, Shape shape)
            throws NotProved {
        Polynomial sum = Polynomial.zero(shape);
        for (Map.Entry<Monomial, Fraction> each : by.terms().entrySet()) {
            SortedMap<Atom, LinearForm> all =
                    Monomial.multiply(powers, each.getKey().powers());
            Word middle = join(
                    join(word.part(0, from), each.getKey().word()),
                    word.part(to, word.letters().size()));
            sum = sum.add(reduce(all, middle, shape).scale(each.getValue()));
        }
        return sum;
    }

    /** What two neighbouring letters make by what they denote. */
    private Optional<Polynomial> adjacent(Letter left, Letter right) throws NotProved {
        Kind first = left.atom().kind();
        Kind second = right.atom().kind();
        boolean inner = left.transposed() && !right.transposed();
        if (inner && first == Kind.ONES && second == Kind.ONES) {
            return Optional.of(Polynomial.integer(left.atom().shape().rows()));
        }
        if (inner && (first == Kind.UNIT && second == Kind.ONES || first == Kind.ONES && second == Kind.UNIT)) {
            return Optional.of(Polynomial.number(Fraction.ONE));
        }
        if (inner && first == Kind.UNIT && second == Kind.UNIT) {
            LinearForm distance =
                    left.atom().forms().get(0).subtract(right.atom().forms().get(0));
            return distance.isConstant()
                    ? Optional.of(Polynomial.number(distance.isZero() ? Fraction.ONE : Fraction.ZERO))
                    : Optional.empty();
        }
        if (inner && first == Kind.SELECT && second == Kind.UNIT) {
            return selected(left.atom(), right.atom().forms().get(0), false);
        }
        if (inner && first == Kind.UNIT && second == Kind.SELECT) {
            return selected(right.atom(), left.atom().forms().get(0), true);
        }
        if (inner && first == Kind.SELECT && second == Kind.SELECT) {
            return selections(left.atom(), right.atom());
        }
        if (inner && first == Kind.SELECT && second == Kind.ONES) {
            return Optional.of(ones(left.atom().shape().columns(), false));
        }
        if (inner && first == Kind.ONES && second == Kind.SELECT) {
            return Optional.of(ones(right.atom().shape().columns(), true));
        }
        if (!right.transposed() && first == Kind.DIAG && second == Kind.ONES) {
            return Optional.of(word(left.atom().word()));
        }
        if (left.transposed() && first == Kind.ONES && second == Kind.DIAG) {
            return Optional.of(word(right.atom().word().transpose()));
        }
        if (first == Kind.POWER && second == Kind.POWER && left.transposed() == right.transposed()) {
            Atom.Power power = left.atom().power();
            Atom.Power other = right.atom().power();
            if (power.base().equals(other.base())) {
                LinearForm exponent = power.exponent().add(other.exponent());
                Polynomial both = exponent.isZero()
                        ? Polynomial.identity(left.atom().shape().rows())
                        : matrixPower(power.base(), exponent);
                return Optional.of(left.transposed() ? transpose(both) : both);
            }
        }
        if (!left.transposed() && !right.transposed() && first == Kind.SELECT && second == Kind.SELECT) {
            LinearForm offset =
                    left.atom().forms().get(0).add(right.atom().forms().get(0));
            Atom both = Atom.select(
                    left.atom().shape().rows(), offset, right.atom().shape().columns());
            return Optional.of(Polynomial.of(both));
        }
        return Optional.empty();
    }

    /** 1 of a size; a number where the size is one. */
    static Polynomial ones(LinearForm size, boolean transposed) {
        return size.isOne() ? Polynomial.number(Fraction.ONE) : letter(Atom.ones(size), transposed);
    }

    static Polynomial letter(Atom atom, boolean transposed) {
        return word(new Word(List.of(new Letter(atom, transposed))));
    }

    private static Polynomial word(Word word) {
        Shape shape = new Shape(
                word.letters().get(0).shape().rows(),
                word.letters().get(word.letters().size() - 1).shape().columns());
        return Polynomial.of(shape, Monomial.ONE.withWord(word), Fraction.ONE);
    }

    /** S'e for a selection and a unit vector: a shorter unit vector, zero, or unknown. */
    private Optional<Polynomial> selected(Atom selection, LinearForm index, boolean transposed) {
        LinearForm offset = selection.forms().get(0);
        LinearForm size = selection.forms().get(1);
        LinearForm inner = index.subtract(offset);
        if (signs.isNonNegative(inner.plus(-1)) && signs.isNonNegative(size.subtract(inner))) {
            return Optional.of(letter(Atom.unit(size, inner), transposed));
        }
        Shape shape = transposed ? new Shape(LinearForm.ONE, size) : new Shape(size, LinearForm.ONE);
        boolean outside = signs.isNonNegative(inner.times(BigInteger.ONE.negate()))
                || signs.isNonNegative(inner.subtract(size).plus(-1));
        return outside ? Optional.of(Polynomial.zero(shape)) : Optional.empty();
    }

    /** S'R for two selections from one range: the identity, zero, or unknown. */
    private Optional<Polynomial> selections(Atom left, Atom right) {
        LinearForm start = left.forms().get(0);
        LinearForm otherStart = right.forms().get(0);
        LinearForm size = left.forms().get(1);
        LinearForm otherSize = right.forms().get(1);
        if (start.equals(otherStart) && size.equals(otherSize)) {
            return Optional.of(Polynomial.identity(size));
        }
        boolean apart = signs.isNonNegative(otherStart.subtract(start.add(size)))
                || signs.isNonNegative(start.subtract(otherStart.add(otherSize)));
        return apart ? Optional.of(Polynomial.zero(new Shape(size, otherSize))) : Optional.empty();
    }

    /** Rewrites the scalar factors: roots, absolute values, exponentials, powers of sums, and by known equations. */
    private Optional<Polynomial> rewritePowers(SortedMap<Atom, LinearForm> powers, Word word, Shape shape)
            throws NotProved {
        List<Atom> exponentials = new ArrayList<>();
        for (Map.Entry<Atom, LinearForm> each : powers.entrySet()) {
            Atom atom = each.getKey();
            LinearForm exponent = each.getValue();
            BigInteger count = exponent.constant();
            boolean number = exponent.isConstant();
            switch (atom.kind()) {
                case SQRT, ABS -> {
                    // r^2 = s: the exponent becomes zero or one
                    if (number && (count.signum() < 0 || count.compareTo(BigInteger.ONE) > 0)) {
                        BigInteger odd = count.mod(BigInteger.TWO);
                        BigInteger squares = count.subtract(odd);
                        BigInteger power = atom.kind() == Kind.ABS ? squares : squares.divide(BigInteger.TWO);
                        Polynomial value = power(atom.polynomial(), LinearForm.of(power));
                        return Optional.of(without(powers, word, shape, atom, LinearForm.of(odd), value));
                    }
                }
                case BASE -> {
                    boolean expands = atom.polynomial().isNumber() || count.compareTo(MAX_EXPANSION) <= 0;
                    if (count.signum() > 0 && expands) {
                        Polynomial value = power(atom.polynomial(), LinearForm.of(count));
                        return Optional.of(without(powers, word, shape, atom, exponent.symbolic(), value));
                    }
                    if (atom.polynomial().equals(Polynomial.number(MINUS_ONE))) {
                        LinearForm odd = parity(exponent);
                        if (!odd.equals(exponent)) {
                            Polynomial one = Polynomial.number(Fraction.ONE);
                            return Optional.of(without(powers, word, shape, atom, odd, one));
                        }
                    }
                }
                case EXP -> {
                    exponentials.add(atom);
                    if (!exponent.isOne() || exponentials.size() > 1) {
                        return Optional.of(mergeExponentials(powers, word, shape));
                    }
                }
                default -> {}
            }
        }
        for (Rule rule : rules) {
            if (rule.pattern().word().isEmpty() && divides(rule.pattern().powers(), powers)) {
                return Optional.of(multiply(
                        Polynomial.of(
                                shape,
                                new Monomial(divide(powers, rule.pattern().powers()), word),
                                Fraction.ONE),
                        rule.result()));
            }
        }
        return Optional.empty();
    }

    private static LinearForm parity(LinearForm exponent) {
        LinearForm odd = LinearForm.of(exponent.constant().mod(BigInteger.TWO));
        for (String each : exponent.variables()) {
            odd = odd.add(
                    LinearForm.variable(each).times(exponent.coefficient(each).mod(BigInteger.TWO)));
        }
        return odd;
    }

    /** The monomial with the exponent of one atom changed, times a scalar. */
    private Polynomial without(
            SortedMap<Atom, LinearForm> powers,
            Word word,
            Shape shape,
            Atom atom,
            LinearForm exponent,
            Polynomial scalar)
            throws NotProved {
        SortedMap<Atom, LinearForm> rest = new TreeMap<>(powers);
        rest.remove(atom);
        if (!exponent.isZero()) {
            rest.put(atom, exponent);
        }
        return multiply(scalar, reduce(rest, word, shape));
    }

    private Polynomial mergeExponentials(SortedMap<Atom, LinearForm> powers, Word word, Shape shape) throws NotProved {
        SortedMap<Atom, LinearForm> rest = new TreeMap<>();
        Polynomial argument = Polynomial.zero(Shape.SCALAR);
        for (Map.Entry<Atom, LinearForm> each : powers.entrySet()) {
            if (each.getKey().kind() == Kind.EXP) {
                Polynomial exponent = Polynomial.integer(each.getValue());
                argument = argument.add(multiply(each.getKey().polynomial(), exponent));
            } else {
                rest.put(each.getKey(), each.getValue());
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
        if (exponent.isZero()) {
            return Polynomial.identity(base.shape().rows());
        }
        boolean number = exponent.isConstant();
        boolean small = number && exponent.constant().compareTo(MAX_EXPANSION) <= 0;
        if (!signs.isNonNegative(exponent)) {
            require(base.shape().isScalar(), Reason.RANGE, "an exponent of at least zero", exponent);
            require(signs.isNonZero(base), Reason.UNDEFINED, "a factor that is not zero", base);
        }
        if (number && exponent.constant().signum() > 0 && small && (base.terms().size() != 1 || !isScalar(base))) {
            Polynomial product = base;
            for (int i = 1; i < exponent.constant().intValueExact(); i++) {
                product = multiply(product, base);
            }
            return product;
        }
        if (base.isZero()) {
            require(signs.isNonNegative(exponent.plus(-1)), Reason.RANGE, "a positive exponent of zero", exponent);
            return base;
        }
        return isScalar(base) ? scalarPower(base, exponent) : matrixPower(base, exponent);
    }

    private static boolean isScalar(Polynomial base) {
        return base.shape().isScalar();
    }

    private Polynomial matrixPower(Polynomial base, LinearForm exponent) throws NotProved {
        if (base.terms().size() == 1 && base.leading().isOne()) {
            Polynomial number = scalarPower(Polynomial.number(base.number()), exponent);
            return multiply(number, Polynomial.identity(base.shape().rows()));
        }
        boolean positive = exponent.constant().signum() > 0 && !exponent.isConstant();
        LinearForm symbolic = positive ? exponent.symbolic() : exponent;
        Polynomial mirrored = transpose(base);
        boolean symmetric = mirrored.equals(base);
        boolean flip = mirrored.key().compareTo(base.key()) < 0;
        Polynomial kept = flip ? mirrored : base;
        Polynomial power = letter(powerAtom(kept, symbolic, symmetric), flip);
        return positive ? multiply(power(base, LinearForm.of(exponent.constant())), power) : power;
    }

    private Atom powerAtom(Polynomial base, LinearForm exponent, boolean symmetric) throws NotProved {
        String key = base.key() + "^" + exponent;
        Atom atom = new Atom(Kind.POWER, key, base.shape(), new Atom.Power(base, exponent), symmetric);
        introduce(atom);
        return atom;
    }

    private Polynomial scalarPower(Polynomial base, LinearForm exponent) throws NotProved {
        if (base.terms().size() == 1) {
            Monomial monomial = base.leading();
            Polynomial product = numberPower(base.coefficient(monomial), exponent);
            for (Map.Entry<Atom, LinearForm> each : monomial.powers().entrySet()) {
                product = multiply(product, atomPower(each.getKey(), each.getValue(), exponent));
            }
            return product;
        }
        // c m p with p having leading coefficient one and no common factor
        SortedMap<Atom, LinearForm> common = common(base);
        Fraction coefficient = base.coefficient(base.leading());
        if (common.isEmpty() && coefficient.equals(Fraction.ONE)) {
            Atom atom = Atom.of(Kind.BASE, base, Shape.SCALAR, true);
            return reduce(new TreeMap<>(Map.of(atom, exponent)), Word.EMPTY, Shape.SCALAR);
        }
        Polynomial factor = Polynomial.of(Shape.SCALAR, new Monomial(common, Word.EMPTY), coefficient);
        Polynomial primitive = without(base, common).scale(Fraction.ONE.divide(coefficient));
        return multiply(scalarPower(factor, exponent), scalarPower(primitive, exponent));
    }

    /** The powers that divide every monomial, numbers as exponents only. */
    static SortedMap<Atom, LinearForm> common(Polynomial polynomial) {
        SortedMap<Atom, LinearForm> common = new TreeMap<>(polynomial.leading().powers());
        common.values().removeIf(exponent -> !exponent.isConstant());
        common.keySet().removeIf(atom -> atom.kind() == Kind.EXP);
        for (Monomial each : polynomial.terms().keySet()) {
            common.replaceAll((atom, exponent) -> {
                LinearForm other = each.exponent(atom);
                return !other.isConstant()
                        ? LinearForm.ZERO
                        : LinearForm.of(exponent.constant().min(other.constant()));
            });
        }
        common.values().removeIf(LinearForm::isZero);
        return common;
    }

    /** The polynomial with powers that divide every monomial taken out. */
    static Polynomial without(Polynomial polynomial, Map<Atom, LinearForm> common) {
        Polynomial rest = Polynomial.zero(polynomial.shape());
        for (Map.Entry<Monomial, Fraction> each : polynomial.terms().entrySet()) {
            Monomial monomial = new Monomial(
                    divide(each.getKey().powers(), common), each.getKey().word());
            rest = rest.add(Polynomial.of(polynomial.shape(), monomial, each.getValue()));
        }
        return rest;
    }

    private Polynomial atomPower(Atom atom, LinearForm inner, LinearForm outer) throws NotProved {
        Optional<LinearForm> exponent = inner.isConstant()
                ? Optional.of(outer.times(inner.constant()))
                : outer.isConstant() ? Optional.of(inner.times(outer.constant())) : Optional.empty();
        if (exponent.isPresent()) {
            return reduce(new TreeMap<>(Map.of(atom, exponent.get())), Word.EMPTY, Shape.SCALAR);
        }
        Polynomial base = Polynomial.of(Shape.SCALAR, Monomial.of(atom, inner), Fraction.ONE);
        Atom nested = Atom.of(Kind.BASE, base, Shape.SCALAR, true);
        require(outer.constant().signum() <= 0, Reason.LIMIT, "an exponent linear in its variables", outer);
        return Polynomial.of(Shape.SCALAR, Monomial.of(nested, outer), Fraction.ONE);
    }

    private Polynomial numberPower(Fraction number, LinearForm exponent) throws NotProved {
        if (number.equals(Fraction.ONE)) {
            return Polynomial.number(number);
        }
        if (exponent.isConstant()) {
            BigInteger count = exponent.constant().abs();
            require(count.compareTo(MAX_NUMBER_POWER) <= 0, Reason.LIMIT, "an exponent up to 4096", count);
            Fraction power = Fraction.of(
                    number.numerator().pow(count.intValueExact()),
                    number.denominator().pow(count.intValueExact()));
            return Polynomial.number(exponent.constant().signum() < 0 ? Fraction.ONE.divide(power) : power);
        }
        SortedMap<Atom, LinearForm> factors = new TreeMap<>();
        if (number.signum() < 0) {
            factors.put(base(BigInteger.ONE.negate()), exponent);
        }
        factor(number.numerator().abs(), exponent, factors);
        factor(number.denominator(), exponent.times(BigInteger.ONE.negate()), factors);
        return reduce(factors, Word.EMPTY, Shape.SCALAR);
    }

    private static Atom base(BigInteger number) {
        return Atom.of(Kind.BASE, Polynomial.number(Fraction.of(number)), Shape.SCALAR, true);
    }

    /** Splits off small primes, so that powers of 4 and of 2 meet; what remains is a base of its own. */
    private static void factor(BigInteger number, LinearForm exponent, Map<Atom, LinearForm> factors) {
        BigInteger rest = number;
        for (int p = 2; p < 1000 && !rest.equals(BigInteger.ONE); p++) {
            BigInteger prime = BigInteger.valueOf(p);
            while (rest.mod(prime).signum() == 0) {
                factors.merge(base(prime), exponent, LinearForm::add);
                rest = rest.divide(prime);
            }
        }
        if (!rest.equals(BigInteger.ONE)) {
            factors.merge(base(rest), exponent, LinearForm::add);
        }
        factors.values().removeIf(LinearForm::isZero);
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

    private Polynomial clear(Polynomial polynomial, Atom atom) throws NotProved {
        Map<LinearForm, BigInteger> least = new TreeMap<>();
        least.put(LinearForm.ZERO, BigInteger.ZERO);
        for (Monomial each : polynomial.terms().keySet()) {
            LinearForm exponent = each.exponent(atom);
            least.merge(exponent.symbolic(), exponent.constant(), BigInteger::min);
        }
        // an atom with a negative exponent is not zero, so multiplying the whole by its power loses nothing
        BigInteger raise = least.get(LinearForm.ZERO).negate();
        Polynomial base = atom.kind() == Kind.BASE ? atom.polynomial() : Polynomial.of(atom);
        Polynomial sum = Polynomial.zero(polynomial.shape());
        for (Map.Entry<Monomial, Fraction> each : polynomial.terms().entrySet()) {
            LinearForm symbolic = each.getKey().exponent(atom).symbolic();
            BigInteger constant = each.getKey().exponent(atom).constant();
            BigInteger lowest = symbolic.isZero() ? raise.negate() : least.get(symbolic);
            SortedMap<Atom, LinearForm> rest = new TreeMap<>(each.getKey().powers());
            rest.remove(atom);
            LinearForm kept = symbolic.isZero() ? LinearForm.ZERO : symbolic.add(LinearForm.of(lowest.add(raise)));
            Polynomial power = kept.isZero()
                    ? Polynomial.number(Fraction.ONE)
                    : reduce(new TreeMap<>(Map.of(atom, kept)), Word.EMPTY, Shape.SCALAR);
            Polynomial raised = power(base, LinearForm.of(constant.subtract(lowest)));
            Polynomial monomial = Polynomial.of(
                    polynomial.shape(), new Monomial(rest, each.getKey().word()), each.getValue());
            sum = sum.add(multiply(multiply(power, raised), monomial));
        }
        return sum;
    }
}

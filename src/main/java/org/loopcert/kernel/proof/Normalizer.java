package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.NotProved.require;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Atom.Kind;
import org.loopcert.kernel.proof.Blocks.BlockMatrix;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.Invertible;
import org.loopcert.kernel.proof.NotProved.Reason;
import org.loopcert.kernel.proof.Polynomial.Monomial;

/**
 * Brings terms to normal form under known facts: definitions are unfolded, blocks multiplied out, equations used from
 * left to right or by their larger side. Every operation that may be undefined must be shown to be defined by the
 * facts; otherwise the term has no normal form here.
 */
public final class Normalizer {
    private static final int MAX_NESTING = 150;
    private static final int MAX_ROUNDS = 10;
    private static final int MAX_SUM_NESTING = 9;
    private static final BigInteger MOST_SINGLE_TERMS = BigInteger.valueOf(64);

    private final Context context;
    private final Signs signs;
    private final Rewriter rewriter;
    private final Blocks blocks;
    private final Functions functions;
    private final Map<Term, Term> replacements = new HashMap<>();
    private final Map<Term, BlockMatrix> replaced = new HashMap<>();
    private final Set<Term> replacing = new HashSet<>();
    private final Set<String> invertible = new HashSet<>();
    private final Map<Term, BlockMatrix> cache = new HashMap<>();
    private int nesting;
    private int sums;

    /**
     * Uses the facts in whatever order makes them usable; a fact about something that is not known to be defined is
     * left out.
     */
    public Normalizer(Context context, List<Formula> facts) throws NotProved {
        this.context = context;
        signs = new Signs(context);
        rewriter = new Rewriter(signs);
        blocks = new Blocks(rewriter, signs);
        functions = new Functions(rewriter, signs, blocks);
        List<Formula> open = new ArrayList<>();
        for (Formula each : facts) {
            if (!noteReplacement(each)) {
                open.add(each);
            }
        }
        boolean news = true;
        // an equation with an inverse on both sides can always say more
        for (int round = 0; news && round < MAX_ROUNDS; round++) {
            news = false;
            for (Formula each : open) {
                if (note(each)) {
                    news = true;
                    cache.clear();
                    replaced.clear();
                }
            }
        }
    }

    /** An equation whose left side is a symbol or a function at arguments replaces it. */
    private boolean noteReplacement(Formula fact) {
        if (!(fact instanceof Comparison comparison) || comparison.relation() != Formula.Relation.EQUAL) {
            return false;
        }
        Term left = comparison.left();
        boolean atom = (left.kind() == Term.Kind.SYMBOL || left.kind() == Term.Kind.APPLY)
                && context.unfold(left).isEmpty()
                && left.arguments().stream().allMatch(each -> each.asInteger().isPresent());
        return atom && !occurs(left, comparison.right()) && replacements.putIfAbsent(left, comparison.right()) == null;
    }

    private static boolean occurs(Term part, Term whole) {
        return whole.equals(part) || whole.arguments().stream().anyMatch(each -> occurs(part, each));
    }

    /** Uses a fact; returns whether it says anything new. */
    private boolean note(Formula fact) throws NotProved {
        try {
            if (fact instanceof Invertible each) {
                BlockMatrix value = evaluate(each.term());
                return invertible.add(value.key())
                        | invertible.add(blocks.transpose(value).key());
            }
            return fact instanceof Comparison each && note(each);
        } catch (NotProved undefined) {
            if (undefined.reason() == Reason.LIMIT) {
                throw undefined;
            }
            return false;
        }
    }

    private boolean note(Comparison fact) throws NotProved {
        BlockMatrix difference = difference(fact.right(), fact.left());
        boolean order = fact.relation() == Formula.Relation.LOEWNER;
        if (fact.relation() == Formula.Relation.EQUAL || order) {
            boolean news = false;
            // an order of matrices says that their difference is symmetric
            BlockMatrix zero = order ? blocks.subtract(difference, blocks.transpose(difference)) : difference;
            if (!order && difference.isSingle() && difference.shape().isScalar()) {
                // a = b gives a^2 = b^2, which says more of roots and absolute values
                Polynomial left = scalar(fact.left());
                Polynomial right = scalar(fact.right());
                news = rewriter.addEquation(rewriter.multiply(left, left).subtract(rewriter.multiply(right, right)));
            }
            for (Polynomial each : zero.all()) {
                news |= rewriter.addEquation(each);
            }
            return news;
        }
        Polynomial scalar = difference.get(0, 0);
        if (fact.relation() == Formula.Relation.DIFFERENT) {
            return signs.notZero(scalar);
        }
        boolean strict = fact.relation() == Formula.Relation.BELOW;
        boolean news = signs.atLeastZero(scalar, strict);
        if (news) {
            fact.integers().ifPresent(form -> signs.integerAtLeastZero(form.plus(strict ? -1 : 0)));
        }
        return news;
    }

    /** A term of a normal form: its coefficient, and answers whether the rest is known to be at least zero, or above it. */
    public record Part(Fraction coefficient, BooleanSupplier nonNegative, BooleanSupplier positive) {}

    /** The terms of a normal form by keys that tell them apart. For searches: it proves nothing. */
    public Map<String, Part> parts(Term term) throws NotProved {
        Map<String, Part> parts = new HashMap<>();
        List<Polynomial> all = evaluate(term).all();
        for (int i = 0; i < all.size(); i++) {
            for (Map.Entry<Monomial, Fraction> each : all.get(i).terms().entrySet()) {
                Monomial monomial = each.getKey();
                Polynomial rest = Polynomial.scalar(monomial.powers(), Fraction.ONE);
                boolean unit = monomial.word().isEmpty();
                BooleanSupplier nonNegative = () -> unit && signs.isNonNegative(rest);
                Part part = new Part(each.getValue(), nonNegative, () -> unit && signs.isPositive(rest));
                parts.put(i + ":" + monomial.key(), part);
            }
        }
        return parts;
    }

    Signs signs() {
        return signs;
    }

    /** left - right, in blocks that fit both. */
    BlockMatrix difference(Term left, Term right) throws NotProved {
        return blocks.subtract(evaluate(left), evaluate(right));
    }

    /** left - right of two scalars. */
    Polynomial scalarDifference(Term left, Term right) throws NotProved {
        return difference(left, right).get(0, 0);
    }

    /** What remains of left - right where the normal forms differ; empty where they agree. */
    Optional<BlockMatrix> disagreement(Term left, Term right) throws NotProved {
        BlockMatrix difference = difference(left, right);
        return rewriter.isZero(difference) ? Optional.empty() : Optional.of(difference);
    }

    boolean isInvertible(BlockMatrix value) {
        return invertible.contains(value.key());
    }

    /** The normal form of a term. */
    BlockMatrix evaluate(Term term) throws NotProved {
        BlockMatrix known = cache.get(term);
        if (known != null) {
            return known;
        }
        nesting++;
        require(nesting <= MAX_NESTING, Reason.LIMIT, "definitions nested at most " + MAX_NESTING + " deep", "more");
        try {
            boolean sized = signs.isNonNegative(term.shape().rows().plus(-1))
                    && signs.isNonNegative(term.shape().columns().plus(-1));
            require(sized, Reason.RANGE, "dimensions of at least one", term.shape());
            BlockMatrix value = compute(term);
            if (!value.shape().equals(term.shape())) {
                throw new IllegalStateException(term + " of " + term.shape() + " became " + value.shape());
            }
            // a side of length one that is cut in two has an empty part, and nobody knows which
            boolean whole = (!term.shape().rows().isOne() || value.heights().size() == 1)
                    && (!term.shape().columns().isOne() || value.widths().size() == 1);
            require(whole, Reason.BLOCKS, "a side of length one in one block", value);
            cache.put(term, value);
            return value;
        } finally {
            nesting--;
        }
    }

    private Polynomial scalar(Term term) throws NotProved {
        return evaluate(term).get(0, 0);
    }

    private BlockMatrix compute(Term term) throws NotProved {
        Shape shape = term.shape();
        return switch (term.kind()) {
            case NUMBER -> BlockMatrix.of(Polynomial.number(term.value()));
            case INTEGER -> BlockMatrix.of(Polynomial.integer(term.index(0)));
            case SYMBOL, APPLY -> named(term);
            case ZERO -> BlockMatrix.of(Polynomial.zero(shape));
            case IDENTITY -> BlockMatrix.of(Polynomial.identity(shape.rows()));
            case ONES -> BlockMatrix.of(rewriter.ones(shape));
            case UNIT -> {
                LinearForm index = term.index(0);
                LinearForm size = shape.rows();
                boolean inside = signs.isNonNegative(index.plus(-1)) && signs.isNonNegative(size.subtract(index));
                require(inside, Reason.RANGE, "an index from 1 to " + size, index);
                yield BlockMatrix.of(Blocks.unit(size, index));
            }
            case SUM -> {
                BlockMatrix sum = evaluate(term.argument(0));
                for (Term each : term.arguments().subList(1, term.arguments().size())) {
                    sum = blocks.add(sum, evaluate(each));
                }
                yield sum;
            }
            case PRODUCT -> {
                BlockMatrix product = evaluate(term.argument(0));
                for (Term each : term.arguments().subList(1, term.arguments().size())) {
                    product = blocks.multiply(product, evaluate(each));
                }
                yield product;
            }
            case HADAMARD -> blocks.hadamard(evaluate(term.argument(0)), evaluate(term.argument(1)));
            case TRANSPOSE -> blocks.transpose(evaluate(term.argument(0)));
            case QUOTIENT -> {
                Polynomial reciprocal = rewriter.power(scalar(term.argument(1)), LinearForm.of(-1));
                yield blocks.scale(evaluate(term.argument(0)), reciprocal);
            }
            case INVERSE -> functions.inverse(evaluate(term.argument(0)), this);
            case POWER -> blocks.power(evaluate(term.argument(0)), term.index(0));
            case BLOCKS -> {
                List<List<BlockMatrix>> parts = new ArrayList<>();
                for (List<Term> row : term.blockRows()) {
                    List<BlockMatrix> values = new ArrayList<>();
                    for (Term each : row) {
                        values.add(evaluate(each));
                    }
                    parts.add(values);
                }
                yield blocks.assemble(parts);
            }
            case SLICE ->
                blocks.slice(evaluate(term.argument(0)), term.index(0), term.index(1), term.index(2), term.index(3));
            case INDEX_SUM -> indexSum(term);
            default -> functions.apply(term.kind(), evaluate(term.argument(0)));
        };
    }

    /** A symbol or function at arguments: its definition, what an equation says it is, or an atom. */
    private BlockMatrix named(Term term) throws NotProved {
        Optional<Term> definition = context.unfold(term);
        if (definition.isPresent()) {
            return evaluate(definition.get());
        }
        BlockMatrix known = replaced.get(term);
        if (known != null) {
            return known;
        }
        if (replacements.containsKey(term) && replacing.add(term)) {
            try {
                BlockMatrix value = evaluate(replacements.get(term));
                replaced.put(term, value);
                return value;
            } finally {
                replacing.remove(term);
            }
        }
        if (term.kind() == Term.Kind.SYMBOL) {
            return BlockMatrix.of(rewriter.normal(Atom.symbol(term.name(), term.shape())));
        }
        StringBuilder key = new StringBuilder(term.name());
        for (Term each : term.arguments()) {
            Optional<LinearForm> integer = each.asInteger();
            String argument = integer.isPresent()
                    ? integer.get().toString()
                    : evaluate(each).key();
            key.append("(").append(argument).append(")");
        }
        return BlockMatrix.of(rewriter.normal(new Atom(Kind.APPLY, key.toString(), term.shape(), null, false)));
    }

    /** Sums from zero: the index is shifted, so that equal sums read the same; a number of last terms is split off. */
    private BlockMatrix indexSum(Term term) throws NotProved {
        LinearForm from = term.index(0);
        LinearForm length = term.index(1).subtract(from).plus(1);
        require(signs.isNonNegative(length), Reason.RANGE, "a range that is not crossed", from + ".." + term.index(1));
        LinearForm base = length.isConstant() ? LinearForm.ZERO : length.symbolic();
        boolean few = length.constant().abs().compareTo(MOST_SINGLE_TERMS) <= 0;
        require(few, Reason.LIMIT, "at most 64 single terms of a sum", length.constant());
        long extra = length.constant().longValueExact();
        BlockMatrix sum = BlockMatrix.of(Polynomial.zero(term.shape()));
        if (!base.isZero()) {
            require(signs.isNonNegative(base), Reason.RANGE, "a range that is not crossed", "length " + base);
            sums++;
            require(sums <= MAX_SUM_NESTING, Reason.LIMIT, "sums nested at most 9 deep", sums);
            String index = "#" + sums;
            int known = signs.integers();
            try {
                LinearForm variable = LinearForm.variable(index);
                signs.integerAtLeastZero(variable);
                signs.integerAtLeastZero(base.plus(-1).subtract(variable));
                BlockMatrix body = evaluate(at(term, from.add(variable)));
                sum = new Functions.IndexSums(rewriter, index, base).sum(body);
            } finally {
                signs.dropIntegers(known);
                cache.keySet().removeIf(each -> each.freeNames().contains(index));
                replaced.keySet().removeIf(each -> each.freeNames().contains(index));
                sums--;
            }
        }
        for (long i = 0; i < Math.abs(extra); i++) {
            LinearForm next = from.add(base).plus(extra > 0 ? i : -1 - i);
            BlockMatrix value = evaluate(at(term, next));
            sum = extra > 0 ? blocks.add(sum, value) : blocks.subtract(sum, value);
        }
        return sum;
    }

    private static Term at(Term sum, LinearForm index) {
        try {
            return sum.argument(0).substitute(Map.of(sum.name(), index), Map.of());
        } catch (IllTyped impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package org.loopcert.kernel.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Atom.Word;
import org.loopcert.kernel.proof.Polynomial.Monomial;

/**
 * What is known about signs: bounds of integer variables, and scalars in normal form that are positive, at least zero or
 * not zero. Answers are true only if the property follows; false says nothing.
 */
final class Signs {
    /** How often a known sign may be used to show another one. */
    private static final int DEPTH = 3;

    private final Context context;
    private final List<LinearForm> forms = new ArrayList<>();
    private final Map<Polynomial, Boolean> atLeastZero = new HashMap<>();
    private final Set<Polynomial> notZero = new HashSet<>();

    Signs(Context context) {
        this.context = context;
    }

    /** Notes that an integer is at least zero; the caller has it from a theorem or a range. */
    void integerAtLeastZero(LinearForm form) {
        forms.add(form);
    }

    void dropIntegers(int keep) {
        forms.subList(keep, forms.size()).clear();
    }

    int integers() {
        return forms.size();
    }

    /** Notes that a scalar is at least zero, or above it. Returns whether this was news. */
    boolean atLeastZero(Polynomial scalar, boolean strictly) {
        Boolean before = atLeastZero.get(scalar);
        if (before != null && (before || !strictly)) {
            return false;
        }
        atLeastZero.put(scalar, strictly);
        return true;
    }

    boolean notZero(Polynomial scalar) {
        return notZero.add(scalar);
    }

    /** Whether an integer is known to be at least zero. */
    boolean isNonNegative(LinearForm form) {
        return isNonNegative(form, 2);
    }

    private boolean isNonNegative(LinearForm form, int depth) {
        Map<String, LinearForm> shift = new HashMap<>();
        boolean bounded = true;
        for (String each : form.variables()) {
            Optional<BigInteger> lower = context.lowerBound(each);
            bounded &= lower.isPresent();
            lower.ifPresent(value -> shift.put(each, LinearForm.variable(each).add(LinearForm.of(value))));
        }
        if (bounded && form.substitute(shift).hasNoNegative()) {
            return true;
        }
        // the range of a bound index says nothing about anything else: it may be empty
        return depth > 0
                && forms.stream()
                        .filter(known -> known.variables().stream()
                                .allMatch(each -> !each.startsWith("#")
                                        || form.variables().contains(each)))
                        .anyMatch(known -> isNonNegative(form.subtract(known), depth - 1));
    }

    boolean isPositive(Polynomial scalar) {
        return hasSign(scalar, true, DEPTH);
    }

    boolean isNonNegative(Polynomial scalar) {
        return hasSign(scalar, false, DEPTH);
    }

    boolean isNonZero(Polynomial scalar) {
        return isNonZero(scalar, DEPTH);
    }

    private boolean isNonZero(Polynomial scalar, int depth) {
        if (scalar.isNumber()) {
            return scalar.number().signum() != 0;
        }
        if (notZero.stream().anyMatch(known -> scalar.ratio(known).signum() != 0)
                || hasSign(scalar, true, depth)
                || hasSign(scalar.scale(Fraction.of(-1)), true, depth)) {
            return true;
        }
        Map<Atom, LinearForm> common =
                scalar.terms().size() == 1 ? scalar.leading().powers() : Rewriter.common(scalar);
        return depth > 0
                && !common.isEmpty()
                && common.keySet().stream().allMatch(each -> isNonZero(each, depth - 1))
                && isNonZero(Rewriter.without(scalar, common), depth - 1);
    }

    private boolean hasSign(Polynomial scalar, boolean strictly, int depth) {
        if (scalar.isNumber()) {
            return scalar.number().signum() > (strictly ? 0 : -1);
        }
        boolean some = !strictly;
        boolean all = true;
        for (Map.Entry<Monomial, Fraction> each : scalar.terms().entrySet()) {
            boolean positive = each.getValue().signum() > 0;
            all &= positive && hasSign(each.getKey(), false, depth);
            some = some || all && hasSign(each.getKey(), true, depth);
        }
        if (all && some) {
            return true;
        }
        SortedMap<Atom, LinearForm> common = scalar.terms().size() == 1 ? new TreeMap<>() : Rewriter.common(scalar);
        if (!common.isEmpty() && depth > 0) {
            Polynomial factor = Polynomial.scalar(common, Fraction.ONE);
            Polynomial rest = Rewriter.without(scalar, common);
            if (hasSign(factor, strictly, depth - 1) && hasSign(rest, strictly, depth - 1)
                    || hasSign(factor.scale(Fraction.of(-1)), strictly, depth - 1)
                            && hasSign(rest.scale(Fraction.of(-1)), strictly, depth - 1)) {
                return true;
            }
        }
        return fromFacts(scalar, strictly, depth);
    }

    /** Whether a fact says it, or a fact and the sign of what remains once it is subtracted. */
    private boolean fromFacts(Polynomial scalar, boolean strictly, int depth) {
        boolean rests = depth > 0
                && (scalar.terms().size() > 1 || scalar.leading().powers().size() == 1);
        for (Map.Entry<Polynomial, Boolean> known : atLeastZero.entrySet()) {
            boolean same = scalar.ratio(known.getKey()).signum() > 0 && (known.getValue() || !strictly);
            boolean strict = strictly && !known.getValue();
            if (same
                    || rests
                            && shares(scalar, known.getKey())
                            && hasSign(scalar.subtract(known.getKey()), strict, depth - 1)) {
                return true;
            }
        }
        return false;
    }

    /** Whether two polynomials have a monomial in common, so that subtracting one can help. */
    private static boolean shares(Polynomial left, Polynomial right) {
        return left.terms().keySet().stream()
                .anyMatch(each -> !each.isOne() && right.terms().containsKey(each));
    }

    private boolean hasSign(Monomial monomial, boolean strictly, int depth) {
        return monomial.powers().entrySet().stream()
                .allMatch(each -> hasSign(each.getKey(), each.getValue(), strictly, depth));
    }

    private boolean hasSign(Atom atom, LinearForm exponent, boolean strictly, int depth) {
        boolean even = Rewriter.parity(exponent).isZero();
        return even && (!strictly || depth > 0 && isNonZero(atom, depth - 1)) || hasSign(atom, strictly, depth);
    }

    private boolean isNonZero(Atom atom, int depth) {
        Polynomial scalar = atom.value();
        return notZero.stream().anyMatch(known -> scalar.ratio(known).signum() != 0)
                || hasSign(atom, true, depth)
                || hasSign(scalar.scale(Fraction.of(-1)), true, depth);
    }

    private boolean hasSign(Atom atom, boolean strictly, int depth) {
        boolean known =
                switch (atom.kind()) {
                    case EXP -> true;
                    case SQRT -> !strictly || depth > 0 && hasSign(atom.polynomial(), true, depth - 1);
                    case ABS -> !strictly || depth > 0 && isNonZero(atom.polynomial(), depth - 1);
                    case INTEGER -> isNonNegative(atom.forms().get(0).plus(strictly ? -1 : 0));
                    case FORM, TRACE -> !strictly && isSquare(atom.word());
                    case BASE -> hasSign(atom.polynomial(), strictly, depth - 1);
                    case FUNCTION -> !strictly && atom.isNorm();
                    default -> false;
                };
        return known
                || depth > 0 && atom.kind() != Atom.Kind.BASE && fromFacts(Polynomial.of(atom), strictly, depth - 1);
    }

    /** Whether a word reads v'v, the square of a norm. */
    static boolean isSquare(Word word) {
        int half = word.letters().size() / 2;
        return word.letters().size() % 2 == 0 && word.part(0, half).transpose().equals(word.part(half, 2 * half));
    }
}

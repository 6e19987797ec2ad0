package org.loopcert.kernel.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Term.Kind;

/** Terms that equal a given one by laws of algebra, and terms that differ from it in one place. */
final class Rearrangements {
    private final Random random;
    private int fresh;

    Rearrangements(long seed) {
        random = new Random(seed);
    }

    /** An equal term: laws are applied at random places. */
    Term equal(Term term) throws IllTyped {
        Term inner = term;
        if (!term.arguments().isEmpty() && random.nextInt(3) > 0) {
            int place = random.nextInt(term.arguments().size());
            inner = replace(term, place, equal(term.argument(place)));
        }
        return random.nextInt(3) > 0 ? law(inner) : inner;
    }

    /** A term that differs in one place; mostly another value, not always. */
    Term different(Term term) throws IllTyped {
        if (!term.arguments().isEmpty() && random.nextInt(4) > 0) {
            int place = random.nextInt(term.arguments().size());
            return replace(term, place, different(term.argument(place)));
        }
        Term first = term.arguments().isEmpty() ? null : term.argument(0);
        return switch (term.kind()) {
            case SUM -> Term.sum(List.of(first, Term.negate(term.argument(1))));
            case PRODUCT -> {
                List<Term> turned = List.of(term.argument(1), first);
                boolean square = turned.stream()
                        .allMatch(
                                each -> each.shape().isSquare() && !each.shape().isScalar());
                yield square && turned.size() == term.arguments().size() ? Term.product(turned) : Term.negate(term);
            }
            case TRANSPOSE -> first.shape().isSquare() ? first : Term.negate(term);
            case POWER -> Term.power(first, term.index(0).plus(1));
            case NUMBER -> Term.number(term.value().add(Fraction.ONE));
            case INTEGER -> Term.integer(term.index(0).plus(1));
            case INDEX_SUM ->
                Term.indexSum(term.name(), term.index(0), term.index(1).plus(1), first);
            case QUOTIENT -> Term.product(List.of(first, term.argument(1)));
            case NORM, ABS, SQRT, EXP, LOG, NORM_INF, SPECTRAL_NORM, LAMBDA_MAX, LAMBDA_MIN, TRACE ->
                first.shape().isScalar() ? first : Term.sum(List.of(term, Term.number(1)));
            default -> term.shape().isSquare() && !term.shape().isScalar() ? Term.transpose(term) : Term.negate(term);
        };
    }

    /** The term with one argument replaced by another of its shape. */
    private static Term replace(Term term, int place, Term part) throws IllTyped {
        List<Term> parts = new ArrayList<>(term.arguments());
        parts.set(place, part);
        return rebuild(term, parts);
    }

    private static Term rebuild(Term term, List<Term> parts) throws IllTyped {
        Term first = parts.get(0);
        return switch (term.kind()) {
            case SUM -> Term.sum(parts);
            case PRODUCT -> Term.product(parts);
            case HADAMARD -> Term.hadamard(first, parts.get(1));
            case TRANSPOSE -> Term.transpose(first);
            case QUOTIENT -> Term.quotient(first, parts.get(1));
            case INVERSE -> Term.inverse(first);
            case POWER -> Term.power(first, term.index(0));
            case SLICE -> Term.slice(first, term.index(0), term.index(1), term.index(2), term.index(3));
            case INDEX_SUM -> Term.indexSum(term.name(), term.index(0), term.index(1), first);
            case BLOCKS -> {
                int width = term.index(0).constant().intValueExact();
                List<List<Term>> rows = new ArrayList<>();
                for (int i = 0; i < parts.size(); i += width) {
                    rows.add(parts.subList(i, i + width));
                }
                yield Term.blocks(rows);
            }
            case APPLY ->
                term.arguments().stream().anyMatch(each -> each.asInteger().isPresent())
                        ? term
                        : Term.apply(term.name(), parts, term.shape());
            default -> Term.function(term.kind(), first);
        };
    }

    private Term law(Term term) throws IllTyped {
        Term first = term.arguments().isEmpty() ? null : term.argument(0);
        if (random.nextInt(4) == 0) {
            return anywhere(term);
        }
        switch (term.kind()) {
            case SUM -> {
                List<Term> parts = new ArrayList<>(term.arguments());
                Collections.shuffle(parts, random);
                return Term.sum(parts);
            }
            case PRODUCT -> {
                return product(term, first);
            }
            case HADAMARD -> {
                return Term.hadamard(term.argument(1), first);
            }
            case TRANSPOSE -> {
                if (first.kind() == Kind.SUM) {
                    List<Term> parts = new ArrayList<>();
                    for (Term each : first.arguments()) {
                        parts.add(Term.transpose(each));
                    }
                    return Term.sum(parts);
                }
            }
            case QUOTIENT -> {
                return Term.product(List.of(Term.quotient(Term.number(1), term.argument(1)), first));
            }
            case POWER -> {
                LinearForm exponent = term.index(0);
                boolean splits = exponent.constant().signum() > 0
                        && exponent.variables().stream()
                                .allMatch(each -> exponent.coefficient(each).signum() > 0 && !each.equals("k"));
                if (splits) {
                    return Term.product(List.of(first, Term.power(first, exponent.plus(-1))));
                }
            }
            case TRACE -> {
                return first.kind() == Kind.PRODUCT && first.arguments().size() == 2
                        ? Term.function(Kind.TRACE, turned(first))
                        : Term.function(Kind.TRACE, Term.transpose(first));
            }
            case NORM, ABS, NORM_INF, SPECTRAL_NORM -> {
                return Term.function(term.kind(), Term.negate(first));
            }
            case EXP -> {
                Term other = Term.symbol("x", Shape.SCALAR);
                return Term.product(
                        List.of(Term.function(Kind.EXP, other), Term.function(Kind.EXP, Term.subtract(first, other))));
            }
            case INDEX_SUM -> {
                String index = "j" + fresh++;
                LinearForm shifted = LinearForm.variable(index).plus(-1);
                Term body = first.substitute(Map.of(term.name(), shifted), Map.of());
                return Term.indexSum(index, term.index(0).plus(1), term.index(1).plus(1), body);
            }
            default -> {}
        }
        return anywhere(term);
    }

    /** Scalars move and sums are multiplied out. */
    private Term product(Term term, Term first) throws IllTyped {
        if (term.arguments().size() != 2) {
            return anywhere(term);
        }
        Term second = term.argument(1);
        if (second.kind() == Kind.SUM) {
            List<Term> parts = new ArrayList<>();
            for (Term each : second.arguments()) {
                parts.add(Term.product(List.of(first, each)));
            }
            return Term.sum(parts);
        }
        if (first.kind() == Kind.SUM) {
            List<Term> parts = new ArrayList<>();
            for (Term each : first.arguments()) {
                parts.add(Term.product(List.of(each, second)));
            }
            return Term.sum(parts);
        }
        if (first.shape().isScalar() || second.shape().isScalar()) {
            return Term.product(List.of(second, first));
        }
        return Term.transpose(Term.product(List.of(Term.transpose(second), Term.transpose(first))));
    }

    private static Term turned(Term product) throws IllTyped {
        return Term.product(List.of(product.argument(1), product.argument(0)));
    }

    private Term anywhere(Term term) throws IllTyped {
        Shape shape = term.shape();
        return switch (random.nextInt(7)) {
            case 0 -> Term.transpose(Term.transpose(term));
            case 1 -> Term.sum(List.of(term, Term.zero(shape)));
            case 2 -> Term.product(List.of(term, Term.identity(shape.columns())));
            case 3 -> Term.product(List.of(Term.identity(shape.rows()), term));
            case 4 -> {
                Term other = Term.product(List.of(Term.symbol("x", Shape.SCALAR), term));
                yield Term.subtract(Term.sum(List.of(other, term)), other);
            }
            case 5 -> Term.negate(Term.negate(term));
            default -> {
                Term half = Term.quotient(term, Term.number(2));
                yield Term.sum(List.of(half, half));
            }
        };
    }
}

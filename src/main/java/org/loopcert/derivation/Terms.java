package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Term.Kind;

/** Terms taken apart, for searches. */
final class Terms {
    private static final int DEPTH = 20;

    private Terms() {}

    /** The term with its definitions put in, outside sums over an index. */
    static Term unfolded(Context context, Term term) throws IllTyped {
        return unfolded(context, term, 0);
    }

    private static Term unfolded(Context context, Term term, int depth) throws IllTyped {
        Optional<Term> body = context.unfold(term);
        if (body.isPresent() && depth < DEPTH) {
            return unfolded(context, body.get(), depth + 1);
        }
        List<Term> parts = new ArrayList<>();
        for (Term each : term.arguments()) {
            parts.add(unfolded(context, each, depth));
        }
        if (parts.equals(term.arguments())) {
            return term;
        }
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
            case APPLY -> context.apply(term.name(), parts);
            case BLOCKS, INDEX_SUM -> term;
            default -> Term.function(term.kind(), first);
        };
    }

    /** The term and everything inside it but what is under a sum over an index. */
    static void walk(Term term, Consumer<Term> visitor) {
        visitor.accept(term);
        if (term.kind() != Kind.INDEX_SUM) {
            term.arguments().forEach(each -> walk(each, visitor));
        }
    }

    /** The summands, sums in sums opened. */
    static List<Term> summands(Term term) {
        if (term.kind() != Kind.SUM) {
            return List.of(term);
        }
        List<Term> all = new ArrayList<>();
        term.arguments().forEach(each -> all.addAll(summands(each)));
        return all;
    }

    /** The factors; products in products are opened unless they are scalars, which commute as wholes. */
    static List<Term> factors(Term term) {
        if (term.kind() != Kind.PRODUCT) {
            return List.of(term);
        }
        List<Term> all = new ArrayList<>();
        for (Term each : term.arguments()) {
            all.addAll(each.shape().isScalar() ? List.of(each) : factors(each));
        }
        return all;
    }

    /** The factors that are no scalars. */
    static List<Term> matrices(Term term) {
        return factors(term).stream().filter(each -> !each.shape().isScalar()).toList();
    }

    /** The scalars that stand as factors or divisors in a term; of a divisor its reciprocal. */
    static Set<Term> scalars(Term term) throws IllTyped {
        Set<Term> found = new LinkedHashSet<>();
        List<Term> all = new ArrayList<>();
        walk(term, all::add);
        for (Term each : all) {
            List<Term> candidates = new ArrayList<>();
            if (each.kind() == Kind.PRODUCT) {
                candidates.addAll(factors(each));
            } else if (each.kind() == Kind.QUOTIENT) {
                candidates.add(each.argument(0));
                candidates.add(Term.quotient(Term.number(1), each.argument(1)));
            } else if (each.kind() == Kind.POWER) {
                candidates.add(each.argument(0));
            }
            for (Term one : candidates) {
                if (one.shape().isScalar() && one.kind() != Kind.NUMBER && one.kind() != Kind.PRODUCT) {
                    found.add(one);
                }
            }
        }
        return found;
    }

    /** Whether a term is the column that makes it one side of an inner product. */
    static boolean isColumn(Term term) {
        return term.shape().columns().isOne() && !term.shape().isScalar();
    }

    /** c times a term. */
    static Term scaled(Fraction factor, Term term) throws IllTyped {
        return factor.equals(Fraction.ONE) ? term : Term.product(List.of(Term.number(factor), term));
    }

    /** The number that products and quotients of numbers denote; empty for every other term, and for a division by zero. */
    static Optional<Fraction> number(Term term) {
        if (term.kind() == Kind.NUMBER) {
            return Optional.of(term.value());
        }
        if (term.kind() == Kind.PRODUCT || term.kind() == Kind.QUOTIENT) {
            Fraction product = Fraction.ONE;
            for (int i = 0; i < term.arguments().size(); i++) {
                Optional<Fraction> each = number(term.argument(i));
                boolean divides = term.kind() == Kind.QUOTIENT && i == 1;
                if (each.isEmpty() || divides && each.get().signum() == 0) {
                    return Optional.empty();
                }
                product = divides ? product.divide(each.get()) : product.multiply(each.get());
            }
            return Optional.of(product);
        }
        return Optional.empty();
    }

    /** The term times the product of divisors, with the divisions by them carried out where they stand. */
    static Term cleared(Term term, List<Term> divisors) throws IllTyped {
        if (divisors.isEmpty()) {
            return term;
        }
        if (term.kind() == Kind.SUM) {
            List<Term> summands = new ArrayList<>();
            for (Term each : term.arguments()) {
                summands.add(cleared(each, divisors));
            }
            return Term.sum(summands);
        }
        List<Term> open = new ArrayList<>(divisors);
        List<Term> factors = new ArrayList<>();
        if (term.kind() == Kind.PRODUCT) {
            for (Term each : term.arguments()) {
                List<Term> own =
                        open.stream().filter(divisor -> divides(divisor, each)).toList();
                open.removeAll(own);
                factors.add(cleared(each, own));
            }
        } else if (term.kind() == Kind.QUOTIENT && open.remove(term.argument(1))) {
            factors.add(cleared(term.argument(0), open));
            open.clear();
        } else {
            factors.add(term);
        }
        factors.addAll(0, open);
        return Term.product(factors);
    }

    private static boolean divides(Term divisor, Term term) {
        return term.kind() == Kind.QUOTIENT && term.argument(1).equals(divisor)
                || (term.kind() == Kind.SUM || term.kind() == Kind.PRODUCT || term.kind() == Kind.QUOTIENT)
                        && term.arguments().stream().anyMatch(each -> divides(divisor, each));
    }
}

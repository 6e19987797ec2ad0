package org.loopcert.derivation;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.Formula.ForAll;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;

/**
 * Estimates, before it is done, what an evaluation at given integers costs, roughly in products of numbers: a search that
 * is metered by them ends in a time that the text of a derivation cannot stretch.
 */
final class EvaluationWork {
    static final long MOST = 1L << 40;

    private static final long LARGEST = 1 << 20;
    private static final int SERIES = 8000;
    private static final int ROOT = 100;
    private static final int HALVINGS = 64;

    private final Context context;
    private final Map<String, Integer> integers;
    private final Map<Term, Long> known = new IdentityHashMap<>();
    private final Map<String, Long> definitions = new HashMap<>();
    private final Set<String> entered = new HashSet<>();

    EvaluationWork(Context context, Map<String, Integer> integers) {
        this.context = context;
        this.integers = new HashMap<>(integers);
    }

    long of(Formula formula) {
        if (formula instanceof Comparison comparison) {
            return capped(of(comparison.left()) + of(comparison.right()));
        }
        if (formula instanceof Formula.Invertible invertible) {
            return of(invertible.term());
        }
        ForAll all = (ForAll) formula;
        long sum = of(all.body());
        for (Formula each : all.conditions()) {
            sum = capped(sum + of(each));
        }
        // an integer from its bound to one that the conditions give
        return capped(sum * (2L + EntryShapes.largest(integers)));
    }

    long of(Term term) {
        Long before = known.get(term);
        if (before == null) {
            before = capped(work(term));
            known.put(term, before);
        }
        return before;
    }

    private static long capped(long work) {
        return work < 0 || work > MOST ? MOST : work;
    }

    private long work(Term term) {
        long rows = size(term.shape().rows());
        long columns = size(term.shape().columns());
        long own = rows * columns;
        if (term.kind() == Term.Kind.INDEX_SUM) {
            // where a bound index stands, its largest value is meant
            long largest = Math.max(magnitude(term.index(0)), magnitude(term.index(1)));
            integers.put(term.name(), (int) largest);
        }
        long inside = 0;
        for (Term each : term.arguments()) {
            inside = capped(inside + of(each));
        }
        return switch (term.kind()) {
            case PRODUCT -> inside + own * inner(term) * term.arguments().size();
            case INVERSE -> inside + own * rows;
            case POWER -> inside + 2 * own * rows + magnitude(term.index(0)) / 4 * rows;
            case EXP, EXP_ENTRYWISE, LOG -> inside + SERIES * own;
            case SQRT, NORM -> inside + ROOT;
            case SPECTRAL_NORM, LAMBDA_MAX, LAMBDA_MIN ->
                inside + HALVINGS * cube(term.argument(0).shape());
            case INDEX_SUM -> {
                long count = magnitude(term.index(1).subtract(term.index(0)));
                yield capped(count + 1) > MOST / (inside + 1) ? MOST : (count + 1) * (inside + own);
            }
            case SYMBOL, APPLY -> own + inside + named(term);
            default -> own + inside;
        };
    }

    /** What a definition or a recurrence costs; one that is inside itself is counted where it is entered first. */
    private long named(Term term) {
        Declaration declaration = context.declaration(term.name()).orElse(null);
        Long before = definitions.get(term.name());
        if (before == null && entered.add(term.name())) {
            before = 0L;
            if (declaration instanceof Declaration.Definition definition) {
                before = of(definition.body());
            } else if (declaration instanceof Declaration.Function) {
                for (Formula each : context.hypotheses()) {
                    if (Construction.defined(context, each)
                            .filter(term.name()::equals)
                            .isPresent()) {
                        before = capped(before + of(((ForAll) each).body()));
                    }
                }
            }
            definitions.put(term.name(), before);
        }
        long times = 1;
        for (Term each : term.arguments()) {
            times = Math.max(times, each.asInteger().map(this::magnitude).orElse(1L) + 1);
        }
        return before == null || before == 0 ? 0 : times > MOST / before ? MOST : times * before;
    }

    private long inner(Term product) {
        long inner = 1;
        for (Term each : product.arguments()) {
            inner = Math.max(inner, size(each.shape().columns()));
        }
        return inner;
    }

    private long cube(Shape shape) {
        long size = Math.max(size(shape.rows()), size(shape.columns()));
        return size * size * size;
    }

    private long size(LinearForm form) {
        return Math.max(1, magnitude(form));
    }

    /** The absolute value, as far as it is known and not beyond what is evaluated at all. */
    private long magnitude(LinearForm form) {
        BigInteger value = form.constant();
        for (String each : form.variables()) {
            value = value.add(form.coefficient(each).multiply(BigInteger.valueOf(integers.getOrDefault(each, 1))));
        }
        return value.abs().min(BigInteger.valueOf(LARGEST)).longValueExact();
    }
}

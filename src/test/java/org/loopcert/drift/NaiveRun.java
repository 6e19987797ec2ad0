package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;

/**
 * A rounded run written as its definition reads: exact rationals, each operation followed by a rounding, the terms of a
 * sum listed before they are added. For runs whose numbers all stay finite.
 */
final class NaiveRun {
    private static final RationalField Q = RationalField.INSTANCE;

    private final RunConfiguration configuration;
    private final List<List<BigRational>> x;
    private final List<BigRational> y;
    private final BigRational alpha;
    private final BigRational eta;
    private List<BigRational> state = new ArrayList<>();

    private record Term(BigRational left, BigRational right) {}

    NaiveRun(DescentInstance instance, RunConfiguration configuration) {
        this.configuration = configuration;
        this.x = instance.examples().toLists().stream()
                .map(row -> row.stream().map(this::work).toList())
                .toList();
        this.y = instance.labels().toList().stream().map(this::work).toList();
        this.alpha = work(instance.query());
        this.eta = work(instance.stepSize(0));
        for (BigRational theta : instance.start()) {
            boolean attention = configuration.order() == SummationOrder.ATTENTION;
            state.add(work(attention ? Q.negate(Q.multiply(instance.query(), theta)) : theta));
        }
    }

    List<BigRational> state() {
        return state;
    }

    private static BigRational round(RoundingFormat format, BigRational value) {
        return FloatingPoint.exact(format.round(value));
    }

    private BigRational work(BigRational value) {
        return round(configuration.format(), value);
    }

    private BigRational accumulate(BigRational value) {
        return round(configuration.accumulator(), value);
    }

    private BigRational product(Term term) {
        return accumulate(Q.multiply(term.left(), term.right()));
    }

    /** sum + left * right, rounded once or twice. */
    private BigRational plus(BigRational sum, Term term) {
        BigRational product = Q.multiply(term.left(), term.right());
        return accumulate(Q.add(sum, configuration.fused() ? product : accumulate(product)));
    }

    private BigRational sequential(List<Term> terms) {
        BigRational sum = BigRational.ZERO;
        for (Term term : terms) {
            sum = plus(sum, term);
        }
        return sum;
    }

    private BigRational blocked(List<Term> terms, int size) {
        BigRational sum = BigRational.ZERO;
        for (int from = 0; from < terms.size(); from += size) {
            sum = accumulate(Q.add(sum, sequential(terms.subList(from, Math.min(terms.size(), from + size)))));
        }
        return sum;
    }

    private BigRational pairwise(List<Term> terms) {
        List<BigRational> sums = new ArrayList<>();
        for (int i = 0; i < terms.size(); i += 2) {
            BigRational first = product(terms.get(i));
            sums.add(i + 1 < terms.size() ? plus(first, terms.get(i + 1)) : first);
        }
        while (sums.size() > 1) {
            List<BigRational> next = new ArrayList<>();
            for (int i = 0; i < sums.size(); i += 2) {
                next.add(i + 1 < sums.size() ? accumulate(Q.add(sums.get(i), sums.get(i + 1))) : sums.get(i));
            }
            sums = next;
        }
        return sums.get(0);
    }

    private BigRational sum(List<Term> terms) {
        Summation summation = configuration.summation();
        if (summation instanceof Summation.Blocked blocks) {
            return work(blocked(terms, blocks.size()));
        }
        return work(summation.equals(Summation.PAIRWISE) ? pairwise(terms) : sequential(terms));
    }

    private static List<Term> terms(List<BigRational> left, List<BigRational> right) {
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            terms.add(new Term(left.get(i), right.get(i)));
        }
        return terms;
    }

    private List<BigRational> column(int j) {
        return x.stream().map(row -> row.get(j)).toList();
    }

    void step() {
        List<BigRational> gradient = new ArrayList<>();
        if (configuration.order() == SummationOrder.GRAM) {
            for (int i = 0; i < state.size(); i++) {
                List<BigRational> row = new ArrayList<>();
                for (int j = 0; j < state.size(); j++) {
                    row.add(sum(terms(column(i), column(j))));
                }
                gradient.add(work(Q.subtract(sum(terms(row, state)), sum(terms(column(i), y)))));
            }
        } else {
            List<BigRational> residuals = new ArrayList<>();
            for (int i = 0; i < x.size(); i++) {
                List<Term> terms = terms(x.get(i), state);
                if (configuration.order() == SummationOrder.ATTENTION) {
                    terms.add(new Term(alpha, y.get(i)));
                    residuals.add(sum(terms));
                } else {
                    residuals.add(work(Q.subtract(sum(terms), y.get(i))));
                }
            }
            for (int j = 0; j < state.size(); j++) {
                gradient.add(sum(terms(residuals, column(j))));
            }
        }
        List<BigRational> next = new ArrayList<>();
        for (int j = 0; j < state.size(); j++) {
            BigRational step = Q.multiply(eta, gradient.get(j));
            next.add(work(Q.subtract(state.get(j), configuration.fused() ? step : work(step))));
        }
        state = next;
    }
}

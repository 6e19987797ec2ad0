package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.loopcert.derivation.EntryCheck.Budget;
import org.loopcert.derivation.EntryCheck.Result;
import org.loopcert.derivation.EntryCheckTest.Terms;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.proof.Term.Kind;
import org.loopcert.ring.RationalField;

/** Random terms equal themselves rearranged by the laws of rings with transposition, and nothing else. */
class EntryCheckLawsTest {
    private static final LinearForm N = LinearForm.variable("n");
    private static final LinearForm D = LinearForm.variable("d");
    private static final LinearForm ONE = LinearForm.ONE;

    /** One term in two spellings. */
    private record Pair(Term left, Term right) {}

    private static final class Generator {
        private final Random random;
        private final Terms terms;

        Generator(long seed) throws IllTyped {
            random = new Random(seed);
            terms = EntryCheckTest.usual();
        }

        private LinearForm size() {
            return List.of(N, D, D, ONE).get(random.nextInt(4));
        }

        Pair term(LinearForm rows, LinearForm columns, int depth) throws IllTyped {
            if (depth == 0) {
                return leaf(rows, columns);
            }
            switch (random.nextInt(7)) {
                case 0, 1 -> {
                    Pair first = term(rows, columns, depth - 1);
                    Pair second = term(rows, columns, depth - 1);
                    return new Pair(
                            EntryCheckTest.sum(first.left(), second.left()),
                            EntryCheckTest.sum(second.right(), first.right()));
                }
                case 2 -> {
                    LinearForm middle = size();
                    Pair first = term(rows, middle, depth - 1);
                    Pair second = term(middle, columns, depth - 1);
                    Pair third = term(middle, columns, depth - 1);
                    return new Pair(
                            EntryCheckTest.times(first.left(), EntryCheckTest.minus(second.left(), third.left())),
                            EntryCheckTest.minus(
                                    EntryCheckTest.times(first.right(), second.right()),
                                    EntryCheckTest.times(first.right(), third.right())));
                }
                case 3 -> {
                    LinearForm middle = size();
                    Pair first = term(middle, rows, depth - 1);
                    Pair second = term(columns, middle, depth - 1);
                    return new Pair(
                            EntryCheckTest.tr(EntryCheckTest.times(second.left(), first.left())),
                            EntryCheckTest.times(EntryCheckTest.tr(first.right()), EntryCheckTest.tr(second.right())));
                }
                case 4 -> {
                    Pair scalar = term(ONE, ONE, depth - 1);
                    Pair rest = term(rows, columns, depth - 1);
                    return new Pair(
                            EntryCheckTest.times(scalar.left(), rest.left()),
                            EntryCheckTest.times(rest.right(), scalar.right()));
                }
                case 5 -> {
                    Pair first = term(rows, columns, depth - 1);
                    Pair second = term(rows, columns, depth - 1);
                    return new Pair(
                            Term.hadamard(first.left(), second.left()), Term.hadamard(second.right(), first.right()));
                }
                default -> {
                    if (!rows.equals(ONE) || !columns.equals(ONE)) {
                        return leaf(rows, columns);
                    }
                    Pair first = term(N, D, depth - 1);
                    Pair second = term(D, N, depth - 1);
                    return new Pair(
                            Term.function(Kind.TRACE, EntryCheckTest.times(first.left(), second.left())),
                            Term.function(Kind.TRACE, EntryCheckTest.times(second.right(), first.right())));
                }
            }
        }

        private Pair leaf(LinearForm rows, LinearForm columns) throws IllTyped {
            Term term = symbol(rows, columns);
            if (term == null) {
                Pair transposed = leaf(columns, rows);
                return new Pair(EntryCheckTest.tr(transposed.left()), EntryCheckTest.tr(transposed.right()));
            }
            // S is symmetric by hypothesis
            return term.name().equals("S") ? new Pair(term, EntryCheckTest.tr(term)) : new Pair(term, term);
        }

        /** A declared symbol of the shape; null if only its transpose is declared. */
        private Term symbol(LinearForm rows, LinearForm columns) throws IllTyped {
            List<String> names;
            if (rows.equals(ONE) && columns.equals(ONE)) {
                names = List.of("a", "b", "c");
            } else if (columns.equals(ONE)) {
                names = rows.equals(N) ? List.of("y") : List.of("u", "v", "w");
            } else if (rows.equals(D) && columns.equals(D)) {
                names = List.of("A", "B", "S");
            } else if (rows.equals(N) && columns.equals(D)) {
                names = List.of("X", "Y");
            } else if (rows.equals(N) && columns.equals(N)) {
                return EntryCheckTest.times(terms.of("y"), EntryCheckTest.tr(terms.of("y")));
            } else {
                return null;
            }
            return terms.of(names.get(random.nextInt(names.size())));
        }
    }

    @Property(tries = 60)
    void aTermIsItselfRearranged(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int depth) throws IllTyped {
        Generator generator = new Generator(seed);
        Pair pair = generator.term(D, generator.size(), depth);
        Result result = check(generator, pair.left(), pair.right());
        assertThat(result).as("%s = %s", pair.left(), pair.right()).isInstanceOf(Result.Confirmed.class);
    }

    @Property(tries = 60)
    void aTermIsNotItselfPerturbed(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int depth) throws IllTyped {
        Generator generator = new Generator(seed);
        LinearForm columns = generator.size();
        Pair pair = generator.term(D, columns, depth);
        Term more = EntryCheckTest.times(
                Term.number(1 + generator.random.nextInt(3)),
                Term.ones(new Shape(D, columns)),
                generator.terms.of("c"));
        EntryCheckTest.assertRefuted(
                generator.terms, EntryCheckTest.equal(pair.left(), EntryCheckTest.sum(pair.right(), more)));
    }

    @Property(tries = 60)
    void whatIsConfirmedHoldsAtEveryPointTried(@ForAll long seed) throws IllTyped {
        Generator generator = new Generator(seed);
        Pair first = generator.term(D, ONE, 2);
        Pair second = generator.random.nextBoolean() ? first : generator.term(D, ONE, 2);
        Result result = check(generator, first.left(), second.right());
        if (result instanceof Result.Confirmed) {
            // the evaluator knows none of the laws that the expansion used
            Map<String, Integer> shape = Map.of("n", 3, "d", 2, "T", 0);
            Map<String, BigRational> values = new HashMap<>();
            for (String name : List.of("a", "b", "c")) {
                values.put(name, value(generator));
            }
            for (int i = 1; i <= 3; i++) {
                values.put("y[" + i + "]", value(generator));
                for (int j = 1; j <= 2; j++) {
                    values.put("X[" + i + "," + j + "]", value(generator));
                    values.put("Y[" + i + "," + j + "]", value(generator));
                }
            }
            for (int i = 1; i <= 2; i++) {
                for (String name : List.of("u", "v", "w")) {
                    values.put(name + "[" + i + "]", value(generator));
                }
                for (int j = 1; j <= 2; j++) {
                    values.put("A[" + i + "," + j + "]", value(generator));
                    values.put("B[" + i + "," + j + "]", value(generator));
                    values.put("S[" + i + "," + j + "]", RationalField.of(i * j, 1));
                }
            }
            EntryEvaluator evaluator = new EntryEvaluator(generator.terms.context(), shape, values);
            assertThat(evaluator.holds(EntryCheckTest.equal(first.left(), second.right())))
                    .isTrue();
        } else {
            assertThat(result).isInstanceOf(Result.Refuted.class);
            EntryCheckTest.assertRefuted(generator.terms, EntryCheckTest.equal(first.left(), second.right()));
        }
    }

    private static BigRational value(Generator generator) {
        return RationalField.of(generator.random.nextInt(21) - 10, 1 + generator.random.nextInt(4));
    }

    private static Result check(Generator generator, Term left, Term right) throws IllTyped {
        return EntryCheck.check(
                generator.terms.context(), EntryCheckTest.equal(left, right), List.of(), Budget.DEFAULT);
    }
}

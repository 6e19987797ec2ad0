package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.obermuhlner.math.big.BigRational;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula.Comparison;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;
import org.loopcert.kernel.value.Counterexample;
import org.loopcert.kernel.value.Evaluator;
import org.loopcert.kernel.value.Matrix;
import org.loopcert.kernel.value.NotACounterexample;
import org.loopcert.kernel.value.NotACounterexample.Reason;
import org.loopcert.kernel.value.Values;
import org.loopcert.ring.RationalField;

/** The rules by which lines are proved and the evaluation by which they are refuted share no code, and agree. */
class ProvedLinesAreNotRefutedTest {
    private static final int SAMPLES = 2;
    private static final long SEED = 7_011;

    private final Random random = new Random(SEED);

    private BigInteger integer(BigInteger lower, boolean dimension) {
        return lower.add(BigInteger.valueOf(random.nextInt(dimension ? 2 : 4)));
    }

    private static int size(LinearForm form, Map<String, BigInteger> integers) {
        BigInteger sum = form.constant();
        for (String each : form.variables()) {
            sum = sum.add(form.coefficient(each).multiply(integers.get(each)));
        }
        return sum.intValueExact();
    }

    private Matrix matrix(Shape shape, Map<String, BigInteger> integers) {
        List<List<Fraction>> rows = new ArrayList<>();
        for (int i = 0; i < Math.max(1, size(shape.rows(), integers)); i++) {
            List<Fraction> row = new ArrayList<>();
            for (int j = 0; j < Math.max(1, size(shape.columns(), integers)); j++) {
                row.add(Fraction.of(
                        BigInteger.valueOf(random.nextInt(7) - 2L), BigInteger.valueOf(1 + random.nextInt(2))));
            }
            rows.add(row);
        }
        return Matrix.of(rows);
    }

    private Values values(Context context) {
        Map<String, BigInteger> integers = new LinkedHashMap<>();
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        Map<String, Values.Sequence> sequences = new LinkedHashMap<>();
        context.declarations().forEach((name, declaration) -> {
            if (declaration instanceof Declaration.IntegerVariable variable) {
                integers.put(name, integer(variable.lower(), variable.dimension()));
            }
        });
        context.declarations().forEach((name, declaration) -> {
            if (declaration instanceof Declaration.Symbol symbol) {
                matrices.put(name, matrix(symbol.shape(), integers));
            } else if (declaration instanceof Declaration.Function function
                    && function.parameters().size() == 1
                    && function.parameters().get(0) == null) {
                List<Matrix> table = new ArrayList<>();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    table.add(matrix(function.result(), integers));
                }
                sequences.put(name, new Values.Sequence(BigInteger.valueOf(random.nextInt(4) / 3), table));
            }
        });
        return new Values(integers, matrices, sequences);
    }

    @Test
    void noProvedLineIsRefutedAtRandomValues() throws IOException, DerivationSyntaxException {
        Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
        int compared = 0;
        for (StoredDerivations.Case file : StoredDerivations.accept()) {
            Derivation derivation = DerivationReader.read(file.name(), file.text());
            if (!file.problems().isEmpty()) {
                continue;
            }
            for (int sample = 0; sample < SAMPLES; sample++) {
                Values values = values(derivation.context());
                for (Judgement line : Judgement.of(derivation)) {
                    try {
                        Counterexample.check(derivation.context(), line.assumptions(), line.formula(), values);
                        fail(file.name() + " " + line + " is refuted at " + values);
                    } catch (NotACounterexample not) {
                        counts.merge(not.reason(), 1, Integer::sum);
                    }
                    if (line.formula() instanceof Comparison comparison) {
                        compared += agree(derivation.context(), values, comparison.left()) ? 1 : 0;
                        compared += agree(derivation.context(), values, comparison.right()) ? 1 : 0;
                    }
                }
            }
        }
        assertThat(counts.get(Reason.LINE_TRUE)).isGreaterThan(100);
        assertThat(counts.get(Reason.NOT_MET)).isGreaterThan(10);
        assertThat(compared).isGreaterThan(150);
    }

    /** Whether both implementations have a value; it must be the same one. */
    private static boolean agree(Context context, Values values, Term term) {
        Map<String, Integer> integers = new LinkedHashMap<>();
        values.integers().forEach((name, value) -> integers.put(name, value.intValueExact()));
        Map<String, BigRational> assignment = new LinkedHashMap<>();
        values.matrices().forEach((name, value) -> assign(assignment, context, name, name, value));
        values.sequences().forEach((name, value) -> {
            for (int i = 0; i < value.values().size(); i++) {
                BigInteger at = value.first().add(BigInteger.valueOf(i));
                assign(
                        assignment,
                        context,
                        name,
                        name + "(" + at + ")",
                        value.values().get(i));
            }
        });
        try {
            org.loopcert.matrix.Matrix<BigRational> expected =
                    new EntryEvaluator(context, integers, assignment).evaluate(term);
            Matrix found = new Evaluator(context, values).evaluate(term, 64);
            for (int i = 0; i < expected.rows(); i++) {
                for (int j = 0; j < expected.columns(); j++) {
                    assertThat(found.get(i, j).contains(fraction(expected.get(i, j))))
                            .as("%s at %s", Notation.of(term), values)
                            .isTrue();
                }
            }
            return true;
        } catch (EntryFailure | NotACounterexample noValue) {
            return false;
        }
    }

    private static Fraction fraction(BigRational value) {
        BigRational canonical = RationalField.canonical(value);
        return Fraction.of(canonical.getNumeratorBigInteger(), canonical.getDenominatorBigInteger());
    }

    private static void assign(
            Map<String, BigRational> assignment, Context context, String name, String node, Matrix value) {
        for (int i = 0; i < value.rows(); i++) {
            for (int j = 0; j < value.columns(); j++) {
                Fraction entry = value.get(i, j).lower();
                assignment.put(
                        EntryNames.entry(node, EntryNames.declared(context, name), i + 1, j + 1),
                        RationalField.of(entry.numerator(), entry.denominator()));
            }
        }
    }
}

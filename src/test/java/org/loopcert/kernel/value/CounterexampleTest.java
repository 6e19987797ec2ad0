package org.loopcert.kernel.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loopcert.derivation.Derivation;
import org.loopcert.derivation.DerivationReader;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.value.NotACounterexample.Reason;

class CounterexampleTest {
    /** Values as a test writes them: {@code n = 2; X = 1, 1/2; 0, 3; s@0 = 1 | 2}. */
    static Values values(String... lines) {
        Map<String, BigInteger> integers = new LinkedHashMap<>();
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        Map<String, Values.Sequence> sequences = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = line.split(" = ");
            String name = parts[0].strip();
            if (name.startsWith("#")) {
                integers.put(name.substring(1), new BigInteger(parts[1].strip()));
            } else if (name.contains("@")) {
                List<Matrix> table = new ArrayList<>();
                for (String each : parts[1].split("\\|")) {
                    table.add(matrix(each));
                }
                String[] start = name.split("@");
                sequences.put(start[0], new Values.Sequence(new BigInteger(start[1]), table));
            } else {
                matrices.put(name, matrix(parts[1]));
            }
        }
        return new Values(integers, matrices, sequences);
    }

    static Matrix matrix(String text) {
        List<List<Fraction>> rows = new ArrayList<>();
        for (String row : text.split(";")) {
            List<Fraction> entries = new ArrayList<>();
            for (String each : row.split(",")) {
                String[] parts = each.strip().split("/");
                entries.add(Fraction.of(new BigInteger(parts[0]), new BigInteger(parts.length > 1 ? parts[1] : "1")));
            }
            rows.add(entries);
        }
        return Matrix.of(rows);
    }

    /** The last statement of the derivation, without assumptions. */
    static Counterexample check(String derivation, Values values) throws Exception {
        Derivation read = DerivationReader.read("test", derivation);
        assertThat(read.diagnostics()).isEmpty();
        return Counterexample.check(
                read.context(),
                List.of(),
                read.statements()
                        .get(read.statements().size() - 1)
                        .formula()
                        .value()
                        .orElseThrow(),
                values);
    }

    static void refuses(Reason reason, String derivation, Values values) {
        assertThatThrownBy(() -> check(derivation, values))
                .isInstanceOfSatisfying(NotACounterexample.class, each -> assertThat(each.reason())
                        .isEqualTo(reason));
    }

    private static final String DESCENT = """
            dimension d
            matrix G in R^{d x d}
            vector b in R^d
            scalar eta
            integer T
            sequence theta in R^d
            assume G symmetric
            assume 0 < eta
            assume descent: for all t >= 0: theta(t+1) = theta(t) - eta (G theta(t) - b)
            """;

    @Test
    void aWrongDescentLemma() throws Exception {
        Counterexample found = check(
                DESCENT + "claim ||G theta(T) - b||_2 <= ||G theta(0) - b||_2\n",
                values("#d = 1", "#T = 5", "G = 2", "b = 0", "eta = 2", "theta@0 = 1"));
        assertThat(found.sides().get(0)).isEqualTo(matrix("486"));
        assertThat(found.sides().get(1)).isEqualTo(matrix("2"));
        refuses(
                Reason.LINE_TRUE,
                DESCENT + "claim ||G theta(T) - b||_2 <= ||G theta(0) - b||_2\n",
                values("#d = 1", "#T = 5", "G = 2", "b = 0", "eta = 1/2", "theta@0 = 1"));
    }
}

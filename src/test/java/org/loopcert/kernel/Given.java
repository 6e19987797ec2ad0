package org.loopcert.kernel;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Instances and premises made directly, for tests of single rules. */
final class Given {
    private Given() {}

    static Fraction q(long p, long q) {
        return Fraction.of(BigInteger.valueOf(p), BigInteger.valueOf(q));
    }

    /** Alpha 1, q(0) = 0, labels 0. */
    static Problem problem(long[][] x, Instance.Step step, long loops) throws Refusal {
        List<Fraction> zero =
                Arrays.stream(x[0]).mapToObj(each -> Fraction.ZERO).toList();
        return new Problem(
                new Instance(
                        new Json.Obj(0, List.of(), List.of()),
                        Fraction.ONE,
                        loops,
                        step,
                        zero,
                        Optional.empty(),
                        Arrays.stream(x).map(row -> Fraction.ZERO).toList(),
                        Arrays.stream(x)
                                .map(row -> Arrays.stream(row)
                                        .mapToObj(Fraction::of)
                                        .toList())
                                .toList()),
                meter());
    }

    static Limits.Meter meter() {
        return new Limits.Meter(Limits.DEFAULT);
    }

    /** Premises that hold these statements. */
    static Theorem.Premises premises(Problem problem, Statement... statements) throws Refusal {
        Theorem[] theorems = new Theorem[statements.length];
        for (int i = 0; i < theorems.length; i++) {
            Statement statement = statements[i];
            Theorem.Rule<Void> rule = (given, none, witness) -> statement;
            theorems[i] = Theorem.derive(
                    new Theorem.Named<>("given", "given", rule), problem, new Theorem.Premises(List.of()), null);
        }
        return new Theorem.Premises(List.of(theorems));
    }
}

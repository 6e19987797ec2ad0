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
        return problem(
                Arrays.stream(x)
                        .map(row -> Arrays.stream(row).mapToObj(Fraction::of).toList())
                        .toList(),
                Arrays.stream(x).map(row -> Fraction.ZERO).toList(),
                step,
                loops,
                meter());
    }

    /** Alpha 1, q(0) = 0. */
    static Problem problem(List<List<Fraction>> x, List<Fraction> y, Instance.Step step, long loops, Limits.Meter meter)
            throws Refusal {
        List<Fraction> zero = x.get(0).stream().map(each -> Fraction.ZERO).toList();
        return new Problem(instance(x, y, zero, Optional.empty(), step, loops), meter);
    }

    /** Alpha 1. */
    static Instance instance(
            List<List<Fraction>> x,
            List<Fraction> y,
            List<Fraction> start,
            Optional<List<Fraction>> task,
            Instance.Step step,
            long loops) {
        return new Instance(new Json.Obj(0, List.of(), List.of()), Fraction.ONE, loops, step, start, task, y, x);
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

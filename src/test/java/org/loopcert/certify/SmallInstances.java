package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/** Random instances small enough for the oracle, of every kind that certificates distinguish. */
final class SmallInstances {
    private static final RationalField Q = RationalField.INSTANCE;

    private SmallInstances() {}

    static BigRational number(Random random) {
        return RationalField.of(random.nextInt(13) - 6, random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 1);
    }

    static BigRational nonzero(Random random) {
        BigRational value = number(random);
        return value.signum() == 0 ? BigRational.ONE : value;
    }

    static Vector<BigRational> vector(Random random, int size) {
        return Vector.of(random.ints(size).mapToObj(i -> number(random)).toList());
    }

    /** A rational point on the unit sphere, by reflecting e_1 in a random hyperplane. */
    static Vector<BigRational> unit(Random random, int d) {
        List<BigRational> v = new ArrayList<>(vector(random, d).toList());
        v.set(0, nonzero(random));
        BigRational square = Vector.of(v).dot(Q, Vector.of(v));
        List<BigRational> result = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            BigRational e = j == 0 ? BigRational.ONE : BigRational.ZERO;
            BigRational moved = Q.divide(Q.multiply(Q.multiply(BigRational.TWO, v.get(0)), v.get(j)), square);
            result.add(Q.subtract(e, moved));
        }
        return Vector.of(result);
    }

    /** X with at least one nonzero entry; sometimes of deficient rank, or with rational eigenvalues of X'X. */
    static Matrix<BigRational> examples(Random random, int n, int d) {
        int kind = random.nextInt(5);
        List<List<BigRational>> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            rows.add(new ArrayList<>(vector(random, d).toList()));
        }
        if (kind == 0 && d > 1) { // a column that depends on another
            BigRational factor = number(random);
            rows.forEach(row -> row.set(1, Q.multiply(factor, row.get(0))));
        } else if (kind == 1) { // one entry a row: X'X is diagonal
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < d; j++) {
                    if (j != i % d) {
                        rows.get(i).set(j, BigRational.ZERO);
                    }
                }
            }
        } else if (kind == 2 && n > 1) { // a repeated row
            rows.set(1, new ArrayList<>(rows.get(0)));
        }
        if (rows.stream().allMatch(row -> row.stream().allMatch(entry -> entry.signum() == 0))) {
            rows.get(0).set(0, nonzero(random));
        }
        return Matrix.of(rows);
    }

    static Problem problem(Random random) {
        int d = 1 + random.nextInt(3);
        int n = 1 + random.nextInt(6);
        Matrix<BigRational> x = examples(random, n, d);
        int labels = random.nextInt(8);
        boolean unit = labels < 5;
        Vector<BigRational> theta = unit ? unit(random, d) : vector(random, d);
        Vector<BigRational> y = x.multiply(Q, theta);
        boolean noisy = labels == 4 || labels == 7;
        if (noisy) {
            y = y.add(Q, vector(random, n).scale(Q, RationalField.of(1, 1 + random.nextInt(40))));
        }
        boolean named = random.nextInt(3) > 0;
        Vector<BigRational> start = random.nextInt(4) == 0 ? vector(random, d) : Vector.constant(d, BigRational.ZERO);
        int loops = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(8);
        StepSpec step = step(random, x, loops);
        if (step instanceof StepSpec.Schedule schedule) {
            loops = schedule.stepSizes().size();
        }
        return problem(x, y, named ? Optional.of(theta) : Optional.empty(), nonzero(random), start, loops, step);
    }

    static Problem problem(
            Matrix<BigRational> x,
            Vector<BigRational> y,
            Optional<Vector<BigRational>> theta,
            BigRational alpha,
            Vector<BigRational> start,
            long loops,
            StepSpec step) {
        return new Problem(x, y, theta, alpha, start, loops, step, Problem.defaultFeatureNames(x.columns()), "y");
    }

    private static StepSpec step(Random random, Matrix<BigRational> x, int loops) {
        BigRational trace = BigRational.ZERO;
        for (int i = 0; i < x.rows(); i++) {
            trace = Q.add(trace, x.row(i).dot(Q, x.row(i)));
        }
        BigRational inverse = Q.divide(BigRational.ONE, trace);
        switch (random.nextInt(8)) {
            case 0, 1:
                return new StepSpec.Auto();
            case 2:
                return new StepSpec.LambdaMax();
            case 3:
                return loops == 0 ? new StepSpec.Auto() : new StepSpec.Chebyshev();
            case 4, 5:
                // from well inside over 1/trace <= 1/lambda_max to far outside, and sometimes negative or zero
                return new StepSpec.Constant(Q.multiply(inverse, RationalField.of(random.nextInt(40) - 4, 8)));
            default:
                List<BigRational> etas = new ArrayList<>();
                int factor = 4 + random.nextInt(60);
                for (int t = 0; t < Math.max(1, loops); t++) {
                    int numerator = random.nextInt(factor) + (random.nextInt(6) == 0 ? -3 : 1);
                    etas.add(Q.multiply(inverse, RationalField.of(numerator, 8)));
                }
                return new StepSpec.Schedule(etas);
        }
    }
}

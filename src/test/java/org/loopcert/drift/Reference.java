package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;

/** Gradient descent in reduced rationals, written the slow and obvious way for comparison. */
final class Reference {
    private static final RationalField Q = RationalField.INSTANCE;

    private Reference() {}

    static List<List<BigRational>> iterates(DescentInstance instance, int loops) {
        List<List<BigRational>> iterates = new ArrayList<>();
        List<BigRational> theta = instance.start().toList();
        iterates.add(theta);
        for (int t = 0; t < loops; t++) {
            List<BigRational> next = new ArrayList<>(theta);
            for (int i = 0; i < instance.examples().rows(); i++) {
                BigRational residual = Q.negate(instance.labels().get(i));
                for (int j = 0; j < theta.size(); j++) {
                    residual = Q.add(residual, Q.multiply(instance.examples().get(i, j), theta.get(j)));
                }
                for (int j = 0; j < theta.size(); j++) {
                    BigRational step = Q.multiply(
                            instance.stepSize(t), Q.multiply(instance.examples().get(i, j), residual));
                    next.set(j, Q.subtract(next.get(j), step));
                }
            }
            theta = next;
            iterates.add(theta);
        }
        return iterates;
    }

    static List<BigRational> distance(double[] rounded, List<BigRational> exact) {
        List<BigRational> distance = new ArrayList<>();
        for (int j = 0; j < rounded.length; j++) {
            distance.add(
                    Q.subtract(FloatingPoint.exact(rounded[j]), exact.get(j)).abs());
        }
        return distance;
    }

    static BigRational squared(List<BigRational> entries) {
        BigRational sum = BigRational.ZERO;
        for (BigRational entry : entries) {
            sum = Q.add(sum, Q.multiply(entry, entry));
        }
        return sum;
    }

    static List<BigRational> error(List<BigRational> theta, Vector<BigRational> solution) {
        List<BigRational> error = new ArrayList<>();
        for (int j = 0; j < theta.size(); j++) {
            error.add(Q.subtract(theta.get(j), solution.get(j)));
        }
        return error;
    }

    static List<BigRational> exact(double[] values) {
        List<BigRational> exact = new ArrayList<>();
        for (double value : values) {
            exact.add(FloatingPoint.exact(value));
        }
        return exact;
    }

    /** The trace of G, an upper bound of its largest eigenvalue. */
    static BigRational trace(DescentInstance instance) {
        BigRational trace = BigRational.ZERO;
        for (List<BigRational> row : instance.examples().toLists()) {
            trace = Q.add(trace, squared(row));
        }
        return trace;
    }
}

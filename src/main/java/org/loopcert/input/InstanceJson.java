package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.List;
import org.loopcert.matrix.Vector;

/**
 * Writes instances as JSON, canonically: one byte sequence for each instance. Fields in the order
 * X, y, theta, alpha, start, loops, step, none left out but an unknown theta; integers as JSON
 * integers, fractions as strings {@code "p/q"}; a row of X on a line; a line feed at the end.
 *
 * <p>Names of features and labels are not part of an instance.
 */
public final class InstanceJson {
    private InstanceJson() {}

    /** The canonical text; {@link InputReader} reads the same problem back. */
    public static String write(Problem problem) {
        StringBuilder json = new StringBuilder("{\n  \"X\": [\n");
        for (int i = 0; i < problem.x().rows(); i++) {
            json.append("    ");
            list(json, problem.x().row(i).toList());
            json.append(i + 1 < problem.x().rows() ? ",\n" : "\n");
        }
        json.append("  ],\n");
        vector(json, "y", problem.y());
        problem.theta().ifPresent(theta -> vector(json, "theta", theta));
        json.append("  \"alpha\": ");
        number(json, problem.alpha());
        json.append(",\n");
        vector(json, "start", problem.start());
        json.append("  \"loops\": ").append(problem.loops()).append(",\n  \"step\": ");
        if (problem.step() instanceof StepSpec.Schedule schedule) {
            list(json, schedule.stepSizes());
        } else if (problem.step() instanceof StepSpec.Constant constant) {
            number(json, constant.stepSize());
        } else {
            json.append('"').append(problem.step()).append('"');
        }
        return json.append("\n}\n").toString();
    }

    private static void vector(StringBuilder json, String name, Vector<BigRational> vector) {
        json.append("  \"").append(name).append("\": ");
        list(json, vector.toList());
        json.append(",\n");
    }

    private static void list(StringBuilder json, List<BigRational> entries) {
        json.append('[');
        for (int j = 0; j < entries.size(); j++) {
            if (j > 0) {
                json.append(", ");
            }
            number(json, entries.get(j));
        }
        json.append(']');
    }

    private static void number(StringBuilder json, BigRational value) {
        String text = ExactDecimal.format(value);
        boolean whole = value.getDenominatorBigInteger().equals(BigInteger.ONE);
        json.append(whole ? text : '"' + text + '"');
    }
}

package org.loopcert.certify;

import static org.loopcert.certificate.Texts.field;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import org.loopcert.certificate.Texts;
import org.loopcert.drift.DriftAudit;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerVector;
import org.loopcert.exact.ScaledVector;
import org.loopcert.exact.Schedule;
import org.loopcert.kernel.Json;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;

/**
 * The iterates r(0), .., r(k) of a rounded run as exact numbers, and how far one of them is off at most from the step
 * r(t) - eta_t (G r(t) - b) that exact arithmetic takes from the one before. No iterate of the exact run is needed, so
 * that the cost grows with k alone.
 */
record Trajectory(List<Vector<BigRational>> iterates, BigRational residual) {
    private static final RationalField Q = RationalField.INSTANCE;

    /** Copies the list. */
    Trajectory {
        iterates = List.copyOf(iterates);
    }

    /**
     * The trajectory of a run with at least one finite iterate.
     *
     * @param gram of the instance itself, not of its rounded data
     */
    static Trajectory of(DriftAudit run, Gram gram, Schedule schedule) {
        List<Vector<BigRational>> iterates = run.steps().stream()
                .map(step -> Vector.of(step.entries().stream()
                        .map(entry -> FloatingPoint.exact(entry.rounded()))
                        .toList()))
                .toList();
        BigRational largest = BigRational.ZERO;
        for (int t = 0; t + 1 < iterates.size(); t++) {
            BigRational square = offSquare(gram, schedule.step(t), iterates.get(t), iterates.get(t + 1));
            largest = Q.compare(square, largest) > 0 ? square : largest;
        }
        return new Trajectory(iterates, Rounding.rootUp(largest));
    }

    /** |s - (r - eta (G r - b))|^2. */
    private static BigRational offSquare(Gram gram, Fraction eta, Vector<BigRational> r, Vector<BigRational> s) {
        ScaledVector scaled = ScaledVector.of(r);
        IntegerVector image = gram.gi().multiply(scaled.numerators());
        Fraction unit = Fraction.of(gram.gDen().multiply(scaled.denominator()));
        List<BigRational> off = new ArrayList<>();
        for (int j = 0; j < image.size(); j++) {
            Fraction slope = Fraction.of(image.get(j))
                    .divide(unit)
                    .subtract(Fraction.of(gram.bi().get(j), gram.bDen()));
            off.add(Q.add(Q.subtract(s.get(j), r.get(j)), eta.multiply(slope).toBigRational()));
        }
        Vector<BigRational> vector = Vector.of(off);
        return vector.dot(Q, vector);
    }

    /** As a line of a certificate holds it. */
    Texts.Field[] witness() {
        List<Json> rows = new ArrayList<>();
        iterates.forEach(iterate -> rows.add(Texts.numbers(iterate)));
        return new Texts.Field[] {field("residual", Texts.number(residual)), field("iterates", Texts.array(rows))};
    }
}

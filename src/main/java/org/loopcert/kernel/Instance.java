package org.loopcert.kernel;

import static org.loopcert.kernel.Refusal.require;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.loopcert.kernel.Verdict.Reason;

/**
 * An instance: prompt, start, loops and step sizes, all exact (CHEN2024, Definitions 3.1-3.8). They are compared
 * by {@link #difference}.
 *
 * @param text the canonical JSON text
 * @param alpha the query, never zero
 * @param loops T
 * @param start the query vector q(0), d entries
 * @param task theta*, where the instance names one of its own; labels may then carry noise
 * @param labels y, n entries
 * @param examples X, n rows of d entries
 */
public record Instance(
        Json.Obj text,
        Fraction alpha,
        long loops,
        Step step,
        List<Fraction> start,
        Optional<List<Fraction>> task,
        List<Fraction> labels,
        List<List<Fraction>> examples) {
    /** The largest number of loops that an instance may have. */
    public static final long MAX_LOOPS = 1_000_000_000_000L;

    static Instance read(Json value, Limits.Meter meter) throws Refusal {
        Fields fields = Fields.of(value, meter);
        Fraction alpha = fields.fraction("alpha");
        long loops = fields.count("loops", 0, MAX_LOOPS);
        Step step = Step.read(fields.object("step"), loops);
        List<Fraction> start = fields.fractions("start");
        Optional<List<Fraction>> task = fields.has("theta") ? Optional.of(fields.fractions("theta")) : Optional.empty();
        List<Fraction> labels = fields.fractions("y");
        List<List<Fraction>> examples = fields.fractionRows("X");
        fields.end();
        int d = start.size();
        boolean fits = task.orElse(start).size() == d;
        for (List<Fraction> row : examples) {
            fits &= row.size() == d;
        }
        if (d == 0 || labels.isEmpty() || examples.size() != labels.size() || !fits) {
            throw Refusal.malformed(fields.at(), "X of n rows of d numbers, y of n, start and theta of d", "others");
        }
        require(alpha.signum() != 0, Reason.ZERO_QUERY, "alpha different from 0");
        if (d > meter.limits.dimension()) {
            throw Refusal.limit("max-dimension " + meter.limits.dimension(), "d = " + d);
        }
        return new Instance((Json.Obj) value, alpha, loops, step, start, task, labels, examples);
    }

    /** Number of in-context examples. */
    public int n() {
        return labels.size();
    }

    /** Number of features. */
    public int d() {
        return start.size();
    }

    boolean startsAtZero() {
        return Collections.frequency(start, Fraction.ZERO) == d();
    }

    /** theta(0) = -q(0)/alpha. */
    List<Fraction> firstIterate() {
        List<Fraction> first = new ArrayList<>();
        for (Fraction q : start) {
            first.add(q.negate().divide(alpha));
        }
        return first;
    }

    /** SHA-256 of the canonical text, in lower-case hexadecimal. */
    public String sha256() {
        return sha256(text);
    }

    static String sha256(Json value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Json.print(value)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The first field in which the other instance differs; empty when the texts are equal. */
    Optional<String> difference(Instance other) {
        List<String> names = text.names();
        if (!names.equals(other.text.names())) {
            return Optional.of("another theta");
        }
        for (int i = 0; i < names.size(); i++) {
            byte[] mine = Json.print(text.values().get(i));
            if (!Arrays.equals(mine, Json.print(other.text.values().get(i)))) {
                return Optional.of("another " + names.get(i));
            }
        }
        return Optional.empty();
    }

    /** The step sizes eta_0 .. eta_{T-1}, relative to the loss 1/2 |y - X theta|^2. */
    public sealed interface Step {
        /** The same step in every loop. */
        record Constant(Fraction eta) implements Step {
            @Override
            public List<Fraction> given() {
                return List.of(eta);
            }
        }

        /** One step for each loop. */
        record Schedule(List<Fraction> given) implements Step {}

        /** The literal, in general irrational, step 1/lambda_max(X'X) in every loop. */
        record InverseLambdaMax() implements Step {}

        /** The rational steps in order, one where it is constant; none for the literal step. */
        default List<Fraction> given() {
            return List.of();
        }

        /** The rational step of loop t. */
        default Fraction at(long t) {
            return given().get(this instanceof Constant ? 0 : Math.toIntExact(t));
        }

        static Step read(Fields fields, long loops) throws Refusal {
            String kind = fields.string("kind");
            Step step;
            switch (kind) {
                case "constant" -> step = new Constant(fields.fraction("eta"));
                case "schedule" -> {
                    int at = fields.at();
                    List<Fraction> etas = fields.fractions("etas");
                    if (etas.size() != loops) {
                        throw Refusal.malformed(at, "one step for each of " + loops + " loops", etas.size() + "");
                    }
                    step = new Schedule(etas);
                }
                case "lambda-max" -> step = new InverseLambdaMax();
                default ->
                    throw Refusal.malformed(
                            fields.at(), "step kind constant, schedule or lambda-max", Json.brief(kind));
            }
            fields.end();
            return step;
        }
    }
}

package org.loopcert.certify;

import static org.loopcert.certificate.Texts.field;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.loopcert.certificate.Texts;
import org.loopcert.drift.BoundExit;
import org.loopcert.drift.DriftAudit;
import org.loopcert.drift.NonFinite;
import org.loopcert.drift.RunConfiguration;
import org.loopcert.exact.Gram;
import org.loopcert.exact.Schedule;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;

/**
 * Audited runs of an instance as its certificate records them: what was measured, from which nothing follows, and iterates
 * with their distances, which the kernel recomputes.
 *
 * @param runs the audited runs
 * @param at the loops whose iterates are written down, ascending; as many of the first ones as the limits allow
 * @param below a distance that the written distances should stay below where the true ones do
 * @param trajectories whether all iterates of each run are written down as well, with how far a step is off at most
 */
public record Recording(List<DriftAudit> runs, List<Integer> at, Optional<BigRational> below, boolean trajectories) {
    private static final RationalField Q = RationalField.INSTANCE;

    /** Values of a certificate that recorded iterates may take, half of what the kernel reads by default. */
    private static final int VALUES = 200_000;

    /** Values of an iterate beside its entries: its object, t, theta and the distance. */
    private static final int VALUES_BESIDE = 4;

    /** Values that trajectories may take, all runs together: with the iterates above, within what the kernel reads. */
    private static final long TRAJECTORY_VALUES = 150_000;

    /** Copies the lists. */
    public Recording {
        runs = List.copyOf(runs);
        at = List.copyOf(at);
    }

    /** How many loops can be written down for d features. */
    int affordable(int features) {
        return VALUES / Math.max(1, runs.size()) / (features + VALUES_BESIDE);
    }

    /** The witness of one line for each run that has an iterate at any of the loops. */
    List<Texts.Field> lines(List<Integer> loops) {
        List<Texts.Field> lines = new ArrayList<>();
        for (DriftAudit run : runs) {
            List<Json> iterates = loops.stream()
                    .filter(t -> t <= run.loopsReached())
                    .<Json>map(t -> iterate(run.steps().get(t)))
                    .toList();
            if (!iterates.isEmpty()) {
                lines.add(field("iterates", Texts.array(iterates)));
            }
        }
        return lines;
    }

    /**
     * Why the trajectories of runs are more than a certificate holds; empty if they are not.
     *
     * @param runs how many runs there are
     */
    public static Optional<String> tooLong(long loops, int features, int runs) {
        // an array of the entries for each iterate
        long values = Math.multiplyExact(Math.multiplyExact(loops + 1, features + 1L), runs);
        return values <= TRAJECTORY_VALUES
                ? Optional.empty()
                : Optional.of(
                        "the trajectories of %d %s of %d loops with d = %d take %d values, and a certificate holds %d of them"
                                .formatted(
                                        runs, runs == 1 ? "run" : "runs", loops, features, values, TRAJECTORY_VALUES));
    }

    /** The trajectory of each run that has a finite start. */
    List<Trajectory> trajectories(Gram gram, Schedule schedule) {
        return runs.stream()
                .filter(run -> run.loopsReached() >= 0)
                .map(run -> Trajectory.of(run, gram, schedule))
                .toList();
    }

    private Json.Obj iterate(DriftAudit.Step step) {
        List<BigRational> theta = step.entries().stream()
                .map(entry -> FloatingPoint.exact(entry.rounded()))
                .toList();
        BigRational most = step.absolute().upper();
        BigRational rounded = Rounding.up(most);
        boolean crosses = below.isPresent() && Q.compare(rounded, below.get()) >= 0;
        return Texts.object(
                field("t", Texts.count(step.loop())),
                field("theta", Texts.numbers(theta)),
                field("distance", Texts.number(crosses ? most : rounded)));
    }

    /** What the kernel found of the lines that were written: one statement for each run that has a line. */
    public List<Optional<Statement.RoundedIterates>> checked(Verdict verdict) {
        // a run has a line, if there are any, where it reaches the first recorded loop
        return eachRun(verdict, Statement.RoundedIterates.class, at.get(0));
    }

    /** What the kernel found of the trajectories that were written: one statement for each run that has a line. */
    public List<Optional<Statement.RoundedTrajectory>> followed(Verdict verdict) {
        return eachRun(verdict, Statement.RoundedTrajectory.class, 0);
    }

    private <S extends Statement> List<Optional<S>> eachRun(Verdict verdict, Class<S> kind, int first) {
        Iterator<S> found = verdict instanceof Verdict.Accepted accepted
                ? accepted.theorems().stream()
                        .map(Theorem::statement)
                        .filter(kind::isInstance)
                        .map(kind::cast)
                        .iterator()
                : Collections.emptyIterator();
        return runs.stream()
                .map(run -> found.hasNext() && run.loopsReached() >= first
                        ? Optional.of(found.next())
                        : Optional.<S>empty())
                .toList();
    }

    /** What was measured of each run. */
    Json.Arr measured() {
        return Texts.array(runs.stream().map(Recording::measured).toList());
    }

    private static Json.Obj measured(DriftAudit run) {
        RunConfiguration configuration = run.configuration();
        List<Texts.Field> fields = new ArrayList<>();
        fields.add(field("format", Texts.string(configuration.format().name())));
        fields.add(field("order", word(configuration.order())));
        fields.add(field("accumulate", Texts.string(configuration.accumulator().name())));
        fields.add(field("fused", Texts.string(configuration.fused() ? "yes" : "no")));
        fields.add(field("summation", Texts.string(configuration.summation().toString())));
        fields.add(field("loopsReached", Texts.array(optional(run.loopsReached()))));
        run.worst().ifPresent(worst -> {
            fields.add(field("absolute", up(worst.absolute().upper())));
            fields.add(field("absoluteAt", Texts.count(worst.loop())));
        });
        run.worstUlps().ifPresent(worst -> {
            fields.add(field("ulps", up(worst.ulps().upper())));
            fields.add(field("ulpsAt", Texts.count(worst.loop())));
        });
        run.largestBound().ifPresent(bound -> fields.add(field("bound", up(bound))));
        run.last().ifPresent(last -> {
            fields.add(field("absoluteAtEnd", up(last.absolute().upper())));
            fields.add(field("boundAtEnd", up(last.bound().maxNorm())));
            last.parts().ifPresent(parts -> {
                parts.total().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(part -> fields.add(field(
                                part.getKey().name().toLowerCase(Locale.ROOT) + "AtEnd",
                                up(part.getValue().upper()))));
            });
        });
        fields.add(field("stopsContractingAt", event(run.stopsContractingAt())));
        fields.add(field("stagnatesAt", event(run.stagnatesAt())));
        fields.add(field("period", event(run.period())));
        fields.add(field("leavesBoundAt", event(run.leavesBoundAt())));
        fields.add(field("leavesPaperBoundAt", event(run.leavesPaperBoundAt())));
        run.nonFinite().ifPresent(at -> fields.add(field("nonFinite", nonFinite(at))));
        return Texts.object(fields);
    }

    private static Json.Str up(BigRational value) {
        return Texts.number(Rounding.up(value));
    }

    private static Json.Str word(Enum<?> choice) {
        return Texts.string(choice.name().toLowerCase(Locale.ROOT));
    }

    private static Json.Arr event(OptionalInt loop) {
        return Texts.array(loop.isPresent() ? optional(loop.getAsInt()) : List.of());
    }

    private static Json.Arr event(Optional<BoundExit> exit) {
        return Texts.array(
                exit.isPresent() && exit.get() instanceof BoundExit.LeavesAt at ? optional(at.loop()) : List.of());
    }

    private static List<Json> optional(int count) {
        return count < 0 ? List.of() : List.of(Texts.count(count));
    }

    private static Json.Obj nonFinite(NonFinite at) {
        return Texts.object(
                field("t", Texts.count(at.loop())),
                field("operation", word(at.operation())),
                field("row", Texts.array(optional(at.row()))),
                field("column", Texts.array(optional(at.column()))),
                field("value", Texts.string(value(at.value()))));
    }

    /** As trace prints them. */
    private static String value(double value) {
        return RoundingFormat.toHex(value);
    }
}

package org.loopcert.audit;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.loopcert.drift.BoundExit;
import org.loopcert.drift.DriftAudit;
import org.loopcert.drift.Enclosure;
import org.loopcert.drift.NonFinite;
import org.loopcert.drift.Origin;
import org.loopcert.drift.RunConfiguration;
import org.loopcert.drift.Summation;
import org.loopcert.drift.SummationOrder;
import org.loopcert.ring.RationalField;

/** One audited run in words. Decimals are rounded up where a sentence says "at most", down where it says "at least". */
public final class RunWords {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final int DIGITS = 4;
    private static final BigRational HUNDRED = BigRational.valueOf(100);

    private final DriftAudit run;

    /** The words for a run. */
    public RunWords(DriftAudit run) {
        this.run = run;
    }

    /** A part of the description: its name and its text. */
    public record Row(String name, String text) {}

    /** The arithmetic of the run, without the name of its format. */
    public static String arithmetic(RunConfiguration configuration) {
        List<String> words = new ArrayList<>();
        words.add("order " + configuration.order().name().toLowerCase(Locale.ROOT));
        words.add("sums " + sums(configuration.summation()));
        if (configuration.accumulator() != configuration.format()) {
            words.add("accumulated in " + configuration.accumulator().name());
        }
        words.add(configuration.fused() ? "products fused" : "products rounded");
        return String.join(", ", words);
    }

    private static String sums(Summation summation) {
        return summation.toString();
    }

    /** The loop with the largest share of an entry's true value, over entries for which that is not 0. */
    public static Optional<Worst> worstRelative(DriftAudit run) {
        Worst worst = null;
        for (DriftAudit.Step step : run.steps()) {
            Optional<BigRational> here = relative(step);
            if (here.isPresent() && (worst == null || Q.compare(here.get(), worst.most()) > 0)) {
                worst = new Worst(step.loop(), here.get());
            }
        }
        return Optional.ofNullable(worst);
    }

    /**
     * The largest value at any loop.
     *
     * @param loop the first such t
     * @param most an upper bound of it
     */
    public record Worst(int loop, BigRational most) {}

    /** An upper bound of the largest relative drift of an entry, over those whose true value is certainly not 0. */
    public static Optional<BigRational> relative(DriftAudit.Step step) {
        return step.entries().stream()
                .flatMap(entry -> entry.relative().stream())
                .map(Enclosure::upper)
                .max(Q::compare);
    }

    /** A decimal that is not below the value. */
    public static String most(BigRational value) {
        return Enclosure.exact(value).upperDecimal(DIGITS);
    }

    /** A decimal that is not above the value. */
    public static String least(BigRational value) {
        return Enclosure.exact(value).lowerDecimal(DIGITS);
    }

    /** All rows. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        if (run.steps().isEmpty()) {
            rows.add(new Row(
                    "drift",
                    "none: the run ends before its first loop, since not all inputs are finite in this format"));
        } else {
            rows.add(new Row("drift", drift()));
            rows.add(new Row("end", atEnd()));
            rows.add(new Row("bound", guaranteed()));
            rows.add(new Row("origin", origin()));
        }
        for (RunEvent event : events()) {
            rows.add(new Row(rows.stream().anyMatch(row -> row.name().equals("events")) ? "" : "events", event.text()));
        }
        return rows;
    }

    /** The largest drift that was measured. */
    public String drift() {
        DriftAudit.Step worst = run.worst().orElseThrow();
        DriftAudit.Step ulps = run.worstUlps().orElseThrow();
        return "measured against the %s iterates, over all entries and loops: at most %s, at t = %d; %sat most %s ulps, at t = %d"
                .formatted(
                        run.exact() ? "exact" : "enclosed",
                        most(worst.absolute().upper()),
                        worst.loop(),
                        worstRelative(run)
                                .map(each -> "at most %s of the true value, at t = %d; "
                                        .formatted(most(each.most()), each.loop()))
                                .orElse(""),
                        most(ulps.ulps().upper()),
                        ulps.loop());
    }

    private String when(int loop) {
        return loop == run.loops() ? "at T = " + loop : "at t = " + loop + ", the last finite iterate";
    }

    private String atEnd() {
        DriftAudit.Step last = run.last().orElseThrow();
        return "measured %s: at most %s%s, at most %s ulps"
                .formatted(
                        when(last.loop()),
                        most(last.absolute().upper()),
                        relative(last)
                                .map(share -> ", at most " + most(share) + " of the true value")
                                .orElse(""),
                        most(last.ulps().upper()));
    }

    /** The guaranteed bound, how much of it is used, and the bound before the run. */
    public String guaranteed() {
        DriftAudit.Step last = run.last().orElseThrow();
        String used = last.tightness()
                .map(share -> ", of which the measured drift is at least " + least(Q.multiply(share, HUNDRED)) + " %")
                .orElse("");
        String before = run.apriori()
                .filter(bound -> run.loopsReached() == run.loops())
                .map(bound -> "; before the run it is known to be at most " + most(bound.maxNorm()))
                .orElse("");
        return "%s an entry is at most %s off by running error analysis%s%s"
                .formatted(when(last.loop()), most(last.bound().maxNorm()), used, before);
    }

    /** Where the drift at the end comes from. */
    public String origin() {
        DriftAudit.Step last = run.last().orElseThrow();
        if (last.parts().isEmpty()) {
            return "not split: the run is too long for it";
        }
        DriftAudit.Parts parts = last.parts().get();
        String total =
                "of the drift %s at most %s comes from rounding the inputs, %s from products and %s from accumulation"
                        .formatted(
                                when(last.loop()),
                                most(parts.total().get(Origin.INPUT).upper()),
                                most(parts.total().get(Origin.PRODUCT).upper()),
                                most(parts.total().get(Origin.ACCUMULATION).upper()));
        if (run.configuration().order() == SummationOrder.ATTENTION) {
            total += " (without reading theta from the query vector)";
        }
        return last.loop() == 0
                ? total
                : total
                        + "; the last loop passed on at most %s of what was there before (feedback)"
                                .formatted(most(parts.feedback().upper()));
    }

    /** What the run does and does not do; overflow only where it happens, and nothing of loops that it did not reach. */
    public List<RunEvent> events() {
        List<RunEvent> events = new ArrayList<>();
        run.nonFinite().ifPresent(at -> events.add(notFinite(at)));
        if (run.loopsReached() > 0) {
            events.add(stopsContracting());
            events.add(stagnates());
        }
        if (run.loopsReached() >= 0) {
            events.add(exit(RunEvent.Kind.LEAVES_BOUND, run.leavesBoundAt()));
            events.add(exit(RunEvent.Kind.LEAVES_PAPER_BOUND, run.leavesPaperBoundAt()));
        }
        return events;
    }

    private RunEvent stopsContracting() {
        OptionalInt at = run.stopsContractingAt();
        String text = at.isPresent()
                ? "stops contracting at t = %d: theta(%d) is no closer to the least-squares solution than theta(%d)"
                        .formatted(at.getAsInt(), at.getAsInt() + 1, at.getAsInt())
                : "contracts in every loop up to t = " + run.loopsReached();
        return new RunEvent(RunEvent.Kind.STOPS_CONTRACTING, at, text, brief(at));
    }

    private RunEvent stagnates() {
        OptionalInt at = run.stagnatesAt();
        int period = run.period().orElse(0);
        String text = at.isEmpty()
                ? "is not seen to repeat itself up to t = " + run.loopsReached()
                : period == 1
                        ? "stands still from t = " + at.getAsInt()
                        : "repeats the same %d iterates from t = %d".formatted(period, at.getAsInt());
        return new RunEvent(RunEvent.Kind.STAGNATES, at, text, brief(at) + (period > 1 ? ", period " + period : ""));
    }

    private static String brief(OptionalInt at) {
        return at.isPresent() ? "t = " + at.getAsInt() : "no";
    }

    private RunEvent exit(RunEvent.Kind kind, Optional<BoundExit> exit) {
        boolean paper = kind == RunEvent.Kind.LEAVES_PAPER_BOUND;
        String bound = paper
                ? "the bound of CHEN2024, Lemma 5.6, |theta(t) - tt|^2 <= (1 - eta mu)^t |theta(0) - tt|^2"
                : "the exact run's bound |theta(t) - tt| <= rho^t |theta(0) - tt|";
        if (exit.isEmpty()) {
            String why = paper
                    ? "Lemma 5.6 does not apply: it needs one step with 0 < eta <= 1/lambda_max and full column rank"
                    : "no bound rho^t is certified: it needs one step with 0 < eta < 2/lambda_max";
            return new RunEvent(kind, OptionalInt.empty(), why, "not certified");
        }
        if (exit.get() instanceof BoundExit.LeavesAt at) {
            return new RunEvent(
                    kind, OptionalInt.of(at.loop()), "leaves " + bound + " at t = " + at.loop(), "t = " + at.loop());
        }
        if (exit.get() instanceof BoundExit.StaysWithin stays) {
            return new RunEvent(
                    kind, OptionalInt.empty(), "keeps " + bound + " up to t = " + stays.throughLoop(), "no");
        }
        BoundExit.Undecided open = (BoundExit.Undecided) exit.get();
        return new RunEvent(
                kind,
                OptionalInt.empty(),
                "undecided at t = %d whether it leaves %s: %s".formatted(open.loop(), bound, open.why()),
                "undecided at t = " + open.loop());
    }

    private static RunEvent notFinite(NonFinite at) {
        String when = at.loop() == 0 ? "before the first loop" : "in loop " + at.loop();
        return new RunEvent(
                RunEvent.Kind.NOT_FINITE,
                OptionalInt.of(at.loop()),
                "fails " + when + ": " + failure(at),
                "t = " + at.loop() + ", " + value(at));
    }

    private static String value(NonFinite at) {
        return Double.isNaN(at.value()) ? "NaN" : at.value() > 0 ? "infinity" : at.value() < 0 ? "-infinity" : "0";
    }

    /** The operation with its place, and what it gave. */
    public static String failure(NonFinite at) {
        return operation(at) + " gave " + value(at);
    }

    /** The operation with its place; rows and columns count from 1, as in a table. */
    private static String operation(NonFinite at) {
        String row = at.row() < 0 ? "" : ", row " + (at.row() + 1);
        String column = at.column() < 0 ? "" : ", column " + (at.column() + 1);
        String entry = at.column() < 0 ? "" : " " + (at.column() + 1);
        String example = at.row() < 0 ? "" : " " + (at.row() + 1);
        return switch (at.operation()) {
            case ROUND_EXAMPLE -> "rounding X" + row + column + ",";
            case ROUND_LABEL -> "rounding y" + row + ",";
            case ROUND_START -> "rounding the start, entry" + entry + ",";
            case ROUND_QUERY -> "rounding the query alpha";
            case ROUND_STEP_SIZE -> "rounding the step size";
            case GRAM_ENTRY -> "a product or sum of the Gram matrix" + row + column + ",";
            case GRAM_LABEL -> "a product or sum of X'y, entry" + entry + ",";
            case PREDICTION -> "a product or sum of the prediction of example" + example + column + ",";
            case QUERY_LABEL -> "the product of alpha and the label of example" + example + " or its addition";
            case RESIDUAL -> "subtracting the label from the prediction" + row + ",";
            case GRADIENT -> "a product or sum of the gradient, entry" + entry + row + ",";
            case STEP -> "the product of the step size and the gradient's entry" + entry;
            case UPDATE -> "subtracting the step from entry" + entry;
            case READ_OUT -> "reading entry" + entry + " of theta from the query vector";
        };
    }

    /** What became of the claim that the drift stays below a distance. */
    public String within(DriftAudit.Within within, BigRational epsilon) {
        String distance = Q.show(epsilon);
        if (within instanceof DriftAudit.Within.Held held) {
            return "every entry of theta(t) is less than %s off, for all t <= %d".formatted(distance, held.loops());
        }
        if (within instanceof DriftAudit.Within.Exceeded at) {
            String before = at.loop() == 0 ? "" : "; before that every entry is less than " + distance + " off";
            return at.loop() > run.loopsReached()
                    ? "theta(t) is not finite at t = " + at.loop() + before
                    : "at t = %d an entry is at least %s off, not less than %s%s"
                            .formatted(
                                    at.loop(),
                                    least(run.steps().get(at.loop()).absolute().lower()),
                                    distance,
                                    before);
        }
        return "at t = %d the drift agrees with %s to about 38 digits, beyond which nothing is decided"
                .formatted(((DriftAudit.Within.Undecided) within).loop(), distance);
    }

    /** The word for it. */
    public static String word(DriftAudit.Within within) {
        return within instanceof DriftAudit.Within.Held
                ? "accepted"
                : within instanceof DriftAudit.Within.Exceeded ? "rejected" : "undecided";
    }

    /** The name of the format and its arithmetic. */
    public String title() {
        return run.configuration().format().name() + " (" + arithmetic(run.configuration()) + ")";
    }
}

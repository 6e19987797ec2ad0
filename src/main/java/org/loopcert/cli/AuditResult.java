package org.loopcert.cli;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.loopcert.audit.AuditSummary;
import org.loopcert.audit.RunWords;
import org.loopcert.certificate.Texts;
import org.loopcert.drift.BoundExit;
import org.loopcert.drift.DriftAudit;
import org.loopcert.drift.Enclosure;
import org.loopcert.drift.NonFinite;
import org.loopcert.drift.Origin;
import org.loopcert.drift.RunConfiguration;
import org.loopcert.exact.Fraction;
import org.loopcert.kernel.Statement;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;

/** What {@code audit} found, in words and as JSON. */
final class AuditResult {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final int DIGITS = 17;

    private final Audit.Found found;
    private final List<Optional<Statement.RoundedIterates>> checked;
    private final List<Optional<Statement.RoundedTrajectory>> followed;

    AuditResult(Audit.Found found) {
        this.found = found;
        this.checked = found.checked();
        this.followed = found.followed();
    }

    /** 0 unless EPS was given: then 1 if a run does not stay below it, else 3 if that is not known of every run. */
    int code() {
        int code = ExitCode.ACCEPTED;
        for (DriftAudit.Within each : found.below()) {
            code = ExitCode.worse(
                    code,
                    each instanceof DriftAudit.Within.Held
                            ? ExitCode.ACCEPTED
                            : each instanceof DriftAudit.Within.Exceeded ? ExitCode.REJECTED : ExitCode.UNDECIDED);
        }
        return code;
    }

    private String word() {
        return switch (code()) {
            case ExitCode.ACCEPTED -> "accepted";
            case ExitCode.REJECTED -> "rejected";
            default -> "undecided";
        };
    }

    void print(Session session) {
        PrintWriter out = session.out();
        Summary summary = new Summary(session);
        out.println(found.input() + ": "
                + found.epsilon()
                        .map(epsilon -> session.coloured(word()) + " (every entry of every iterate less than "
                                + Q.show(epsilon) + " off)")
                        .orElse("audited"));
        for (RunWords.Row row : AuditSummary.instance(found.problem(), found.audit())) {
            summary.row(row.name(), row.text());
        }
        found.certification().ifPresent(each -> summary.row("kernel", AuditSummary.certificate(each.verdict())));
        for (int i = 0; i < found.audit().runs().size(); i++) {
            run(session, summary, i);
        }
        summary.wrapped("", AuditSummary.MEANING);
        if (found.certification().isEmpty()) {
            summary.wrapped(
                    "", "-o FILE writes a certificate with this record, and has the kernel recompute distances.");
        }
    }

    private void run(Session session, Summary summary, int i) {
        DriftAudit run = found.audit().runs().get(i);
        RunWords words = new RunWords(run);
        session.out().println(words.title());
        if (!found.below().isEmpty()) {
            DriftAudit.Within within = found.below().get(i);
            summary.row(
                    "verdict",
                    session.coloured(RunWords.word(within)) + ": "
                            + words.within(within, found.epsilon().orElseThrow()));
        }
        words.rows().forEach(row -> summary.row(row.name(), row.text()));
        if (found.certification().isPresent()) {
            summary.row("kernel", AuditSummary.checked(checked.get(i), run, found.epsilon()));
        }
        if (found.recording().trajectories()) {
            summary.row(
                    "reaches",
                    AuditSummary.followed(followed.get(i), found.certification().orElseThrow()));
        }
        times(session.out(), run);
    }

    /** The drift at the chosen loops, in columns. */
    private void times(PrintWriter out, DriftAudit run) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("t", "absolute", "relative", "ulps", "bound"));
        for (int t : found.times()) {
            if (t <= run.loopsReached()) {
                DriftAudit.Step step = run.steps().get(t);
                rows.add(List.of(
                        Integer.toString(t),
                        RunWords.most(step.absolute().upper()),
                        RunWords.relative(step).map(RunWords::most).orElse("-"),
                        RunWords.most(step.ulps().upper()),
                        RunWords.most(step.bound().maxNorm())));
            }
        }
        if (rows.size() > 1) {
            for (List<String> row : rows) {
                StringBuilder line = new StringBuilder("  ");
                row.forEach(cell -> line.append("%12s".formatted(cell)));
                out.println(line);
            }
        }
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (found.epsilon().isPresent()) {
            json.put("verdict", word());
            json.put("epsilon", Texts.fraction(found.epsilon().get()));
        }
        json.put("n", found.problem().examples());
        json.put("d", found.problem().features());
        json.put("rank", found.audit().rank());
        json.put("loops", found.problem().loops());
        json.put("alpha", Texts.fraction(found.problem().alpha()));
        eta(json);
        found.audit().spectrum().ifPresent(spectrum -> {
            String mu = found.audit().rank() < found.problem().features() ? "muPositive" : "mu";
            if (mu.equals("muPositive")) {
                json.put("mu", "0");
            }
            json.set(mu, ends(spectrum.smallestLower(), spectrum.smallestUpper()));
            json.set("smoothness", ends(spectrum.largestLower(), spectrum.largestUpper()));
            json.set("kappa", ends(spectrum.conditionNumberLower(), spectrum.conditionNumberUpper()));
        });
        json.put("rate", found.audit().rate().map(Texts::fraction).orElse(null));
        ArrayNode formats = json.putArray("formats");
        for (int i = 0; i < found.audit().runs().size(); i++) {
            formats.add(run(i));
        }
        found.certification()
                .ifPresent(each -> json.put("certificate", each.verdict().word()));
        return json;
    }

    private void eta(ObjectNode json) {
        if (found.audit().instance().constantStep()) {
            found.audit().stepSize().ifPresent(eta -> json.put("eta", Texts.fraction(eta)));
            return;
        }
        ArrayNode list = json.putArray("eta");
        for (int t = 0; t < found.audit().instance().loops(); t++) {
            list.add(Texts.fraction(found.audit().instance().stepSize(t)));
        }
    }

    private static ObjectNode ends(Fraction lower, Fraction upper) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("lower", Texts.fraction(lower.toBigRational()));
        node.put("upper", Texts.fraction(upper.toBigRational()));
        return node;
    }

    private ObjectNode run(int i) {
        DriftAudit run = found.audit().runs().get(i);
        RunConfiguration configuration = run.configuration();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("format", configuration.format().name());
        node.put("order", InputArguments.typed(configuration.order()));
        node.put("accumulate", configuration.accumulator().name());
        node.put("fused", configuration.fused());
        node.put("summation", configuration.summation().toString());
        if (!found.below().isEmpty()) {
            DriftAudit.Within within = found.below().get(i);
            node.put("verdict", RunWords.word(within));
            if (within instanceof DriftAudit.Within.Exceeded at) {
                node.put("exceededAt", at.loop());
            } else if (within instanceof DriftAudit.Within.Undecided at) {
                node.put("undecidedAt", at.loop());
            }
        }
        node.put("loopsReached", run.loopsReached() < 0 ? null : run.loopsReached());
        node.put("exact", run.exact());
        if (run.steps().isEmpty()) {
            node.putNull("drift");
        } else {
            node.set("drift", drift(run));
            node.set("atEnd", atEnd(run));
        }
        event(node, "stopsContractingAt", run.stopsContractingAt());
        event(node, "stagnatesAt", run.stagnatesAt());
        event(node, "period", run.period());
        event(node, "leavesPaperBoundAt", leaves(run.leavesPaperBoundAt()));
        node.set("nonFinite", run.nonFinite().map(AuditResult::nonFinite).orElse(null));
        ArrayNode steps = node.putArray("steps");
        for (int t : found.times()) {
            if (t <= run.loopsReached()) {
                steps.add(step(run.steps().get(t)));
            }
        }
        checked.get(i).ifPresent(statement -> {
            ArrayNode at = node.putArray("checkedByKernel");
            statement.at().forEach(at::add);
        });
        followed.get(i).ifPresent(statement -> {
            ObjectNode trajectory = node.putObject("trajectory");
            trajectory.put("steps", statement.k());
            if (statement.factor() instanceof Statement.Power power) {
                number(trajectory, "base", rational(power.base()));
            } else if (statement.factor() instanceof Statement.Product product) {
                number(trajectory, "mu", rational(product.mu()), false);
            }
            number(trajectory, "accumulated", rational(statement.accumulated()));
            number(trajectory, "startSquare", rational(statement.startSquare()));
        });
        return node;
    }

    private static BigRational rational(org.loopcert.kernel.Fraction value) {
        return RationalField.of(value.numerator(), value.denominator());
    }

    private static ObjectNode drift(DriftAudit run) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        DriftAudit.Step worst = run.worst().orElseThrow();
        number(node, "absolute", worst.absolute().upper());
        node.put("absoluteAt", worst.loop());
        Optional<RunWords.Worst> relative = RunWords.worstRelative(run);
        relative.ifPresent(each -> {
            number(node, "relative", each.most());
            node.put("relativeAt", each.loop());
        });
        DriftAudit.Step ulps = run.worstUlps().orElseThrow();
        number(node, "ulps", ulps.ulps().upper());
        node.put("ulpsAt", ulps.loop());
        number(node, "bound", run.largestBound().orElseThrow());
        event(node, "leavesBoundAt", leaves(run.leavesBoundAt()));
        return node;
    }

    private static ObjectNode atEnd(DriftAudit run) {
        DriftAudit.Step last = run.last().orElseThrow();
        ObjectNode node = step(last);
        last.tightness().ifPresent(share -> number(node, "boundUsedAtLeast", share, false));
        run.apriori()
                .filter(bound -> last.loop() == run.loops())
                .ifPresent(bound -> number(node, "apriori", bound.maxNorm()));
        last.parts().ifPresent(parts -> {
            node.set("total", parts(parts.total()));
            node.set("local", parts(parts.local()));
            number(node, "feedback", parts.feedback().upper());
        });
        return node;
    }

    private static ObjectNode parts(Map<Origin, Enclosure> parts) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (Origin origin : Origin.values()) {
            number(node, InputArguments.typed(origin), parts.get(origin).upper());
        }
        return node;
    }

    private static ObjectNode step(DriftAudit.Step step) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("t", step.loop());
        number(node, "absolute", step.absolute().upper());
        RunWords.relative(step).ifPresent(share -> number(node, "relative", share));
        number(node, "ulps", step.ulps().upper());
        number(node, "bound", step.bound().maxNorm());
        return node;
    }

    private static ObjectNode nonFinite(NonFinite at) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("t", at.loop());
        node.put("operation", at.operation().name().toLowerCase(Locale.ROOT));
        node.put("row", at.row() < 0 ? null : at.row());
        node.put("column", at.column() < 0 ? null : at.column());
        node.put("value", RoundingFormat.toHex(at.value()));
        return node;
    }

    private static OptionalInt leaves(Optional<BoundExit> exit) {
        return exit.isPresent() && exit.get() instanceof BoundExit.LeavesAt at
                ? OptionalInt.of(at.loop())
                : OptionalInt.empty();
    }

    private static void event(ObjectNode node, String name, OptionalInt at) {
        node.put(name, at.isPresent() ? at.getAsInt() : null);
    }

    private static void number(ObjectNode node, String name, BigRational value) {
        number(node, name, value, true);
    }

    /** The exact number, and a decimal rounded up or down. */
    private static void number(ObjectNode node, String name, BigRational value, boolean up) {
        Enclosure exact = Enclosure.exact(value);
        node.put(name, Texts.fraction(value));
        node.put(name + "Decimal", up ? exact.upperDecimal(DIGITS) : exact.lowerDecimal(DIGITS));
    }
}

package org.loopcert.audit;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loopcert.certificate.Words;
import org.loopcert.certify.Certification;
import org.loopcert.certify.InstanceAudit;
import org.loopcert.drift.DriftAudit;
import org.loopcert.drift.Enclosure;
import org.loopcert.exact.Fraction;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Verdict;
import org.loopcert.ring.RationalField;

/** What an audit says beside its runs: the instance, what is certified of it, and what the words mean. */
public final class AuditSummary {
    private static final RationalField Q = RationalField.INSTANCE;
    private static final int DIGITS = 10;
    private static final int SHORT = 40;

    /** What follows from what. */
    public static final String MEANING =
            "measured: what these runs did, simulated bit for bit and compared with the true"
                    + " iterates, exactly or by the enclosures named above. guaranteed: a bound by error analysis, which no such run can exceed. Events are"
                    + " decided exactly, those about bounds for rho and 1 - eta mu as printed, which are rounded up: of the"
                    + " true ones a run may leave the bound sooner. tt is the least-squares solution nearest to theta(0); decimals are rounded outward.";

    private AuditSummary() {}

    /** The instance and its certified spectrum. */
    public static List<RunWords.Row> instance(Problem problem, InstanceAudit audit) {
        List<RunWords.Row> rows = new ArrayList<>();
        rows.add(new RunWords.Row(
                "instance",
                "n = %d examples, d = %d features, rank %d, T = %d loops, alpha = %s"
                        .formatted(
                                problem.examples(),
                                problem.features(),
                                audit.rank(),
                                problem.loops(),
                                shown(problem.alpha()))));
        rows.add(new RunWords.Row(
                "step",
                audit.instance().constantStep()
                        ? audit.stepSize()
                                .map(eta -> "eta = " + shown(eta) + " in every loop")
                                .orElse("none is taken")
                        : "a schedule of %d steps".formatted(audit.instance().loops())));
        audit.spectrum()
                .ifPresent(spectrum -> rows.add(new RunWords.Row(
                        "spectrum",
                        "smallest positive eigenvalue in %s, lambda_max in %s, kappa in %s"
                                .formatted(
                                        range(spectrum.smallestLower(), spectrum.smallestUpper()),
                                        range(spectrum.largestLower(), spectrum.largestUpper()),
                                        range(spectrum.conditionNumberLower(), spectrum.conditionNumberUpper())))));
        rows.add(new RunWords.Row("exact run", exactRun(audit)));
        return rows;
    }

    /** How the exact iterates approach the solution. */
    public static String exactRun(InstanceAudit audit) {
        String rate = audit.rate()
                .map(rho -> "|theta(t) - tt| <= rho^t |theta(0) - tt| for all t with rho at most " + up(rho))
                .orElse("no one factor rho with |theta(t) - tt| <= rho^t |theta(0) - tt| is certified");
        String paper = audit.paperRatio()
                .map(ratio -> "; Lemma 5.6 holds with 1 - eta mu at most " + up(ratio))
                .orElse("");
        return rate + paper;
    }

    /** What the kernel says of the exact run's certificate, or why there is none. */
    public static String certificate(Verdict verdict) {
        if (verdict instanceof Verdict.Accepted accepted) {
            return accepted.refutation()
                    ? "accepts the proof that these steps do not contract"
                    : "accepts the certificate of the exact run, which contracts";
        }
        return "undecided, so that there is no certificate: "
                + (verdict instanceof Verdict.Undecided undecided ? undecided.missing() : Words.because(verdict));
    }

    /** Which distances of a run the kernel recomputed, and what that says of EPS. */
    public static String checked(
            Optional<Statement.RoundedIterates> statement, DriftAudit run, Optional<BigRational> epsilon) {
        if (statement.isEmpty()) {
            return "checked none of these distances: they are only measured";
        }
        List<Long> at = statement.get().at();
        boolean dense = at.get(at.size() - 1) == at.size() - 1L;
        String loops = dense && at.size() > 1 ? "every t <= " + (at.size() - 1) : "t = " + loops(at);
        String said = "recomputed theta(t) exactly for " + loops
                + " and checked how far the written iterates are off; that this arithmetic produces them is measured";
        if (epsilon.isEmpty()) {
            return said;
        }
        Fraction limit = Fraction.of(epsilon.get());
        long below = statement.get().distances().stream()
                .filter(distance -> Fraction.of(distance.numerator(), distance.denominator())
                                .compareTo(limit)
                        < 0)
                .count();
        String which = below == at.size() ? "all of them" : below + " of " + at.size();
        boolean whole = dense && at.size() == run.loopsReached() + 1L;
        return said
                + "; the checked distances are less than %s for %s%s"
                        .formatted(
                                Q.show(epsilon.get()),
                                which,
                                whole ? "" : ", and beyond t = " + at.get(at.size() - 1) + " they are only measured");
    }

    /** What the kernel found of a run's trajectory, or why there is none. */
    public static String followed(Optional<Statement.RoundedTrajectory> statement, Certification certification) {
        if (statement.isPresent()) {
            return "by the kernel, " + Words.BRIEF.statement(statement.get());
        }
        return "nothing by a trajectory: "
                + certification.undecided().stream()
                        .filter(each -> each.id().equals("rounded-trajectory"))
                        .map(Certification.Undecided::because)
                        .findFirst()
                        .orElse(
                                certification.verdict() instanceof Verdict.Accepted
                                        ? "the run is not finite from the start"
                                        : "there is no certificate");
    }

    private static String loops(List<Long> at) {
        List<String> texts = at.stream().map(String::valueOf).toList();
        return texts.size() <= 20
                ? String.join(", ", texts)
                : String.join(", ", texts.subList(0, 10)) + ", ..., " + texts.get(texts.size() - 1);
    }

    /** A number in full if it is short, else to ten digits. */
    static String shown(BigRational value) {
        String text = Q.show(value);
        return text.length() <= SHORT ? text : "about " + Enclosure.exact(value).lowerDecimal(DIGITS);
    }

    private static String up(BigRational value) {
        return Enclosure.exact(value).upperDecimal(DIGITS);
    }

    static String range(Fraction lower, Fraction upper) {
        Enclosure range = new Enclosure(lower.toBigRational(), upper.toBigRational());
        String low = range.lowerDecimal(DIGITS);
        String high = range.upperDecimal(DIGITS);
        return "[" + low + ", " + high + "]";
    }
}

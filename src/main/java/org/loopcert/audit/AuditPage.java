package org.loopcert.audit;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.loopcert.certificate.Outcome;
import org.loopcert.certificate.Texts;
import org.loopcert.certificate.Words;
import org.loopcert.certify.Certification;
import org.loopcert.certify.InstanceAudit;
import org.loopcert.certify.Recording;
import org.loopcert.drift.DriftAudit;
import org.loopcert.drift.Enclosure;
import org.loopcert.drift.Origin;
import org.loopcert.exact.Fraction;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;
import org.loopcert.report.Badge;
import org.loopcert.report.Cell;
import org.loopcert.report.Figure;
import org.loopcert.report.Page;
import org.loopcert.report.Table;
import org.loopcert.report.Table.Column;
import org.loopcert.ring.RoundingFormat;

/** An audit as one self-contained page. */
public final class AuditPage {
    private final Problem problem;
    private final InstanceAudit audit;
    private final Optional<BigRational> epsilon;
    private final Certification certification;
    private final List<Optional<Statement.RoundedIterates>> checked;
    private final List<Optional<Statement.RoundedTrajectory>> followed;
    private final Page page;

    private AuditPage(
            String name,
            Problem problem,
            InstanceAudit audit,
            Optional<BigRational> epsilon,
            Certification certification,
            Recording recording) {
        this.problem = problem;
        this.audit = audit;
        this.epsilon = epsilon;
        this.certification = certification;
        this.checked = recording.checked(certification.verdict());
        this.followed = recording.followed(certification.verdict());
        this.page = new Page("Floating-point audit of " + name);
    }

    /**
     * The page.
     *
     * @param name what was audited, for the title
     * @param epsilon the distance that every run was to stay below, if there was one
     * @param certification the certificate of the instance, as far as there is one
     * @param recording what the certificate records of the runs
     */
    public static Page of(
            String name,
            Problem problem,
            InstanceAudit audit,
            Optional<BigRational> epsilon,
            Certification certification,
            Recording recording) {
        return new AuditPage(name, problem, audit, epsilon, certification, recording).build();
    }

    private Page build() {
        summary();
        convergence();
        drift();
        events();
        split();
        hypotheses();
        values();
        return page;
    }

    private void summary() {
        page.paragraph(AuditSummary.instance(problem, audit).stream()
                        .filter(row -> row.name().equals("instance"))
                        .findFirst()
                        .orElseThrow()
                        .text()
                + ". Each run below computes in its rounding format, bit for bit, and is compared with the true iterates \u03B8(t)"
                + " in exact arithmetic; \u03B8\u0303 is the least-squares solution nearest to \u03B8(0).");
        for (DriftAudit run : audit.runs()) {
            page.verdict(badge(run), AuditPlots.name(run) + ": " + sentence(run));
        }
        Table table = Table.of(
                "Largest drift of an entry, decimals rounded up",
                Column.words("format"),
                Column.numbers("absolute"),
                Column.numbers("relative"),
                Column.numbers("ulps"),
                Column.numbers("at the end"),
                Column.numbers("guaranteed"),
                Column.numbers("used"));
        for (DriftAudit run : audit.runs()) {
            table = table.with(row(run));
        }
        page.table(table);
        page.paragraph("Arithmetic: "
                + audit.runs().stream()
                        .map(run -> AuditPlots.name(run) + " with " + RunWords.arithmetic(run.configuration()))
                        .collect(Collectors.joining("; "))
                + ". Relative means as a share of the true entry, where that is not 0; ulps are units in the last place of the"
                + " true entry. Guaranteed is the bound by running error analysis at the last loop, and used the share of it"
                + " that the measured drift takes, rounded down.");
    }

    private Badge badge(DriftAudit run) {
        if (epsilon.isEmpty()) {
            return run.nonFinite().isPresent()
                    ? new Badge("overflows", Badge.Tone.BAD)
                    : new Badge("measured", Badge.Tone.PLAIN);
        }
        DriftAudit.Within within = run.below(epsilon.get());
        Badge.Tone tone = within instanceof DriftAudit.Within.Held
                ? Badge.Tone.GOOD
                : within instanceof DriftAudit.Within.Exceeded ? Badge.Tone.BAD : Badge.Tone.OPEN;
        return new Badge(RunWords.word(within), tone);
    }

    private String sentence(DriftAudit run) {
        List<String> parts = new ArrayList<>();
        epsilon.ifPresent(eps -> parts.add(new RunWords(run).within(run.below(eps), eps)));
        run.worst()
                .ifPresent(worst -> parts.add("the largest drift is at most %s, at t = %d"
                        .formatted(RunWords.most(worst.absolute().upper()), worst.loop())));
        new RunWords(run)
                .events().stream()
                        .filter(event -> event.at().isPresent())
                        .filter(event -> event.kind() != RunEvent.Kind.LEAVES_PAPER_BOUND)
                        .forEach(event -> parts.add(
                                event.kind() == RunEvent.Kind.LEAVES_BOUND
                                        ? "it leaves the exact run's bound at t = "
                                                + event.at().getAsInt()
                                        : "it " + event.text()));
        return String.join("; ", parts) + ".";
    }

    private static String[] row(DriftAudit run) {
        String none = "\u2013";
        Optional<DriftAudit.Step> last = run.last();
        return new String[] {
            AuditPlots.name(run),
            run.worst().map(step -> RunWords.most(step.absolute().upper())).orElse(none),
            RunWords.worstRelative(run)
                    .map(worst -> RunWords.most(worst.most()))
                    .orElse(none),
            run.worstUlps().map(step -> RunWords.most(step.ulps().upper())).orElse(none),
            last.map(step -> RunWords.most(step.absolute().upper())).orElse(none),
            last.map(step -> RunWords.most(step.bound().maxNorm())).orElse(none),
            last.flatMap(DriftAudit.Step::tightness)
                    .map(share -> RunWords.least(share.multiply(100)) + " %")
                    .orElse(none)
        };
    }

    private void convergence() {
        page.section("Convergence");
        page.paragraph("Exact run, certified: " + AuditSummary.exactRun(audit) + ".");
        AuditPlots plots = new AuditPlots(audit);
        if (!plots.converges()) {
            page.paragraph("The start is the least-squares solution: there is no distance to compare with.");
            return;
        }
        page.figure(
                new Figure(plots.convergence()),
                (audit.rate().isPresent()
                                ? "The exact run keeps coming closer; a rounded one does until its rounding errors are as"
                                        + " large as its steps."
                                : "Nothing is certified about how fast the exact run comes closer, or whether it does.")
                        + plots.thinned());
    }

    private void drift() {
        AuditPlots plots = new AuditPlots(audit);
        page.section("Drift");
        page.figure(
                new Figure(plots.drift()),
                "Solid: measured against the exact iterates. Dashed: guaranteed by running error analysis."
                        + (plots.startsExactly() ? " At t = 0 there is no drift." : "") + plots.thinned());
    }

    private void events() {
        page.section("Events");
        List<Column> columns = new ArrayList<>(List.of(Column.words("the run")));
        audit.runs().forEach(run -> columns.add(Column.words(AuditPlots.name(run))));
        Table table = Table.of("The first loop at which each run \u2026", columns.toArray(Column[]::new));
        for (RunEvent.Kind kind : RunEvent.Kind.values()) {
            List<Cell> cells = new ArrayList<>(List.of(Cell.of(kind.title())));
            for (DriftAudit run : audit.runs()) {
                cells.add(new RunWords(run)
                        .events().stream()
                                .filter(event -> event.kind() == kind)
                                .findFirst()
                                .<Cell>map(AuditPage::cell)
                                .orElseGet(() -> Cell.of("no")));
            }
            table = table.with(cells.toArray(Cell[]::new));
        }
        page.table(table);
        for (DriftAudit run : audit.runs()) {
            page.subsection(AuditPlots.name(run));
            page.list(new RunWords(run).events().stream().map(RunEvent::text).toList());
        }
    }

    private static Cell cell(RunEvent event) {
        boolean bad = event.at().isPresent() && event.kind() == RunEvent.Kind.NOT_FINITE;
        return bad ? new Badge(event.brief(), Badge.Tone.BAD) : Cell.of(event.brief());
    }

    private void split() {
        page.section("Where the drift comes from");
        Table table = Table.of(
                "The drift at the last loop by origin, in the largest entry of each part, rounded up; parts may cancel",
                Column.words("format"),
                Column.numbers("t"),
                Column.numbers("drift"),
                Column.numbers("input rounding"),
                Column.numbers("products"),
                Column.numbers("accumulation"),
                Column.numbers("feedback"));
        boolean any = false;
        for (DriftAudit run : audit.runs()) {
            Optional<DriftAudit.Parts> parts = run.last().flatMap(DriftAudit.Step::parts);
            if (parts.isPresent()) {
                any = true;
                DriftAudit.Step last = run.last().orElseThrow();
                table = table.with(
                        AuditPlots.name(run),
                        Integer.toString(last.loop()),
                        RunWords.most(last.absolute().upper()),
                        total(parts.get(), Origin.INPUT),
                        total(parts.get(), Origin.PRODUCT),
                        total(parts.get(), Origin.ACCUMULATION),
                        RunWords.most(parts.get().feedback().upper()));
            }
        }
        if (any) {
            page.table(table);
            page.paragraph("Feedback is what the last loop passed on of all drift before it.");
        } else {
            page.paragraph("Not split: no run is finite, or they are too long for it.");
        }
    }

    private static String total(DriftAudit.Parts parts, Origin origin) {
        return RunWords.most(parts.total().get(origin).upper());
    }

    private void hypotheses() {
        page.section("Hypotheses and verdicts");
        if (!(certification.verdict() instanceof Verdict.Accepted accepted)) {
            page.verdict(
                    new Badge("undecided", Badge.Tone.OPEN),
                    "The kernel: " + AuditSummary.certificate(certification.verdict()) + ".");
            return;
        }
        page.verdict(
                accepted.refutation() ? new Badge("rejected", Badge.Tone.BAD) : new Badge("accepted", Badge.Tone.GOOD),
                accepted.refutation()
                        ? "The kernel accepts the proof that these steps do not contract."
                        : "The kernel accepts the certificate of the exact run: it derived every statement below in exact"
                                + " arithmetic.");
        Table table = Table.of(
                "What the kernel established, and which theorems do not apply",
                Column.words("statement"),
                Column.words("verdict"),
                Column.words("in words"));
        for (Theorem theorem : accepted.theorems()) {
            boolean elsewhere = theorem.statement() instanceof Statement.Unmet
                    || theorem.statement() instanceof Statement.RoundedIterates
                    || theorem.statement() instanceof Statement.RoundedTrajectory;
            if (!elsewhere) {
                table = table.with(
                        Cell.of(theorem.id()),
                        new Badge("established", Badge.Tone.GOOD),
                        Cell.of(Words.BRIEF.statement(theorem.statement())));
            }
        }
        for (Outcome.NotEstablished each : Outcome.notEstablished(accepted)) {
            table = table.with(
                    Cell.of(each.id()),
                    new Badge("does not apply", Badge.Tone.PLAIN),
                    Cell.of(each.because()
                            + each.instead()
                                    .map(id -> "; established instead: " + id)
                                    .orElse("")));
        }
        for (Certification.Undecided each : certification.undecided()) {
            table = table.with(Cell.of(each.id()), new Badge("undecided", Badge.Tone.OPEN), Cell.of(each.because()));
        }
        page.table(table);
        page.subsection("What the kernel checked of the rounded runs");
        List<String> items = new ArrayList<>();
        for (int i = 0; i < audit.runs().size(); i++) {
            DriftAudit run = audit.runs().get(i);
            items.add(
                    AuditPlots.name(run) + ": the kernel " + AuditSummary.checked(checked.get(i), run, epsilon) + ".");
            followed.get(i)
                    .ifPresent(each -> items.add(AuditPlots.name(run) + ": " + Words.BRIEF.statement(each) + "."));
        }
        page.list(items);
        page.paragraph(AuditSummary.MEANING);
    }

    private void values() {
        page.section("Exact values");
        StringBuilder instance = new StringBuilder();
        line(instance, "alpha", Texts.fraction(problem.alpha()));
        audit.stepSize().ifPresent(eta -> line(instance, "eta", Texts.fraction(eta)));
        audit.spectrum().ifPresent(spectrum -> {
            line(instance, "mu lower", fraction(spectrum.smallestLower()));
            line(instance, "mu upper", fraction(spectrum.smallestUpper()));
            line(instance, "L lower", fraction(spectrum.largestLower()));
            line(instance, "L upper", fraction(spectrum.largestUpper()));
            line(instance, "kappa lower", fraction(spectrum.conditionNumberLower()));
            line(instance, "kappa upper", fraction(spectrum.conditionNumberUpper()));
        });
        audit.rate().ifPresent(rho -> line(instance, "rho", Texts.fraction(rho)));
        page.copyable("Step, spectrum (mu, L and kappa on the row space) and rate", instance.toString());
        StringBuilder solution = new StringBuilder();
        for (int j = 0; j < audit.solution().size(); j++) {
            line(
                    solution,
                    problem.featureNames().get(j),
                    Texts.fraction(audit.solution().get(j)));
        }
        page.copyable("The least-squares solution nearest to the start", solution.toString());
        for (DriftAudit run : audit.runs()) {
            StringBuilder text = new StringBuilder();
            run.last().ifPresent(last -> last(text, last));
            if (text.length() > 0) {
                page.copyable(AuditPlots.name(run) + ": the last iterate and its drift", text.toString());
            }
        }
    }

    private void last(StringBuilder text, DriftAudit.Step last) {
        line(text, "t", Integer.toString(last.loop()));
        enclosure(text, "drift", last.absolute());
        line(text, "guaranteed bound", Texts.fraction(last.bound().maxNorm()));
        for (int j = 0; j < last.entries().size(); j++) {
            DriftAudit.Entry entry = last.entries().get(j);
            line(text, problem.featureNames().get(j), RoundingFormat.toHex(entry.rounded()));
            enclosure(text, problem.featureNames().get(j) + " drift", entry.absolute());
        }
    }

    private static void enclosure(StringBuilder text, String name, Enclosure value) {
        if (value.isExact()) {
            line(text, name, Texts.fraction(value.lower()));
        } else {
            line(text, name + " lower", Texts.fraction(value.lower()));
            line(text, name + " upper", Texts.fraction(value.upper()));
        }
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(" = ").append(value).append('\n');
    }

    private static String fraction(Fraction value) {
        return Texts.fraction(value.toBigRational());
    }
}

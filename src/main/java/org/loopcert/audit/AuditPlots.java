package org.loopcert.audit;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.loopcert.certify.InstanceAudit;
import org.loopcert.drift.DriftAudit;
import org.loopcert.drift.Enclosure;
import org.loopcert.drift.EnclosurePath;
import org.loopcert.drift.IterateEnclosure;
import org.loopcert.matrix.Vector;
import org.loopcert.report.Axis;
import org.loopcert.report.Coordinate;
import org.loopcert.report.Event;
import org.loopcert.report.Plot;
import org.loopcert.report.Series;
import org.loopcert.ring.FloatingPoint;
import org.loopcert.ring.RationalField;

/** The plots of an audit. Values are rounded up to about 20 digits on their way to the pixels. */
final class AuditPlots {
    private static final RationalField Q = RationalField.INSTANCE;

    /** Loops that are drawn where there are more, beside those at which something happens. */
    private static final int POINTS = 1_000;

    private static final MathContext UP = new MathContext(20, RoundingMode.CEILING);
    private static final int ERROR_BITS = 128;
    private static final int ROOT_BITS = 128;

    private final InstanceAudit audit;
    private final int loops;
    private final List<Integer> drawn;

    AuditPlots(InstanceAudit audit) {
        this.audit = audit;
        this.loops = audit.instance().loops();
        this.drawn = List.copyOf(drawn());
    }

    /** All loops if they are few; else evenly spread ones, and all at which something happens or is largest. */
    private SortedSet<Integer> drawn() {
        SortedSet<Integer> chosen = new TreeSet<>();
        long stride = Math.max(1, (loops + POINTS - 1L) / POINTS);
        for (long t = 0; t <= loops; t += stride) {
            chosen.add((int) t);
        }
        chosen.add(loops);
        for (DriftAudit run : audit.runs()) {
            run.worst().ifPresent(step -> chosen.add(step.loop()));
            run.last().ifPresent(step -> chosen.add(step.loop()));
            new RunWords(run)
                    .events().stream()
                            .flatMap(event -> event.at().stream().boxed())
                            .filter(t -> t <= loops)
                            .forEach(chosen::add);
        }
        return chosen;
    }

    /** What the caption must say of loops that are not drawn; empty if all are. */
    String thinned() {
        return drawn.size() == loops + 1
                ? ""
                : " Drawn are %d of the %d iterates: evenly spread ones, those with the largest drift and all events."
                        .formatted(drawn.size(), loops + 1L);
    }

    private List<Coordinate> times() {
        return drawn.stream().map(t -> Coordinate.of(BigRational.valueOf(t))).toList();
    }

    /** Whether theta(0) is not the solution, so that distances from it can be shown relative to the first. */
    boolean converges() {
        return start().toList().stream().anyMatch(entry -> entry.signum() != 0);
    }

    private Vector<BigRational> start() {
        return audit.instance().start().subtract(Q, audit.solution());
    }

    /** The distance from the solution relative to that of theta(0), for the exact run, the rounded runs and the bounds. */
    Plot convergence() {
        BigRational first = squared(start().toList());
        Plot plot = Plot.of(
                "Distance from the least-squares solution",
                "The Euclidean distance from the least-squares solution after each loop, as a share of that of the"
                        + " start, for the exact run, each rounded run and the certified bounds.",
                Axis.linear("loop t"),
                Axis.log10("|\u03B8(t) \u2212 \u03B8\u0303| / |\u03B8(0) \u2212 \u03B8\u0303|"));
        for (DriftAudit run : audit.runs()) {
            plot = plot.with(Series.line(name(run), times(), distances(run, first)));
        }
        plot = plot.with(Series.line("exact", times(), exact(first)));
        if (audit.rate().isPresent()) {
            plot = plot.with(Series.dashed(
                    "bound \u03C1\u1D57", times(), powers(audit.rate().get(), false)));
        }
        if (audit.paperRatio().isPresent()) {
            plot = plot.with(Series.dashed(
                    "Lemma 5.6", times(), powers(audit.paperRatio().get(), true)));
        }
        return withEvents(plot);
    }

    /** The drift of every run in its largest entry, and its guaranteed bound. */
    Plot drift() {
        Plot plot = Plot.of(
                "Drift from the exact iterates",
                "The distance of each rounded run from the exact iterates in the largest entry, after each loop, and its"
                        + " guaranteed bound.",
                Axis.linear("loop t"),
                Axis.log10("max |\u03B8\u0302\u2C7C(t) \u2212 \u03B8\u2C7C(t)|"));
        int from = startsExactly() ? 1 : 0;
        List<Coordinate> times = times().subList(from, drawn.size());
        for (DriftAudit run : audit.runs()) {
            List<Coordinate> measured = values(run, false).subList(from, drawn.size());
            List<Coordinate> bound = values(run, true).subList(from, drawn.size());
            plot = plot.with(Series.line(name(run), times, measured))
                    .with(Series.dashed(name(run) + ", bound", times, bound).inColourOf(name(run)));
        }
        return withEvents(plot);
    }

    /** Whether no run is off before the first loop, so that t = 0 has no place on a logarithmic axis. */
    boolean startsExactly() {
        return loops > 0
                && audit.runs().stream()
                        .allMatch(run -> run.steps().isEmpty()
                                || run.steps().get(0).bound().maxNorm().signum() == 0);
    }

    private Plot withEvents(Plot plot) {
        Plot result = plot;
        for (DriftAudit run : audit.runs()) {
            for (RunEvent event : new RunWords(run).events()) {
                boolean shown = event.at().isPresent()
                        && (event.kind() == RunEvent.Kind.STAGNATES || event.kind() == RunEvent.Kind.NOT_FINITE);
                if (shown) {
                    result = result.with(new Event(
                            Coordinate.of(BigRational.valueOf(event.at().getAsInt())),
                            name(run) + " " + event.kind().title()));
                }
            }
        }
        return result;
    }

    static String name(DriftAudit run) {
        return run.configuration().format().name();
    }

    private List<Coordinate> values(DriftAudit run, boolean bound) {
        List<Coordinate> values = new ArrayList<>();
        for (int t : drawn) {
            if (t > run.loopsReached()) {
                values.add(Coordinate.of(Double.NaN));
            } else {
                DriftAudit.Step step = run.steps().get(t);
                values.add(Coordinate.of(
                        bound ? step.bound().maxNorm() : step.absolute().upper()));
            }
        }
        return values;
    }

    private List<Coordinate> distances(DriftAudit run, BigRational first) {
        List<Coordinate> values = new ArrayList<>();
        for (int t : drawn) {
            if (t > run.loopsReached()) {
                values.add(Coordinate.of(Double.NaN));
                continue;
            }
            List<BigRational> off = new ArrayList<>();
            List<DriftAudit.Entry> entries = run.steps().get(t).entries();
            for (int j = 0; j < entries.size(); j++) {
                off.add(Q.subtract(
                        FloatingPoint.exact(entries.get(j).rounded()),
                        audit.solution().get(j)));
            }
            values.add(Coordinate.of(root(Q.divide(squared(off), first))));
        }
        return values;
    }

    private List<Coordinate> exact(BigRational first) {
        Iterator<IterateEnclosure> path = EnclosurePath.errorsAt(
                audit.instance(), audit.contraction(), audit.solution(), ERROR_BITS, drawn.iterator());
        List<Coordinate> values = new ArrayList<>();
        while (path.hasNext()) {
            BigRational most = Enclosure.squaredNorm(path.next().entries()).upper();
            values.add(Coordinate.of(root(Q.divide(most, first))));
        }
        return values;
    }

    private List<Coordinate> powers(BigRational ratio, boolean squared) {
        BigDecimal base = decimal(ratio);
        BigDecimal power = BigDecimal.ONE;
        List<Coordinate> values = new ArrayList<>();
        for (int t = 0; values.size() < drawn.size(); t++) {
            if (t == drawn.get(values.size())) {
                BigRational value = BigRational.valueOf(power);
                values.add(Coordinate.of(squared ? root(value) : value));
            }
            power = power.multiply(base, UP);
        }
        return values;
    }

    private static BigDecimal decimal(BigRational value) {
        return new BigDecimal(value.getNumeratorBigInteger())
                .divide(new BigDecimal(value.getDenominatorBigInteger()), UP);
    }

    private static BigRational squared(List<BigRational> entries) {
        BigRational sum = BigRational.ZERO;
        for (BigRational entry : entries) {
            sum = Q.add(sum, Q.multiply(entry, entry));
        }
        return sum;
    }

    /** A number of 128 bits that is not below the root, within 2^-126 of it, relatively. */
    private static BigRational root(BigRational square) {
        BigRational reduced = RationalField.canonical(square);
        BigInteger p = reduced.getNumeratorBigInteger();
        BigInteger q = reduced.getDenominatorBigInteger();
        if (p.signum() == 0) {
            return BigRational.ZERO;
        }
        // sqrt(p/q) = sqrt(p 4^k / q) / 2^k
        int shift = ROOT_BITS - Math.floorDiv(p.bitLength() - q.bitLength(), 2);
        BigInteger scaled = shift >= 0 ? p.shiftLeft(2 * shift).divide(q) : p.divide(q.shiftLeft(-2 * shift));
        BigInteger above = scaled.sqrt().add(BigInteger.ONE);
        return shift >= 0
                ? RationalField.of(above, BigInteger.ONE.shiftLeft(shift))
                : BigRational.valueOf(above.shiftLeft(-shift));
    }
}

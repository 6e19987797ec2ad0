package org.loopcert.report;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A page with everything that a page may hold, and texts that try to break out of their places. */
final class SampleReport {
    static final int LOOPS = 200;

    /** Would run, load or close something if it were ever read as HTML. */
    static final String HOSTILE =
            "</script></textarea></title></svg><img src=x onerror=\"alert(1)\"> & &amp; ]]> <!-- ' \" ` \u0000 \uD800 \uFFFE";

    private SampleReport() {}

    static BigRational rational(long numerator, long denominator) {
        return BigRational.valueOf(java.math.BigInteger.valueOf(numerator), java.math.BigInteger.valueOf(denominator));
    }

    private static List<Coordinate> loops(IntFunction<Coordinate> value) {
        return IntStream.rangeClosed(0, LOOPS).mapToObj(value).toList();
    }

    /** The errors of an exact run, of runs that stagnate or overflow, their bounds, and the spread of ten trials. */
    static Plot convergence() {
        List<Coordinate> t = Coordinate.range(0, LOOPS);
        BigRational rate = rational(4, 5);
        List<Coordinate> exact = loops(i -> Coordinate.of(rate.pow(i).multiply(rational(3, 2))));
        List<Coordinate> bound =
                loops(i -> Coordinate.of(rational(17, 20).pow(i).multiply(4)));
        List<Coordinate> low = loops(i -> Coordinate.of(rate.pow(i)));
        List<Coordinate> high = loops(i -> Coordinate.of(rational(5, 6).pow(i).multiply(2)));
        List<Coordinate> binary64 =
                loops(i -> Coordinate.of(1.5 * Math.pow(0.8, i) + 2.2e-16 * (1 + 0.4 * Math.sin(i))));
        List<Coordinate> bfloat16 =
                loops(i -> Coordinate.of(i > 150 ? Double.NaN : 1.5 * Math.pow(0.8, i) + 3e-3 * Math.pow(1.11, i)));
        return Plot.of(
                        "Error of the looped Transformer on one instance",
                        "The error against the least-squares solution, for each loop.",
                        Axis.linear("loop t"),
                        Axis.log10("‖θ(t) − θ̃‖₂"))
                .with(Series.band("ten trials, exact", t, low, high).inColourOf("exact"))
                .with(Series.line("exact", t, exact))
                .with(Series.line("binary64", t, binary64))
                .with(Series.line("bfloat16", t, bfloat16))
                .with(Series.dashed("bound (1 − ημ)ᵗ", t, bound))
                .with(new Event(Coordinate.of(20), "bfloat16 stops contracting"))
                .with(new Event(Coordinate.of(163), "binary64 stagnates"));
    }

    /** Errors too small for a double, and zeros. */
    static Plot tiny() {
        List<Coordinate> t = Coordinate.range(0, LOOPS);
        BigRational rate = rational(1, 100);
        return Plot.of(
                        "Beyond the least double",
                        "Two exact errors, one of which falls to 10^-400 and the other to zero.",
                        Axis.linear("loop t"),
                        Axis.log10("error"))
                .with(Series.line("rate 1/100", t, loops(i -> Coordinate.of(rate.pow(i)))))
                .with(Series.points(
                        "zero from t = 5",
                        t,
                        loops(i -> Coordinate.of(i < 5 ? rational(1, i + 1) : BigRational.ZERO))));
    }

    /** Drift on linear axes, and few values over less than a decade. */
    static Plot drift() {
        List<Coordinate> x = Coordinate.rounded(16, 32, 64, 128);
        return Plot.of(HOSTILE, HOSTILE, Axis.log10("n"), Axis.linear(HOSTILE))
                .with(Series.points(HOSTILE, x, Coordinate.rounded(3e-17, 1.1e-17, -2e-17, 4.5e-17)))
                .with(new Event(Coordinate.of(40), HOSTILE));
    }

    static Page page() {
        Table table = Table.of(
                        "First events, by rounding format",
                        Table.Column.words("format"),
                        Table.Column.words("within the bound"),
                        Table.Column.numbers("first loop"),
                        Table.Column.numbers("largest drift"))
                .with(
                        Cell.of("binary64"),
                        new Badge("accepted", Badge.Tone.GOOD),
                        Cell.of("163"),
                        Cell.of("2.22 × 10⁻¹⁶"))
                .with(Cell.of("bfloat16"), new Badge("rejected", Badge.Tone.BAD), Cell.of("20"), Cell.of("1.94 × 10⁴"))
                .with(Cell.of("binary16"), new Badge("undecided", Badge.Tone.OPEN), Cell.of("–"), Cell.of("–"))
                .with(Cell.of(HOSTILE), new Badge("measured", Badge.Tone.PLAIN), Cell.of(HOSTILE), Cell.of("0"));
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            values.add("theta[" + i + "] = " + rational(4, 5).pow(i + 1).toRationalString());
        }
        return new Page("Audit of one instance")
                .paragraph("The forward pass is gradient descent with step 1/4, and contracts by 4/5 in every loop. "
                        + "In binary64 the run stagnates after 163 loops; in bfloat16 it leaves the bound after 20.")
                .verdict(
                        new Badge("accepted", Badge.Tone.GOOD),
                        "‖θ(t) − θ̃‖₂ ≤ (1 − ημ)ᵗ ‖θ(0) − θ̃‖₂ for every t ≤ 200.")
                .verdict(new Badge("rejected", Badge.Tone.BAD), "The bfloat16 run stays within 10⁻² of the exact one.")
                .section("Convergence")
                .figure(new Figure(convergence()), "The error after each loop, exactly and in two rounding formats.")
                .figure(new Figure(tiny()), "Exact errors have no floor.")
                .subsection("Events")
                .table(table)
                .section("Exact values")
                .copyable("The solution, as fractions", String.join("\n", values) + "\n")
                .copyable(HOSTILE, "\n" + HOSTILE)
                .section(HOSTILE)
                .list(List.of(HOSTILE, "one"))
                .paragraph(HOSTILE)
                .figure(new Figure(drift()), HOSTILE);
    }
}

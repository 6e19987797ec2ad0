package org.loopcert.certificate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;

/**
 * The text in which checkers are compared: a verdict in a few words and, of what is accepted, one line for each conclusion with
 * its numbers. It is part of the certificate format ({@code FORMAT.md}, section 3.4).
 */
public final class Conclusions {
    private static final Map<Class<? extends Statement>, Function<Statement, Stream<?>>> VALUES = Map.ofEntries(
            values(Statement.StepEquivalence.class, s -> Stream.of()),
            values(Statement.Replayed.class, s -> Stream.of(s.loops())),
            values(Statement.LambdaMaxAtMost.class, s -> Stream.of(s.bound())),
            values(Statement.SmallestAtLeast.class, s -> Stream.of(s.bound(), s.rank())),
            values(Statement.LambdaMaxAtLeast.class, s -> Stream.of(s.bound())),
            values(Statement.SmallestAtMost.class, s -> Stream.of(s.bound())),
            values(
                    Statement.Spectrum.class,
                    s -> Stream.of(
                            s.rank(),
                            s.muLower(),
                            s.muUpper(),
                            s.smoothnessLower(),
                            s.smoothnessUpper(),
                            s.kappaLower(),
                            s.kappaUpper())),
            values(Statement.Exponential.class, s -> Stream.of(s.kappaLower(), s.kappaUpper(), s.loops())),
            values(
                    Statement.SmallSteps.class,
                    s -> Stream.of(s.sumLower(), s.sumUpper(), s.constant() == null ? "-" : s.constant())),
            values(Statement.Contraction.class, s -> factor(s.factor())),
            values(Statement.NonContraction.class, s -> Stream.of(s.gain())),
            values(Statement.Realizable.class, s -> Stream.concat(Stream.of(s.normSquare()), s.theta().stream())),
            values(
                    Statement.LeastSquares.class,
                    s -> Stream.concat(Stream.of(s.rank(), s.normSquare(), s.residual()), s.theta().stream())),
            values(Statement.Unmet.class, s -> Stream.of(s.theorem(), s.hypothesis())),
            values(Statement.PaperBound.class, s -> Stream.of(s.alpha(), s.loops(), s.kappaLower(), s.kappaUpper())),
            values(Statement.TightBound.class, s -> Stream.concat(Stream.of(s.alpha()), factor(s.factor()))),
            values(Statement.DoubledExponent.class, s -> Stream.of(s.alpha(), s.loops())),
            values(Statement.TwoSided.class, s -> Stream.of(s.lower(), s.upper(), s.loops())),
            values(Statement.GeneralLabels.class, s -> Stream.concat(Stream.of(s.squaredScale()), factor(s.factor()))),
            values(
                    Statement.LimitError.class,
                    s -> join(Stream.of(s.limit(), s.squaredScale()), factor(s.factor()), s.theta().stream())),
            values(
                    Statement.Noise.class,
                    s -> join(Stream.of(s.scale(), s.normSquare()), factor(s.factor()), Stream.of(s.floorSquare()))),
            values(Statement.ErrorIdentity.class, s -> s.theta().stream()),
            values(Statement.ErrorValue.class, s -> Stream.of(s.t(), s.lower(), s.upper())),
            values(Statement.PaperBoundValue.class, s -> Stream.of(s.lower(), s.upper())),
            values(Statement.RoundedIterates.class, s -> IntStream.range(0, s.at().size())
                    .boxed()
                    .flatMap(i -> Stream.of(s.at().get(i), s.distances().get(i)))),
            values(
                    Statement.RoundedTrajectory.class,
                    s -> join(Stream.of(s.k()), factor(s.factor()), Stream.of(s.accumulated(), s.startSquare()))));

    private Conclusions() {}

    /** The verdict, with the reason and the line of a rejection. */
    public static String verdict(Verdict verdict) {
        if (verdict instanceof Verdict.Accepted accepted) {
            return "accepted " + (accepted.refutation() ? "refutation" : "certificate");
        }
        if (verdict instanceof Verdict.Rejected rejected) {
            return "rejected " + rejected.reason().code() + " " + rejected.line();
        }
        if (verdict instanceof Verdict.Undecided undecided) {
            return "undecided " + undecided.reason().code();
        }
        return verdict.word();
    }

    /** One line for each theorem: its number, its rule and its numbers; none where nothing is accepted. */
    public static List<String> of(Verdict verdict) {
        if (!(verdict instanceof Verdict.Accepted accepted)) {
            return List.of();
        }
        List<Theorem> theorems = accepted.theorems();
        return IntStream.range(0, theorems.size())
                .mapToObj(
                        i -> line(i + 1, theorems.get(i).rule(), theorems.get(i).statement()))
                .toList();
    }

    /** The statements that have words here. */
    static Set<Class<? extends Statement>> kinds() {
        return VALUES.keySet();
    }

    static String line(int number, String rule, Statement statement) {
        Function<Statement, Stream<?>> values = VALUES.get(statement.getClass());
        if (values == null) {
            throw new IllegalStateException("no words for a " + statement.getClass());
        }
        return join(Stream.of(number, rule), values.apply(statement))
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    private static Stream<?> factor(Statement.Factor factor) {
        if (factor instanceof Statement.Power power) {
            return Stream.of("power", power.base(), power.loops());
        }
        if (factor instanceof Statement.Product product) {
            return Stream.of("product", product.mu());
        }
        return Stream.of("value", ((Statement.Value) factor).bound());
    }

    private static Stream<?> join(Stream<?>... parts) {
        return Arrays.stream(parts).flatMap(Function.identity());
    }

    private static <S extends Statement> Map.Entry<Class<? extends Statement>, Function<Statement, Stream<?>>> values(
            Class<S> kind, Function<S, Stream<?>> values) {
        return Map.entry(kind, statement -> values.apply(kind.cast(statement)));
    }
}

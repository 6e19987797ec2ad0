package org.loopcert.cli;

import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.loopcert.drift.RunConfiguration;
import org.loopcert.drift.Summation;
import org.loopcert.drift.SummationOrder;
import org.loopcert.ring.RoundingFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that say how a rounded run computes. */
final class RoundedArguments {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "order of operations of a rounded run: residual, gram or attention (default: residual)")
    private SummationOrder order;

    @Option(names = "--fma", description = "fuse products into the sums and updates of a rounded run")
    private boolean fused;

    @Option(
            names = "--accumulate",
            paramLabel = "FORMAT",
            converter = Format.class,
            completionCandidates = Formats.class,
            description = "format of the products and partial sums of a rounded run, at least as wide (default: that of"
                    + " the run)")
    private RoundingFormat accumulator;

    @Option(
            names = "--sum",
            paramLabel = "SUMMATION",
            converter = Sums.class,
            description = "how a rounded run adds up: sequential, pairwise or blocked:K (default: sequential)")
    private Summation summation;

    /** The names of the formats. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return RoundingFormat.all().stream().map(RoundingFormat::name).iterator();
        }

        static String listed() {
            return RoundingFormat.all().stream().map(RoundingFormat::name).collect(Collectors.joining(", "));
        }
    }

    /** A rounding format by name. */
    static final class Format implements ITypeConverter<RoundingFormat> {
        @Override
        public RoundingFormat convert(String text) {
            return RoundingFormat.named(text.toLowerCase(Locale.ROOT))
                    .orElseThrow(() -> new TypeConversionException(
                            "expected one of " + Formats.listed() + ", found '" + text + "'"));
        }
    }

    /** A summation. */
    static final class Sums implements ITypeConverter<Summation> {
        @Override
        public Summation convert(String text) {
            try {
                return Summation.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("expected sequential, pairwise or blocked:K, found '" + text + "'");
            }
        }
    }

    /** The first of these options that was given; null if none was. */
    String given() {
        if (order != null) {
            return "--order";
        }
        if (fused) {
            return "--fma";
        }
        if (accumulator != null) {
            return "--accumulate";
        }
        return summation == null ? null : "--sum";
    }

    /** The arithmetic of a run in a format. */
    RunConfiguration configuration(RoundingFormat format) {
        if (accumulator != null && !accumulator.contains(format)) {
            throw new ParameterException(
                    mixee.commandLine(),
                    "--accumulate: expected a format that holds all numbers of " + format + ", found " + accumulator);
        }
        return new RunConfiguration(
                format,
                accumulator == null ? format : accumulator,
                fused,
                summation == null ? Summation.SEQUENTIAL : summation,
                order == null ? SummationOrder.RESIDUAL : order);
    }
}

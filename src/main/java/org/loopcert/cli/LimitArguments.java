package org.loopcert.cli;

import java.math.BigInteger;
import java.util.Locale;
import org.loopcert.input.InputLimits;
import org.loopcert.kernel.Limits;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that bound what a command may spend. Beyond a limit the answer is undecided. */
final class LimitArguments {
    /** Bytes of memory that a byte of certificate text costs at most while it is checked. */
    private static final int MEMORY_PER_BYTE = 24;

    /** Numbers of full length that a replay holds at the same time, in bits of memory a bit. */
    private static final int MEMORY_PER_BIT = 8;

    /** Bytes of memory for each word that one recomputed matrix may take: a word has eight, several are at hand. */
    private static final int MEMORY_PER_WORD = 64;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    @Option(
            names = "--max-bits",
            paramLabel = "BITS",
            description = "longest integer that exact arithmetic may reach (default: ${DEFAULT-VALUE})",
            defaultValue = "4000000")
    private long maxBits;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            converter = Size.class,
            description = "memory that may be used, such as 512M or 2G; estimated before the work starts"
                    + " (default: what the Java machine has)")
    private Long maxMemory;

    /** A number of bytes with an optional K, M or G. */
    static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            String upper = text.toUpperCase(Locale.ROOT);
            int unit = upper.isEmpty() ? -1 : "KMG".indexOf(upper.charAt(upper.length() - 1));
            String digits = unit < 0 ? upper : upper.substring(0, upper.length() - 1);
            if (digits.isEmpty() || digits.length() > 15 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new TypeConversionException("expected a size such as 512M or 2G, found '" + text + "'");
            }
            BigInteger bytes = new BigInteger(digits).shiftLeft(10 * (unit + 1));
            if (bytes.signum() == 0 || bytes.bitLength() > 62) {
                throw new TypeConversionException("expected a size from 1 byte to 2^62, found '" + text + "'");
            }
            return bytes.longValueExact();
        }
    }

    /** The memory that may be used, in bytes. */
    long memory() {
        long heap = Runtime.getRuntime().maxMemory();
        return maxMemory == null ? heap : Math.min(heap, maxMemory);
    }

    /** The longest integer, given both limits. */
    long bits() {
        if (maxBits < 1) {
            throw new ParameterException(mixee.commandLine(), "--max-bits: expected at least 1, found " + maxBits);
        }
        return Math.max(1, Math.min(maxBits, memory() / MEMORY_PER_BIT));
    }

    /** The limits of the kernel. Twice the bits mean four times the work. */
    Limits kernel() {
        Limits standard = Limits.DEFAULT;
        BigInteger growth = BigInteger.valueOf(Math.max(1, bits() / standard.bits()));
        BigInteger work = BigInteger.valueOf(standard.work()).multiply(growth.pow(2));
        return new Limits(
                standard.bytes(),
                standard.depth(),
                standard.values(),
                standard.digits(),
                standard.dimension(),
                bits(),
                maxMemory == null
                        ? Math.min(standard.memory(), memory() / MEMORY_PER_WORD)
                        : Math.max(1, memory() / MEMORY_PER_WORD),
                work.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
    }

    /** The limits of the readers of the user's files. */
    InputLimits input() {
        InputLimits standard = InputLimits.DEFAULT;
        long values = Math.max(1, Math.min(standard.maxValueBytes(), memory() / 2));
        int bytes = (int) Math.max(1, Math.min(standard.maxBytes(), memory() / 8));
        return standard.withMaxValueBytes(values).withMaxBytes(bytes);
    }

    /** Whether the text of a certificate can be checked in this memory. */
    boolean affords(long certificateBytes) {
        return certificateBytes <= memory() / MEMORY_PER_BYTE;
    }

    /** Refuses work that needs integers longer than the limits allow, several at a time. */
    void requireBits(long bits, int numbers) throws Failure {
        if (bits > bits()) {
            throw Failure.undecided("max-bits " + bits() + " exceeded by an estimate of " + bits
                    + " bits (a smaller --at, or --path enclosure, needs less)");
        }
        long bytes = bits / 8 * numbers * MEMORY_PER_BIT;
        if (bytes > memory()) {
            throw Failure.undecided("max-memory " + memory() + " exceeded by an estimate of " + bytes + " bytes");
        }
    }
}

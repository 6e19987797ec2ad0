package org.loopcert.cli;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.loopcert.certificate.ReachedLimit;
import org.loopcert.input.InputLimits;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The options that bound what a command may spend; each has the name that the messages give the limit. Beyond a limit
 * the answer is undecided. {@link Reading} adds what commands with an INPUT need, {@link Kernel} what those with a
 * certificate need.
 */
class LimitArguments {
    /** Above the limits in every help. */
    static final String HEADING = "%nLimits; beyond one the answer is undecided, exit code 3, and names it:%n";

    /** Bytes of memory that a byte of certificate text costs at most while it is checked. */
    private static final int MEMORY_PER_BYTE = 24;

    /** Numbers of full length that a replay holds at the same time, in bits of memory a bit. */
    private static final int MEMORY_PER_BIT = 8;

    /** Bytes of memory for each word that one recomputed matrix may take: a word has eight, several are at hand. */
    private static final int MEMORY_PER_WORD = 64;

    private static final int MOST = Integer.MAX_VALUE / 8;

    @Option(
            names = "--max-time",
            paramLabel = "TIME",
            converter = Time.class,
            description = "the whole command, such as 500ms, 30s, 10m or 2h (default: none)")
    private Duration maxTime;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            converter = Size.class,
            description = "memory, such as 512M or 2G, estimated before the work starts (default: what the Java machine"
                    + " has)")
    private Long maxMemory;

    /** The limits of commands that read derivations. */
    static final class Text extends LimitArguments {
        /** Bytes of memory that a byte of text costs at most while it is read: a token, a node and its words. */
        private static final int MEMORY_PER_BYTE = 256;

        private static final int MOST_BYTES = 1 << 20;

        @Option(
                names = "--max-bytes",
                paramLabel = "SIZE",
                converter = Size.class,
                description = "one file (default: 1M, which is also the most)")
        private Long maxBytes;

        /** The longest text. */
        int bytes() {
            return (int) Math.min(maxBytes == null ? MOST_BYTES : maxBytes, MOST_BYTES);
        }

        /** Refuses a text of this many bytes, at least, if that is beyond a limit. */
        void require(long length) throws Failure {
            if (length > bytes()) {
                throw Failure.undecided("limit max-bytes " + bytes() + ", needed " + length + " bytes");
            }
            long memory = length * MEMORY_PER_BYTE;
            if (memory > memory()) {
                throw Failure.undecided("limit max-memory " + memory() + ", needed " + memory + " bytes, estimated");
            }
        }

        /** What is said where the memory did not suffice after all. */
        Failure exhausted() {
            return Failure.undecided("limit max-memory " + memory()
                    + ", needed more bytes, and so much of a heap (java -Xmx4g -jar ...)");
        }
    }

    /** The limits of commands that read examples one after another, as many as there are. */
    static final class Streaming extends LimitArguments {
        @Option(
                names = "--max-digits",
                paramLabel = "N",
                converter = Count.class,
                description = "digits of one number in a file, and its decimal exponent (default: 10000)")
        private Long maxDigits;

        @Option(
                names = "--max-rows",
                paramLabel = "N",
                converter = Count.class,
                description = "examples in an input (default: 2147483647, which is also the most)")
        private Long maxRows;

        @Option(
                names = "--max-columns",
                paramLabel = "N",
                converter = Count.class,
                description = "columns of an input (default: 10000)")
        private Long maxColumns;

        /** The limits of the readers of the user's files. */
        InputLimits input() {
            InputLimits standard = InputLimits.DEFAULT;
            return standard.withNumberCaps(
                            orElse(maxDigits, standard.maxDigits()), orElse(maxDigits, standard.maxExponent()))
                    .withShape(rows(), orElse(maxColumns, standard.maxColumns()));
        }

        /** The most examples. */
        int rows() {
            return (int) Math.min(maxRows == null ? Integer.MAX_VALUE : maxRows, Integer.MAX_VALUE);
        }
    }

    /** The limits of commands that read an input. */
    static class Reading extends LimitArguments {
        @Option(
                names = "--max-bits",
                paramLabel = "BITS",
                converter = Count.class,
                description = "longest integer of exact arithmetic (default: 4000000)")
        private Long maxBits;

        @Option(
                names = "--max-bytes",
                paramLabel = "SIZE",
                converter = Size.class,
                description = "one file (default: 32000000 for a certificate, 64M for any other)")
        private Long maxBytes;

        @Option(
                names = "--max-digits",
                paramLabel = "N",
                converter = Count.class,
                description = "digits of one number in a file, and its decimal exponent (default: 10000)")
        private Long maxDigits;

        @Option(
                names = "--max-rows",
                paramLabel = "N",
                converter = Count.class,
                description = "examples in an input, entries of a vector (default: 1000000)")
        private Long maxRows;

        @Option(
                names = "--max-columns",
                paramLabel = "N",
                converter = Count.class,
                description = "columns of an input (default: 10000)")
        private Long maxColumns;

        @Option(
                names = "--max-arrays",
                paramLabel = "N",
                converter = Count.class,
                description = "members of an .npz, tensors of a .safetensors (default: 4096)")
        private Long maxArrays;

        @Option(
                names = "--max-ratio",
                paramLabel = "N",
                converter = Count.class,
                description = "bytes that a packed byte of an .npz may stand for, beyond 1M (default: 250)")
        private Long maxRatio;

        final int digits(int standard) {
            return orElse(maxDigits, standard);
        }

        /** The longest integer, given both limits. */
        final long bits() {
            return Math.max(1, Math.min(mostBits(), memory() / MEMORY_PER_BIT));
        }

        /** The longest certificate. */
        final int certificateBytes() {
            return orElse(maxBytes, Limits.DEFAULT.bytes());
        }

        /** The words that one recomputed matrix may take. */
        final long words() {
            long most = memory() / MEMORY_PER_WORD;
            return Math.max(1, standardMemory() ? Math.min(Limits.DEFAULT.memory(), most) : most);
        }

        /** The limits of the readers of the user's files. */
        final InputLimits input() {
            InputLimits standard = InputLimits.DEFAULT;
            return standard.withNumberCaps(digits(standard.maxDigits()), digits(standard.maxExponent()))
                    .withMaxBytes(orElse(maxBytes, standard.maxBytes()))
                    .withShape(orElse(maxRows, standard.maxRows()), orElse(maxColumns, standard.maxColumns()))
                    .withArchive(orElse(maxArrays, standard.maxArrays()), orElse(maxRatio, standard.maxRatio()))
                    .withMaxMemory(standardMemory() ? Math.min(standard.maxMemory(), memory()) : memory());
        }

        /**
         * A verdict of the kernel with the figures of the options: the kernel counts words where the option counts bytes,
         * and integers may be bounded by the memory.
         */
        final Verdict inOptions(Verdict verdict) {
            if (!(verdict instanceof Verdict.Undecided undecided)) {
                return verdict;
            }
            return ReachedLimit.of(undecided.missing())
                    .flatMap(this::inBytes)
                    .<Verdict>map(missing ->
                            new Verdict.Undecided(undecided.reason(), undecided.line(), undecided.rule(), missing))
                    .orElse(verdict);
        }

        private Optional<String> inBytes(ReachedLimit reached) {
            boolean words =
                    reached.name().equals("max-memory") && reached.unit().equals("words");
            boolean bits = reached.name().equals("max-bits") && bits() < mostBits();
            if (!words && !bits) {
                return Optional.empty();
            }
            BigInteger unit = BigInteger.valueOf(words ? MEMORY_PER_WORD : MEMORY_PER_BIT);
            return Optional.of("limit max-memory " + reached.allowed().multiply(unit) + ", needed "
                    + reached.needed().multiply(unit) + " bytes, estimated");
        }

        private long mostBits() {
            return maxBits == null ? Limits.DEFAULT.bits() : maxBits;
        }

        /** The limit that the length of a certificate is beyond, if it is. */
        final Optional<Verdict> tooLong(long length) {
            if (length > certificateBytes()) {
                return Optional.of(undecided("max-bytes", certificateBytes(), length, "bytes"));
            }
            long memory = length * MEMORY_PER_BYTE;
            return memory > memory()
                    ? Optional.of(undecided("max-memory", memory(), memory, "bytes, estimated"))
                    : Optional.empty();
        }

        /** What is said where the memory did not suffice after all. */
        final Verdict outOfMemory() {
            return new Verdict.Undecided(
                    Verdict.Reason.LIMIT,
                    0,
                    "certificate",
                    "limit max-memory " + memory()
                            + ", needed more bytes, and so much of a heap (java -Xmx4g -jar ...)");
        }

        private static Verdict undecided(String name, long allowed, long needed, String unit) {
            return new Verdict.Undecided(
                    Verdict.Reason.LIMIT,
                    0,
                    "certificate",
                    "limit " + name + " " + allowed + ", needed " + needed + " " + unit);
        }

        /** Refuses work that needs integers longer than the limits allow, several at a time. */
        final void requireBits(long bits, int numbers) throws Failure {
            if (bits > bits()) {
                throw Failure.undecided("limit max-bits " + bits() + ", needed " + bits
                        + " bits, estimated (a smaller --at, or --path enclosure, needs less)");
            }
            BigInteger bytes =
                    BigInteger.valueOf(bits / 8).multiply(BigInteger.valueOf((long) numbers * MEMORY_PER_BIT));
            if (bytes.compareTo(BigInteger.valueOf(memory())) > 0) {
                throw Failure.undecided("limit max-memory " + memory() + ", needed " + bytes + " bytes, estimated");
            }
        }
    }

    /** All limits. */
    static final class Kernel extends Reading {
        @Option(
                names = "--max-depth",
                paramLabel = "N",
                converter = Count.class,
                description = "nesting of a certificate (default: 16)")
        private Long maxDepth;

        @Option(
                names = "--max-values",
                paramLabel = "N",
                converter = Count.class,
                description = "values in a certificate (default: 1000000)")
        private Long maxValues;

        @Option(
                names = "--max-dimension",
                paramLabel = "N",
                converter = Count.class,
                description = "columns of X in a certificate (default: 512)")
        private Long maxDimension;

        @Option(
                names = "--max-work",
                paramLabel = "N",
                converter = Count.class,
                description = "work of the kernel, in products of 64-bit words (default: 4000000000, and four times as"
                        + " much for twice the --max-bits)")
        private Long maxWork;

        /** The limits of the kernel. Twice the bits mean four times the work. */
        Limits kernel() {
            Limits standard = Limits.DEFAULT;
            return new Limits(
                    certificateBytes(),
                    orElse(maxDepth, standard.depth()),
                    orElse(maxValues, standard.values()),
                    digits(standard.digits()),
                    orElse(maxDimension, standard.dimension()),
                    bits(),
                    words(),
                    maxWork != null ? maxWork : work());
        }

        /** The kernel's verdict on one certificate under these options, about the user's own instance where one is given. */
        Verdict check(byte[] bytes, Optional<byte[]> own) {
            Optional<Verdict> tooLong = tooLong(bytes.length);
            if (tooLong.isPresent()) {
                return tooLong.get();
            }
            try {
                return inOptions(
                        own.isPresent()
                                ? org.loopcert.kernel.Kernel.check(bytes, own.get(), kernel())
                                : org.loopcert.kernel.Kernel.check(bytes, kernel()));
            } catch (OutOfMemoryError e) {
                return outOfMemory();
            }
        }

        private long work() {
            Limits standard = Limits.DEFAULT;
            BigInteger growth = BigInteger.valueOf(Math.max(1, bits() / standard.bits()));
            return BigInteger.valueOf(standard.work())
                    .multiply(growth.pow(2))
                    .min(BigInteger.valueOf(Long.MAX_VALUE))
                    .longValueExact();
        }
    }

    /** A number of bytes with an optional K, M or G. */
    static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            String upper = text.toUpperCase(Locale.ROOT);
            int unit = upper.isEmpty() ? -1 : "KMG".indexOf(upper.charAt(upper.length() - 1));
            String digits = unit < 0 ? upper : upper.substring(0, upper.length() - 1);
            if (!isCount(digits)) {
                throw new TypeConversionException("expected a size such as 512M or 2G, found '" + text + "'");
            }
            BigInteger bytes = new BigInteger(digits).shiftLeft(10 * (unit + 1));
            if (bytes.signum() == 0 || bytes.bitLength() > 62) {
                throw new TypeConversionException("expected a size from 1 byte to 2^62, found '" + text + "'");
            }
            return bytes.longValueExact();
        }
    }

    /** A positive whole number. */
    static final class Count implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            if (!isCount(text) || Long.parseLong(text) == 0) {
                throw new TypeConversionException(
                        "expected a whole number from 1, of at most 15 digits, found '" + text + "'");
            }
            return Long.parseLong(text);
        }
    }

    /** A number of milliseconds, seconds, minutes or hours. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            String unit = lower.endsWith("ms") ? "ms" : lower.isEmpty() ? "" : lower.substring(lower.length() - 1);
            String digits = lower.substring(0, lower.length() - unit.length());
            if (!isCount(digits) || digits.length() > 9 || Long.parseLong(digits) == 0) {
                throw expected(text);
            }
            long count = Long.parseLong(digits);
            return switch (unit) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> throw expected(text);
            };
        }

        private static TypeConversionException expected(String text) {
            return new TypeConversionException(
                    "expected a time such as 500ms, 30s, 10m or 2h, with its unit, found '" + text + "'");
        }
    }

    private static boolean isCount(String digits) {
        return !digits.isEmpty() && digits.length() <= 15 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** A limit that is an int wherever it is used; the largest ones are never reached. */
    private static int orElse(Long given, int standard) {
        return given == null ? standard : (int) Math.min(given, MOST);
    }

    /** The time that the whole command may take. */
    Optional<Duration> time() {
        return Optional.ofNullable(maxTime);
    }

    /** Whether the memory was left to the Java machine. */
    final boolean standardMemory() {
        return maxMemory == null;
    }

    /** The memory that may be used, in bytes. */
    final long memory() {
        long heap = Runtime.getRuntime().maxMemory();
        return maxMemory == null ? heap : Math.min(heap, maxMemory);
    }
}

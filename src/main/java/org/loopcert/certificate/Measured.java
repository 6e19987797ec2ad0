package org.loopcert.certificate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Limits;

/**
 * What the producer of an accepted certificate measured. Nothing follows from it; shapes that the producer never writes
 * are left out.
 *
 * @param drift that of the binary64 run, else of the first run, if there is any
 * @param runs one for each audited format
 * @param replay the producer's own replay, if there was one
 * @param backends the names of those that agreed on the symbolic step
 */
public record Measured(Optional<Drift> drift, List<Run> runs, Optional<Replay> replay, List<String> backends) {
    private static final String BINARY64 = "binary64";

    private static final int MOST_DIGITS = 20_000;

    /** How the field stands in a certificate: no string holds a line feed, and whatever lies deeper is indented further. */
    private static final byte[] FIELD = "\n \"measured\": ".getBytes(StandardCharsets.US_ASCII);

    private static final Limits NONE = new Limits(
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE);

    /** Copies the lists. */
    public Measured {
        runs = List.copyOf(runs);
        backends = List.copyOf(backends);
    }

    /**
     * How far a run was off the exact iterates, as it is written.
     *
     * @param format its rounding format
     * @param leavesBoundAt the first loop whose iterate is beyond the bound, where there is one
     */
    public record Drift(
            String format,
            Optional<String> order,
            Optional<String> absolute,
            Optional<String> ulps,
            Optional<String> bound,
            OptionalLong leavesBoundAt) {}

    /** An audited run. */
    public record Run(
            Optional<String> format,
            Optional<String> order,
            Optional<String> accumulate,
            Optional<String> fused,
            Optional<String> summation,
            Drift drift) {}

    /**
     * The producer's exact replay of the attention beside gradient descent.
     *
     * @param loops all T, at each of which q(t) = -alpha theta(t) was found
     * @param bits of the longest integer in it
     * @param bound whether |theta(t) - theta*|^2 &lt;= rho^t |theta(0) - theta*|^2 was compared at every t too (CHEN2024, Lemma
     *     5.6), rho being the certified factor by which a loop shrinks the distance, itself a stronger bound
     * @param primes of the modular cross-check
     * @param seed that they were drawn from
     */
    public record Replay(long loops, long bits, boolean bound, List<String> primes, String seed) {
        public Replay {
            primes = List.copyOf(primes);
        }

        /** In words. */
        public String words() {
            return "the producer replayed all " + loops + " loops exactly (integers of " + bits
                    + " bits), cross-checked modulo " + primes.size() + " primes: q(t) = -alpha theta(t)"
                    + (bound
                            ? " and, for the certified factor rho of a loop, |theta(t) - theta*|^2 <= rho^t |theta(0) - theta*|^2 hold"
                            : " holds")
                    + " at every t";
        }
    }

    /** Reads it from a certificate that the kernel accepted. */
    public static Measured of(byte[] certificate) {
        Json measured = find(certificate);
        List<Run> runs = new ArrayList<>();
        for (Json each : items(field(measured, "formats"))) {
            if (each instanceof Json.Obj run) {
                runs.add(new Run(
                        text(field(run, "format")),
                        text(field(run, "order")),
                        text(field(run, "accumulate")),
                        text(field(run, "fused")),
                        text(field(run, "summation")),
                        drift(run, printed(field(run, "format")))));
            }
        }
        Json own = field(measured, BINARY64);
        List<String> backends = new ArrayList<>();
        for (Json each : items(field(measured, "backends"))) {
            if (each instanceof Json.Str name) {
                backends.add(name.text());
            }
        }
        return new Measured(
                own instanceof Json.Obj run ? Optional.of(drift(run, BINARY64)) : representative(runs),
                runs,
                replay(field(measured, "replay")),
                backends);
    }

    private static Optional<Replay> replay(Json replay) {
        if (!(field(replay, "loops") instanceof Json.Int loops) || !(field(replay, "bits") instanceof Json.Int bits)) {
            return Optional.empty();
        }
        List<String> primes = new ArrayList<>();
        for (Json each : items(field(replay, "primes"))) {
            Optional<String> prime = text(each);
            if (prime.isPresent()) { // no method reference, which is linked at run time: check is to start fast
                primes.add(prime.get());
            }
        }
        boolean bound = text(field(replay, "bound")).equals(Optional.of("yes"));
        return Optional.of(new Replay(
                loops.value(),
                bits.value(),
                bound,
                primes,
                text(field(replay, "seed")).orElse("")));
    }

    private static Json find(byte[] certificate) {
        for (int start = certificate.length - FIELD.length; start >= 0; start--) {
            if (certificate[start] == '\n' && begins(certificate, start)) {
                // the last field of the file: with a brace in front, the rest is an object in the kernel's spelling
                byte[] object = new byte[certificate.length - start + 1];
                object[0] = '{';
                System.arraycopy(certificate, start, object, 1, certificate.length - start);
                return ((Json.Obj) read(object)).values().get(0);
            }
        }
        return null;
    }

    private static boolean begins(byte[] certificate, int start) {
        for (int i = 1; i < FIELD.length; i++) {
            if (certificate[start + i] != FIELD[i]) {
                return false;
            }
        }
        return true;
    }

    private static Json read(byte[] object) {
        try {
            return Json.read(object, NONE);
        } catch (Exception e) {
            throw new IllegalStateException("an accepted certificate is outside the grammar", e);
        }
    }

    /** The drift of a binary64 run among several, else of the first one. */
    private static Optional<Drift> representative(List<Run> runs) {
        for (Run run : runs) {
            if (run.format().isPresent() && run.format().get().equals(BINARY64)) {
                return Optional.of(run.drift());
            }
        }
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(0).drift());
    }

    private static Drift drift(Json run, String format) {
        List<Json> leaves = items(field(run, "leavesBoundAt"));
        return new Drift(
                format,
                text(field(run, "order")),
                text(field(run, "absolute")),
                text(field(run, "ulps")),
                text(field(run, "bound")),
                !leaves.isEmpty() && leaves.get(0) instanceof Json.Int loop
                        ? OptionalLong.of(loop.value())
                        : OptionalLong.empty());
    }

    private static Json field(Json value, String name) {
        int at = value instanceof Json.Obj object ? object.names().indexOf(name) : -1;
        return at < 0 ? null : ((Json.Obj) value).values().get(at);
    }

    private static List<Json> items(Json value) {
        return value instanceof Json.Arr array ? array.items() : List.of();
    }

    private static Optional<String> text(Json value) {
        return value instanceof Json.Str text ? Optional.of(text.text()) : Optional.empty();
    }

    private static String printed(Json value) {
        return value instanceof Json.Int number
                ? Long.toString(number.value())
                : text(value).orElse("");
    }

    /** The drifts of all audited formats, else the one of the binary64 run, if there is any. */
    public List<Drift> drifts() {
        List<Drift> drifts = new ArrayList<>();
        for (Run run : runs) {
            drifts.add(run.drift());
        }
        if (drifts.isEmpty() && drift.isPresent()) {
            drifts.add(drift.get());
        }
        return drifts;
    }

    /** The drifts in words, one sentence part a format: the run, how far off, and where it leaves the bound. */
    public List<String> driftWords() {
        List<String> words = new ArrayList<>();
        for (Drift each : drifts()) {
            String run = each.format() + ", order " + each.order().orElse("unknown") + ", only measured: ";
            Optional<String> absolute = decimal(each.absolute());
            Optional<String> ulps = decimal(each.ulps());
            words.add(
                    absolute.isEmpty()
                            ? run + "no finite iterate"
                            : run + "at most " + shorter(absolute.get())
                                    + (ulps.isPresent() ? " (" + shorter(ulps.get()) + " ulps)" : "")
                                    + " off the exact iterates"
                                    + (each.leavesBoundAt().isPresent()
                                            ? "; leaves the bound at t = "
                                                    + each.leavesBoundAt().getAsLong()
                                            : ""));
        }
        return words;
    }

    /** Four digits, rounded up. */
    private static String shorter(String decimal) {
        return new BigDecimal(decimal)
                .round(new MathContext(4, RoundingMode.CEILING))
                .stripTrailingZeros()
                .toString();
    }

    /** A fraction as a decimal of 17 digits, rounded up; empty where the text is no fraction. */
    static Optional<String> decimal(Optional<String> text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String fraction = text.get();
        int slash = fraction.indexOf('/');
        String p = slash < 0 ? fraction : fraction.substring(0, slash);
        String q = slash < 0 ? "1" : fraction.substring(slash + 1);
        if (!isNatural(p.startsWith("-") ? p.substring(1) : p) || !isNatural(q)) {
            return Optional.empty();
        }
        BigInteger denominator = new BigInteger(q);
        return denominator.signum() == 0
                ? Optional.empty()
                : Optional.of(Decimals.up(Fraction.of(new BigInteger(p), denominator), ResultJson.DIGITS));
    }

    private static boolean isNatural(String digits) {
        if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
            return false;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}

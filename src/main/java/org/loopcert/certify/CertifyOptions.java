package org.loopcert.certify;

import java.util.Set;
import org.loopcert.kernel.Limits;

/**
 * How to certify.
 *
 * @param evidence the kinds of evidence for step equivalence
 * @param backends the exact backends that evaluate the symbolic step beside the kernel's scaled integers
 * @param relativeWidthDigits enclosures are at most 10^-digits wide, relatively; finer where a bound needs it
 * @param bound whether the certificate holds the SHA-256 of its instance instead of the instance
 * @param values whether the certificate has lines on values, and what the producer measured, beside what holds by theorem
 * @param limits the limits of the kernel that checks the result
 */
public record CertifyOptions(
        Evidence evidence,
        Set<Backend> backends,
        int relativeWidthDigits,
        boolean bound,
        boolean values,
        Limits limits) {
    public static final CertifyOptions DEFAULT =
            new CertifyOptions(Evidence.BOTH, Set.of(Backend.values()), 9, false, Limits.DEFAULT);

    public CertifyOptions {
        backends = Set.copyOf(backends);
        if (relativeWidthDigits < 1 || relativeWidthDigits > 1000) {
            throw new IllegalArgumentException("expected a precision of 1 to 1000 digits, got " + relativeWidthDigits);
        }
    }

    /** Options of a certificate with values. */
    public CertifyOptions(
            Evidence evidence, Set<Backend> backends, int relativeWidthDigits, boolean bound, Limits limits) {
        this(evidence, backends, relativeWidthDigits, bound, true, limits);
    }

    /** Evidence for step equivalence; BOTH replays only where that is affordable. */
    public enum Evidence {
        THEOREM,
        REPLAY,
        BOTH
    }

    /** An exact arithmetic that runs the reference program. */
    public enum Backend {
        SCALED,
        RATIONAL,
        APFLOAT
    }
}

package org.loopcert.reproduce;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.loopcert.certificate.Words;
import org.loopcert.certify.Certification;
import org.loopcert.certify.Certifier;
import org.loopcert.certify.CertifyOptions;
import org.loopcert.exact.Fraction;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;
import org.loopcert.ring.Interval;

/** Certificates that the kernel accepted, and the numbers that it derived. */
final class Certifying {
    private static final int PRECISION = 40;

    private Certifying() {}

    /**
     * A certificate that the kernel accepted.
     *
     * @param file its path in the output folder
     * @param bytes its text
     * @param theorems what the kernel derived
     */
    record Certified(String file, byte[] bytes, List<Theorem> theorems) {
        /** The last statement of a kind. */
        <S extends Statement> Optional<S> last(Class<S> kind) {
            return theorems.stream()
                    .map(Theorem::statement)
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .reduce((first, second) -> second);
        }
    }

    /**
     * Certifies, with enclosures of {@value #PRECISION} digits.
     *
     * @throws UndecidedException if a limit forbids it
     * @throws IllegalStateException if the steps turn out not to contract
     */
    static Certified certify(Problem problem, String file, CertifyOptions.Evidence evidence, Limits limits)
            throws UndecidedException {
        CertifyOptions options =
                new CertifyOptions(evidence, Set.of(CertifyOptions.Backend.SCALED), PRECISION, false, limits);
        Certification made = Certifier.certify(problem, options);
        if (made.verdict() instanceof Verdict.Accepted accepted) {
            if (accepted.refutation()) {
                throw new IllegalStateException(file + ": a step of at most 1/lambda_max is refuted");
            }
            return new Certified(file, made.certificate(), accepted.theorems());
        }
        throw new UndecidedException(file + ": " + made.verdict().word() + ", " + Words.because(made.verdict()));
    }

    /** The kernel's fraction, which shares no class with the engine's. */
    static Fraction fraction(org.loopcert.kernel.Fraction value) {
        return Fraction.of(value.numerator(), value.denominator());
    }

    static Interval between(org.loopcert.kernel.Fraction lower, org.loopcert.kernel.Fraction upper) {
        return Reals.between(Reals.of(fraction(lower)), Reals.of(fraction(upper)));
    }
}

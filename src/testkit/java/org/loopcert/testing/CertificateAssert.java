package org.loopcert.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.loopcert.certify.Certifier;
import org.loopcert.input.InputException;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;

/** Assertions about a certificate or refutation, decided by the kernel alone, as by {@code check}. */
public final class CertificateAssert extends AbstractVerdictAssert<CertificateAssert, byte[]> {
    private final String name;
    private Limits limits = Limits.DEFAULT;
    private Optional<Problem> own = Optional.empty();
    private Findings findings;

    CertificateAssert(byte[] actual, String name) {
        super(actual, CertificateAssert.class);
        this.name = name;
    }

    static CertificateAssert of(CertificateFile file) {
        try {
            return new CertificateAssert(file.bytes(), file.toString());
        } catch (IOException e) {
            throw new AssertionError("\nExpecting the certificate\n  " + file + "\nto be readable, but: " + e, e);
        }
    }

    @Override
    Findings findings() {
        if (findings == null) {
            Verdict verdict = own.isPresent()
                    ? Kernel.check(actual, Json.print(Certifier.instance(own.get(), limits.bits())), limits)
                    : Kernel.check(actual, limits);
            findings = new Findings(verdict, actual, List.of());
        }
        return findings;
    }

    @Override
    String subject() {
        return "the certificate " + name + (own.isPresent() ? ", about the given instance," : "");
    }

    /** Checks within other limits than the default ones, for the assertions that follow. */
    public CertificateAssert within(Limits changed) {
        limits = Objects.requireNonNull(changed);
        findings = null;
        return this;
    }

    /** Requires from here on that the certificate is about this instance, as {@code check --input} does. */
    public CertificateAssert about(Problem instance) {
        own = Optional.of(instance);
        findings = null;
        return this;
    }

    /**
     * Requires from here on that the certificate is about the instance in this file, as {@code check --input} does.
     *
     * @throws AssertionError if the file is refused
     */
    public CertificateAssert about(InstanceFile file) {
        try {
            return about(file.read());
        } catch (InputException e) {
            AssertionError error = failure(
                    "%nExpecting the instance%n  %s%nto be readable, but it is refused:%n  %s", file, e.getMessage());
            error.initCause(e);
            throw error;
        }
    }

    /**
     * Requires from here on that the certificate is about the instance in this file, as {@code check --input} does.
     *
     * @throws AssertionError if the file is refused
     */
    public CertificateAssert about(Path file) {
        return about(InstanceFile.of(file));
    }

    /** Every line follows; what the certificate certifies, or as a refutation refutes, holds of its instance. */
    public CertificateAssert isAccepted() {
        isNotNull();
        requireAccepted("to be accepted");
        return this;
    }

    /** Every line follows, and what they show is that the steps do not contract. */
    public CertificateAssert isAcceptedRefutation() {
        isNotNull();
        if (!requireAccepted("to be an accepted refutation").refutation()) {
            throw failure("%s", message("to be an accepted refutation", "", "it certifies convergence"));
        }
        return this;
    }

    /** Well-formed, and some line does not follow. */
    public CertificateAssert isRejected() {
        isNotNull();
        requireWord("rejected");
        return this;
    }

    /** Rejected, and the first line that does not follow fails for this reason. */
    public CertificateAssert isRejectedBecause(Verdict.Reason reason) {
        isNotNull();
        String found = findings().verdict() instanceof Verdict.Rejected rejected
                ? rejected.reason().code()
                : findings().verdict().word();
        if (!found.equals(reason.code())) {
            throw failureWithActualExpected(
                    found, reason.code(), "%s", message("to be rejected because of", reason.code(), "found " + found));
        }
        return this;
    }

    /**
     * Rejected for the reason of this code.
     *
     * @param code as in {@code --json}, such as {@code not-contracting}
     * @throws IllegalArgumentException if there is no such reason
     */
    public CertificateAssert isRejectedBecause(String code) {
        return isRejectedBecause(Arrays.stream(Verdict.Reason.values())
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected the code of a reason, of "
                        + Arrays.stream(Verdict.Reason.values())
                                .map(Verdict.Reason::code)
                                .toList()
                        + ", found " + code)));
    }

    /**
     * Rejected, and this is the first line that does not follow.
     *
     * @param line from 1; 0 for the certificate as a whole
     */
    public CertificateAssert isRejectedAtLine(int line) {
        isRejected();
        int found = ((Verdict.Rejected) findings().verdict()).line();
        if (found != line) {
            throw failureWithActualExpected(
                    found, line, "%s", message("to be rejected at line", String.valueOf(line), "found line " + found));
        }
        return this;
    }

    /** Outside the grammar. */
    public CertificateAssert isMalformed() {
        isNotNull();
        requireWord("malformed");
        return this;
    }

    /**
     * Outside the grammar from this place on.
     *
     * @param row line of the file, from 1
     * @param column in bytes, from 1
     */
    public CertificateAssert isMalformedAt(int row, int column) {
        isMalformed();
        Verdict.Malformed found = (Verdict.Malformed) findings().verdict();
        String place = row + ":" + column;
        String actualPlace = found.row() + ":" + found.column();
        if (!actualPlace.equals(place)) {
            throw failureWithActualExpected(
                    actualPlace, place, "%s", message("to be malformed at row:column", place, "found " + actualPlace));
        }
        return this;
    }
}

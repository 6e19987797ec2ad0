package org.loopcert.testing;

import java.util.Objects;
import org.loopcert.certify.Certifier;
import org.loopcert.certify.CertifyOptions;
import org.loopcert.input.Problem;

/**
 * What can be asserted of an instance: it is certified, as by {@code certify}, and the kernel's verdict on that
 * certificate decides.
 *
 * @param <S> the assertion's own type
 * @param <A> what it is about
 */
public abstract class AbstractInstanceAssert<S extends AbstractInstanceAssert<S, A>, A>
        extends AbstractVerdictAssert<S, A> {
    private CertifyOptions options = CertifyOptions.DEFAULT;
    private Findings findings;

    AbstractInstanceAssert(A actual, Class<?> self) {
        super(actual, self);
    }

    /** The instance in exact numbers, or a failure that says why there is none. */
    abstract Problem problem();

    @Override
    Findings findings() {
        if (findings == null) {
            findings = Findings.of(Certifier.certify(problem(), options));
        }
        return findings;
    }

    /** Certifies with other options than the default ones, for the assertions that follow. */
    public S certifiedWith(CertifyOptions changed) {
        options = Objects.requireNonNull(changed);
        findings = null;
        return myself;
    }

    /** Step equivalence, spectrum and contraction are established: the verdict is accepted, and is no refutation. */
    public S isCertified() {
        isNotNull();
        if (requireAccepted("to be certified").refutation()) {
            throw failure("%s", message("to be certified", "", "it is refuted: its steps do not contract"));
        }
        return myself;
    }

    /** It is established that the steps do not contract. */
    public S isRefuted() {
        isNotNull();
        if (!requireAccepted("to be refuted").refutation()) {
            throw failure("%s", message("to be refuted", "", "it is certified: its steps contract"));
        }
        return myself;
    }

    /**
     * The certificate or refutation that the assertions are about, for a check of its own.
     *
     * @throws AssertionError if there is none
     */
    public CertificateAssert certificate() {
        isNotNull();
        Findings found = findings();
        if (found.certificate().length == 0) {
            throw failure("%s", message("to have a certificate", "", "none was found"));
        }
        return new CertificateAssert(found.certificate(), "the certificate of " + subject());
    }
}

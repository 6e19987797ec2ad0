package org.loopcert.certify;

import org.loopcert.input.Problem;
import org.loopcert.kernel.Json;

/** Makes certificates: searches witnesses, writes them down and has the kernel check the result. */
public final class Certifier {
    private Certifier() {}

    public static Certification certify(Problem problem, CertifyOptions options) {
        throw new UnsupportedOperationException("in work");
    }

    /** The canonical instance text with the step resolved, for comparing a certificate with the user's own file. */
    public static Json.Obj instance(Problem problem) {
        throw new UnsupportedOperationException("in work");
    }
}

package org.loopcert.testing;

import org.loopcert.derivation.DerivationReport;

/** Assertions about a derivation that was checked. */
public final class DerivationReportAssert extends AbstractDerivationAssert<DerivationReportAssert, DerivationReport> {
    DerivationReportAssert(DerivationReport actual) {
        super(actual, DerivationReportAssert.class);
    }

    @Override
    DerivationReport report() {
        return actual;
    }
}

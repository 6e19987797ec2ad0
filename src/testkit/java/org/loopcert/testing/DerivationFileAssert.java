package org.loopcert.testing;

import java.io.IOException;
import org.loopcert.derivation.DerivationReport;
import org.loopcert.derivation.DerivationSyntaxException;

/** Assertions about the derivation in a file. */
public final class DerivationFileAssert extends AbstractDerivationAssert<DerivationFileAssert, DerivationFile> {
    private DerivationReport report;

    DerivationFileAssert(DerivationFile actual) {
        super(actual, DerivationFileAssert.class);
    }

    @Override
    DerivationReport report() {
        if (report == null) {
            try {
                report = read();
            } catch (DerivationSyntaxException e) {
                throw because(e, "%nExpecting a derivation in%n  %s%nbut at %s: %s", actual, e.place(), e.getMessage());
            }
        }
        return report;
    }

    private DerivationReport read() throws DerivationSyntaxException {
        try {
            return actual.check();
        } catch (IOException e) {
            throw because(e, "%nExpecting the derivation%n  %s%nto be readable, but: %s", actual, e);
        }
    }

    private AssertionError because(Exception cause, String message, Object... arguments) {
        AssertionError error = failure(message, arguments);
        error.initCause(cause);
        return error;
    }

    /** The file holds no derivation: it is outside the grammar. */
    public DerivationFileAssert isMalformed() {
        isNotNull();
        syntaxError("to be malformed");
        return this;
    }

    /**
     * The file is outside the grammar, at this place first.
     *
     * @param line from 1
     * @param column in code points, from 1
     */
    public DerivationFileAssert isMalformedAt(int line, int column) {
        isNotNull();
        String place = line + ":" + column;
        DerivationSyntaxException error = syntaxError("to be malformed at line:column " + place);
        if (!error.place().toString().equals(place)) {
            throw failureWithActualExpected(
                    error.place().toString(),
                    place,
                    "%nExpecting %s%nto be malformed at line:column%n  %s%nbut it is at%n  %s: %s",
                    actual,
                    place,
                    error.place(),
                    error.getMessage());
        }
        return this;
    }

    private DerivationSyntaxException syntaxError(String expectation) {
        try {
            DerivationReport read = read();
            throw failure(
                    "%nExpecting %s%n%s, but it is the derivation %s, %s",
                    actual, expectation, read.id(), read.verdict().word());
        } catch (DerivationSyntaxException e) {
            return e;
        }
    }
}

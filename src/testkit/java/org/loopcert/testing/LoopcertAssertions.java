package org.loopcert.testing;

import java.nio.file.Path;
import java.util.Set;
import org.loopcert.derivation.DerivationReport;
import org.loopcert.input.Problem;

/**
 * Entry point of the assertions. Its {@code assertThat} methods take types of loopcert only, so that a static import of
 * them stands beside one of {@code org.assertj.core.api.Assertions.assertThat}.
 */
public final class LoopcertAssertions {
    private LoopcertAssertions() {}

    /** The identifiers of all statements that a certificate can establish, as in {@code --json}. */
    public static Set<String> statementIds() {
        return Statements.IDS;
    }

    /** About an instance given as exact numbers. */
    public static ProblemAssert assertThat(Problem actual) {
        return new ProblemAssert(actual);
    }

    /** About the instance in a file, read with the options that go with it. */
    public static InstanceFileAssert assertThat(InstanceFile actual) {
        return new InstanceFileAssert(actual);
    }

    /** About the instance in a file, read as {@code certify FILE} does. */
    public static InstanceFileAssert assertThatInstance(Path file) {
        return new InstanceFileAssert(InstanceFile.of(file));
    }

    /**
     * About the certificate in a file.
     *
     * @throws AssertionError if the file cannot be read
     */
    public static CertificateAssert assertThat(CertificateFile actual) {
        return CertificateAssert.of(actual);
    }

    /**
     * About the certificate in a file.
     *
     * @throws AssertionError if the file cannot be read
     */
    public static CertificateAssert assertThatCertificate(Path file) {
        return CertificateAssert.of(new CertificateFile(file));
    }

    /** About the bytes of a certificate. */
    public static CertificateAssert assertThatCertificate(byte[] actual) {
        return new CertificateAssert(actual, "the given bytes");
    }

    /** About a derivation that was checked. */
    public static DerivationReportAssert assertThat(DerivationReport actual) {
        return new DerivationReportAssert(actual);
    }

    /** About the derivation in a file. */
    public static DerivationFileAssert assertThat(DerivationFile actual) {
        return new DerivationFileAssert(actual);
    }

    /** About the derivation in a file. */
    public static DerivationFileAssert assertThatDerivation(Path file) {
        return new DerivationFileAssert(new DerivationFile(file));
    }
}

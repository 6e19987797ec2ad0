package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.loopcert.testing.LoopcertAssertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;
import org.loopcert.testing.CertificateFile;
import org.loopcert.testing.DerivationFile;
import org.loopcert.testing.InstanceBuilder;
import org.loopcert.testing.InstanceFile;
import org.loopcert.testing.jqwik.RationalUnitVector;
import org.loopcert.testing.jqwik.Spectrum;
import org.loopcert.testing.jqwik.Steps;
import org.loopcert.testing.junit.LoopcertCertificates;
import org.loopcert.testing.junit.LoopcertDerivations;
import org.loopcert.testing.junit.LoopcertInstances;

/** What a project claims about its own data and formulas, held by its own tests. */
class OwnInstancesTest {
    private static BigRational q(long p, long q) {
        return RationalField.of(p, q);
    }

    // one test for each file in src/test/resources/instances, named after the file
    @LoopcertInstances(value = "instances/", loops = 100)
    void everyInstanceConverges(InstanceFile instance) {
        assertThat(instance)
                .isCertified()
                .establishes("contraction", "general-labels")
                .doesNotEstablishFor("theorem-4.4", "label-noise")
                .hasRank(2)
                .hasConditionNumberBetween(q(1, 1), q(2, 1))
                .hasErrorAtMost(q(1, 1_000_000));
    }

    // a certificate that was sent to others still speaks about today's data
    @LoopcertCertificates("certificates/")
    void everyCertificateIsAboutOurData(CertificateFile certificate) {
        assertThat(certificate)
                .about(Path.of("src", "test", "resources", "instances", "lens.csv"))
                .isAccepted()
                .establishes("step-equivalence", "spectrum", "contraction");
    }

    // what the project proves for all n and d, line by line
    @LoopcertDerivations("proofs/")
    void everyDerivationIsProved(DerivationFile derivation) {
        assertThat(derivation).isProved();
    }

    @Test
    void aStepBeyondTwoOverLambdaMaxIsRefuted() {
        Problem instance = InstanceBuilder.examples(List.of(List.of(q(1, 1), q(0, 1)), List.of(q(0, 1), q(2, 1))))
                .theta(q(3, 5), q(4, 5))
                .loops(10)
                .step(q(51, 100))
                .build();
        assertThat(instance).isRefuted().establishes("non-contraction");
    }

    // |theta*| = 1, the eigenvalues of X'X are 1, 4 and 9, every step is in (0, 1/9]: the theorem must hold
    @Property(tries = 20)
    void theTheoremHoldsForEverySmallStep(
            @ForAll @Spectrum({"1", "4", "9"}) Matrix<BigRational> x,
            @ForAll @RationalUnitVector(dimension = 3) Vector<BigRational> theta,
            @ForAll @Steps(smoothness = "9") StepSpec.Constant step) {
        Problem instance =
                InstanceBuilder.examples(x).theta(theta).loops(5).step(step).build();
        assertEquals(BigRational.ONE, theta.dot(RationalField.INSTANCE, theta));
        assertThat(instance).establishes("tight-bound").hasConditionNumberBetween(q(9, 1), q(9, 1));
    }
}

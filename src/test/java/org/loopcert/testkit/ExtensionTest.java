package org.loopcert.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.loopcert.testing.LoopcertAssertions.assertThat;
import static org.loopcert.testing.LoopcertAssertions.assertThatCertificate;

import ch.obermuhlner.math.big.BigRational;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.loopcert.derivation.DerivationReport;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.testing.CertificateFile;
import org.loopcert.testing.InstanceFile;
import org.loopcert.testing.junit.LoopcertCertificates;
import org.loopcert.testing.junit.LoopcertDerivations;
import org.loopcert.testing.junit.LoopcertInstances;

/** Runs methods of {@link Cases} through JUnit and looks at what became of them. */
class ExtensionTest {
    /** Methods as a user writes them; some must fail. Surefire does not look into nested classes. */
    static class Cases {
        @LoopcertInstances("data/*.csv")
        void onTheClassPath(InstanceFile file, TestInfo info) {
            assertThat(file.path()).hasFileName(info.getDisplayName());
            assertThat(file).isCertified();
        }

        @LoopcertInstances({"src/test/resources/data/", "src/test/resources/data/Norris.csv"})
        void inTheFileSystem(Problem problem) {
            assertThat(problem.features()).isPositive();
        }

        @LoopcertInstances(
                value = "classpath:data/Norris.csv",
                labels = "x",
                features = "y",
                constant = true,
                loops = 3,
                query = "-1/2",
                step = "1/10,0.2,1/30")
        void withOptions(Problem problem) {
            assertThat(problem.loops()).isEqualTo(3);
            assertThat(problem.labelName()).isEqualTo("x");
            assertThat(problem.featureNames()).containsExactly("const", "y");
            assertThat(problem.alpha()).isEqualTo(BigRational.valueOf(-1, 2));
            assertThat(problem.step()).isEqualTo(StepSpec.parse("1/10,1/5,1/30"));
        }

        @LoopcertCertificates("file:certificates/accept/{shapes,twins}/no*.json")
        void certificates(CertificateFile file) {
            assertThat(file).isAccepted();
        }

        @LoopcertCertificates("certificates/accept/twins/refuted-*.json")
        void bytes(byte[] bytes, Path file) throws IOException {
            assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
            assertThatCertificate(bytes).isAcceptedRefutation();
        }

        @LoopcertCertificates("classpath:META-INF/maven/org.assertj/**.properties")
        void inAnArchive(byte[] bytes) {
            assertThatCertificate(bytes).isMalformedAt(1, 1);
        }

        @LoopcertDerivations("src/testkit/example/src/test/resources/proofs/")
        void derivations(DerivationReport report) {
            assertThat(report).isProved();
        }

        @LoopcertDerivations("pom.xml")
        void noDerivation(DerivationReport report) {}

        @LoopcertCertificates({"certificates/accept/twins/constant.json", "certificates/reject/cost/*.json"})
        void someFail(CertificateFile file) {
            assertThat(file).isAccepted();
        }

        @LoopcertInstances("no-such-folder/")
        void missing(InstanceFile file) {}

        @LoopcertInstances("data/*.parquet")
        void nothingMatches(InstanceFile file) {}

        @LoopcertInstances({"data/*.csv", "data/*.parquet"})
        void oneMatchesNothing(InstanceFile file) {}

        @LoopcertCertificates({})
        void noPattern(CertificateFile file) {}

        @LoopcertCertificates(" ")
        void blank(CertificateFile file) {}

        @LoopcertCertificates("certificates/{a.json")
        void badGlob(CertificateFile file) {}

        @LoopcertInstances("*/{Norris.csv,FORMAT.md}")
        void inBothPlaces(InstanceFile file) {}

        @LoopcertInstances(value = "data/*.csv", step = "soon")
        void badOption(InstanceFile file) {}

        @LoopcertInstances("certificates/malformed/inputs/exponent-bomb*.csv")
        void refused(Problem problem) {}

        @LoopcertCertificates("certificates/accept/twins/constant.json")
        void wrongType(InstanceFile file) {}
    }

    private static EngineExecutionResults run(String method) {
        Class<?>[] parameters = Arrays.stream(Cases.class.getDeclaredMethods())
                .filter(each -> each.getName().equals(method))
                .findFirst()
                .orElseThrow()
                .getParameterTypes();
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Cases.class, method, parameters))
                .execute();
    }

    private static List<String> succeeded(String method) {
        EngineExecutionResults results = run(method);
        results.allEvents().assertStatistics(statistics -> statistics.failed(0).skipped(0));
        return names(results.testEvents().succeeded().list());
    }

    private static List<String> names(List<Event> events) {
        return events.stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    /** What failed the method before or in its first invocation. */
    private static String failure(String method) {
        EngineExecutionResults results = run(method);
        assertThat(results.testEvents().succeeded().count()).isZero();
        return results.allEvents().failed().stream()
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream())
                .findFirst()
                .orElseThrow()
                .getMessage();
    }

    @Test
    void invokesOncePerFileUnderItsName() {
        assertThat(succeeded("onTheClassPath")).containsExactly("Longley.csv", "Norris.csv");
        assertThat(succeeded("inTheFileSystem")).containsExactly("Longley.csv", "Norris.csv");
        assertThat(succeeded("withOptions")).containsExactly("Norris.csv");
        assertThat(succeeded("certificates"))
                .containsExactly("shapes/noise.json", "twins/no-loops.json", "twins/noise.json");
        assertThat(succeeded("bytes")).hasSizeGreaterThan(3).contains("refuted-constant.json");
        assertThat(succeeded("derivations")).containsExactly("residual.derivation");
        assertThat(succeeded("inAnArchive")).containsExactly("assertj-core/pom.properties");
    }

    @Test
    void eachFileFailsByItself() {
        EngineExecutionResults results = run("someFail");
        assertThat(names(results.testEvents().succeeded().list())).containsExactly("constant.json");
        assertThat(results.testEvents().failed().count()).isPositive();
        assertThat(results.testEvents().failed().list().get(0).getPayload(TestExecutionResult.class))
                .flatMap(TestExecutionResult::getThrowable)
                .hasValueSatisfying(error -> assertThat(error).hasMessageContaining("cost at "));
    }

    @Test
    void nothingToRunIsAFailure() {
        assertThat(failure("missing"))
                .startsWith("@LoopcertInstances of " + Cases.class.getName()
                        + ".missing: 'no-such-folder/' leads to no file")
                .contains("on the class path and in " + Path.of("").toAbsolutePath());
        assertThat(failure("nothingMatches")).contains("'data/*.parquet' leads to no file");
        assertThat(failure("oneMatchesNothing")).contains("'data/*.parquet' leads to no file");
        assertThat(failure("noPattern")).contains("found none");
        assertThat(failure("blank")).contains("expected a file, a folder or a glob, found ' '");
        assertThat(failure("badGlob")).contains("is no file, folder or glob");
    }

    @Test
    void whatCannotBeMeantIsAFailure() {
        assertThat(failure("inBothPlaces")).contains("both on the class path", "classpath: or file: in front of it");
        assertThat(failure("badOption")).contains("@LoopcertInstances", "found 'soon'");
        assertThat(failure("refused")).contains("exponent-bomb", "expected");
        assertThat(failure("noDerivation")).contains("no derivation: ", "pom.xml:1:");
        assertThat(failure("wrongType")).contains("No ParameterResolver registered");
    }
}

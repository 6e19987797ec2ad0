package org.loopcert.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.loopcert.testing.LoopcertAssertions.assertThat;
import static org.loopcert.testing.LoopcertAssertions.assertThatCertificate;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.certificate.Outcome;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Verdict;
import org.loopcert.testing.CertificateFile;
import org.loopcert.testing.InstanceBuilder;
import org.loopcert.testing.InstanceFile;
import org.loopcert.testing.LoopcertAssertions;

/** Assertions about certificates, over the corpora and with the messages of those that fail. */
class CertificateAssertTest {
    private static final Path CORPUS = Path.of("certificates");
    private static final Path TWINS = CORPUS.resolve("accept").resolve("twins");
    private static final Path AT_THE_EDGE =
            CORPUS.resolve("reject").resolve("contraction-constant").resolve("at-two-over-lambda-max.json");

    private static void fails(ThrowingCallable assertion, String... parts) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
    }

    private static JsonNode manifest(String corpus) throws IOException {
        return new ObjectMapper()
                .readTree(CORPUS.resolve(corpus).resolve("manifest.json").toFile());
    }

    /** Every rejection of the corpus is recognised by reason and line, and by no other reason. */
    @TestFactory
    Stream<DynamicTest> recognisesEveryReason() throws IOException {
        JsonNode manifest = manifest("reject");
        return manifest.propertyStream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    String reason = entry.getValue().path("reason").asText();
                    Path file = CORPUS.resolve("reject").resolve(entry.getKey());
                    assertThatCertificate(file)
                            .isRejected()
                            .isRejectedBecause(reason)
                            .isRejectedAtLine(entry.getValue().path("line").asInt());
                    String other = reason.equals("cost") ? "shape" : "cost";
                    fails(
                            () -> assertThatCertificate(file).isRejectedBecause(other),
                            "to be rejected because of\n  " + other,
                            "found " + reason);
                    fails(() -> assertThatCertificate(file).isAccepted(), "Verdict:\n  rejected\n  " + reason + " at ");
                }));
    }

    /** The ids that assertions take are those of the kernel: each is one of the corpus, and the corpus has no other. */
    @Test
    void knowsEveryStatement() throws IOException {
        Set<String> seen = new HashSet<>();
        try (Stream<Path> files = Files.walk(CORPUS.resolve("accept"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json") && !each.endsWith("manifest.json"))
                    .toList()) {
                Verdict verdict = Kernel.check(Files.readAllBytes(file), Limits.DEFAULT);
                ((Verdict.Accepted) verdict)
                        .theorems().stream()
                                .filter(theorem -> !(theorem.statement() instanceof Statement.Unmet))
                                .forEach(theorem -> seen.add(theorem.id()));
            }
        }
        assertThat(LoopcertAssertions.statementIds()).isEqualTo(seen);
    }

    @Test
    void acceptsCertificatesAndRefutations() throws IOException {
        CertificateFile refuted = new CertificateFile(TWINS.resolve("refuted-constant.json"));
        assertThat(refuted).isAccepted().isAcceptedRefutation().establishes("non-contraction");
        assertThatCertificate(TWINS.resolve("theorem-4.4.json"))
                .isAccepted()
                .establishes("theorem-4.4")
                .doesNotEstablish("noise");
        fails(
                () -> assertThatCertificate(TWINS.resolve("constant.json")).isAcceptedRefutation(),
                "the certificate " + TWINS.resolve("constant.json"),
                "but it certifies convergence",
                "Established:");
        assertThatCertificate(refuted.bytes()).isAccepted();
        fails(
                () -> assertThatCertificate(refuted.bytes()).isRejected(),
                "the given bytes",
                "but it is accepted, as a refutation of convergence");
    }

    @Test
    void showsTheFirstLineThatFails() {
        fails(
                () -> assertThatCertificate(AT_THE_EDGE).isAccepted(),
                "but the verdict is not accepted",
                "not-contracting at line 7 (contraction-constant): expected",
                "line 7 is by the rule contraction-constant from ",
                "the lines before it were derived");
        fails(
                () -> assertThatCertificate(AT_THE_EDGE).isRejectedAtLine(6),
                "to be rejected at line\n  6",
                "found line 7");
        assertThatThrownBy(() -> assertThatCertificate(AT_THE_EDGE).isRejectedBecause("no-such-reason"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not-contracting");
        fails(() -> assertThatCertificate(AT_THE_EDGE).doesNotEstablish("theorem-4.4"), "not-contracting");
    }

    @Test
    void saysWhereTheGrammarIsLeft() {
        Path blank = CORPUS.resolve("malformed").resolve("blank-line.json");
        Verdict.Malformed place = (Verdict.Malformed) verdict(blank);
        assertThatCertificate(blank).isMalformed().isMalformedAt(place.row(), place.column());
        fails(
                () -> assertThatCertificate(blank).isMalformedAt(place.row() + 1, place.column()),
                "to be malformed at row:column\n  " + (place.row() + 1),
                "found " + place.row() + ":",
                Outcome.reason(place).orElseThrow());
        fails(() -> assertThatCertificate(blank).isRejected(), "to be\n  rejected", "but it is malformed");
        assertThatCertificate("{\n \"x\"".getBytes(StandardCharsets.UTF_8)).isMalformed();
        fails(() -> assertThatCertificate(AT_THE_EDGE).isMalformed(), "but it is rejected");
    }

    private static Verdict verdict(Path file) {
        try {
            return Kernel.check(Files.readAllBytes(file), Limits.DEFAULT);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void limitsAndMissingInputsAreUndecided() {
        Path bound = CORPUS.resolve("bound").resolve("cars.json");
        Path data = CORPUS.resolve("bound").resolve("cars.csv");
        assertThatCertificate(bound).isUndecided().isUndecidedBecause(Verdict.Reason.NEEDS_INPUT);
        assertThatCertificate(bound).about(data).isAccepted();
        assertThatCertificate(bound)
                .about(InstanceFile.of(Path.of("src", "test", "resources", "data", "Norris.csv")))
                .isRejectedBecause(Verdict.Reason.OTHER_INSTANCE);
        assertThatCertificate(TWINS.resolve("constant.json"))
                .about(InstanceBuilder.examples(List.of(List.of(BigRational.ONE)))
                        .theta(BigRational.ONE)
                        .build())
                .isRejectedBecause(Verdict.Reason.OTHER_INSTANCE);
        Limits few = new Limits(8_000_000, 16, 400_000, 10_000, 1, 4_000_000L, 8_000_000L, 4_000_000_000L);
        assertThatCertificate(CORPUS.resolve("accept").resolve("gaussian").resolve("n16-seed1.json"))
                .within(few)
                .isUndecidedBecause(Verdict.Reason.LIMIT);
        fails(() -> assertThatCertificate(bound).isAccepted(), "needs-input");
        fails(() -> assertThatCertificate(bound).about(Path.of("absent.csv")), "absent.csv", "to be readable");
    }

    @Test
    void filesThatCannotBeReadFail() {
        fails(() -> assertThatCertificate(Path.of("absent.json")), "absent.json", "to be readable");
        fails(() -> assertThatCertificate((byte[]) null).isAccepted(), "not to be null");
    }
}

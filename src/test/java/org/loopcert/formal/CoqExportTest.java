package org.loopcert.formal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loopcert.certificate.CertificateText;
import org.loopcert.certificate.CoqExport;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Instance;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;

/** What is written for Coq has the numbers of the certificate and a theorem for what it establishes. */
class CoqExportTest {
    private static final Path ACCEPT = Path.of("certificates", "accept");
    private static final BigInteger RADIX = BigInteger.ONE.shiftLeft(62);

    private static byte[] read(String file) throws IOException {
        return Files.readAllBytes(ACCEPT.resolve(file));
    }

    private static Verdict.Accepted accepted(byte[] certificate) {
        return (Verdict.Accepted) Kernel.check(certificate, Limits.DEFAULT);
    }

    private static String export(byte[] certificate) throws IOException {
        StringWriter text = new StringWriter();
        new CoqExport(accepted(certificate), certificate, "x").write(text);
        return text.toString();
    }

    /** The lists of machine integers that a definition has between two words, by their places. */
    private static List<List<BigInteger>> lists(String text) {
        List<List<BigInteger>> result = new ArrayList<>();
        Matcher list = Pattern.compile("\\[([^\\[\\]%]*)\\]%sint63").matcher(text);
        while (list.find()) {
            result.add(Stream.of(list.group(1).split(";"))
                    .map(each -> new BigInteger(each.replaceAll("[()\\s]", "")))
                    .toList());
        }
        return result;
    }

    /** The entries of one column: one list, or one for each digit over 2^62. */
    private static List<BigInteger> column(String text) {
        List<List<BigInteger>> places = lists(text);
        List<BigInteger> result = new ArrayList<>();
        for (int i = 0; i < places.get(0).size(); i++) {
            BigInteger value = BigInteger.ZERO;
            for (int place = places.size() - 1; place >= 0; place--) {
                value = value.multiply(RADIX).add(places.get(place).get(i));
            }
            result.add(value);
        }
        return result;
    }

    private static void hasTheNumbersOf(Instance instance, String text) {
        String columns = text.substring(text.indexOf("  columns := ["), text.indexOf("\n|}."));
        String[] each = columns.split("of_ints|of_digit_lists");
        assertThat(each).hasSize(instance.d() + 1);
        String scaleText = text.substring(text.indexOf("  scale := "), text.indexOf("  labels := "));
        BigInteger scale = BigInteger.ZERO;
        List<BigInteger> digits = Pattern.compile("(-?[0-9]+)\\)?%sint63")
                .matcher(scaleText)
                .results()
                .map(found -> new BigInteger(found.group(1)))
                .toList();
        for (int k = digits.size() - 1; k >= 0; k--) {
            scale = scale.multiply(RADIX).add(digits.get(k));
        }
        List<BigInteger> labels = column(text.substring(text.indexOf("  labels := "), text.indexOf("  columns := [")));
        for (int i = 0; i < instance.n(); i++) {
            assertThat(Fraction.of(labels.get(i), scale))
                    .isEqualTo(instance.labels().get(i));
            for (int j = 0; j < instance.d(); j++) {
                assertThat(Fraction.of(column(each[j + 1]).get(i), scale))
                        .isEqualTo(instance.examples().get(i).get(j));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> everyAcceptedCertificateHasItsLinesAndTheorems() throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(ACCEPT)) {
            files = paths.filter(path -> path.toString().endsWith(".json"))
                    .filter(path -> !path.endsWith("manifest.json"))
                    .filter(path -> path.toFile().length() < 100_000)
                    .toList();
        }
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    byte[] bytes = Files.readAllBytes(file);
                    String text = export(bytes);
                    int lines = CertificateText.of(bytes).lines().size();
                    assertThat(text.split("    Line \\(", -1)).hasSize(lines + 1);
                    assertThat(text)
                            .contains("Theorem x_accepted :", "Theorem x_established :", "Print Assumptions x_");
                    assertThat(text).doesNotContain("Admitted", "\t", "\r").isASCII();
                    hasTheNumbersOf(accepted(bytes).instance(), text);
                }));
    }

    @Test
    void theBoundIsStatedInFullWhereItsHypothesesHold() throws IOException {
        assertThat(export(read("twins/tight-bound.json")))
                .contains(
                        "let n := 2%nat in",
                        "let alpha := 1 in",
                        "let eta := 1 / 9 in",
                        "let mu := 1 in",
                        "Rabs (dot d (TF T) theta - alpha) <= Rabs alpha * (1 - eta * mu) ^ T.",
                        "HasTightBound (Power (Frac (of_int 8%sint63) (of_int 9%sint63)) 3%N)");
        assertThat(export(read("refuted/zero-step.json")))
                .doesNotContain("_bound :")
                .contains("NotContracts", "Certificate true x_instance");
        assertThat(export(read("shapes/noise.json"))).doesNotContain("_bound :");
        assertThat(export(read("shapes/start-not-zero.json"))).doesNotContain("_bound :");
        assertThat(export(read("shapes/theta-of-norm-two.json"))).doesNotContain("_bound :");
        assertThat(export(read("shapes/rank-deficient.json"))).doesNotContain("_bound :");
        assertThat(export(read("steps/small-schedule.json"))).doesNotContain("_bound :");
    }

    @ParameterizedTest
    @CsvSource({
        "a/figure-1.json, figure_1",
        "x.cert.json, x",
        "1.json, instance_1",
        "_.json, instance__",
        "theorem-4.4.json, theorem_4_4",
        "a'b\"c*).json, a_b_c__",
        "ä.json, instance__"
    })
    void namesAreThoseOfCoq(String file, String name) {
        assertThat(CoqExport.nameOf(Path.of(file))).isEqualTo(name);
    }
}

package org.loopcert.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What claims find fault with is printed so: in the folder {@code papers} beside that of {@code loopcert.data}. */
class PrintedTextTest {
    private static String text(String name) throws IOException {
        String data = System.getProperty("loopcert.data", "");
        Path file = Path.of(data).resolveSibling("papers").resolve(name);
        Assumptions.assumeTrue(
                !data.isEmpty() && Files.isRegularFile(file),
                () -> "needs papers/" + name + " beside the folder named by -Dloopcert.data");
        return Files.readString(file);
    }

    private static void requireClaim(String id) {
        assertThat(ClaimRegistry.shipped().find(id)).as(id).isPresent();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "CHEN2024/task-reference | linear vector generation tasks (Definition 3.4), which is as hard as",
                "CHEN2024/requires-theta | Solving any one of them requires to estimate the",
                "CHEN2024/turing-machines | weight-tying Transformers [CCW⁺21, GSR⁺24] theoretically showed",
                "CHEN2024/citation-multitask | multitask fine-tuning strategies [GFC21a, XSW⁺23, VONR⁺23, XSW⁺24]",
                "CHEN2024/notation-spectral-norm | For n > d, for any matrix $A \\in \\mathbb{R}^{n \\times d}$, we use $\\|A\\|$",
                "CHEN2024/notation-eigenvalues | For a matrix A, we use $\\lambda_{\\min}(A)$",
                "CHEN2024/definition-3.2 | form d dimension unit sphere \\mathbb{S}^d",
                "CHEN2024/definition-3.5 | Let $Q, P \\in \\mathbb{R}^{d \\times d}$ be the query-key matrix",
                "CHEN2024/definition-3.6 | := -Z_{n+1, 1:d}^{(T)}",
                "CHEN2024/query-vector-is-output | make it as the generation output",
                "CHEN2024/mask-needs-entrywise-product | Our mask requires Hardamard product",
                "CHEN2024/distribution-free | Our model does not have prior knowledge of X distribution",
                "CHEN2024/equation-2 | For any $t \\in \\mathbb{N}_+$, let $\\eta^{(t)} > 0$",
                "CHEN2024/standing-assumption | assuming $X^{\\top}X$ is inevitable",
                "CHEN2024/lemma-3.10 | if n > d, then $\\theta^* = \\widetilde{\\theta}$",
                "CHEN2024/lemma-4.1-corner | \\theta^{(0)\\top}q^{(0)} + \\alpha^2",
                "CHEN2024/theorem-4.2 | for any $i \\in \\{2,3,\\ldots,T\\}$",
                "CHEN2024/tight-bound | providing a tight bound on the prediction error",
                "CHEN2024/definition-5.1 | and every $t \\in (0,1)$",
                "CHEN2024/definition-5.1-strict | < $\\gamma f(x) + (1-\\gamma)f(y)$",
                "CHEN2024/fact-5.7 | For any $n, T \\in \\mathcal{N}_+$",
                "CHEN2024/power-of-kappa | (1 - 1/\\kappa)^{\\kappa} < e^{-1}$ (Fact 5.7)",
                "CHEN2024/average-kappa | {4.57, 3.13, 2.07, 1.62",
                "CHEN2024/kappa-decreases | decreases as the number of examples increases",
                "CHEN2024/gap-narrows | with the gap between empirical and theoretical",
                "CHEN2024/theory-line | The 'Theory' means the theoretical bound in Theorem 4.4",
            })
    void thePaperSaysSo(String id, String phrase) throws IOException {
        requireClaim(id);
        assertThat(text("chen2024-looped-transformers-2410.11268.md")).contains(phrase);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "CHEN2024-SUMMARY/reference-count | Reference count: 21",
                "CHEN2024-SUMMARY/identity-p | Identity matrices for Q and P",
                "CHEN2024-SUMMARY/theorem-number | Theorem 4.5 proves",
                "CHEN2024-SUMMARY/n-greater-d | n > d, ensuring X⊤X is invertible",
                "CHEN2024-SUMMARY/constant-kappa-guaranteed | guaranteed when n = O(d) for Gaussian data",
                "CHEN2024-SUMMARY/failure-signatures | incorrect parameter initialization",
                "CHEN2024-SUMMARY/open-question-1 | previous work on general looped transformers required exponential",
                "CHEN2024-SUMMARY/open-question-3 | paper acknowledges this as limitation",
            })
    void theSummarySaysSo(String id, String phrase) throws IOException {
        requireClaim(id);
        assertThat(text("chen2024-summary-and-open-questions.md")).contains(phrase);
    }

    /** Every quotation that a verdict rests on. */
    @Test
    void quotationsAreInTheTexts() {
        String data = System.getProperty("loopcert.data", "");
        Path papers = Path.of(data).resolveSibling("papers");
        Assumptions.assumeTrue(
                !data.isEmpty() && Files.isDirectory(papers),
                "needs the folder papers beside the folder named by -Dloopcert.data");
        Map<Bibliography, String> none = new EnumMap<>(Bibliography.class);
        ClaimCheck check = new ClaimCheck(ClaimRegistry.read(none, "{}"), arguments -> Map.of(), Optional.of(papers));
        List<Claim.Evidence.Quotation> quotations = ClaimRegistry.shipped().claims().stream()
                .flatMap(each -> each.evidence().stream())
                .filter(Claim.Evidence.Quotation.class::isInstance)
                .map(Claim.Evidence.Quotation.class::cast)
                .toList();
        assertThat(quotations)
                .hasSizeGreaterThan(30)
                .allSatisfy(each -> assertThat(check.check(each).changes()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource("106")
    void theReferencesAreCounted(long entries) throws IOException {
        String paper = text("chen2024-looped-transformers-2410.11268.md");
        String list = paper.substring(paper.indexOf("\nReferences\n"));
        assertThat(Pattern.compile("(?m)^ ?- \\[").matcher(list).results().count())
                .isEqualTo(entries);
        assertThat(paper.toLowerCase(java.util.Locale.ROOT)).doesNotContain("our limitation", "a limitation");
    }
}

package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What has to be trusted stays small enough to be read in an afternoon. */
class KernelBudgetTest {
    private static final int FILES = 20;
    private static final long LINES = 2_500;
    private static final long PROOF_LINES = 3_500;
    private static final int VALUE_FILES = 8;
    private static final long VALUE_LINES = 1_240;

    @Test
    void staysWithinItsBudget() {
        requireBudget(KernelSources.read(), FILES, LINES);
    }

    @Test
    void theRulesForDerivationsStayWithinTheirs() {
        requireBudget(KernelSources.proof(), FILES, PROOF_LINES);
    }

    @Test
    void whatDecidesCounterexamplesStaysWithinItsOwn() {
        requireBudget(KernelSources.value(), VALUE_FILES, VALUE_LINES);
    }

    private static void requireBudget(Map<String, String> sources, int files, long most) {
        assertThat(sources).hasSizeBetween(1, files);
        long lines = sources.values().stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .count();
        assertThat(lines).isBetween(1L, most);
    }

    @Test
    void countsCodeOnly() {
        String code = KernelSources.code("/* a\n b */ int x = 1; // c\nString s = \"// \\\" no\";\n");
        assertThat(code).isEqualTo("\n int x = 1; \nString s = \"\";\n");
    }
}

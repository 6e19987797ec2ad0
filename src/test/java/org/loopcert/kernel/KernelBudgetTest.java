package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What has to be trusted stays small enough to be read in an afternoon. */
class KernelBudgetTest {
    private static final int FILES = 20;
    private static final long LINES = 2_500;

    @Test
    void staysWithinItsBudget() {
        assertThat(KernelSources.read()).hasSizeBetween(1, FILES);
        long lines = KernelSources.read().values().stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .count();
        assertThat(lines).isBetween(1L, LINES);
    }

    @Test
    void countsCodeOnly() {
        String code = KernelSources.code("/* a\n b */ int x = 1; // c\nString s = \"// \\\" no\";\n");
        assertThat(code).isEqualTo("\n int x = 1; \nString s = \"\";\n");
    }
}

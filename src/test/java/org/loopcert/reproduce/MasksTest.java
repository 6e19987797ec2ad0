package org.loopcert.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MasksTest {
    private final Reproduction found = Masks.run(done -> {});

    @Test
    void verdicts() {
        assertThat(found.findings().stream().collect(Collectors.toMap(Finding::id, Finding::outcome)))
                .containsOnly(
                        entry("product-is-entrywise", Outcome.HOLDS),
                        entry("second-way", Outcome.HOLDS),
                        entry("last-row", Outcome.HOLDS),
                        entry("whole-layer", Outcome.FAILS),
                        entry("some-product-mask", Outcome.FAILS),
                        entry("requires-entrywise-product", Outcome.FAILS),
                        entry("two-loops", Outcome.FAILS),
                        entry("column-convention", Outcome.FAILS));
        assertThat(found.decided()).isTrue();
    }

    private String words(String id) {
        return found.findings().stream()
                .filter(finding -> finding.id().equals(id))
                .map(Finding::words)
                .findFirst()
                .orElseThrow();
    }

    /**
     * By hand: theta = 1 after one step 1/L, and X - eta (X X' + y y') X = X - 1/2 (2 + 2) X = -X, so that the gradient at
     * theta = 1 on examples -X with labels X is 4 and the next theta is -1.
     */
    @Test
    void countedByHand() {
        assertThat(words("two-loops")).endsWith("TF = 1 and 1 for T = 1, 1 and -1 for T = 2");
        assertThat(words("column-convention"))
                .endsWith("predictions 1 and 1 for T = 1, 1 with diag(I_n, 0) and 2 with the paper's mask for T = 2");
    }

    /** Rows equal: a product mask; rank at most one: a factor on either side. */
    @Test
    void theTableFollowsTheRules() {
        List<List<String>> rows = found.tables().get(0).rows();
        assertThat(rows).hasSize(16);
        List<String> whole = new ArrayList<>();
        int factors = 0;
        for (List<String> row : rows) {
            if (!row.get(1).equals("none")) {
                whole.add(row.get(0));
                assertThat(row.get(1)).isEqualTo(row.get(2));
            }
            assertThat(row.get(4).isEmpty()).isEqualTo(!row.get(1).equals("none"));
            factors += row.get(3).equals("none") ? 0 : 1;
        }
        assertThat(whole).containsExactly("[0, 0; 0, 0]", "[0, 1; 0, 1]", "[1, 0; 1, 0]", "[1, 1; 1, 1]");
        // of the 16 masks the 6 of determinant 1 or -1 have rank two
        assertThat(factors).isEqualTo(10);
        assertThat(rows.get(0b0010))
                .containsExactly("[0, 0; 1, 0]", "none", "diag(I_n, 0)", "diag(0_n, 1), diag(I_n, 0)", "[1, 0; 0, 0]");
    }

    @Test
    void files() {
        assertThat(found.files().keySet()).containsExactly("index.html", "masks.csv");
        assertThat(new String(found.files().get("masks.csv"), StandardCharsets.UTF_8).lines())
                .hasSize(17);
    }
}

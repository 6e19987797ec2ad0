package org.loopcert.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loopcert.derivation.DerivationChecker;
import org.loopcert.derivation.DerivationReader;
import org.loopcert.derivation.DerivationReport;
import org.loopcert.derivation.DerivationSyntaxException;

class ClaimCheckTest {
    /** A line that is proved, one that is open, one that is false and one that says nothing. */
    private static final String TEXT = """
            dimension n
            vector v in R^n
            scalar a
            claim fine: a + a = 2 a
            claim open: exp(a) >= 1 + a
            claim wrong: a^2 = a
            claim nothing: v = a
            """;

    private static final Map<String, Recorded> AS_IT_IS = Map.of(
            "open.0", new Recorded(Recorded.State.OPEN, Optional.of("1 + x <= exp(x)")),
            "wrong.0", new Recorded(Recorded.State.REFUTED, Optional.empty()),
            "nothing.0", new Recorded(Recorded.State.ILL_TYPED, Optional.empty()));

    private static DerivationReport report() throws DerivationSyntaxException {
        return DerivationChecker.check("four", DerivationReader.read("four", TEXT));
    }

    @Test
    void whatIsRecordedIsFound() throws DerivationSyntaxException {
        ClaimCheck.Outcome outcome = ClaimCheck.compare("four", report(), AS_IT_IS);
        assertThat(outcome.changes()).isEmpty();
        assertThat(outcome.lines()).hasSize(4);
        assertThat(Recorded.State.values())
                .allSatisfy(each -> assertThat(outcome.count(each)).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "fine.0, OPEN, was open and is proved",
        "open.0, REFUTED, was refuted and is open",
        "wrong.0, OPEN, was open and is refuted",
        "nothing.0, OPEN, was open and is ill-typed",
        "fine.7, OPEN, is recorded and not there"
    })
    void everyDifferenceIsAChange(String key, Recorded.State state, String change) throws DerivationSyntaxException {
        Map<String, Recorded> recorded = new java.util.HashMap<>(AS_IT_IS);
        recorded.put(key, new Recorded(state, Optional.empty()));
        assertThat(ClaimCheck.compare("four", report(), recorded).changes())
                .singleElement()
                .asString()
                .contains(key)
                .contains(change);
    }

    @Test
    void aLineThatIsNotRecordedShouldBeProved() throws DerivationSyntaxException {
        assertThat(ClaimCheck.compare("four", report(), Map.of()).changes())
                .hasSize(3)
                .allMatch(each -> each.contains("was proved and is"));
    }

    /** The whole registry: the verdicts of this version are those that are recorded. */
    @Test
    void theShippedRegistryIsAsRecorded() {
        ClaimRegistry registry = ClaimRegistry.shipped();
        ClaimCheck check = new ClaimCheck(registry);
        assertThat(registry.claims()).flatMap(check::check).allSatisfy(each -> assertThat(each.changes())
                .as(each.derivation())
                .isEmpty());
    }
}

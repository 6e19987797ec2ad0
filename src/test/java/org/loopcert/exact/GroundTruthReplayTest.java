package org.loopcert.exact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.loopcert.exact.GroundTruthInstances.Instance;

class GroundTruthReplayTest {

    static List<Instance> instances() throws IOException {
        return GroundTruthInstances.csv();
    }

    @ParameterizedTest
    @MethodSource("instances")
    void leastSquaresSolutionHasTheTrueHash(Instance instance) {
        assertThat(GroundTruthInstances.hash(IntegerLinearAlgebra.leastSquares(instance.gram())))
                .isEqualTo(instance.truth().get("theta_star").get("sha256").asText());
        assertThat(IntegerLinearAlgebra.rank(instance.x().numerators()))
                .isEqualTo(instance.truth().get("rank").asInt());
    }

    @ParameterizedTest
    @MethodSource("instances")
    void bothReplaysReproduceEveryIterate(Instance instance) {
        Gram gram = instance.gram();
        ScaledVector zero = ScaledVector.zero(gram.features());
        for (JsonNode run : instance.truth().get("gd")) {
            assertThat(run.get("theta0").asText()).isEqualTo("0");
            Schedule schedule = Schedule.constant(
                    GroundTruthInstances.fraction(run.get("eta").asText()));
            int loops = run.get("T").asInt();
            String expected = run.get("theta_T_sha256").asText();
            ScaledVector theta = ExactReplay.run(gram, zero, schedule, loops);
            assertThat(GroundTruthInstances.hash(theta)).isEqualTo(expected);
            ScaledVector attention = AttentionReplay.run(
                    instance.x(),
                    instance.y(),
                    zero,
                    Fraction.of(-3, 7),
                    schedule,
                    loops,
                    Set.of(),
                    (t, iterate) -> {});
            assertThat(attention).isEqualTo(theta);
            DigitReplay digits = DigitReplay.start(
                    instance.x(),
                    instance.y(),
                    gram,
                    zero,
                    Fraction.of(-3, 7),
                    schedule,
                    loops,
                    Optional.empty(),
                    ModularCheck.of(loops),
                    1);
            while (digits.loops() < loops) {
                digits.advance();
                assertThat(digits.agrees()).isTrue();
            }
            assertThat(GroundTruthInstances.hash(digits.theta())).isEqualTo(expected);
        }
    }
}

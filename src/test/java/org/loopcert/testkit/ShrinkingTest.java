package org.loopcert.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import ch.obermuhlner.math.big.BigRational;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.model.Prompt;
import org.loopcert.ring.RationalField;
import org.loopcert.testing.jqwik.RationalUnitVector;
import org.loopcert.testing.jqwik.Shape;
import org.loopcert.testing.jqwik.Spectrum;
import org.loopcert.testing.jqwik.Steps;

/** Properties that must fail, run through jqwik: what they fail with at last is small and simple. */
class ShrinkingTest {
    private static Object shrunk;

    /** Keeps the sample that a property is reported with. */
    static class Reported implements AroundPropertyHook {
        @Override
        public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
            PropertyExecutionResult result = property.execute();
            shrunk = result.falsifiedParameters().orElseThrow().get(0);
            return result;
        }
    }

    @AddLifecycleHook(value = Reported.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
    static class Failing {
        private static void failIf(boolean holds) {
            if (holds) {
                throw new AssertionError("as it must");
            }
        }

        @Property(shrinking = ShrinkingMode.FULL, afterFailure = AfterFailureMode.RANDOM_SEED)
        void prompt(@ForAll Prompt<BigRational> prompt) {
            failIf(prompt.exampleCount() > 1);
        }

        @Property(shrinking = ShrinkingMode.FULL, afterFailure = AfterFailureMode.RANDOM_SEED)
        void instance(@ForAll @Shape(mostExamples = 5, mostFeatures = 3) Problem problem) {
            failIf(problem.features() > 1);
        }

        @Property(shrinking = ShrinkingMode.FULL, afterFailure = AfterFailureMode.RANDOM_SEED)
        void unitVector(@ForAll @RationalUnitVector(dimension = 4) Vector<BigRational> v) {
            failIf(true);
        }

        @Property(shrinking = ShrinkingMode.FULL, afterFailure = AfterFailureMode.RANDOM_SEED)
        void spectrum(@ForAll @Spectrum({"4", "1"}) Matrix<BigRational> x) {
            failIf(true);
        }

        @Property(shrinking = ShrinkingMode.FULL, afterFailure = AfterFailureMode.RANDOM_SEED)
        void schedule(@ForAll @Steps(smoothness = "4") StepSpec.Schedule steps) {
            failIf(steps.stepSizes().size() > 2);
        }
    }

    private static Object shrunk(String property) {
        shrunk = null;
        Class<?>[] parameters = Arrays.stream(Failing.class.getDeclaredMethods())
                .filter(each -> each.getName().equals(property))
                .findFirst()
                .orElseThrow()
                .getParameterTypes();
        EngineTestKit.engine("jqwik")
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .selectors(selectMethod(Failing.class, property, parameters))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.failed(1).succeeded(0));
        return shrunk;
    }

    private static BigRational q(long p, long q) {
        return RationalField.of(p, q);
    }

    @Test
    void promptsShrinkToFewExamplesAndZeros() {
        Matrix<BigRational> zeros = Matrix.zero(RationalField.INSTANCE, 2, 1);
        assertThat(shrunk("prompt"))
                .isEqualTo(new Prompt<>(zeros, zeros.column(0), Vector.of(List.of(q(0, 1))), BigRational.ONE));
    }

    @Test
    void instancesShrinkToTheIdentity() {
        Problem problem = (Problem) shrunk("instance");
        assertThat(problem.x()).isEqualTo(Matrix.identity(RationalField.INSTANCE, 2));
        assertThat(problem.theta()).contains(Vector.of(List.of(q(0, 1), q(1, 1))));
        assertThat(problem.alpha()).isEqualTo(BigRational.ONE);
        assertThat(problem.loops()).isZero();
    }

    @Test
    void unitVectorsShrinkToTheLast() {
        assertThat(shrunk("unitVector")).isEqualTo(Vector.of(List.of(q(0, 1), q(0, 1), q(0, 1), q(1, 1))));
    }

    @Test
    void matricesOfSpectrumShrinkToTheDiagonal() {
        assertThat(shrunk("spectrum"))
                .isEqualTo(Matrix.of(List.of(List.of(q(2, 1), q(0, 1)), List.of(q(0, 1), q(1, 1)))));
    }

    @Test
    void schedulesShrinkToTheLargestStep() {
        assertThat(shrunk("schedule")).isEqualTo(new StepSpec.Schedule(List.of(q(1, 4), q(1, 4), q(1, 4))));
    }
}

package org.loopcert.testing.jqwik;

import ch.obermuhlner.math.big.BigRational;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;
import org.loopcert.input.ExactDecimal;
import org.loopcert.input.InputLimits;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.model.Prompt;

/**
 * Finds the arbitrary for a {@code @ForAll} parameter by its type and annotation. jqwik loads it as a service; a class
 * under {@code @Domain} names {@link LoopcertDomain} instead.
 */
public final class LoopcertArbitraryProvider implements ArbitraryProvider {
    /** What a parameter without annotation gets, where that is determined. */
    @Shape
    private static final class Plain {
        static final Shape SHAPE = Plain.class.getAnnotation(Shape.class);
    }

    private static final Map<Class<?>, Function<TypeUsage, Optional<Arbitrary<?>>>> TYPES = Map.of(
            BigRational.class,
            target -> Optional.of(LoopcertArbitraries.rationals()),
            Vector.class,
            LoopcertArbitraryProvider::vector,
            Matrix.class,
            LoopcertArbitraryProvider::matrix,
            Prompt.class,
            LoopcertArbitraryProvider::prompt,
            Problem.class,
            LoopcertArbitraryProvider::problem,
            StepSpec.Constant.class,
            LoopcertArbitraryProvider::constant,
            StepSpec.Schedule.class,
            LoopcertArbitraryProvider::schedule);

    /** For jqwik. */
    public LoopcertArbitraryProvider() {}

    @Override
    public boolean canProvideFor(TypeUsage target) {
        return arbitrary(target).isPresent();
    }

    @Override
    public Set<Arbitrary<?>> provideFor(TypeUsage target, SubtypeProvider subtypes) {
        return Set.of(arbitrary(target).orElseThrow());
    }

    private static Optional<Arbitrary<?>> arbitrary(TypeUsage target) {
        boolean rational = target.getTypeArguments().stream().allMatch(each -> each.isOfType(BigRational.class));
        Function<TypeUsage, Optional<Arbitrary<?>>> type = TYPES.get(target.getRawType());
        return type == null || !rational ? Optional.empty() : type.apply(target);
    }

    private static Optional<Arbitrary<?>> vector(TypeUsage target) {
        return target.findAnnotation(RationalUnitVector.class)
                .map(said -> LoopcertArbitraries.rationalUnitVectors(said.dimension()));
    }

    private static Optional<Arbitrary<?>> matrix(TypeUsage target) {
        return target.findAnnotation(Spectrum.class).map(said -> {
            List<BigRational> eigenvalues = Arrays.stream(said.value())
                    .map(LoopcertArbitraryProvider::exact)
                    .toList();
            return said.rows() == 0
                    ? LoopcertArbitraries.matricesOfSpectrum(eigenvalues)
                    : LoopcertArbitraries.matricesOfSpectrum(eigenvalues, said.rows());
        });
    }

    private static Optional<Arbitrary<?>> prompt(TypeUsage target) {
        Shape shape = target.findAnnotation(Shape.class).orElse(Plain.SHAPE);
        return Optional.of(LoopcertArbitraries.prompts(
                shape.fewestExamples(), shape.mostExamples(), shape.fewestFeatures(), shape.mostFeatures()));
    }

    private static Optional<Arbitrary<?>> problem(TypeUsage target) {
        Shape shape = target.findAnnotation(Shape.class).orElse(Plain.SHAPE);
        return Optional.of(LoopcertArbitraries.instances(
                shape.fewestExamples(),
                shape.mostExamples(),
                shape.fewestFeatures(),
                shape.mostFeatures(),
                shape.mostLoops()));
    }

    private static Optional<Arbitrary<?>> constant(TypeUsage target) {
        return target.findAnnotation(Steps.class)
                .map(said -> LoopcertArbitraries.constantSteps(exact(said.smoothness())));
    }

    private static Optional<Arbitrary<?>> schedule(TypeUsage target) {
        return target.findAnnotation(Steps.class).map(said -> {
            BigRational smoothness = exact(said.smoothness());
            return switch (said.kind()) {
                case ANY -> LoopcertArbitraries.schedules(smoothness, said.mostLoops());
                case DIMINISHING -> LoopcertArbitraries.diminishingSchedules(smoothness, said.mostLoops());
                case CHEBYSHEV ->
                    LoopcertArbitraries.chebyshevSchedules(exact(said.strongConvexity()), smoothness, said.mostLoops());
            };
        });
    }

    private static BigRational exact(String number) {
        return ExactDecimal.parse(number, InputLimits.DEFAULT);
    }
}

package org.loopcert.testing.jqwik;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a {@code @ForAll} parameter of type {@code StepSpec.Constant} or {@code StepSpec.Schedule}: steps for a smoothness L.
 *
 * @see LoopcertArbitraries#constantSteps
 * @see LoopcertArbitraries#schedules
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Steps {
    /** What a schedule looks like. */
    enum Kind {
        /** Each step in (0, 1/L] by itself. */
        ANY,
        /** eta_0/(1 + r t). */
        DIMINISHING,
        /** The Chebyshev schedule on [mu, L]. */
        CHEBYSHEV
    }

    /** L, an exact number above 0. */
    String smoothness();

    /** mu, an exact number in (0, L]; for Chebyshev schedules. */
    String strongConvexity() default "";

    /** What a schedule looks like; a constant step is in (0, 1/L] anyway. */
    Kind kind() default Kind.ANY;

    /** The largest number of steps of a schedule. */
    int mostLoops() default 8;
}

package org.loopcert.testing.jqwik;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a {@code @ForAll} parameter of type {@code Prompt<BigRational>} or {@code Problem}: the ranges of n, d and T, all
 * ends included. Without it n is 1 to 6, d is 1 to 4 and T is 0 to 20.
 *
 * @see LoopcertArbitraries#prompts(int, int, int, int)
 * @see LoopcertArbitraries#instances(int, int, int, int, long)
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Shape {
    /** The least n. */
    int fewestExamples() default 1;

    /** The largest n. */
    int mostExamples() default 6;

    /** The least d. */
    int fewestFeatures() default 1;

    /** The largest d. */
    int mostFeatures() default 4;

    /** The largest T of an instance. */
    long mostLoops() default 20;
}

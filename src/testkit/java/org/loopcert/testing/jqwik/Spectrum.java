package org.loopcert.testing.jqwik;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a {@code @ForAll Matrix<BigRational>}: an X for which the eigenvalues of X'X are exactly these.
 *
 * @see LoopcertArbitraries#matricesOfSpectrum
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Spectrum {
    /** The eigenvalues, exact numbers of at least 0 such as {@code 9/4} or {@code 0.25}, with their multiplicities. */
    String[] value();

    /** n; 0 for as few rows as the eigenvalues need. */
    int rows() default 0;
}

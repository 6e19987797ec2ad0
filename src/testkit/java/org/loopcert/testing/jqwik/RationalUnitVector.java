package org.loopcert.testing.jqwik;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a {@code @ForAll Vector<BigRational>}: a vector with |v|^2 = 1 exactly.
 *
 * @see LoopcertArbitraries#rationalUnitVectors
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface RationalUnitVector {
    /** The number of entries, at least 1. */
    int dimension();
}

/**
 * Makes instances by family, size and seed, in exact rationals and the same on every machine: the
 * random numbers come from an algorithm written out here, and the only floating-point functions
 * involved are the reproducible ones of {@code StrictMath}.
 *
 * <p>Sees {@code input} for the value that an instance is, {@code matrix} and {@code ring}.
 */
package org.loopcert.generate;

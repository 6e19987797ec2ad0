/**
 * The fast exact engine: matrices and vectors of big integers over one common denominator, their
 * products by digits in doubles, the exact Gram matrix, in memory or of streamed examples, linear
 * algebra by primes and by fraction-free elimination, inertia, cross-checks modulo primes, and the
 * replay of gradient descent and of its attention form without a single rounding.
 *
 * <p>A second implementation of what {@code model} defines, written for speed and tested against
 * naive rational arithmetic. It sees {@code matrix} and {@code ring} only; nothing in here is
 * trusted by the kernel.
 */
package org.loopcert.exact;

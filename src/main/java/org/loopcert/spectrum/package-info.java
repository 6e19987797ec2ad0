/**
 * The untrusted search for spectral facts of a Gram matrix: enclosures of the largest and the
 * smallest positive eigenvalue, automatic and Chebyshev step sizes, and the integer witnesses by
 * which the kernel decides them.
 *
 * <p>Approximations only propose; whatever leaves this package was confirmed by exact inertia, an
 * exact Rayleigh quotient or an exact residual. No floating point is used, so results are the same
 * on every machine. Sees {@code exact}, {@code matrix} and {@code ring}.
 */
package org.loopcert.spectrum;

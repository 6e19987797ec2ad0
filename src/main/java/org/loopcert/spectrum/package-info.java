/**
 * The untrusted search for spectral facts of a Gram matrix: enclosures of the largest and the
 * smallest positive eigenvalue, automatic and Chebyshev step sizes, and the integer witnesses by
 * which the kernel decides them.
 *
 * <p>Approximations in doubles, and in fixed point where doubles do not reach, only propose; whatever
 * leaves this package was confirmed by an exact Rayleigh quotient, an exact residual or exact
 * elimination. Only operations that Java defines to the last bit are used, so that results are the
 * same on every machine. Sees {@code exact}, {@code matrix} and {@code ring}.
 */
package org.loopcert.spectrum;

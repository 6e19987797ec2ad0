/**
 * From an instance to a certificate: chooses steps and witnesses, runs the fast path and the reference backends, and has
 * the kernel check what was written. Sees input (for the problem), model, spectrum, drift, exact, certificate, kernel,
 * matrix and ring.
 */
package org.loopcert.certify;

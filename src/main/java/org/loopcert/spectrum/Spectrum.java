package org.loopcert.spectrum;

/** What is known of the positive eigenvalues of a Gram matrix. */
public sealed interface Spectrum permits ZeroMatrix, SpectrumEnclosure {}

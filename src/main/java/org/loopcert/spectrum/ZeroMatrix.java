package org.loopcert.spectrum;

/** X = 0: there is no positive eigenvalue, lambda_max is zero and gradient descent never moves. */
public record ZeroMatrix() implements Spectrum {}

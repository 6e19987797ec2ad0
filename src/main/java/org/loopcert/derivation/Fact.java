package org.loopcert.derivation;

import org.loopcert.kernel.proof.Theorem;

/** A theorem that later lines may use, and the name by which they may ask for it. */
record Fact(String name, Theorem theorem) {}

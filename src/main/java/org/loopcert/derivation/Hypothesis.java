package org.loopcert.derivation;

import org.loopcert.kernel.proof.Formula;

/**
 * A hypothesis, in the order of {@code context.hypotheses()}.
 *
 * @param name as given, or H1, H2, ... by position; the parts of one chained comparison share their name
 * @param text as the user wrote it, on one line
 */
public record Hypothesis(String name, Formula formula, Place place, String text) {}

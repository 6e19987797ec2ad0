/**
 * jqwik arbitraries for prompts, instances, matrices of given spectrum, rational unit vectors and schedules, all exact;
 * and the provider and domain by which {@code @ForAll} parameters find them.
 *
 * <p>Needs the API of jqwik alone. Everything is composed of jqwik's own arbitraries, so that it shrinks: towards few
 * examples and features, and towards zeros, ones and short fractions.
 */
package org.loopcert.testing.jqwik;

package org.loopcert.derivation;

import java.util.Optional;

/** A term or formula whose shapes fit, or why they do not. */
public sealed interface Elaborated<T> {
    /** The value, if it fits. */
    Optional<T> value();

    /** What was written, with all shapes. */
    record Fits<T>(T term) implements Elaborated<T> {
        @Override
        public Optional<T> value() {
            return Optional.of(term);
        }
    }

    /**
     * Ill-typed.
     *
     * @param place of the innermost part that does not fit
     * @param expected a shape, or what may stand there
     * @param found a shape, or what stands there
     * @param message both, with a hint where there is one
     */
    record DoesNotFit<T>(Place place, String expected, String found, String message) implements Elaborated<T> {
        @Override
        public Optional<T> value() {
            return Optional.empty();
        }
    }
}

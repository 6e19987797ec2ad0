package org.loopcert.derivation;

/** What is wrong with a declaration, definition or hypothesis: it is ill-typed and says nothing. */
public record Diagnostic(Place place, String expected, String found, String message) {}

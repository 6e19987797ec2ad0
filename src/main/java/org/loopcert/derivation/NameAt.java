package org.loopcert.derivation;

/** A name and where it stands. */
public record NameAt(String name, Place place) {}
